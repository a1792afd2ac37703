# A module whose import raises is not kept and can be tried again.
import sys

for _ in range(2):
    try:
        import _broken
    except ZeroDivisionError as error:
        print(error, "_broken" in sys.modules)
try:
    import _bad_syntax
except SyntaxError as error:
    print(type(error).__name__, error.msg, error.lineno)
sys.modules["_made"] = type(sys)("_made")
import _made
_made.x = 1
from _made import x
print(_made.__name__, x)
sys.modules["_blocked"] = None
try:
    import _blocked
except ModuleNotFoundError as error:
    print(error)
print(__import__("_made") is _made, __name__, __import__("math").floor(1.5))
