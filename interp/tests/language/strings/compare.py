# Order of strings is by code point; equality across widths; ord and chr.
words = ["b", "a", "B", "é", "中", "😀", "ab", "", "a\x00", "z"]
print(sorted(words), max(words), min(words))
print(
    "a" == "a", "é" == "é", "é" == "e\u0301", "abc" < "abcd", "\uffff" < "\U00010000", "a" != "b",
    "10" < "9",
)
print(
    [ord(c) for c in "a é中😀".replace(" ", "")], [chr(n) for n in (97, 233, 20013, 128512)],
    chr(0) == "\0", len(chr(0x10FFFF)),
)
for attempt in (
    lambda: ord("ab"), lambda: ord(""), lambda: chr(-1), lambda: chr(0x110000), lambda: "a" < 1,
    lambda: ord(5),
):
    try:
        attempt()
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
print(
    {"a" + "b": 1}["ab"], "".join(["a", "b"]) == "ab", hash("ab") == hash("a" + "b"),
    "ab" in {"ab", "c"},
)
