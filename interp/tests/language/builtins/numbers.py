# abs, round, divmod, pow, sum, bin, hex, oct, complex results.
print(
    abs(-5), abs(2.5), abs(-0.0), abs(True), abs(-2 ** 70), divmod(7, -2), divmod(-7.5, 2),
    pow(2, 5), pow(2, 5, 3), pow(2, -1), pow(0, 0), round(2.5), round(-2.567, 2), sum([1, 2], 3),
    sum((0.5, 1)),
)
print(
    bin(5), hex(-255), oct(9), bin(True), hex(2 ** 65), int("0x1f", 16), float("1e3"), bool("x"),
    int(), float(),
)
print(
    chr(65), ord("A"), ascii("é"), repr("é"), format(3.14159, ".2f"), format(255, "x"), hash(5),
    hash(True), hash(0.0), hash(-1), hash(-2), hash(2 ** 31 - 2),
)
for bad in (
    lambda: abs(), lambda: divmod(1), lambda: pow(1), lambda: bin(1.5), lambda: hex("a"),
    lambda: sum(5), lambda: sum([1], [2]), lambda: round(), lambda: ord(65), lambda: chr("a"),
    lambda: hash({}), lambda: divmod("a", 1),
):
    try:
        bad()
    except TypeError as error:
        print(error)
