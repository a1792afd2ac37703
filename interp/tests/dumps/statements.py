from __future__ import annotations
from . import a as b, c
from ..d import *
import e.f as g
@b
@b.c(1, *a, k=2, **d)
async def f(p: int, /, q=1, *r: int, s, t=2, **u) -> None:
    """doc"""
    global h
    async for x in y: break
    else: continue
    async with z as w, v: await w
    return [i async for i in y if i if not i]
class K[T: int, *Ts, **P](A, metaclass=B):
    x: int
    y: str = 1
    (z): int = 2
    del x, y[0]
type L[T] = list[T]
def n():
    nonlocal q
    while 1: pass
    else: pass
    try: raise X from Y
    except (A, B) as e: raise
    except: pass
    else: pass
    finally: pass
    try: pass
    except* A: pass
    assert x, y
    yield
    yield from z
    return
match x:
    case 0 | -1.5 | 1+2j | "s" | None | a.b: pass
    case [_, *rest, (y)] | (y, *_): pass
    case {1: z, "k": _, **others} if z: pass
    case K(1, k=v) as w: pass
    case {}: pass
    case _: pass
for a, (b, *c) in d: pass
with (a as b, c): pass
x = y = (z for z in w for v in u)
{k: v for k, v in x}; {s for s in x}
x if y else z
