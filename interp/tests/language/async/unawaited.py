"""A coroutine that is dropped unawaited is told to the module warnings."""
import gc
import sys


class Warnings:
    def _warn_unawaited_coroutine(self, coroutine):
        told.append(coroutine.__qualname__)


async def work():
    pass


async def outer(awaitable):
    await awaitable


def start(coroutine):
    try:
        coroutine.send(None)
    except StopIteration:
        pass


def drop():
    for i in range(COUNT):
        work()
        start(outer(work()))
        work().close()
        coroutine = work()
        coroutine.__qualname__ = "renamed"
        try:
            coroutine.throw(ValueError)
        except ValueError:
            pass


COUNT = 20
told = []
before = sys.modules.get("warnings")
sys.modules["warnings"] = Warnings()
drop()
for _ in range(3):
    gc.collect()
print(set(told), COUNT - 5 < len(told) <= COUNT)
if before is not None:
    sys.modules["warnings"] = before
