# __slots__: no dict, inheritance, defaults, errors.
class P:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


p = P(1)
print(p.x, hasattr(p, "y"), P.__slots__, hasattr(p, "__dict__"), type(P.x).__name__)
p.y = 2
del p.y
for attempt in (
    lambda: p.y, lambda: setattr(p, "z", 1), lambda: p.__dict__, lambda: delattr(p, "y"),
):
    try:
        attempt()
    except AttributeError as error:
        print(error)


class Q(P):
    __slots__ = ("z",)


class D(P):
    pass


q = Q(3)
q.z = 4
print(q.x, q.z)
d = D(5)
d.anything = 6
print(d.x, d.anything, d.__dict__)


class S:
    __slots__ = "single"


s = S()
s.single = 1
print(s.single)


class WithDict:
    __slots__ = ("a", "__dict__")


w = WithDict()
w.a, w.b = 1, 2
print(w.a, w.b, w.__dict__)


class Mangled:
    __slots__ = ("__private",)

    def __init__(self):
        self.__private = 9


print(Mangled()._Mangled__private)
for body in ({"__slots__": ("x",), "x": 1}, {"__slots__": (1,)}, {"__slots__": ("a b",)}):
    try:
        type("Bad", (), body)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
