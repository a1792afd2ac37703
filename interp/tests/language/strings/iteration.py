# Strings as sequences: iteration, zip, enumerate, unpacking, comparison of iterators.
print(
    list("aé中"), tuple("ab"), set("aa") == {"a"}, [*"xyz"], list(zip("ab", "cde")),
    list(enumerate("ab", 1)),
)
a, *b = "héllo"
print(
    a, b, "".join(b), dict(zip("ab", range(2))), list(map(str.upper, "ab")),
    "".join(filter(str.isdigit, "a1b2")),
)
it = iter("abc")
print(next(it), list(it), next(it, "done"), list(iter("")))
print(
    all("abc"), any(""), "a" in iter("cba"), list(reversed("abc")), sorted("hello", reverse=True),
    "".join(sorted("hello", key=lambda c: (c != "l", c))),
)
