# List, set and dict comprehensions and generator expressions.
print(
    [x * x for x in range(5)], [x for x in range(10) if x % 2 if x > 3],
    [(x, y) for x in "ab" for y in range(2)], [y for x in [[1, 2], [3]] for y in x],
)
print(
    sorted({x % 3 for x in range(9)}), {x: x * x for x in range(4)},
    {v: k for k, v in {"a": 1}.items()}, dict((x, 0) for x in "ab"),
)
print(
    sum(x for x in range(5)), list(x for x in "abc"), max((len(w), w) for w in ["a", "bcd", "ef"]),
    "".join(c for c in "a1b2" if c.isalpha()), tuple(x for x in ()),
)
print(
    [[j for j in range(i)] for i in range(4)], [[c for c in row] for row in ("ab", "c")],
    [i for i in range(5) if i not in [j * 2 for j in range(3)]],
)
print(
    [a + b for a, b in [(1, 2), (3, 4)]], [first for first, *_ in ["abc", "de"]],
    [x for x, in [(1,), (2,)]], [(lambda: x)() for x in range(3)],
)
print(
    [x if x > 1 else -x for x in range(4)], [not x for x in (0, 1)],
    [*(x for x in range(2)), *[y for y in "z"]], {**{k: 1 for k in "a"}},
)
