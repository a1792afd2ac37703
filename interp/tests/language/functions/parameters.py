# Positional-only, keyword-only, starred parameters in all combinations.
def f(a, /, b, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw


print(
    f(1, 2, d=4), f(1, b=2, d=4), f(1, 2, 3, 4, 5, d=6, e=7, g=8, a=9), f(1, 2, **{"d": 0, "z": 1}),
)


def g(*, only):
    return only


def h(*args, **kwargs):
    return args, kwargs


def k(x, /, **kw):
    return x, kw


print(g(only=1), h(), h(1, a=2), k(1, x=2), h(*[], **{}), h(*"ab", *range(2), k=1, **{"m": 2}))


def annotated(a: int, b: "text" = "x", *c: float, d: list = None, **e: dict) -> bool:
    return a


print(annotated.__annotations__, annotated(3))


def reassign(a, *args, **kw):
    a = 5
    args += (9,)
    kw["new"] = a
    return a, args, kw


shared = {"k": 1}
print(reassign(1, 2, **shared), shared)
