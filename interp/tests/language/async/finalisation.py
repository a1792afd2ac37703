import gc
import sys

from _drive import Pause, attempt, run


async def body(name):
    try:
        yield 1
    finally:
        finished.append(name)


def generator(name):
    g = body(name)
    g.__name__ = name
    return g


finished = []


class Hooks:
    def __init__(self):
        self.first, self.final = [], []

    def firstiter(self, g):
        self.first.append(g.__name__)

    def finalizer(self, g):
        self.final.append(g.__name__)
        run(g.aclose())


print(tuple(sys.get_asyncgen_hooks()))
hooks = Hooks()
sys.set_asyncgen_hooks(hooks.firstiter, hooks.finalizer)
print(sys.get_asyncgen_hooks().firstiter == hooks.firstiter, sys.get_asyncgen_hooks()[1] == hooks.finalizer)


COUNT = 20  # of which a few may still be seen from the stack


def collect():
    for _ in range(3):
        gc.collect()


def most(count):
    return COUNT - 5 < count <= COUNT


def drop():
    for i in range(COUNT):
        run(generator("dropped").asend(None))


def drop_other():
    for i in range(COUNT):
        generator("never used")
        g = generator("ended")
        run(g.asend(None))
        try:
            run(g.asend(None))
        except StopAsyncIteration:
            pass
        g = generator("closed")
        run(g.asend(None))
        run(g.aclose())


drop()
collect()
print(most(hooks.final.count("dropped")), len(hooks.first), most(finished.count("dropped")))
drop_other()
collect()
print(hooks.final.count("ended"), hooks.final.count("closed"), hooks.final.count("never used"))
print(hooks.first.count("ended"), hooks.first.count("never used"), finished.count("ended"))

sys.set_asyncgen_hooks(firstiter=None)
print(sys.get_asyncgen_hooks().firstiter, sys.get_asyncgen_hooks().finalizer is not None)
sys.set_asyncgen_hooks(finalizer=None)
print(tuple(sys.get_asyncgen_hooks()))
attempt(lambda: sys.set_asyncgen_hooks(5))
attempt(lambda: sys.set_asyncgen_hooks(finalizer="x"))
print(tuple(sys.get_asyncgen_hooks()))


def without_hooks():
    for i in range(COUNT):
        run(generator("without hooks").asend(None))


without_hooks()
collect()
print(most(finished.count("without hooks")))


async def coroutine():
    try:
        await Pause(1)
    finally:
        finished.append("coroutine")


def drop_coroutines():
    for i in range(COUNT):
        coroutine().send(None)


drop_coroutines()
collect()
print(most(finished.count("coroutine")))


def raising(g):
    raise ValueError("firstiter")


sys.set_asyncgen_hooks(firstiter=raising)
g = generator("x")
attempt(g.asend, None)
attempt(run, g.asend(None))
attempt(run, g.aclose())
sys.set_asyncgen_hooks(None, None)
