# Sets that grow and shrink through many sizes, and colliding hashes.
s = set()
for i in range(3000):
    s.add(i * 37 % 1009)
print(len(s), min(s), max(s), sum(s))
for i in range(0, 1009, 2):
    s.discard(i)
print(len(s), all(x % 2 for x in s), 3 in s, 4 in s)


class Same:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return self.n == other.n


t = {Same(i % 10) for i in range(50)}
print(len(t), Same(3) in t, sorted(x.n for x in t))
t.remove(Same(4))
print(
    sorted(x.n for x in t), len({str(i) for i in range(100)} & {str(i) for i in range(50, 150)}),
    len({(i, i % 3) for i in range(9)}),
)
