# Where type parameters are visible: annotations, bases, bodies, nested scopes, private names.
T = 'global'


class C[T](list[T]):
    seen = T
    alias: T
    rows = [T for _ in range(2)]

    def method(self, x: T = T) -> T:
        return T

    class Inner:
        seen = T


(parameter,) = C.__type_params__
print(C.seen is parameter, C.rows == [parameter] * 2, C.Inner.seen is parameter)
print(C().method() is parameter, C.method.__annotations__)
print(T)


def f[T](x: T) -> T:
    T = 'local'
    return T


print(f(1), f.__annotations__['x'] is f.__type_params__[0])


def decorator(value):
    print('decorated with', value)
    return lambda function: function


@decorator(T)
def decorated[T](x=T):
    return x


print(decorated())


class Private[__T]:
    def m(self) -> __T: ...


print(Private.__type_params__, Private.m.__annotations__)


def shadow[T]():
    class Inner[T]:
        value = T
    return Inner.value, T


inner, outer = shadow()
print(inner is outer, inner, outer)


def walrus[T](x: (lambda: T)): return x


print(walrus.__annotations__['x']() is walrus.__type_params__[0])


class Base:
    def __init_subclass__(cls, *, option=None):
        print(cls.__name__, option)


class Option[T](Base, option=T if False else 'x'):
    pass


def generator[T](n):
    for _ in range(n):
        yield T


print(list(generator(2)))
x = 1


class NonlocalLike[T]:
    x = 2

    def get[U](self): return x, __class__

    type A = x


print(NonlocalLike().get(), NonlocalLike.A.__value__)
