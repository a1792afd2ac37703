# __new__, __init__, singletons, returning other types, immutable subclasses.
class Trace:
    def __new__(cls, *args, **kwargs):
        print("new", cls.__name__, args, kwargs)
        return super().__new__(cls)

    def __init__(self, *args, **kwargs):
        print("init", args, kwargs)


Trace(1, k=2)


class Single:
    instance = None

    def __new__(cls):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance


print(Single() is Single())


class Other:
    def __new__(cls):
        return "not an instance"

    def __init__(self):
        print("never")


print(Other())


class Even(int):
    def __new__(cls, value):
        return super().__new__(cls, value - value % 2)

    def half(self):
        return self // 2


e = Even(7)
print(e, e.half(), type(e).__name__, type(e + 1).__name__, e == 6, {e: 1}[6], isinstance(e, int))
for attempt in (
    lambda: object(1), lambda: object.__new__(int), lambda: object.__new__(5),
    lambda: int.__new__(str), lambda: Single(1),
):
    try:
        attempt()
    except TypeError as error:
        print(error)


class BadInit:
    def __init__(self):
        return 5


class NoArgs:
    pass


for attempt in (BadInit, lambda: NoArgs(1), lambda: NoArgs(x=1)):
    try:
        attempt()
    except TypeError as error:
        print(error)
o = object.__new__(Trace)
print(type(o).__name__)
