# Comparison and branch pairs with every operator, ints, floats, mixed and objects.
def lt(a, b): return "T" if a < b else "F"
def le(a, b): return "T" if a <= b else "F"
def eq(a, b): return "T" if a == b else "F"
def ne(a, b): return "T" if a != b else "F"
def gt(a, b): return "T" if a > b else "F"
def ge(a, b): return "T" if a >= b else "F"


def loop(n, limit):
    count = 0
    while n < limit:
        if n % 3 == 0 and not n > limit - 2 or n == 7:
            count += 1
        n += 1
    return count


nan, inf, big = float("nan"), float("inf"), 2 ** 70
values = [
    0, 1, -1, 2 ** 62 - 1, -2 ** 62, 2 ** 62, big, -big, 0.0, -0.0, 1.0, 1.5, nan, inf, -inf, True,
    False,
]
for function in (lt, le, eq, ne, gt, ge):
    for _ in range(3):
        table = ["".join(function(a, b) for b in values) for a in values]
    print(function.__name__, *table)
print(loop(0, 20), loop(0.0, 20), loop(0, 20.5), loop(2 ** 62 - 10, 2 ** 62 + 10), loop(-5, 3))


class Truthy:
    def __init__(self, t):
        self.t = t

    def __bool__(self):
        return self.t

    def __lt__(self, other):
        return Truthy(self.t)

    __eq__ = __lt__


print(
    lt(Truthy(True), 1), lt(Truthy(False), 1), eq(Truthy(False), 1), lt("a", "b"), eq("a", "a"),
    lt([1], [2]), eq((1,), (1,)), ne("a", 1),
)
print(
    [
        "T" if x else "F" for x in (
            0, 1, 0.0, 0.5, "", "a", [], [0], None, Truthy(False), Truthy(True), nan,
        )
    ],
    [1 if x is None else 2 for x in (None, 0)], [1 if x is not None else 2 for x in (None, 0)],
)
