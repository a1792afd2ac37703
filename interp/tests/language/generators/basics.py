# Generators: laziness, state, exhaustion, attributes.
def count(n):
    print("start")
    i = 0
    while i < n:
        yield i
        i += 1
    print("end")


g = count(2)
print(
    type(g).__name__, g.__name__, g.__qualname__, iter(g) is g, g.gi_running,
    g.gi_frame is not None, g.gi_yieldfrom, g.gi_code.co_name,
)
print(next(g), next(g), next(g, "done"), next(g, "still done"), g.gi_frame)
print(list(count(3)), sum(x for x in count(4)))


def empty():
    return
    yield


print(list(empty()), [*empty()], max(empty(), default="none"))


def infinite():
    n = 0
    while True:
        yield n
        n += 1


for value in infinite():
    if value > 3:
        break
print(value)
a, b, *c = count(4)
print(a, b, c)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


f = fib()
print([next(f) for _ in range(15)])


def several():
    yield 1, 2
    yield (yield)
    yield [(yield 5), (yield 6)]


s = several()
print(next(s), next(s), s.send("sent"), next(s), s.send("x"), s.send("y"))
