# Subscript, loop, unpack and contains sites with changing container types.
class Seq:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, i):
        return self.items[i]

    def __contains__(self, x):
        return x in self.items

    def __setitem__(self, i, v):
        self.items[i] = v


class It:
    def __iter__(self):
        return iter((7, 8))


def first(c):
    return c[0]


def total(c):
    out = []
    for x in c:
        out.append(x)
    return out


def two(c):
    a, b = c
    return a, b


def put(c, v):
    c[0] = v
    return c[0]


def has(c, x):
    return x in c


for _ in range(3):
    out = []
    for c in ([1, 2], (3, 4), "ab", b"cd", {0: "zero", 1: "one"}, range(5, 7), Seq([9, 10])):
        for _ in range(4):
            x = first(c)
        out.append(
            (
                x, total(c) if not isinstance(c, Seq) else "seq", two(c),
                has(c, 1) if not isinstance(c, (str, bytes)) else None,
            )
        )
    out.append(
        (
            total(It()), two(It()), total({5: 1}), total({6}), total(x * x for x in (1, 2)),
            two({1: "a", 2: "b"}), two(x for x in "xy"), total(zip("a", "b")),
            total(enumerate("q")), total(map(str, [1])),
        )
    )
print(out)
print([put(c, 5) for c in ([1], {0: 1}, Seq([3]), {})])
for function, bad in (
    (first, 5), (first, {}), (first, []), (first, {1}), (total, 5), (two, [1]), (two, 5),
    (first, None),
):
    try:
        function(bad)
    except (TypeError, LookupError, ValueError) as error:
        print(type(error).__name__, error)
for bad in ((1,), "a", b"a", range(3)):
    try:
        put(bad, 1)
    except TypeError as error:
        print(error)
print(first([True]), total([]), two("né"))
