from _drive import Pause, attempt, run


async def generator():
    yield 1
    await Pause("pause")
    yield 2


async def main():
    g = generator()
    print(aiter(g) is g)
    print(await anext(g))
    print(await anext(g, "default"))
    print(await anext(g, "default"))
    print(await anext(g, None))
    try:
        await anext(g)
    except StopAsyncIteration:
        print("ended")


run(main())

attempt(aiter, 1)
attempt(aiter, [])
attempt(anext, 1)
attempt(anext, 1, 2)
attempt(anext)
attempt(aiter)


class Bad:
    def __aiter__(self):
        return 5


attempt(aiter, Bad())


class Coroutines:
    """__anext__ gives coroutines."""

    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return await Pause(self.n)


async def over_coroutines():
    it = aiter(Coroutines(1))
    print(await anext(it, "d"))
    print(await anext(it, "d"))
    print(await anext(it, ["list"]))


run(over_coroutines(), "ab")


class IntNext:
    def __anext__(self):
        return 5


async def bad_next(*default):
    return await anext(IntNext(), *default)


attempt(run, bad_next())
attempt(run, bad_next(1))

a = anext(generator(), "d")
print(type(a).__name__, iter(a) is a, a.__await__() is a)
attempt(next, a)
g = generator()
attempt(run, g.asend(None))
a = anext(g, "d")
attempt(a.send, None)
attempt(a.throw, ValueError("thrown"))
a = anext(g, "d")
attempt(a.send, None)
a = anext(generator(), "d")
attempt(a.close)
attempt(type(a))
a = anext(Coroutines(1), "d")
attempt(a.send, None)
attempt(a.throw, KeyError("k"))


class Raises:
    def __anext__(self):
        raise LookupError("no")


attempt(anext, Raises())
