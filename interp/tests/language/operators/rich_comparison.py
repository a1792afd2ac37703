# The six comparison methods, their reflections and defaults.
class V:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        print("eq", end=" ")
        return self.n == other.n if isinstance(other, V) else NotImplemented

    def __lt__(self, other):
        print("lt", end=" ")
        return self.n < other.n if isinstance(other, V) else NotImplemented

    def __le__(self, other):
        print("le", end=" ")
        return self.n <= other.n


print(V(1) == V(1), V(1) != V(1), V(1) < V(2), V(1) > V(2), V(1) <= V(1), V(1) >= V(2))
print(V(1) == 1, V(1) != 1, V(1) in [V(2), V(1)])
try:
    V(1) < 1
except TypeError as error:
    print(error)
try:
    hash(V(1))
except TypeError as error:
    print(error)
print(sorted([V(3), V(1), V(2)], key=lambda v: v.n)[0].n, min(V(2), V(1)).n)


class Odd:
    def __eq__(self, other):
        return "truthy"

    def __lt__(self, other):
        return []


print(Odd() == 1, Odd() != 1, Odd() < 1, not Odd() < 1)


class Plain:
    pass


p, q = Plain(), Plain()
print(p == p, p == q, p != q, p is p)
