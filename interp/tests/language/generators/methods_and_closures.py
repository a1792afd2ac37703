# Generator methods, generators over closures and arguments of all kinds.
class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child

    def leaves(self, *, depth=0):
        if not self.children:
            yield depth, self.value
        for child in self.children:
            yield from child.leaves(depth=depth + 1)

    @property
    def lazy(self):
        yield "property"

    @staticmethod
    def many(n, /, *args, **kw):
        for _ in range(n):
            yield args, kw


t = Tree(1, Tree(2, Tree(3)), Tree(4))
print(list(t), list(t.leaves()), list(t.lazy), list(Tree.many(2, 3, k=4)))


def counter():
    n = 0

    def gen():
        nonlocal n
        while n < 3:
            n += 1
            yield n

    return gen, lambda: n


gen, get = counter()
g = gen()
print(next(g), get(), next(g), get(), list(g), get())


def locals_inside(a, b=2):
    c = a + b
    yield sorted(locals())
    d = c
    yield d, sorted(locals())


print(list(locals_inside(1)))


def many_locals(a, b, c, d, e):
    f, g, h = a + b, c + d, e
    yield f
    i = f + g
    yield i, [x + h for x in range(2)]
    yield a, b, c, d, e, f, g, h, i


print(list(many_locals(1, 2, 3, 4, 5)))
