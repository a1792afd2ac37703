# def f[T]: type parameters of functions, methods and lambdas.
def plain(): pass


def generic[T, *Ts, **P](x: T, *args: *Ts) -> tuple[T, *Ts]:
    return (x, *args)


print(plain.__type_params__, (lambda: 0).__type_params__)
print(generic.__type_params__, [type(p).__name__ for p in generic.__type_params__])
print(generic(1, 2, 3))
T, Ts, P = generic.__type_params__
print(generic.__annotations__['x'] is T)
print(generic.__annotations__['return'])
print(P.args, P.kwargs, P.args.__origin__ is P)


class C[T]:
    def method[U](self, x: U) -> tuple[T, U]:
        return x

    @staticmethod
    def static[V](v: V = 3) -> V:
        return v

    async def coroutine[W](self): pass


print(C.method.__type_params__, C.method.__annotations__)
print(C.method.__qualname__, C.static.__type_params__, C.static())
print(C.coroutine.__type_params__)
print(C().method(4))


def with_defaults[T](a: T, b: T = 10, *, c=20) -> T:
    "doc"
    return a, b, c


print(with_defaults(1), with_defaults.__doc__, with_defaults.__defaults__, with_defaults.__kwdefaults__)


def outer[A]():
    def inner[B]():
        return A, B
    return inner


print(outer()(), outer.__type_params__, outer().__type_params__)
try:
    plain.__type_params__ = [1]
except TypeError as error:
    print(error)
plain.__type_params__ = (1, 2)
print(plain.__type_params__)
