# strip and its one-sided forms, removeprefix, removesuffix.
print(
    repr("  a b \t\n".strip()), repr("  a ".lstrip()), repr("  a ".rstrip()), "xxaxbxx".strip("x"),
    "abcba".strip("ab"), "abc".strip(""), "\u3000é\u2003".strip(),
)
print(
    "www.example.com".lstrip("w."), "mississippi".rstrip("ipz"), "".strip(), "aaa".strip("a") == "",
    "x".strip(None),
)
print(
    "TestHook".removeprefix("Test"), "TestHook".removeprefix("Hook"), "a.py".removesuffix(".py"),
    "a.py".removesuffix(""), "aa".removeprefix("a"),
)
try:
    "a".strip(1)
except TypeError as error:
    print(error)
