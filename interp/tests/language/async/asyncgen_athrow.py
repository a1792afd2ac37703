from _drive import Pause, attempt, run


async def catches():
    while True:
        try:
            yield "ready"
        except ValueError as error:
            print("caught", error)
            await Pause("recover")
            yield "recovered"
        except GeneratorExit:
            print("exit")
            raise
        finally:
            print("finally")


g = catches()
attempt(run, g.asend(None))
attempt(run, g.athrow(ValueError("1")))
attempt(run, g.asend(None))
attempt(run, g.athrow(ValueError))
attempt(run, g.athrow(KeyError("leaves")))
attempt(run, g.athrow(ValueError("late")))
attempt(run, g.asend(None))
attempt(run, g.aclose())

g = catches()
attempt(run, g.athrow(KeyError("before the start")))
attempt(run, g.asend(None))

g = catches()
attempt(run, g.asend(None))
t = g.athrow(ValueError)
print(type(t).__name__, t.__await__() is t, iter(t) is t)
attempt(t.send, 5)
attempt(t.send, None)
print(g.ag_running)
attempt(g.asend(None).send, None)
attempt(g.athrow(ValueError).send, None)
attempt(g.aclose().send, None)
attempt(t.send, None)
attempt(t.send, None)
print(g.ag_running)
attempt(run, g.aclose())

g = catches()
attempt(run, g.asend(None))
t = g.athrow(ValueError)
attempt(t.send, None)
attempt(t.throw, OSError("during recovery"))
attempt(t.throw, OSError)

g = catches()
attempt(run, g.asend(None))
attempt(run, g.athrow(GeneratorExit))
attempt(run, g.asend(None))

g = catches()
attempt(run, g.asend(None))
attempt(run, g.athrow(StopAsyncIteration))
g = catches()
attempt(run, g.asend(None))
attempt(run, g.athrow(StopIteration))
g = catches()
attempt(run, g.asend(None))
attempt(run, g.athrow(5))
attempt(run, g.aclose())


async def quiet():
    yield 1
    yield 2


q = quiet()
attempt(run, q.asend(None))
attempt(run, q.athrow())
attempt(run, q.asend(None))
attempt(run, q.aclose())
g = catches()
attempt(run, g.asend(None))
t = g.athrow(ValueError)
attempt(t.close)
attempt(t.send, None)
attempt(run, g.aclose())
