# __prepare__, custom namespaces, order, keywords, metaclass choice and conflicts.
class Recording(dict):
    def __init__(self): self.log = []
    def __setitem__(self, k, v): self.log.append(('set', k)); super().__setitem__(k, v)
    def __getitem__(self, k): self.log.append(('get', k)); return super().__getitem__(k)
    def __delitem__(self, k): self.log.append(('del', k)); super().__delitem__(k)
class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases, **kw):
        print('prepare', name, [b.__name__ for b in bases], kw)
        return Recording()
    def __new__(meta, name, bases, ns, **kw):
        print('new', name, type(ns).__name__, kw, ns.log)
        return super().__new__(meta, name, bases, dict(ns))
    def __init__(cls, name, bases, ns, **kw):
        print('init', name, kw)
        super().__init__(name, bases, ns)
class A(metaclass=Meta, option=1):
    x = 1
    y = x + 1
    del x
    def f(self): pass
class B(A, **{'other': 2}): z: int = 3
print(type(A), type(B), A.y, hasattr(A, 'x'), B.__annotations__)
class Fixed:
    def __contains__(self, k): return True
class Defaults(dict):
    def __missing__(self, k):
        if k.startswith('__'): raise KeyError(k)
        return 'made ' + k
class Auto(type):
    @classmethod
    def __prepare__(meta, *a): return Defaults()
class Enumish(metaclass=Auto):
    first = undefined_name
    print('builtin hidden?', len if isinstance(len, str) else 'no')
print(Enumish.first)
class M1(type): pass
class M2(type): pass
class M3(M1, M2): pass
class C1(metaclass=M1): pass
class C2(metaclass=M2): pass
for source in ('class D(C1, C2): pass', 'class D(C1, C2, metaclass=M3): pass\nprint(type(D))', 'class D(C1, metaclass=type): pass\nprint(type(D))',
               'class D(C1, metaclass=M2): pass', 'type("D", (C1,), {}).__class__', 'print(type(type("D", (C1,), {})))',
               'class D(metaclass=dict): pass', 'class D(metaclass=print): x = 1\nprint(D)', 'class D(metaclass=type, extra=1): pass',
               'type.__new__(M1, "D", (C2,), {})', 'type.__call__(M1)', 'M1("X")', 'M1("X", (), {}, a=1)', 'type("X", (), {}, **{"a": 1})'):
    try: exec(source)
    except TypeError as e: print(source, '->', e)
def factory(name, bases, ns, **kw):
    ns['made_by'] = 'factory', kw
    return type(name, bases, ns)
class F(metaclass=factory, a=1):
    def who(self): return __class__.__name__
print(F.made_by, F().who(), type(F))
class Single(type):
    _instances = {}
    def __call__(cls, *a, **k):
        if cls not in cls._instances: cls._instances[cls] = super().__call__(*a, **k)
        return cls._instances[cls]
class S(metaclass=Single):
    def __init__(self, v): self.v = v
print(S(1) is S(2), S(3).v)
class Order(type):
    def mro(cls):
        order = super().mro()
        return order[:1] + order[1:][::-1][1:] + [object] if cls.__name__ == 'Turned' else order
class P1: v = 1
class P2: v = 2
class Turned(P1, P2, metaclass=Order): pass
print(Turned.v, [c.__name__ for c in Turned.__mro__])
class SubCheck(type):
    def __instancecheck__(cls, o): return hasattr(o, 'quack')
    def __subclasscheck__(cls, c): return c.__name__.startswith('D')
class Duck(metaclass=SubCheck): pass
class Dog: quack = 1
print(isinstance(Dog(), Duck), isinstance(1, Duck), issubclass(Dog, Duck), issubclass(int, Duck), isinstance(Dog(), (int, Duck)))
