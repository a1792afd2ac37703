# Tuples: displays, items, comparison, immutability.
t = (1, "a", 2.5)
print(
    t, t[0], t[-1], t[1:], t[::-1], len(t), (), (1,), 1, 2, (1, (2, (3,))), t + (4,), t * 2, 0 * t,
)
print(
    (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (1, 2) == (1, 2), (1, 2) != [1, 2], (2,) > (1, 9),
    "a" in t, t.index("a"), (1, 1).count(1), t.count(7),
)
print(
    tuple(), tuple("ab"), tuple([1]), tuple(range(3)), tuple((1,)), {(1, 2): "k"}[1, 2],
    hash((1, 2)) == hash((1, 2)), max((3, 1)), sorted((2, 1)),
)
a = 1,
b = 1, 2
(c) = 3
print(a, b, c)
for attempt in (
    lambda: t[3], lambda: t.index(9), lambda: t + [1], lambda: t.append(1), lambda: hash(([],)),
    lambda: t < 1, lambda: (1, "a") < (1, 2),
):
    try:
        attempt()
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    t[0] = 1
except TypeError as error:
    print(error)
try:
    del t[0]
except TypeError as error:
    print(error)
