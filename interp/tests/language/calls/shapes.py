# Ways to call: order of evaluation, unpacking several times, methods through classes, callables of all kinds.
import sys
log = []
def say(x):
    log.append(x)
    return x
def f(*args, **kwargs): return args, kwargs


print(f(say(1), *say([2]), say(3), *say((4,)), a=say(5), **say({'b': 6}), c=say(7), **say({'d': 8})))
print(log)
print(f(*'ab', *range(2), *{'k': 1}, *(i for i in range(2)), **{}), f(*[], **{}), f(*()), f(**dict(x=1)))
print(f(1, *[2], 3, k=4, *[5], **{'z': 6}), f(x for x in ()) [0][0].__class__.__name__)
class Mapping:
    def keys(self): return ['a', 'b']
    def __getitem__(self, k): return k * 2
class Iter:
    def __iter__(self): return iter([1, 2])
print(f(*Iter(), **Mapping()))
class C:
    def m(self, *a, **k): return type(self).__name__, a, k
    cm = classmethod(lambda cls, *a: (cls.__name__, a))
    sm = staticmethod(lambda *a: a)
    def __call__(self, *a, **k): return 'called', a, k
    bound_builtin = [].append
    fn = len
c = C()
m = c.m
print(m(1, x=2), C.m(c, 3), c.cm(1), C.cm(2), c.sm(3), C.sm(4), c(5, y=6), c.fn.__class__.__name__, C.__call__(c))
print(m.__self__ is c, m.__func__ is C.m, m.__name__, m == c.m, m is c.m, hash(m) == hash(c.m))
class Meta(type):
    def __call__(cls, *args):
        return 'meta', cls.__name__, args
class WithMeta(metaclass=Meta): pass
print(WithMeta(1, 2))
class New:
    def __new__(cls, *args, **kw):
        print('new', args, kw)
        return object.__new__(cls) if args else 3
    def __init__(self, *args, **kw): print('init', args, kw)
print(type(New(1, k=2)).__name__, New(k=3))
def recursive(n, acc=()): return acc if n == 0 else recursive(n - 1, acc + (n,))
print(recursive(5))
g = [lambda x=x: x for x in range(3)]
print([h() for h in g], (lambda *a, b=1, **c: (a, b, c))(1, 2, b=3, d=4))
def defaults(a, b=[], *, c={}):
    b.append(a); c[a] = b
    return len(b), sorted(c)
print(defaults(1), defaults(2), defaults(3, []), defaults(4, c={}))
defaults.__defaults__ = (['new'],)
print(defaults(5))
defaults.__kwdefaults__ = None
try: defaults(6)
except TypeError as e: print(e)
print(str.upper('a'), str.join('-', 'abc'), int.__add__(1, 2), dict.fromkeys('ab', 0), list.append.__name__)
print(max([3, 1], key=lambda v: -v), sorted('bca', reverse=True, key=str), list(map(f, 'a'))[0], [*map(pow, [2, 3], [3, 2])])
def many(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12): return a0 + a12
print(many(*range(13)), many(**{f'a{i}': i for i in range(13)}), many(0, 1, 2, 3, 4, 5, 6, a12=12, a11=0, a7=7, a8=8, a9=9, a10=1))
def kwonly(*, a, b=2): return a, b
print(kwonly(a=1), kwonly(b=1, a=3), kwonly(**{'a': 5}))
try:
    f(**{'a': 1}, a=2)
except TypeError as e: print(e)
def gen(*args): yield from args
print(list(gen(1, *[2, 3])), dict(a=1, **{'b': 2}), print.__call__('called'))
type_ = type('Dyn', (C,), {'x': 1, 'm': lambda self: super(type_, self).m('dyn')})
print(type_().m(), type_.x)
