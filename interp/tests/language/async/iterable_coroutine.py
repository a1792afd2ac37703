from _drive import attempt, iterable_coroutine, run


@iterable_coroutine
def pause(value):
    got = yield value
    return got


async def uses():
    a = await pause("one")
    b = await pause("two")
    return a, b


print(run(uses(), [1, 2]))


@iterable_coroutine
def delegates():
    x = yield from pause("p")
    y = yield from uses()
    return x, y


async def outer():
    return await delegates()


print(run(outer(), [1, 2, 3]))
print(delegates.__code__.co_flags & 0x100 != 0)
g = pause(1)
print(type(g).__name__, attempt(next, g))


def plain():
    yield 1


async def awaits_plain():
    await plain()


attempt(run, awaits_plain())


@iterable_coroutine
def native(c):
    return (yield from c)


async def value():
    return "v"


attempt(run, native(value()))
