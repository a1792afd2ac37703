# Powers with and without a modulus, shifts and their errors.
print(
    pow(2, 10), pow(2, 100, 7), pow(-3, 3, 5), pow(3, -1, 7), pow(5, 0, 1), pow(2, -2),
    pow(10, 40, 10 ** 9 + 7),
)
print(0 ** 0, 1 ** 1000, (-1) ** 1001, 2 ** 0.5, (-8) ** 2, 7 ** 77 % 1000)
print(1 << 0, 0 << 1000, 1 << 70, -1 << 3, 1024 >> 3, -1024 >> 3, -1 >> 1)
for attempt in (
    lambda: 1 << -1, lambda: 1 >> -1, lambda: pow(2, -1, 4), lambda: pow(1, 2, 0), lambda: 0 ** -1,
    lambda: 1 << 1.0, lambda: pow(2.0, 1, 3),
):
    try:
        print(attempt())
    except (ValueError, TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
