# yield as an expression in every position.
def f():
    x = yield
    y = yield x
    z = (yield 1) + (yield 2)
    print("args", (yield "in call"), end="\n")
    a = [(yield "first"), (yield "second")]
    d = {"k": (yield "dict")}
    t = (yield "a"), (yield "b")
    s = "abc"[(yield "index")]
    b = (yield "left") and (yield "right")
    c = 1 if (yield "cond") else 2
    w = (v := (yield "walrus"))
    text = f"{(yield 'fstring')}"
    x += yield "augmented"
    assert (yield "assert")
    while (yield "while"):
        pass
    return x, y, z, a, d, t, s, b, c, w, v, text


g = f()
send = None
replies = iter(
    [10, "y", 3, 4, "arg", "A", "B", "D", "ta", "tb", 1, 0, True, "W", "F", 5, True, 1, 0]
)
try:
    while True:
        print("yielded", g.send(send))
        send = next(replies)
except StopIteration as stop:
    print(stop.value)


def default(x=(yield_ := 5)):
    yield x
    lam = lambda: (yield "lambda")
    yield from lam()
    return (yield)


print(list(default()), yield_)


def in_return():
    return (yield 1), (yield 2)


g = in_return()
next(g)
g.send("a")
try:
    g.send("b")
except StopIteration as stop:
    print(stop.value)


def tuple_without_parentheses():
    yield 1, 2
    x = yield 3, 4
    yield from (5, 6)
    for y in (yield "for"):
        yield y
    del x
    yield None


g = tuple_without_parentheses()
print(next(g), next(g), next(g), next(g), next(g), g.send("pq"), next(g), next(g))
