# replace, translate, maketrans.
print(
    "banana".replace("a", "o"), "banana".replace("a", "o", 2), "banana".replace("an", ""),
    "abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"),
    "aaa".replace("aa", "b"), "abc".replace("x", "y"),
)
print(
    "a中b".replace("中", "é"), "abc".replace("b", "😀"), "abc".replace("c", "d", 0),
    "abc".replace("c", "d", -1),
)
table = str.maketrans("abc", "xyz", "d")
print(
    sorted(table.items()), "aabbccdd".translate(table),
    "hello".translate({ord("l"): None, ord("o"): "0!", 104: 72}),
)
print(str.maketrans({"a": 1, 98: "two"}), "abc".translate({97: "A", 98: None}))
try:
    str.maketrans("ab", "c")
except ValueError as error:
    print(error)
