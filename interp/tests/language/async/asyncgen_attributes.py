from _drive import Pause, attempt, run


async def generator():
    yield 1
    await Pause("p")


g = generator()
print(g.ag_running, g.ag_suspended, g.ag_await, g.ag_frame is not None, g.ag_code.co_name)
run(g.asend(None))
print(g.ag_running, g.ag_suspended, g.ag_await, g.ag_frame.f_lineno)
a = g.asend(None)
a.send(None)
print(g.ag_running, g.ag_suspended, type(g.ag_await).__name__)
attempt(a.send, None)
print(g.ag_running, g.ag_suspended, g.ag_await, g.ag_frame)
print(g.__name__, g.__qualname__)
g.__name__ = "renamed"
g.__qualname__ = "place.renamed"
print(g.__name__, g.__qualname__, repr(g)[:40])
for name, value in (("__name__", 1), ("__qualname__", None)):
    attempt(setattr, g, name, value)
attempt(delattr, g, "__name__")
for name in ("ag_running", "ag_frame", "ag_code", "ag_await"):
    attempt(setattr, g, name, 1)
attempt(type(g))
attempt(type(g.asend(None)))
attempt(type(g.aclose()))
print([n for n in dir(g) if not n.startswith("__") or n in ("__aiter__", "__anext__", "__iter__", "__del__")])
print([n for n in dir(g.asend(None)) if not n.startswith("__") or n in ("__await__", "__iter__", "__next__")])
print(type(g)[int, str])
attempt(iter, g)
attempt(next, g)
attempt(len, g)
