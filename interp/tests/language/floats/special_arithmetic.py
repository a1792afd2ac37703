# Infinities, NaN, signed zero, floor division and modulo of floats.
inf, nan = float("inf"), float("nan")
print(inf + 1, inf - inf, inf * 0, -inf * 2, 1 / inf, -1 / inf, inf // 2, nan + 1)
print(0.0, -0.0, 0.0 + -0.0, -0.0 + -0.0, 0.0 * -1, -0.0 == 0.0, str(-0.0), abs(-0.0))
print(
    5.5 // 2, -5.5 // 2, 5.5 % 2, -5.5 % 2, 5.5 % -2, 1e20 % 3, -1e-20 % 3, 3.0 % inf, -3.0 % inf,
    0.0 % -2,
)
print(divmod(7.5, 2), divmod(-7.5, 2), divmod(7, 2.5), 1.0 // 0.1, 1.0 % 0.1)
print(2.0 ** 0.5, 2 ** -1.0, (-2.0) ** 3, 0.0 ** 0, inf ** 0, nan ** 0, 1 ** nan, 4 ** 0.5)
for attempt in (lambda: 0.0 ** -1, lambda: 10.0 ** 400, lambda: inf // 0):
    try:
        attempt()
    except (ZeroDivisionError, OverflowError) as error:
        print(type(error).__name__)
