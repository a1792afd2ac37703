# round() ties to even, with positive and negative digits.
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 1e20, -2.6)])
print(
    round(2.675, 2), round(1.005, 2), round(1234.5678, -2), round(1e22, 2), round(-0.04, 1),
    round(5.5, 0), round(2.5, None),
)
print(
    round(1234, -2), round(1250, -2), round(1350, -2), round(5, 3), round(15, -1), round(25, -1),
    round(-15, -1), round(10 ** 30 + 5, -1), round(True),
)
print(type(round(2.0)), type(round(2.0, 0)), type(round(7, -1)))
for bad in (float("nan"), float("inf"), "x"):
    try:
        round(bad)
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__, error)
