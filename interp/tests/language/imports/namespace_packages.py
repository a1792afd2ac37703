# Folders without __init__: their parts are put together from all of sys.path.
import sys

sys.path[:] = sys.path[:1]
import _spaces.inner.one

base = sys.path[0]
print(_spaces.inner.one.place, _spaces.__file__, len(_spaces.__path__))
print([type(p).__name__ for p in (_spaces.__path__, _spaces.inner.__path__)])
try:
    import _spaces.two
except ModuleNotFoundError as error:
    print(error)
sys.path.append(base + "/_more")
import _spaces.two
print(_spaces.two.place, [path.replace(base, "") for path in _spaces.__path__], len(_spaces.__path__))
print(repr(_spaces.__path__).replace(base, ""), _spaces.__path__[1].replace(base, ""))
print(base + "/_spaces" in _spaces.__path__, "x" in _spaces.__path__)
_spaces.__path__.append("extra")
print(len(_spaces.__path__))
import _spaces.inner.three
print(_spaces.inner.three.place)
loader = _spaces.__loader__
print(loader.is_package("x"), repr(loader.get_source("x")), loader.get_code("x").co_names)
try:
    from _spaces import nothing
except ImportError as error:
    print(error, error.path)
