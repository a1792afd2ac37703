# __init_subclass__, __set_name__, __class_getitem__, __subclasses__, __mro_entries__, __subclasshook__.
class Base:
    registry = []
    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        cls.registry.append((cls.__name__, key))
class A(Base, key='a'): pass
class B(A): pass
class C(B, key='c'):
    def __init_subclass__(cls): print('C hook', cls.__name__); super().__init_subclass__(key='from C')
class D(C): pass
print(Base.registry)
for source in ('class X(Base, wrong=1): pass', 'class X(C, key=1): pass', 'class X(object, a=1): pass'):
    try: exec(source)
    except TypeError as e: print(e)
class Named:
    def __set_name__(self, owner, name): self.where = owner.__name__, name
class Holder:
    one = Named()
    two = three = Named()
    four = [Named()]
print(Holder.one.where, Holder.two.where, hasattr(Holder.four[0], 'where'))
Holder.late = Named()
print(hasattr(Holder.late, 'where'))
class BadName:
    def __set_name__(self, owner): pass
try:
    class X: attr = BadName()
except TypeError as e: print(e, e.__notes__)
class Item:
    def __class_getitem__(cls, item): return cls.__name__, item
class SubItem(Item): pass
print(Item[1], SubItem[int, str], Item[1:2], Item[()], SubItem[...])
try: Item()[0]
except TypeError as e: print(e)
class Entries:
    def __init__(self, *bases): self.bases = bases
    def __mro_entries__(self, original): print('entries', len(original)); return self.bases
class E1(Entries(int), Entries()): pass
class E2(Entries(A, Item)): pass
print(E1.__mro__, E1.__orig_bases__ [0].bases, E2.__bases__)
try: type('T', (Entries(int),), {})
except TypeError as e: print(e)
print([c.__name__ for c in A.__subclasses__()], [c for c in Base.__subclasses__() if c.__name__ != 'X'])
class Hook:
    @classmethod
    def __subclasshook__(cls, other): return NotImplemented if other is int else hasattr(other, 'magic')
class Magic: magic = 1
print(issubclass(Magic, Hook), issubclass(int, Hook))
class Owner:
    def __init_subclass__(cls): print('sees', sorted(n for n in vars(cls) if n in ('f', 'x')), cls.x)
class Sub(Owner):
    x = 1
    def f(self): return super()
class Implicit:
    def __init_subclass__(cls): cls.added = True
    def __class_getitem__(cls, k): return k
print(type(Implicit.__dict__['__init_subclass__']).__name__, type(Implicit.__dict__['__class_getitem__']).__name__)
class New:
    def __new__(cls): return super().__new__(cls)
print(type(New.__dict__['__new__']).__name__, New.__new__.__name__)
class Cell:
    def __init_subclass__(cls):
        try: cls().who()
        except NameError as e: print(e)
class UsesCell(Cell):
    def who(self): print('cell is', __class__.__name__)
