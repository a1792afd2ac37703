# Methods that bytes shares with str.
b = b"Hello, World"
print(
    b.upper(), b.lower(), b.title(), b.swapcase(), b.capitalize(), b.find(b"o"), b.rfind(b"o"),
    b.find(111), b.index(b"W"), b.count(b"l"), b.count(108),
)
print(
    b.split(b", "), b"a b  c".split(), b"a,b".split(b",", 1), b"a,b,c".rsplit(b",", 1),
    b"x\ny\r\n".splitlines(), b"a=b".partition(b"="), b", ".join([b"a", b"b"]),
)
print(
    b"  x ".strip(), b"xxaxx".strip(b"x"), b" a".lstrip(), b"a ".rstrip(), b.replace(b"l", b"L"),
    b.replace(b"l", b"", 1), b.startswith(b"He"), b.endswith((b"x", b"ld")),
)
print(
    b"ab".center(6, b"*"), b"ab".ljust(4), b"ab".rjust(4), b"7".zfill(3), b"a\tb".expandtabs(4),
    b"TestX".removeprefix(b"Test"), b"x.py".removesuffix(b".py"),
)
print(
    b"abc".isalpha(), b"12".isdigit(), b"a1".isalnum(), b" ".isspace(), b"AB".isupper(),
    b"ab".islower(), b"Ab".istitle(), b"\x80".isascii(),
)
print(
    b.hex(), b"\x01\xab\xff".hex("-"), b"\x01\xab\xff".hex(":", 2), bytes.fromhex("01 ab FF"),
    b"abc".translate(bytes(range(256)).upper()), b"abc".translate(None, b"b"),
)
for attempt in (
    lambda: b.index(b"q"), lambda: b.split("x"), lambda: b"".join(["a"]),
    lambda: bytes.fromhex("0g"), lambda: b.find("x"), lambda: b.replace("a", "b"),
):
    try:
        attempt()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
