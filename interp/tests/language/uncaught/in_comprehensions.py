import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


show(lambda: [1 / x for x in (1, 0)])
show(lambda: {1 / x for x in (1, 0)})
show(lambda: {x: 1 / x for x in (1, 0)})
show(lambda: list(1 / x for x in (1, 0)))
show(lambda: [[y / x for y in (1,)] for x in (0,)])
show(lambda: [x for x in 5])
show(lambda: [x for x in (1,) if x.y])
show(lambda: sum(x + y for x in (1,) for y in ("a",)))
show(lambda: [
    1 /
    x
    for x in (0,)
])


class A:
    items = [n // 0 for n in (1,)]
