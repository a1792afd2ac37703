# Class statements with computed bases, keywords, bodies with control flow, nested classes.
def base(flag):
    return {True: list, False: dict}[flag]


class A(base(True)):
    pass


class B(*[A], **{"metaclass": type}):
    pass


print(A([1]), B([2]), B.__mro__[1].__name__)


class Body:
    total = 0
    for i in range(4):
        if i == 2:
            continue
        total += i
    else:
        done = True
    try:
        1 / 0
    except ZeroDivisionError as error:
        message = str(error)
    with open(__file__) as _f:
        first = _f.readline().strip()
    while True:
        break
    del i, _f
    names = sorted(k for k in locals() if not k.startswith("_"))

    class Inner:
        value = 5

        class Most:
            deep = "deep"

        def outer_name(self):
            return Body.total

    alias = Inner
    lam = lambda self: self.total
    import math
    x, (y, *z) = 1, (2, 3, 4)
    locals()["dynamic"] = "via locals"
    global made_global
    made_global = "global"


print(Body.total, Body.done, Body.message, Body.first, Body.names)
print(
    Body.Inner.Most.deep, Body.Inner().outer_name(), Body.alias is Body.Inner, Body().lam(),
    Body.math.floor(1.5), Body.x, Body.z, Body.dynamic, made_global,
)
print(
    Body.Inner.Most.__qualname__, Body.__module__,
    [type(v).__name__ for v in (Body.lam, Body().lam, Body.Inner)],
)


def factory(name, **attributes):
    class Made:
        vars().update(attributes)
        __qualname__ = name

    Made.__name__ = name
    return Made


M = factory("Point", x=1, y=2)
print(M, M.x + M.y, M.__name__)


class Empty: ...


class Doc: "only a docstring"


print(Empty.__doc__, Doc.__doc__, Empty().__class__.__name__)
