# min and max with keys, defaults, several arguments, first of equals.
print(
    min(3, 1, 2), max([3, 1, 2]), min("hello"), max("a", "B", key=str.lower),
    min([], default="none"), max((), default=None), max({"a": 5, "b": 2}), max([1, 2], [1, 3]),
    min(2.5, 2),
)
words = ["bb", "a", "cc", "d"]
print(
    max(words, key=len), min(words, key=len), min(words, key=lambda w: (-len(w), w)),
    max(1, True, 1.0), min(0.0, -0.0), max(-0.0, 0), max([(1, "b"), (1, "a")], key=lambda p: p[0]),
    max(range(5), key=lambda x: -x), min(iter([4, 2])),
)
for bad in (
    lambda: max(), lambda: max([]), lambda: max(5), lambda: min(1, "a"),
    lambda: max(1, 2, default=3), lambda: max([1], foo=2), lambda: min([1, 2], key=5),
):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
