# One operator site meets ints, floats, strings, lists, big ints and objects in turn.
class V:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return V(self.n + (other.n if isinstance(other, V) else other))

    def __radd__(self, other):
        return V(other + self.n)

    def __lt__(self, other):
        return self.n < (other.n if isinstance(other, V) else other)

    def __repr__(self):
        return f"V{self.n}"


def add(a, b):
    return a + b


def less(a, b):
    return a < b


pairs = [
    (1, 2), (1.5, 2.5), (1, 2.5), (2.5, 1), ("a", "b"), ([1], [2]), ((1,), (2,)),
    (2 ** 62, 2 ** 62), (2 ** 62 - 1, 1), (-2 ** 62, -1), (2 ** 100, 1), (True, 1), (V(1), V(2)),
    (V(1), 5), (5, V(1)), (1e308, 1e308), (float("inf"), 1), (b"a", b"b"),
]
for _ in range(3):
    out = []
    for a, b in pairs:
        for _ in range(4):
            result = add(a, b)
        out.append(result)
print(out)
out = []
for a, b in pairs:
    for _ in range(4):
        try:
            result = less(a, b)
        except TypeError as error:
            result = str(error)
    out.append(result)
print(out)
for a, b in ((1, "a"), ("a", 1), (None, 1), ([], ()), (1.5, None)):
    for operation in (add, less):
        try:
            operation(a, b)
        except TypeError as error:
            print(error)
print(add(1, 2), add(0.1, 0.2), less(1, 2), less(2, 1.5))
