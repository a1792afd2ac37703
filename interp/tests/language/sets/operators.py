# Set operators and comparisons, also with frozenset.
a, b = {1, 2, 3}, frozenset([2, 3, 4])
print(
    sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), type(a | b).__name__,
    type(b | a).__name__,
)
print(
    a == {3, 2, 1}, {1} == frozenset([1]), a != b, {1} < a, a <= a, a < a, a > {1}, a >= {5},
    {1, 2} <= b, set() < {0},
)
c = a
c |= {9}; c &= {1, 2, 9}; c -= {2}; c ^= {5, 1}
print(sorted(c), c is a)
f = frozenset("ab")
print(
    len({f, frozenset("ba")}), {f: 1}[frozenset("ba")], f in {f},
    hash(f) == hash(frozenset(["b", "a"])), {"a", "b"} in [f], {1, True, 1.0}, {0, False} == {0},
)
print(
    sorted({x % 3 for x in range(10)}), sorted(set(range(5)) - {1, 3}), {*[1], *(1,)},
    [] in [set()], sorted(frozenset(range(3)).union([7])),
)
for attempt in (lambda: a | [1], lambda: a < [1], lambda: f.add(1), lambda: a & 5):
    try:
        attempt()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    for x in a:
        a.add(x + 100)
except RuntimeError as error:
    print(error)
