# import of modules beside the program, in all forms.
import _shapes
import _shapes as same
from _shapes import area, Square as Sq
from _shapes import *

print(
    _shapes is same, _shapes.__name__, area(3), Sq(2).size, visible, "hidden" in globals(),
    "_private" in globals(),
)
_shapes.counter += 1
from _shapes import counter
print(counter, _shapes.bump(), counter, _shapes.counter)
import _shapes
print(_shapes.counter)
try:
    from _shapes import nothing
except ImportError as error:
    print(type(error).__name__, str(error).split(" (")[0], error.name)
try:
    import _no_such_module
except ModuleNotFoundError as error:
    print(error, error.name)
try:
    _shapes.absent
except AttributeError as error:
    print(error)
print(
    type(_shapes).__name__, _shapes.__doc__, hasattr(_shapes, "__file__"),
    _shapes.__dict__["visible"],
)


def local_import():
    import _shapes as local
    from math import floor, ceil as up
    return local.area(2), floor(2.5), up(2.5)


print(local_import(), "up" in globals())
_shapes.added = "new attribute"
print(same.added)
del same.added
print(hasattr(_shapes, "added"))
