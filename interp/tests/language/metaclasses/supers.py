# super in every form.
class A:
    x = 'A.x'
    def f(self): return 'A.f'
    @classmethod
    def c(cls): return 'A.c ' + cls.__name__
    @staticmethod
    def s(): return 'A.s'
    @property
    def p(self): return 'A.p'
    def __getitem__(self, i): return 'A', i
    def __len__(self): return 5
    def __repr__(self): return 'A()'
class B(A):
    x = 'B.x'
    def f(self): return 'B.f ' + super().f()
    @classmethod
    def c(cls): return 'B.c ' + super().c()
    @staticmethod
    def s(): return 'B.s ' + A.s()
    @property
    def p(self): return 'B.p ' + super().p
    def __getitem__(self, i): return super().__getitem__(i) + ('B',)
    def nested(self):
        def inner(): return super(B, self).f()
        return inner()
    def nested_implicit(self):
        def inner(me): return super().f()
        return inner(self)
    def lam(self): return (lambda self: super().f())(self)
    def gen(self): yield super().f()
    def comp(self): return [super(B, self).x for _ in range(1)]
    def comp2(self): return [super().x for _ in range(1)]
    def genexp(self): return list(super(B, self).x for _ in range(1))
    def explicit(self): return super(__class__, self).f()
    def no_such(self): return super().nope
    def store(self): super().x = 5
    def subscript(self): return super()[0]
    def length(self): return len(super())
    def text(self): return repr(super()), super().__repr__(), str(super().__thisclass__), super().__self__ is self, super().__self_class__
    def with_local_class(self):
        __class__ = int
        return __class__
    def reassigned(self):
        self = None
        try: return super().f()
        except TypeError as e: return str(e)
    def deleted(self):
        del self
        try: return super().f()
        except RuntimeError as e: return str(e)
    def args(*args):
        return super().f()
    def none():
        return super().f()
class C(B):
    def f(self): return 'C.f ' + super().f()
    c = classmethod(lambda cls: super(C, cls).c())
b, c = B(), C()
print(b.f(), c.f(), B.c(), C.c(), c.s(), b.p, c.p, c[1], b.nested(), b.nested_implicit(), b.lam(), list(b.gen()), b.comp(), b.genexp(), b.explicit())
for name in ('comp2', 'no_such', 'store', 'subscript', 'length', 'text', 'reassigned', 'deleted', 'args'):
    try: print(name, getattr(b, name)())
    except Exception as e: print(name, type(e).__name__, e)
try: B.none()
except RuntimeError as e: print(e)
print(super(B, b).x, super(B, B).c(), super(C, c).f(), super(B, c).x, super(A, c).__init__ is not None)
unbound = super(B)
print(unbound, unbound.__get__(b, B).f(), unbound.__get__(None, B) is unbound, unbound.__self__)
for bad in (lambda: super(), lambda: super(int, 'a'), lambda: super(1, 2), lambda: super(B, 5), lambda: super(B, A()), lambda: super(B, b).nope,
            lambda: super(B, b, 3), lambda: super(x=1), lambda: super(B, None).f):
    try: print(bad())
    except (TypeError, RuntimeError, AttributeError) as e: print(type(e).__name__, e)
class D(A):
    def f(self): return 'D.f ' + super().f()
class E(B, D): pass
print(E().f(), [k.__name__ for k in E.__mro__])
class Meta(type):
    def __new__(m, n, b, d): return super().__new__(m, n, b, d)
    def __call__(cls, *a): return 'called', super().__call__(*a)
class M(A, metaclass=Meta): pass
print(M())
def outside(self): return super().f()
A.outside = outside
try: b.outside()
except RuntimeError as e: print(e)
class Sub(super): extra = 1
class G(A):
    def f(self): return Sub(G, self).f(), Sub(G, self).extra
print(G().f())
super_ = super
class H(A):
    def f(self): return super_(H, self).f()
print(H().f())
super = lambda *a: A()
class I(A):
    def f(self): return super().f()
print(I().f())
