# split, rsplit, splitlines, partition, join.
print(
    "a b  c ".split(), " a  b ".split(" "), "a,b,,c".split(","), "a,b,c".split(",", 1),
    "a b c d".split(None, 2), "".split(), "".split(","), "  ".split(),
)
print(
    "a,b,c".rsplit(",", 1), " a b c ".rsplit(None, 1), "abc".rsplit("x"), "a--b--c".split("--"),
    "x\ty\nz\u3000w".split(),
)
print(
    "a\nb\r\nc\rd\x0be\x1cf\u2028g".splitlines(), "a\n\nb\n".splitlines(True), "".splitlines(),
    "\n".splitlines(),
)
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("="))
print(
    "-".join(["a", "b"]), "".join(()), ", ".join("abc"), "x".join(["one"]),
    "/".join(str(i) for i in range(4)), "é".join(["a", "中"]),
)
for attempt in (
    lambda: "a".split(""), lambda: "a".partition(""), lambda: "".join([1]),
    lambda: ",".join(["a", None, "b"]), lambda: "".join(5), lambda: "a".split(1),
):
    try:
        attempt()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
