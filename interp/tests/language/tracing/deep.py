"""Tracing switched on and off in many places; hot code that was specialised before goes on to work."""
import sys

events = 0


def counter(frame, event, arg):
    global events
    events += 1
    return counter


class Point:
    def __init__(self, x):
        self.x = x

    def move(self, dx):
        self.x += dx
        return self


def hot(n):
    p, items, d = Point(0), [1, 2, 3], {"k": 1}
    total = 0.5
    for i in range(n):
        p.move(i)
        total += items[i % 3] * d["k"] + i
        items[0] = i
        d["k"] = i & 3
    return p.x, total


def squares(n):
    for i in range(n):
        yield i * i


print(hot(200), sum(squares(100)))
for round in range(3):
    sys.settrace(counter)
    print(hot(50), sum(squares(10)))
    sys.settrace(None)
    print(hot(200), sum(squares(100)))
print(events)
events = 0
g = squares(10)
out = []
for i in range(5):
    out.append(next(g))
    sys.settrace(counter)
    out.append(next(g))
    sys.settrace(None)
print(out, events)


def toggles(n):
    total = 0
    for i in range(n):
        if i % 2:
            sys.settrace(counter)
        total += hot(3)[0]
        sys.settrace(None)
    return total


print(toggles(20))


def recursive(n):
    return 1 if n == 0 else 1 + recursive(n - 1)


sys.settrace(counter)
print(recursive(100))
try:
    recursive(100000)
except RecursionError:
    sys.settrace(None)
    print("too deep")
sys.settrace(None)
print(recursive(100))
