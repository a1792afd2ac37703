# Conditions, nesting, walrus, lambdas, unpacking and yield-free corners of comprehensions.
print(
    [x for x in range(10) if x > 2 if x < 8 if x % 2],
    [(i, j, k) for i in range(2) for j in range(2) for k in range(2) if i ^ j ^ k],
)
print([y := x * 2 for x in range(3)], y, [z for x in range(5) if (z := x * x) > 3], z)
print(
    {(a, b): c for (a, b), c in zip([(1, 2), (3, 4)], "xy")},
    [c for row in ["ab", "cd"] for c in row if c != "b"],
)
print(
    [[(lambda: (x, y))() for y in range(2)] for x in range(2)],
    [f() for f in [lambda i=i: i * i for i in range(3)]],
)
print(
    [*[x for x in "ab"], *(y for y in "cd")], dict([(k, v) for k, v in {"a": 1}.items()]),
    {x for x in [1, 1]} | {2},
)
print(
    [x for x in [y for y in [z for z in range(3)]]], [[] for _ in range(2)],
    [x for x in ()] or "empty", sum([len(w) for w in "a bb ccc".split()]),
)
print(
    [i for i, in zip(range(3))], [first for first, *rest in ("ab", "cde")],
    [(a, b) for a, *b in ("ab", "cde")], [d["k"] for d in [{"k": 1}]], [x.real for x in (1, 2)],
)
print(
    [x if x else "zero" for x in range(3)], [not x for x in (0, 1)], [x and 1 or 2 for x in (0, 5)],
    [-x for x in range(3)], [x[0] for x in ["ab"]], [f"{x}!" for x in "ab"],
)


class C:
    n = 3
    squares = [i * i for i in range(n)]
    pairs = {i: j for i in range(2) for j in range(i + 1)}
    lam = [lambda self, i=i: i for i in range(2)]


print(C.squares, C.pairs, C.lam[1](None))


def scopes(a, b=[10]):
    c = 5
    return [a + i + c for i in b], {a: c for a in range(2)}, a, list(a * i for i in (1, 2)), [c for c in "q"], c


print(scopes(1))


def in_try():
    out = []
    for i in range(4):
        try:
            out.append([10 // (i - j) for j in range(i + (i == 2))])
        except ZeroDivisionError:
            out.append("zero")
        finally:
            out.append(len([k for k in range(i)]))
    return out


print(in_try())
