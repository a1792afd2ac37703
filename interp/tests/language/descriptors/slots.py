# __slots__: inheritance, conflicts, weak references, dict slots, deletion, reassigning classes.
def attempt(do):
    try: print(do())
    except (AttributeError, TypeError, ValueError) as e: print(type(e).__name__, e)
class A:
    __slots__ = ('x', 'y')
class B(A):
    __slots__ = ('z',)
class WithDict(A): pass
class Listed:
    __slots__ = ['__dict__', 'a']
class Mapped:
    __slots__ = {'m': 'doc of m', 'n': None}
class Mangled:
    __slots__ = ('__private', '_one')
    def __init__(self): self.__private = 1
class Single:
    __slots__ = 'only'
a, b, w = A(), B(), WithDict()
attempt(lambda: a.x)
a.x = 1
attempt(lambda: (a.x, A.x.__get__(a), type(A.x).__name__, A.x, A.x.__name__, A.x.__objclass__.__name__))
attempt(lambda: setattr(a, 'q', 1))
attempt(lambda: a.__dict__)
attempt(lambda: delattr(a, 'x'))
attempt(lambda: delattr(a, 'x'))
b.x = b.z = 2
attempt(lambda: (b.x, b.z, B.__slots__, A.__slots__))
attempt(lambda: setattr(b, 'q', 1))
w.x, w.q = 1, 2
attempt(lambda: (w.__dict__, w.x))
l = Listed(); l.a = 1; l.b = 2
attempt(lambda: (l.__dict__, l.a))
attempt(lambda: (Mapped.m.__doc__, Mapped.n.__doc__, Mapped.__slots__))
attempt(lambda: sorted(n for n in dir(Mangled) if 'private' in n or n == '_one'))
s = Single(); s.only = 1
attempt(lambda: s.only)
attempt(lambda: A.x.__get__(None, A) is A.x)
attempt(lambda: A.x.__get__(5))
attempt(lambda: A.x.__set__(b, 7) or b.x)
attempt(lambda: A.x.__delete__(b) or hasattr(b, 'x'))
attempt(lambda: type('X', (A, B), {}))
attempt(lambda: type('X', (B, A), {}).__mro__[1].__name__)
attempt(lambda: type('X', (A, Listed), {}))
attempt(lambda: type('X', (A, Single), {}))
class Same1: __slots__ = ('p',)
class Same2: __slots__ = ('p',)
class Other: __slots__ = ('r',)
o = Same1(); o.p = 3
o.__class__ = Same2
attempt(lambda: (type(o).__name__, o.p))
attempt(lambda: setattr(o, '__class__', Other))
class E1: __slots__ = ()
class E2: __slots__ = ()
e = E1(); e.__class__ = E2
attempt(lambda: type(e).__name__)
attempt(lambda: setattr(e, '__class__', object))
class Init:
    __slots__ = ('v', '__weakref__')
    v_default = 0
    def __init__(self, v): self.v = v
    def __eq__(self, other): return self.v == other.v
attempt(lambda: Init(1) == Init(1))
attempt(lambda: type('X', (), {'__slots__': ('a', 'a')}).a)
attempt(lambda: type('X', (), {'__slots__': ('a b',)}))
attempt(lambda: type('X', (), {'__slots__': 3}))
attempt(lambda: type('X', (), {'__slots__': ('__dict__', '__dict__')}))
attempt(lambda: type('X', (dict,), {'__slots__': ('__dict__',)}))
attempt(lambda: type('X', (), {'__slots__': iter(['i', 'j'])}).i)
attempt(lambda: type('X', (Exception,), {'__slots__': ('code',)})('msg').args)
attempt(lambda: type('X', (list,), {'__slots__': ('extra',)})([1, 2]))
del A.x
attempt(lambda: a.x)
