try:
    _loops
except NameError as error:
    print("b:", error)
import _loops.a
import sys
try:
    _loops.a
except AttributeError as error:
    print("b:", error)
try:
    from _loops.a import first
except ImportError as error:
    print("b:", str(error).split(" (/")[0], error.name, error.path.endswith("a.py"), error.name_from)
from _loops import a
import _loops.a as same
print("b:", a is same is sys.modules["_loops.a"])
try:
    a.first
except AttributeError as error:
    print("b:", error)
