# sorted with keys of several types; reversed on sequences.
data = [("b", 2), ("a", 3), ("c", 1), ("a", 1)]
print(
    sorted(data), sorted(data, key=lambda p: p[1]), sorted(data, key=lambda p: (p[0], -p[1])),
    sorted(data, reverse=True), sorted(data, key=lambda p: p[0], reverse=True),
)
print(
    sorted("banana"), sorted({3: "x", 1: "y"}), sorted({2, 1}), sorted((2.5, 1, True)),
    sorted(["10", "9", "1"], key=int), sorted("aBc", key=str.swapcase),
    sorted(range(5), key=lambda x: (x % 2, -x)),
)
print(
    list(reversed("abc")), list(reversed([])), list(reversed(range(1, 10, 3))),
    list(reversed({"a": 1, "b": 2})), list(reversed((1, 2, 3))),
)
print(
    sorted([[2, 1], [1, 2], [1]], key=len), sorted([b"b", b"a"]),
    sorted([None] * 2, key=lambda x: 0), sorted([True, False]), sorted([2 ** 70, -2 ** 70, 0]),
    sorted([1.0, 1, True], key=lambda v: type(v).__name__),
)
a = list(range(100))
b = sorted(a, key=lambda x: (x * 37) % 101)
print(
    b[:10], sorted(b) == a, sorted(b, reverse=True) == a[::-1],
    sorted(a, key=lambda x: x // 10)[::25],
)
