# bytes: construction, items, slices, repr, comparison.
b = b"hello"
print(b, b[0], b[-1], b[1:3], b[::-1], len(b), b + b"!", b * 2, 104 in b, b"ell" in b, list(b))
print(
    bytes(3), bytes([65, 66]), bytes(range(5)), bytes("é", "utf-8"), bytes(b"x"), bytes((1, 255)),
    b"", bytes(),
)
print(
    repr(b"it's \"q\" \\ \n\t\r\x00\x7f\x80"), str(b"x"), b"a" < b"b", b"a" == "a",
    b"ab" == bytes([97, 98]), b"a" != b"b", sorted([b"b", b"a", b""]),
)
print(
    {b"k": 1}[b"k"], hash(b"a") == hash(bytes([97])), max(b"az"), bool(b""), b"%d %s" % (5, b"x"),
    b"%5.1f|%x" % (2.25, 255), [*b"ab"],
)
for attempt in (
    lambda: b[9], lambda: bytes([256]), lambda: bytes(-1), lambda: bytes("a"), lambda: b"a" + "b",
    lambda: b"a" < "b", lambda: bytes([1.5]), lambda: "a" in b"a", lambda: 300 in b"a",
):
    try:
        attempt()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
