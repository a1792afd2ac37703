# <<= between operands of all types: which object it changes, and which it makes.
from _operands import matrix, too_large


def operate(a, b):
    before = a
    a <<= b
    # Numbers have no identity to ask for.
    return ('same object', a) if a is before and isinstance(a, (list, bytearray, set, dict)) else a


matrix(operate, too_large)
