# float(text): accepted and refused spellings.
for text in (
    "1", " 1.5 ", "-2e3", "1e-400", "1e400", ".5", "5.", "+.5e1", "infinity", "-INF", "NaN",
    "1_0.5", "1e5", "٣.٥",
):
    print(repr(text), float(text))
for text in ("", ".", "e5", "1e", "1__0", "0x10", "1.5.2", "--1", "1 2", "in f"):
    try:
        print(float(text))
    except ValueError as error:
        print(error)
print(float(b"2.5"), float(7), float(True), float(2 ** 60 + 1))
