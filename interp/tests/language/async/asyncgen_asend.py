from _drive import Pause, attempt, run


async def accumulate():
    total = 0
    while True:
        value = yield total
        if value is None:
            continue
        if value < 0:
            return
        total += value


async def main():
    g = accumulate()
    print(await g.asend(None))
    print(await g.asend(5))
    print(await g.asend(6))
    print(await g.__anext__())
    try:
        await g.asend(-1)
    except StopAsyncIteration:
        print("ended")
    try:
        await g.asend(1)
    except StopAsyncIteration:
        print("still ended")


run(main())

g = accumulate()
attempt(run, g.asend(1))
attempt(run, g.asend(None))
a = g.asend(4)
attempt(a.send, None)
attempt(a.send, None)
attempt(a.throw, ValueError)
attempt(a.close)

# What is sent to a fresh awaitable goes first.
a = g.asend(4)
attempt(a.send, 100)


async def waits():
    value = yield "one"
    value = await Pause(value)
    yield value


g = waits()
attempt(run, g.asend(None))
a = g.asend("inside")
attempt(a.send, None)
print(g.ag_running)
b = g.asend("second")
attempt(b.send, None)
attempt(b.send, None)
attempt(g.__anext__().send, None)
attempt(a.send, "back")
print(g.ag_running)

# throw() into an awaitable goes into the generator.
g = waits()
attempt(run, g.asend(None))
a = g.asend("x")
attempt(a.throw, KeyError("thrown"))
attempt(a.send, None)
attempt(run, g.asend(None))

g = waits()
attempt(run, g.asend(None))
a = g.asend("x")
attempt(a.send, None)
attempt(a.throw, KeyError("at the pause"))
attempt(a.throw, KeyError)
print(g.ag_running, g.ag_frame)

g = waits()
a = g.asend(None)
attempt(a.close)
attempt(a.send, None)
attempt(run, g.asend(None))
attempt(run, g.aclose())
