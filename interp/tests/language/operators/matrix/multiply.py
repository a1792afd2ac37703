# * between operands of all types.
from _operands import matrix, too_large

matrix(lambda a, b: a * b, too_large)
