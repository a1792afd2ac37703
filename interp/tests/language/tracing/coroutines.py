from _tracer import trace


class Pause:
    def __await__(self):
        yield "pause"


async def inner(x):
    await Pause()
    return x


async def outer():
    a = await inner(1)
    b = await inner(2)
    return a + b


async def numbers():
    yield 1
    await Pause()
    yield 2


async def loop():
    async for n in numbers():
        x = n
    return [n async for n in numbers()]


class Manager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        return True


async def manager():
    async with Manager() as m:
        raise ValueError("suppressed")
    return "after"


def run(coroutine):
    while True:
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value


async def fails():
    await inner(1)
    raise LookupError("from a coroutine")


def thrown():
    c = outer()
    c.send(None)
    try:
        c.throw(KeyError("k"))
    except KeyError:
        pass


trace(run, outer())
trace(run, loop())
trace(run, manager())
trace(run, fails())
trace(thrown)
