# Methods of float: hex, is_integer, as_integer_ratio, fromhex.
print((1.5).hex(), (-0.1).hex(), (0.0).hex(), float("inf").hex(), 5e-324.hex(), 1e300.hex())
print(
    float.fromhex("0x1.8p+0"), float.fromhex("-0x1p-3"), float.fromhex("inf"), float.fromhex("a.8"),
)
print((2.0).is_integer(), (2.5).is_integer(), float("inf").is_integer())
print((0.75).as_integer_ratio(), (-2.0).as_integer_ratio(), (0.1).as_integer_ratio())
print(
    (2.5).real, (2.5).imag, (2.5).conjugate(), (2.5).__add__(1), (2.5).__floor__(),
    (2.5).__trunc__(), (-2.5).__ceil__(),
)
for attempt in (
    lambda: float("inf").as_integer_ratio(), lambda: float("nan").as_integer_ratio(),
    lambda: int(float("inf")), lambda: int(float("nan")), lambda: float.fromhex("zz"),
):
    try:
        attempt()
    except (OverflowError, ValueError) as error:
        print(type(error).__name__, error)
