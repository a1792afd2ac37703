# Number theory helpers of math on big operands.
import math

print(
    math.gcd(12, 18), math.gcd(), math.gcd(-4, 6), math.gcd(2 ** 100, 6 ** 50), math.gcd(0, 5),
    math.lcm(4, 6), math.lcm(), math.lcm(3, 0),
)
print(math.isqrt(0), math.isqrt(15), math.isqrt(16), math.isqrt(10 ** 40), math.isqrt(10 ** 40 - 1))
print(
    math.factorial(0), math.factorial(20), math.factorial(30), math.comb(50, 25), math.comb(3, 5),
    math.perm(5, 2), math.perm(5), math.perm(2, 3),
)
print(math.prod([1, 2, 3, 4]), math.prod([], start=7), math.prod([1.5, 2]))
for attempt in (
    lambda: math.isqrt(-1), lambda: math.factorial(-1), lambda: math.factorial(1.5),
    lambda: math.comb(-1, 2), lambda: math.gcd(1.5),
):
    try:
        attempt()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
