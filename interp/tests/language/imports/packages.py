# A package with submodules, relative imports and __init__.
import _pack
import _pack.one
from _pack import two
from _pack.sub import leaf
import _pack.sub.leaf as alias

print(_pack.name, _pack.one.value, two.value, leaf.value, alias is leaf, _pack.sub.leaf is leaf)
print(
    _pack.__name__, _pack.one.__name__, leaf.__name__, leaf.__package__, two.__package__,
    _pack.__package__,
)
print(two.from_one, leaf.up)
try:
    import _pack.nothing
except ModuleNotFoundError as error:
    print(error)
try:
    import math.inside
except ModuleNotFoundError as error:
    print(error)
try:
    from . import anything
except ImportError as error:
    print(error)
import sys
print(sorted(n for n in sys.modules if n.startswith("_pack")))
