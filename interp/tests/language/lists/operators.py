# Concatenation, repetition, comparison, membership, items.
a, b = [1, 2], [3]
print(
    a + b, a * 2, 3 * b, a * 0, a * -1, [] + [], a == [1, 2], a != b, a < b, a <= [1, 2],
    [1, [2]] == [1, [2]],
)
print(1 in a, 5 in a, 2 not in a, [2] in [[1], [2]], float("nan") in [1])
a[0], a[-1] = a[-1], a[0]
print(a, a[0], a[-2])
nested = [[0] * 3] * 2
nested[0][1] = 7
print(nested)
nested = [[0] * 3 for _ in range(2)]
nested[0][1] = 7
print(nested, len(nested), nested[1][1:])
for attempt in (
    lambda: a[2], lambda: a[-3], lambda: a.__setitem__(5, 1), lambda: a.__delitem__(5),
    lambda: a + (1,), lambda: a + None, lambda: a * 1.5, lambda: a < 1, lambda: a["0"],
    lambda: [1] * "a", lambda: [1, "a"] < [1, 2],
):
    try:
        attempt()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
x = [1, 2]
x += "ab"
x *= 2
print(x)
