# find, index, count, startswith, endswith, in, with positions.
s = "abracadabra"
print(
    s.find("bra"), s.rfind("bra"), s.find("bra", 2), s.find("bra", 2, 8), s.find("x"), s.find(""),
    s.rfind(""), s.find("", 11), s.find("", 12), s.find("a", -3),
)
print(
    s.index("c"), s.rindex("a"), s.count("a"), s.count("abra"), s.count(""), s.count("a", 1, 5),
    "aaaa".count("aa"),
)
print(
    s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "ab")), s.startswith(""),
    s.endswith("bra"), s.endswith("abr", 0, -1), s.endswith(("a", "z")), s.startswith((), 0),
)
print(
    "cad" in s, "" in s, "A" in s, s.startswith("a", 20), "".startswith("", 0), "日本語".find("語"),
    "a😀b".index("b"),
)
for attempt in (
    lambda: s.index("x"), lambda: s.rindex("x"), lambda: s.find(1), lambda: 1 in s,
    lambda: s.startswith(1), lambda: s.startswith(["a"]),
):
    try:
        attempt()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
