# int(text, base), hex, oct, bin, and limits of the decimal conversion.
print(int("42"), int(" -42\n"), int("+7"), int("1_000"), int("0"), int("-0"))
print(
    int("ff", 16), int("0xff", 16), int("0b101", 0), int("0o17", 0), int("zz", 36), int("-0x1F", 0),
    int("101", 2),
)
print(int(3.99), int(-3.99), int(True), int("٣"), int(b"12"))
print(hex(255), hex(-255), oct(8), bin(10), bin(-10), hex(2 ** 70), oct(-2 ** 40), bin(0))
print(str(2 ** 100), repr(-3 ** 50), int("9" * 40), int("1" * 30) * 9 + 1)
for text, base in (
    ("", 10), ("12a", 10), ("0x", 16), ("1__0", 10), ("_1", 10), ("9", 8), ("08", 0), ("5", 1),
    ("5", 37), ("- 1", 10),
):
    try:
        print(int(text, base))
    except ValueError as error:
        print(error)
try:
    int(5, 10)
except TypeError as error:
    print(error)
try:
    int("1" * 5000)
except ValueError as error:
    print(error)
try:
    str(10 ** 5000)
except ValueError as error:
    print(error)
