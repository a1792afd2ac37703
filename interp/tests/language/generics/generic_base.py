# typing.Generic as an explicit base, and what its __init_subclass__ refuses.
from _typing import Generic, TypeVar

T, U = TypeVar('T'), TypeVar('U')


def attempt(make):
    try:
        result = make()
        print(result.__parameters__)
    except TypeError as error:
        print('TypeError', error)


class Base(Generic[T]):
    def __init__(self, x=None):
        self.x = x


print(Base.__parameters__, Base.__orig_bases__, Base.__bases__)
print(Base[int], Base[int](5).x, Generic[T, U])


class Two(Base[U], Generic[T, U]):
    pass


print(Two.__parameters__, Two[int, str], Two.__mro__)


class Kept(Base):
    pass


print(Kept.__parameters__, Kept.__bases__)


def plain():
    class C(Generic): pass
    return C


def twice():
    class C(Generic[T], Generic[U]): pass
    return C


def missing():
    class C(Base[U], Generic[T]): pass
    return C


def both():
    class C[V](Generic[T]): pass
    return C


attempt(plain)
attempt(missing)
for bad in (lambda: Generic[int], lambda: Generic[()], lambda: Generic[T, T]):
    attempt(bad)


class Hook:
    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        print('hook', cls.__name__, tag)


class Tagged[T](Hook, tag='yes'):
    pass


class More(Tagged[int], tag='more'):
    pass


print(More.__mro__)


class Meta(type):
    def __new__(meta, name, bases, namespace):
        print(name, bases, sorted(n for n in namespace if not n.startswith('__q')))
        return super().__new__(meta, name, bases, namespace)


class WithMeta[T](metaclass=Meta):
    x: T


print(WithMeta[int], WithMeta.__annotations__)
