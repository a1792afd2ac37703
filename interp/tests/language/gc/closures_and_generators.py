# Suspended generators, closures and bound methods keep what they need alive.
class Owner:
    def __init__(self, n):
        self.n = n
        self.method = self.get

    def get(self):
        return self.n


def generator(n):
    big = [n] * 50
    for i in range(3):
        local = {"i": i, "n": big[i]}
        yield local
        big.append(str(local))
    yield len(big)


gens = [generator(i) for i in range(400)]
for g in gens:
    next(g)
junk = [[j] * 10 for j in range(3000)]
for g in gens:
    next(g)
methods = [Owner(i).method for i in range(500)]
closures = [(lambda a: lambda: a[0])([i]) for i in range(500)]
junk = [{"j": j} for j in range(3000)]
print(
    sum(next(g)["n"] for g in gens), sum(next(g) for g in gens), sum(m() for m in methods),
    sum(c() for c in closures),
)
iterators = [iter({i: [i]}.items()) for i in range(300)] + [map(str, [i]) for i in range(300)]
junk = ["s" * j for j in range(2000)]
print(sum(len(list(it)) for it in iterators))


def recursive(n):
    local = [n]
    if n:
        [None] * 100
        return recursive(n - 1) + local[0]
    return 0


print(recursive(600))
