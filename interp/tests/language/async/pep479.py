from _drive import Pause, attempt, run


def show(function, *args):
    try:
        print("->", function(*args))
    except BaseException as error:
        print(type(error).__name__, error.args, "cause", repr(error.__cause__), "context", repr(error.__context__), error.__suppress_context__)


async def coroutine():
    raise StopIteration("inside")


async def coroutine_async():
    raise StopAsyncIteration("passes")


async def generator(kind):
    yield 1
    raise kind("inside")


show(run, coroutine())
show(run, coroutine_async())
for kind in (StopIteration, StopAsyncIteration, ValueError):
    g = generator(kind)
    show(run, g.asend(None))
    show(run, g.asend(None))
    show(run, g.asend(None))


async def loop(kind):
    async for item in generator(kind):
        print("item", item)
    return "loop ended"


for kind in (StopIteration, StopAsyncIteration, ValueError):
    show(run, loop(kind))


async def pauses():
    await Pause(1)


c = pauses()
c.send(None)
show(c.throw, StopIteration("thrown"))
c = pauses()
c.send(None)
show(c.throw, StopAsyncIteration("thrown"))
c = pauses()
show(c.throw, StopIteration("before"))


async def next_of_empty():
    return next(iter([]))


show(run, next_of_empty())


async def awaits_stop():
    try:
        await next_of_empty()
    except RuntimeError as error:
        return "caught", str(error)


show(run, awaits_stop())


async def genexp():
    return [x async for x in (next(iter([])) async for _ in generator(ValueError))]


show(run, genexp())
