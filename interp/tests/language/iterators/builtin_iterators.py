# zip, map, filter, enumerate, reversed as iterators.
print(
    list(zip("abc", range(2))), list(zip()), list(zip([1])), list(zip("ab", [1, 2], (True, None))),
    dict(zip("ab", "cd")), list(zip(*[(1, 2), (3, 4)])),
)
print(list(zip("ab", [1, 2], strict=True)))
for bad in (
    lambda: list(zip("ab", [1], strict=True)), lambda: list(zip("a", [1, 2], strict=True)),
    lambda: zip(1), lambda: list(zip("abc", "ab", "abc", strict=True)),
):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(
    list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(map(str, range(3))),
    list(map(None or len, ["a"])), list(filter(None, [0, 1, "", "a"])),
    list(filter(lambda x: x > 1, range(4))),
)
print(
    list(enumerate("ab")), list(enumerate("ab", start=5)), list(enumerate("ab", 2 ** 63)),
    list(reversed([1, 2, 3])), list(reversed("abc")), list(reversed((1, 2))),
    list(reversed(range(3))),
)
m = map(print, "ab")
print("lazy")
list(m)
z = zip(a := iter("abcd"), a)
print(next(z), list(z), type(z).__name__, iter(z) is z)
for bad in (
    lambda: map(len), lambda: list(map(len, 5)), lambda: list(map(len, [1])), lambda: filter(None),
    lambda: enumerate(5), lambda: reversed({}.values().__iter__()), lambda: map(),
):
    try:
        bad()
    except TypeError as error:
        print(error)
e = enumerate(iter("xy"))
print(next(e), next(e), next(e, "end"))
