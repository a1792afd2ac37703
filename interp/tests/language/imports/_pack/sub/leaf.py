from .. import two
from ..two import value as up
from . import value

value += 100
