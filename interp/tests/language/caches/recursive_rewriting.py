# A site that is rewritten while the same code runs further up the stack.
class Deep:
    def __init__(self, depth):
        self.depth = depth

    def __add__(self, other):
        if self.depth == 0:
            return other
        return combine(Deep(self.depth - 1), other)

    def __getattr__(self, name):
        if self.depth == 0:
            return name
        return fetch(Deep(self.depth - 1))

    def __lt__(self, other):
        return True if self.depth == 0 else compare(Deep(self.depth - 1), other)

    def __call__(self, x):
        return x if self.depth == 0 else invoke(Deep(self.depth - 1), x)

    def __getitem__(self, i):
        return i if self.depth == 0 else item(Deep(self.depth - 1), i)


def combine(a, b):
    return a + b


def fetch(o):
    return o.attribute


def compare(a, b):
    return a < b


def invoke(f, x):
    return f(x)


def item(c, i):
    return c[i]


class Plain:
    attribute = "plain"


for depth in (0, 1, 5, 20):
    for _ in range(6):
        r = (
            combine(1, 2), combine(Deep(depth), 3), combine(1.5, 2.0), fetch(Plain()),
            fetch(Deep(depth)), compare(1, 2), compare(Deep(depth), 1), invoke(str, 5),
            invoke(Deep(depth), 6), item([1], 0), item(Deep(depth), "k"),
        )
    print(r)
