# Defaults are evaluated once, at definition.
def f(a, b=[], *, c={}):
    b.append(a)
    c[a] = len(b)
    return b, c


print(f(1), f(2), f(3, []), f(4, c={}))
print(f.__defaults__, f.__kwdefaults__)
n = 1


def g(x=n, y=lambda: n):
    return x, y()


n = 2
print(g())
f.__defaults__ = ("new",)
try:
    f(1)
except AttributeError as error:
    print(error)


def order(a=print("a"), b=print("b"), *, c=print("c")):
    pass


def h(a, b=1, c=2):
    return a, b, c


print(h(0), h(0, c=5), h(c=1, a=2), h(*(1, 2)), h(**{"a": 9, "b": 8}))
