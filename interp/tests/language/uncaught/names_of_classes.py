import sys


class Outer:
    class Inner(Exception):
        pass


def make():
    class Local(Exception):
        pass

    return Local


class Renamed(Exception):
    pass


Renamed.__qualname__ = "Other.Name"
Renamed.__module__ = "package.module"


class NoModule(Exception):
    pass


NoModule.__module__ = None


class Builtin(Exception):
    __module__ = "builtins"


class Number(Exception):
    __module__ = 5


for kind in (Outer.Inner, make(), Renamed, NoModule, Builtin, Number):
    try:
        raise kind("text")
    except Exception:
        sys.excepthook(*sys.exc_info())
raise Outer.Inner
