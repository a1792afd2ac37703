from ... import __doc__ as text
from .. import kind as up

colour = "red"
