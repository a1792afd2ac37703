import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


def f(x, y=1):
    return x


class A:
    def method(self, x):
        raise ValueError(x)


show(lambda: f())
show(lambda: f(1, 2, 3))
show(lambda: f(1, z=3))
show(lambda: f(f(f())))
show(lambda: A().method(1))
show(lambda: A().method())
show(lambda: A().missing())
show(lambda: f(1).x.y)
show(lambda: f(*1))
show(lambda: f(**1))
show(lambda: f(1, *[2, 3, 4]))
show(lambda: 5 (1))
show(lambda: f(
    1,
    2,
    3,
))
show(lambda: len(5))
show(lambda: int("x"))
show(lambda: max())
show(lambda: "a".join([1]))
show(lambda: print(1, end=2))
show(lambda: sorted([1, "a"]))
show(lambda: f(x for x in 5))
A().method(f(1) + f(2))
