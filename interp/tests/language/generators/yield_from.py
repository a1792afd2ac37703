# yield from: values, results, send and throw through it, plain iterables.
def inner():
    x = yield 1
    print("inner got", x)
    try:
        yield 2
    except ValueError as error:
        print("inner caught", error)
        yield "recovered"
    return "inner result"


def outer():
    result = yield from inner()
    print("outer got", result)
    yield from "ab"
    yield from [3, 4]
    total = yield from ()
    return total


g = outer()
print(next(g), g.send("hello"), g.throw(ValueError("thrown")), list(g))


def deep(n):
    if n == 0:
        yield "bottom"
        return 0
    return (yield from deep(n - 1)) + 1


def top():
    print("depth", (yield from deep(100)))


print(list(top()))


def tree(t):
    if t:
        left, value, right = t
        yield from tree(left)
        yield value
        yield from tree(right)


print(list(tree((((), 1, ()), 2, ((), 3, ((), 4, ()))))))


def closing():
    try:
        yield from inner()
    finally:
        print("outer closed")


c = closing()
next(c)
c.close()
try:
    list((lambda: (yield from 5))())
except TypeError as error:
    print(error)


class Sink:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def throw(self, error):
        return f"thrown {type(error).__name__}"

    def send(self, value):
        return f"sent {value}"


def to_sink():
    yield from Sink()


s = to_sink()
print(next(s), s.send(5), s.throw(KeyError()), s.gi_yieldfrom.__class__.__name__)
r = (lambda: (yield from [1, 2]))()
next(r)
try:
    r.send("x")
except AttributeError as error:
    print(error)
