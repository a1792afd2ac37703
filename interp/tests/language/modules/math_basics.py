# Functions of math whose results are exact.
import math

print(
    math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7),
    math.floor(10 ** 30), math.floor(1e20), math.fabs(-3), math.copysign(2, -0.0), math.fmod(-7, 3),
    math.modf(2.5), math.modf(-0.25),
)
print(
    math.sqrt(16), math.sqrt(2), math.isqrt(17), math.hypot(3, 4), math.hypot(1, 2, 2),
    math.dist((0, 0), (3, 4)), math.frexp(10.0), math.ldexp(0.5, 4), math.pow(2, 10), math.exp(0),
    math.log(1), math.log2(8), math.log10(1000), math.log(8, 2), math.log2(2 ** 200),
)
print(
    math.pi, math.e, math.tau, math.inf, math.nan, math.isinf(-math.inf), math.isnan(math.nan),
    math.isfinite(1e308), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2),
    math.isclose(0, 1e-10, abs_tol=1e-9),
)
print(
    math.degrees(math.pi), math.radians(180), math.sin(0), math.cos(0), math.atan2(0, 1),
    math.gcd(12, 18, 27), math.lcm(4, 6, 10), math.remainder(7, 4), math.ulp(1.0),
    math.nextafter(1.0, 2.0), math.cbrt(27.0), math.sumprod([1, 2], [3, 4]), math.fsum([0.1] * 10),
    math.prod(range(1, 6)),
)
for bad in (
    lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.exp(1000),
    lambda: math.floor(math.inf), lambda: math.floor(math.nan), lambda: math.sqrt("a"),
    lambda: math.factorial(-1), lambda: math.fmod(1, 0), lambda: math.acos(2),
    lambda: math.pow(0, -1), lambda: math.floor("x"), lambda: math.ldexp(1.0, 5000),
    lambda: math.hypot("a"), lambda: math.dist([1], [1, 2]),
):
    try:
        print(bad())
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__, error)
