# < between operands of all types.
from _operands import matrix

matrix(lambda a, b: (a < b))
