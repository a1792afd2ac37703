# sum() of floats is compensated in 3.12; fsum is exact.
import math

print(sum([0.1] * 10), sum([0.1] * 10, 0.0), 0.1 + 0.1 + 0.1, math.fsum([0.1] * 10))
print(
    sum([1e16, 1.0, -1e16]), sum([1, 2.5, 3]), sum([0.1, 10 ** 20, -10 ** 20]),
    sum([1e308, 1e308, -1e308]),
)
print(
    sum([]), sum([], 5), sum([[1], [2]], []), sum((1, 2), start=10), sum([True, 2]),
    sum([0.1, 0.2, 0.3]),
)
try:
    sum(["a", "b"])
except TypeError as error:
    print(error)
try:
    sum(["a"], "")
except TypeError as error:
    print(error)
