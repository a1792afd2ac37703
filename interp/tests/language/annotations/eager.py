# Annotations as they are evaluated: order, simple and complex targets, functions, classes, lambdas without.
log = []
def ann(x): log.append(x); return x
x: ann('x') = ann('value')
y: ann('y')
(z): ann('z') = 1
class T: pass
t = T()
t.a: ann('t.a') = ann('assigned')
t.b: ann('never stored')
l = [0]
l[ann(0)]: ann('l0') = 5
print(log, __annotations__, hasattr(t, 'b'), l)
log.clear()
try: y
except NameError as e: print(e)
def f(a: ann('a'), /, b: ann('b') = ann('default b'), *args: ann('args'), c: ann('c'), d: ann('d') = ann('default d'), **kw: ann('kw')) -> ann('ret'):
    local: ann('local never')
    other: ann('other never') = 3
    (paren): ann('paren') = 4
    t.q: undefined_but_never_seen = 1
    return other
print(log, f.__annotations__, f(1, c=2))
def unbound():
    v: int
    try: return v
    except UnboundLocalError as e: return str(e)
print(unbound())
class C:
    a: int = 1
    b: 'str'
    __private: int = 3
    def m(self: 'C') -> 'C': return self
    class D: e: float
    for i in range(2): looped: i
    if False: hidden: int
print(C.__annotations__, C.m.__annotations__, C.D.__annotations__, C().a)
print(f.__annotations__ is f.__annotations__, (lambda: 0).__annotations__, T.__annotations__)
f.__annotations__ = {'new': 1}
print(f.__annotations__)
del f.__annotations__
print(f.__annotations__)
f.__annotations__ = None
print(f.__annotations__)
try: f.__annotations__ = 5
except TypeError as e: print(e)
class Sub(C): pass
print(Sub.__annotations__, 'a' in Sub.__annotations__)
__annotations__['dynamic'] = 'set'
dynamic2: str
print(__annotations__)
def g(x: lambda: 0 = 1, y: (yield_ := 5) = 2) -> [i for i in range(2)]: pass
print(g.__annotations__['y'], g.__annotations__['return'], yield_)
exec('q: int = 1\nprint(__annotations__)', {})
class Empty:
    print('__annotations__' in locals())
    w: int
    print(__annotations__)
    __annotations__['v'] = 1
    del __annotations__
    try: u: int
    except NameError as e: print(e)
