# Methods and attributes of int.
print((255).bit_length(), (0).bit_length(), (-256).bit_length(), (2 ** 100).bit_length())
print((255).bit_count(), (-7).bit_count(), (2 ** 90 - 1).bit_count())
print(
    (258).to_bytes(2, "big"), (258).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True),
    (1).to_bytes(),
)
print(
    int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\x01\x02", "little"),
    int.from_bytes(b"\xff\xfe", "big", signed=True), int.from_bytes([1, 0, 0]),
)
print(
    (7).real, (7).imag, (7).numerator, (7).denominator, (7).conjugate(), (6).as_integer_ratio(),
    (3).is_integer(),
)
print(5 .__add__(3), (5).__rsub__(3), (5).__lt__(6), (5).__add__("x"), int.__mul__(3, 4))
for attempt in (
    lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(2, "big"),
    lambda: (1).to_bytes(1, "middle"), lambda: (1).foo,
):
    try:
        attempt()
    except (OverflowError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
