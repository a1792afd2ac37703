# Order of evaluation in displays, comprehensions, slices, defaults, decorators and classes.
def t(x):
    print(x, end=" ")
    return x


{t("k1"): t("v1"), **t({}), t("k2"): t("v2")}
print()
[t(1), *t([2]), t(3)]
print()
{t(i): t(i * 10) for i in t([1, 2])}
print()
[t((i, j)) for i in t([1, 2]) if t(i) for j in t([i]) if t(j)]
print()
x = list(range(5))
x[t(1) : t(3) : t(1)] = t("ab")
print(x)


def d(name):
    print("eval", name, end=" ")
    return lambda f: print("apply", name, end=" ") or f


@d("a")
@d("b")
def f(x=t("default"), *, y: t("annotation") = t("kwdefault")) -> t("return"):
    pass


print()


@d("class")
class C(t(object), metaclass=t(type)):
    t("body")


print()
t(f)(t(1), *t([]), y=t(2), **t({})) if t(0) else t("else")
print()
print(t(1) if t(0) else t(2), t(0) or t(0) or t(3), t(1) and t(0) and t(4), t(1) < t(0) < t(5))
lambda z=t("lambda default"): t("never")
print()
del x[t(0)], x[t(1)]
assert t(1), t("message never")
print(x)
