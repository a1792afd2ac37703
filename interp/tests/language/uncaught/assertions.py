import sys


def show(function):
    try:
        function()
    except AssertionError:
        sys.excepthook(*sys.exc_info())


def f(x):
    assert x


def g(x):
    assert x == 1, f"got {x}"


def h(x):
    assert (
        x
        and x > 5
    ), "long"


show(lambda: f(0))
show(lambda: g(2))
show(lambda: h(3))
assert not [1], {"message": 1}
