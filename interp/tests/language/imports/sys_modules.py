# sys.modules is the truth: replaced, removed and forbidden modules.
import sys
import _replaces_itself
from _replaces_itself import answer

print(type(_replaces_itself).__name__, _replaces_itself.answer, answer)
import _shapes
first = _shapes
del sys.modules["_shapes"]
import _shapes
print(first is _shapes, "_shapes" in sys.modules)
sys.modules["_shapes"] = "any object"
import _shapes
print(_shapes)
sys.modules["_shapes"] = None
for text in ("import _shapes", "from _shapes import area", "import _shapes.inner"):
    try:
        exec(text)
    except ImportError as error:
        print(type(error).__name__, error, error.name)
del sys.modules["_shapes"]
import _tree.branch
sys.modules["_tree.branch"] = "branch"
import _tree.branch as other
from _tree import branch
print(other is _tree.branch, branch is _tree.branch, sys.modules["_tree.branch"])
del sys.modules["_tree.branch"], _tree.branch
from _tree import branch
print(branch.kind, _tree.branch is branch)
sys.modules["_made.inner"] = type(sys)("inner")
sys.modules["_made"] = made = type(sys)("_made")
import _made.inner
try:
    _made.inner
except AttributeError as error:
    print(error)
from _made import inner
import _made.inner as again
print(inner is again is sys.modules["_made.inner"])
try:
    from _made import lost
except ImportError as error:
    print(error, error.name, error.path, error.name_from)
made.__file__ = "/some/where.py"
try:
    from _made import lost
except ImportError as error:
    print(error, error.path)
made.__spec__ = type(sys)("spec")
made.__spec__._initializing = True
try:
    from _made import lost
except ImportError as error:
    print(error)
try:
    made.lost
except AttributeError as error:
    print(error)
made.__spec__._initializing = False
made.__spec__._uninitialized_submodules = ["lost"]
try:
    made.lost
except AttributeError as error:
    print(error)
try:
    made.other
except AttributeError as error:
    print(error)
del made.__name__
try:
    made.lost
except AttributeError as error:
    print(error)
