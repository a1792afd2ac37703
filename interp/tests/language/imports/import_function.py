# __import__ with all its arguments, and what it refuses.
import sys


def show(*args, **names):
    try:
        print(__import__(*args, **names).__name__)
    except Exception as error:
        print(type(error).__name__, error)


show("_tree.branch.leaf")
show("_tree.branch.leaf", fromlist=["kind"])
show("_tree.branch", fromlist=["leaf"])
show("_tree.branch", None, None, ())
show("_tree.branch", {}, {}, [], 0)
show("branch", {"__package__": "_tree"}, None, [], 1)
show("branch.twig", {"__package__": "_tree"}, None, [], 1)
show("branch.twig", {"__package__": "_tree"}, None, ["bud"], 1)
show("", {"__package__": "_tree.branch"}, None, ["leaf"], 1)
show("", {"__package__": "_tree.branch"}, None, ["leaf"], 2)
show("", {"__package__": "_tree.branch"}, None, [], 1)
show("")
show("", level=1)
show(3)
show("math", level=-1)
show("math", level="x")
show("math", [], [], [], 1)
show("_tree", fromlist=[1])
show("math", fromlist=[1])
show("_tree", fromlist="branch")
show("_tree", fromlist=["*"])
show("math", globals=1, locals=2)
show()
show("_tree.")
show(".branch")
show("_tree..branch")
show("_tree.branch", {"__package__": None}, None, None, 1)
calls = []


def spy(name, globals=None, locals=None, fromlist=(), level=0):
    calls.append((name, fromlist, level, globals is not None and globals.get("__name__")))
    return original(name, globals, locals, fromlist, level)


import builtins
original = builtins.__import__
builtins.__import__ = spy
import math, _tree.branch as b
from math import floor as f, ceil
from _tree.branch.twig.bud import colour
builtins.__import__ = original
print(calls, f(2.5), b.__name__)
del builtins.__import__
try:
    import math
except ImportError as error:
    print(error)
builtins.__import__ = original
