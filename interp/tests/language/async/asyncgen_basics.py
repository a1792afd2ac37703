from _drive import Pause, attempt, run


async def generator(n):
    print("start")
    for i in range(n):
        await Pause(("pause", i))
        got = yield i
        print("got", got)
    print("end")


async def consume():
    async for item in generator(2):
        print("item", item)


run(consume())

g = generator(2)
print(type(g).__name__, g.__name__, g.__qualname__)
print(g.__aiter__() is g)
a = g.__anext__()
print(type(a).__name__)
print(a.__await__() is a, iter(a) is a)
attempt(a.send, None)
attempt(a.send, None)
attempt(run, g.asend("hello"))
attempt(run, g.asend("last"))
attempt(run, g.asend(None))
attempt(run, g.__anext__())


async def empty():
    return
    yield


attempt(run, empty().__anext__())
attempt(run, empty().asend(1))


async def yields_none():
    x = yield
    print("x is", x)
    y = yield None
    print("y is", y)


g = yields_none()
attempt(run, g.asend(None))
attempt(run, g.asend(1))
attempt(run, g.asend(2))


async def yields_special():
    yield ()
    yield (1, 2)
    yield StopIteration("value")
    yield ValueError("not raised")


async def collect():
    return [item async for item in yields_special()]


print(run(collect()))


async def manual():
    g = generator(3)
    print(await anext(g))
    print(await g.asend("A"))
    print(await g.__anext__())
    try:
        await anext(g)
    except StopAsyncIteration as stop:
        print("stopped", stop.args)


run(manual())


async def two_at_once():
    a, b = generator(2), generator(2)
    print(await anext(a), await anext(b), await anext(a), await anext(b))
    await a.aclose()
    await b.aclose()


run(two_at_once())


async def wraps(inner):
    async for item in inner:
        yield item * 2


async def pipeline():
    return [x async for x in wraps(wraps(yields_numbers()))]


async def yields_numbers():
    for i in range(4):
        yield i


print(run(pipeline()))
