# Equality and hashing of instances as dict keys and set members.
class P:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        if not isinstance(other, P):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __repr__(self):
        return f"P({self.x}, {self.y})"


a, b = P(1, 2), P(1, 2)
print(
    a == b, a != b, a is b, hash(a) == hash(b), {a: "v"}[b], len({a, b, P(2, 1)}), a in [b],
    [b].index(a), a == (1, 2), (1, 2) == a, [a, P(0, 0)].count(b),
)


class Sub(P):
    pass


class Redefined(P):
    def __eq__(self, other):
        return True


print(Sub(1, 2) == a, hash(Sub(1, 2)) == hash(a), Redefined.__hash__)
try:
    hash(Redefined(1, 2))
except TypeError as error:
    print(error)


class Identity:
    pass


i = Identity()
print(i == i, i != i, i in {i}, {i: 1}[i], Identity() in {i}, hash(i) == hash(i))
