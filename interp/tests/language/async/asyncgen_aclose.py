from _drive import Pause, attempt, run


async def generator():
    try:
        yield 1
        yield 2
    finally:
        print("cleaning")
        await Pause("in finally")
        print("cleaned")


g = generator()
attempt(run, g.aclose())
attempt(run, g.asend(None))

g = generator()
attempt(run, g.asend(None))
attempt(run, g.aclose())
attempt(run, g.aclose())
attempt(run, g.asend(None))

g = generator()
attempt(run, g.asend(None))
c = g.aclose()
attempt(c.send, 5)
attempt(c.send, None)
print(g.ag_running)
attempt(g.aclose().send, None)
attempt(g.asend(None).send, None)
attempt(c.send, None)
attempt(c.send, None)
print(g.ag_running)


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("ignored")
        yield 2


g = stubborn()
attempt(run, g.asend(None))
attempt(run, g.aclose())
attempt(run, g.athrow(KeyError("ends it")))


async def returns():
    try:
        yield 1
    except GeneratorExit:
        print("returns")
        return


g = returns()
attempt(run, g.asend(None))
attempt(run, g.aclose())


async def raises():
    try:
        yield 1
    except GeneratorExit:
        raise OSError("instead")


g = raises()
attempt(run, g.asend(None))
attempt(run, g.aclose())
attempt(run, g.aclose())

g = generator()
attempt(run, g.asend(None))
c = g.aclose()
attempt(c.throw, ValueError("into aclose"))

g = generator()
attempt(run, g.asend(None))
c = g.aclose()
attempt(c.send, None)
attempt(c.throw, ValueError("in finally"))
attempt(c.throw, ValueError)

g = generator()
attempt(run, g.asend(None))
c = g.aclose()
attempt(c.throw, GeneratorExit)
attempt(c.throw, KeyError)
attempt(c.throw, KeyError)


async def nested():
    inner = generator()
    try:
        async for item in inner:
            yield item
    finally:
        await inner.aclose()
        print("outer cleaned")


g = nested()
attempt(run, g.asend(None))
attempt(run, g.aclose())


async def closing():
    g = generator()
    async for item in g:
        if item == 1:
            break
    await g.aclose()
    print("closed")


run(closing())
