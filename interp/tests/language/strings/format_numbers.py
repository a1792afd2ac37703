# Format specifications of int and float in full.
for spec in (
    "", "d", "5", "<5", "^5", ">5", "=5", "05", "+", " ", "-", "+05", "x", "X", "#x", "#X", "o",
    "#o", "b", "#b", "#010b", "c", ",", "_", "08,", "_x", "_b", "*=+8", "e", ".2f", "%", "n", "g",
    "<<6", "z>6",
):
    print(
        repr(spec), "|" + format(97, spec) + "|",
        "|" + (format(-123456, spec) if spec != "c" else "") + "|",
    )
for spec in (
    "", "f", ".0f", "#.0f", ".3f", "10.2f", "<10.2f", "^10.2f", "+.1f", "010.2f", "=+10.1f", "e",
    ".0e", "E", "g", ".3g", "#.3g", "G", "%", ".0%", ",", ",.2f", "_.1f", "n", ".5", "10", "z.0f",
    "F",
):
    print(
        repr(spec),
        [
            format(x, spec) for x in (
                0.0, -0.0, 1.5, -1234.5678, 1e-10, 1e22, float("inf"), float("nan"),
            )
        ],
    )
for value, spec in (
    (1, "s"), (1.5, "d"), (1.5, "x"), (1, "5.2d"), (1, ",x"), ("a", "d"), ("a", "+"), ("a", "="),
    ("a", ","), (1, "a b"), (1.5, ",_"), (1, "c,"), (2 ** 70, "c"), ("a", "05"),
):
    try:
        print(format(value, spec))
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
