# The shortest text that reads back as the same float.
for x in (
    0.1, 0.2 + 0.1, 1.0, 100.0, 1e15, 1e16, 123456789012345680.0, 1e22, 1e23, 1e-4, 1e-5, 0.0001234,
    5e-324, 1.7976931348623157e308, 2.5, 1 / 3, 2 / 3, 1e100, 123456.789, -0.0, 9007199254740993.0,
    4.35, 0.3, 1e-7, 299792458.0, 6.02214076e23,
):
    print(repr(x), str(x), float(repr(x)) == x)
print(float("inf"), float("-inf"), float("nan"), -float("nan"), [1e400, -1e400])
print(1.1 + 2.2, 0.1 * 3, 1e16 + 1, 1e308 * 10, -1e308 * 10, 5e-324 / 2)
