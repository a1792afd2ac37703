# from module import *: with and without __all__, from packages, and what goes wrong.
import sys


def show(text):
    namespace = {}
    try:
        exec(text, namespace)
        print(sorted(name for name in namespace if name != "__builtins__"))
    except Exception as error:
        print(type(error).__name__, error)


show("from _tree._all import *")
show("from _tree.branch import *")
show("from _tree import *")
made = type(sys)("_made_star")
sys.modules["_made_star"] = made
made.a = 1
made._b = 2
made.__all__ = ("a", "_b")
show("from _made_star import *")
made.__all__ = ["a", "c"]
show("from _made_star import *")
made.__all__ = ["a", 3]
show("from _made_star import *")
made.__all__ = 5
show("from _made_star import *")
del made.__all__
vars(made)[7] = 8
show("from _made_star import *")
made.__path__ = []
made.__all__ = ["a", 3]
show("from _made_star import *")
made.__all__ = ["a", "missing"]
show("from _made_star import *")


class Plain:
    x = 1
    _y = 2
    __name__ = "plain"


sys.modules["_made_star"] = Plain
show("from _made_star import *")


class Slots:
    __slots__ = ("x",)

    @property
    def __dict__(self):
        raise AttributeError("none")


sys.modules["_made_star"] = Slots()
show("from _made_star import *")
