# One of each statement alternative of the grammar, in odd layouts.
x = 1; y = 2;
if x: pass
if x: a = 1; b = 2
elif y: pass
else: pass
if x:

    # comment first
    z = 1   # trailing

else:
  z = 2
while x: x -= 1
else: print('while else')
for i in (): pass
else: print('for else')
for i in 1, 2, 3: print(i, end=' '); continue
for (i) in [1]: pass
for i, in [[1]]: pass
for [i, *j] in ['ab']: pass
try: pass
finally: print('finally')
try: pass
except: pass
try: 1/0
except (ZeroDivisionError, ValueError): print('tuple')
except Exception as e: pass
else: pass
finally: pass
with memoryview(b''): pass
with memoryview(b'') as m, memoryview(b'') as n: pass
with (memoryview(b'')): pass
with (memoryview(b''), memoryview(b'')): pass
with (memoryview(b'') as m, memoryview(b'')): pass
with (memoryview(b'') as m,): pass
with (memoryview)(b''): pass
with (memoryview(b'')) as m: pass
with memoryview(b'').cast('B') as m: pass
def f(): pass
def f(a): return
def f(a,): return a,
def f(a, b=1, /, c=2, *d, e, f=3, **g) -> int: return a
def f(*, a): pass
def f(a, /): pass
def f(a=1, /, *, b): pass
def f(*a: int, b: str = '', **c: float): pass
def f(): yield
def f(): x = yield; y = yield 1; z = yield from []; return
def f(): (yield); (yield 1); [(yield)]; f((yield)); return (yield)
def f(): await_ = 1; return lambda: (yield)
async def f(): await g(); return
async def f():
    async with a as b, c: pass
    async for i in j: pass
    else: pass
    [i async for i in j if await k]
    await a ** 2
    return -await b
lambda: 0; lambda a: a; lambda a, b=1, /, c=2, *d, e, f=3, **g: 0; lambda *, a: a; lambda *a, **k: 0; lambda a, /: 0
class C: pass
class C(): pass
class C(object,): x = 1; y = 2
class C(metaclass=type): 'doc'
class C(*[], **{}): pass
@f
class C: pass
assert x == 0, 'message'
assert (x == 0)
del x, y
del (z)
x = y = z = 0
x += 1; x -= 1; x *= 1; x //= 1; x %= 5; x **= 1; x <<= 1; x >>= 1; x &= 1; x |= 1; x ^= 1
x: int; x: int = 1; (x): int = 2; C.y: int = 1; [1][0]: int
x = (yield_ := 5)
import sys, gc as g; import sys as s
from sys import path; from sys import path as p, argv; from sys import (path, argv as q,)
raise_ = lambda: (_ for _ in ()).throw(KeyError)
try: raise
except RuntimeError as e: print(e)
try: raise KeyError
except KeyError as e: print(repr(e))
try: raise KeyError('k') from None
except KeyError as e: print(e.__suppress_context__)
match x:
    case 1: pass
    case _: pass
type T = int; type T[A, *B, **C] = A
'expression statement'; 1; x; [x, y]; (x, y); x, y; x if x else y; not x; x.__class__; ...
if (n := 5) > 3: print(n)
print((lambda: (yield))(), [*[]], {**{}}) if False else print('end')
if True:
	tab = 1
if True:
        eight = 1
x = [
    1,
  2,
        ]; y = (
); z = {1:
    2}
x = 1 + \
    2
print(x, \
y)
