# __call__, bound methods, static and class methods.
class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *, twice=False):
        return (self.n + x) * (2 if twice else 1)


add = Adder(3)
print(
    add(4), add(4, twice=True), callable(add), callable(Adder), callable(5), list(map(add, [1, 2])),
)


class M:
    count = 0

    def plain(self, x):
        return self.__class__.__name__, x

    @classmethod
    def cls_method(cls, x):
        cls.count += 1
        return cls.__name__, cls.count, x

    @staticmethod
    def static(x, y=2):
        return x, y


class N(M):
    pass


m = M()
bound = m.plain
print(
    bound(1), M.plain(m, 2), bound.__self__ is m, bound.__func__ is M.plain, bound.__name__,
    m.plain == m.plain, m.plain is m.plain,
)
print(
    M.cls_method(1), N.cls_method(2), m.cls_method(3), N().cls_method(4), M.count, N.count,
    M.static(1), m.static(1, y=5), M.cls_method.__self__.__name__,
)
m.plain = lambda x: ("instance", x)
print(m.plain(5))
N.plain = len
print(N().plain([1, 2]))


class Static:
    call = staticmethod(print)
    wrapped = classmethod(lambda cls, *a: (cls.__name__, a))


Static().call("static print")
print(Static.wrapped(1, 2), staticmethod(len)("abc"))
