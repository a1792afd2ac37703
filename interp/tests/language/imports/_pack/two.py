from . import name
from .one import value as from_one
from . import one

value = from_one + one.value
