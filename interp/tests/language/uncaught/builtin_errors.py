import sys


def show(function):
    try:
        function()
    except BaseException:
        sys.excepthook(*sys.exc_info())


show(lambda: b"\xff".decode())
show(lambda: "é".encode("ascii"))
show(lambda: int("9" * 5000))
show(lambda: 10 ** 400 * 1.0)
show(lambda: 1.0 / 0)
show(lambda: [].pop())
show(lambda: {}.popitem())
show(lambda: next(iter([])))
show(lambda: chr(-1))
show(lambda: format(1, None))
show(lambda: format(1, 5))
show(lambda: (1).__format__(None))
show(lambda: "".__format__(None))
show(lambda: object().__format__(None))
show(lambda: __import__(5))
show(lambda: isinstance(1, 1))
show(lambda: hash([]))
show(lambda: iter(5))
show(lambda: ord("ab"))
show(lambda: "abc".index("z"))
show(lambda: [1].index(2))
show(lambda: tuple(5))
show(lambda: dict([1]))
show(lambda: dict([(1, 2, 3)]))
show(lambda: set([[]]))
show(lambda: "a" * "b")
show(lambda: range(1, 2, 0))
show(lambda: slice())
show(lambda: type("A", (int, str), {}))
show(lambda: super())
show(lambda: print(sep=1))
show(lambda: round("a"))
show(lambda: pow(2, -1, 4))
show(lambda: divmod(1, 0))
show(lambda: int("z", 40))
show(lambda: bytes([256]))
raise NotImplementedError
