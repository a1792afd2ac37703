# One attribute site sees many shapes: instance slots, class attributes, properties, slots, modules.
import math
import sys


class A:
    def __init__(self):
        self.x = "A"


class B:
    def __init__(self):
        self.y = 0
        self.x = "B"


class C:
    x = "class C"


class D(C):
    pass


class E:
    @property
    def x(self):
        return "property"


class F:
    __slots__ = ("x",)

    def __init__(self):
        self.x = "slot"


class G:
    def __getattr__(self, name):
        return "getattr " + name


class H:
    def __getattribute__(self, name):
        return "getattribute " + name


class I:
    def x(self):
        pass


def get(o):
    return o.x


d = D()
d2 = D()
d2.x = "instance D"
late = A()
late.z = late.w = 1
objects = [A(), B(), C(), d, d2, E(), F(), G(), H(), late, D, C]
for _ in range(5):
    out = []
    for o in objects:
        for _ in range(3):
            value = get(o)
        out.append(value)
print(out)
print(get(I()).__name__, [get(A()) for _ in range(3)])
module = type(sys)("m")
module.x = "module"
print(get(module))
module.x = "changed"
print(get(module))
C.x = "changed C"
print([get(o) for o in (C(), d, d2, D)])
del d2.x
print(get(d2))
for bad in (5, None, "s", [], object(), math, A):
    try:
        get(bad)
    except AttributeError as error:
        print(error)


def put(o, v):
    o.x = v
    return o.x


print([put(o, i) for i, o in enumerate([A(), B(), D(), F(), late, module, C])])
for bad in (E(), 5, object()):
    try:
        put(bad, 1)
    except AttributeError as error:
        print(error)
