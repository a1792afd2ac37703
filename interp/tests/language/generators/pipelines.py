# Generators composed into pipelines, as arguments and in data structures.
def numbers():
    yield from range(10)


def squares(values):
    for v in values:
        yield v * v


def even(values):
    return (v for v in values if v % 2 == 0)


def batched(values, n):
    batch = []
    for v in values:
        batch.append(v)
        if len(batch) == n:
            yield tuple(batch)
            batch.clear()
    if batch:
        yield tuple(batch)


print(list(batched(even(squares(numbers())), 2)), list(batched("abcdefg", 3)))
print(
    dict(enumerate(squares(range(3)))), list(zip(numbers(), squares(numbers())))[-1],
    sorted(squares([-3, 1, 2])), max(squares(numbers())), 16 in squares(numbers()),
)
gens = [squares(range(n)) for n in range(4)]
print([list(g) for g in gens])


def round_robin(*iterables):
    active = [iter(i) for i in iterables]
    while active:
        for it in active[:]:
            try:
                yield next(it)
            except StopIteration:
                active.remove(it)


print("".join(round_robin("abc", "1", "xy")))


def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1


p = primes()
print([next(p) for _ in range(12)])


def permutations(items):
    if not items:
        yield ()
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1 :]):
            yield (item, *rest)


print(["".join(p) for p in permutations("abc")])
print(
    print(*(x for x in "xyz"), sep="-"), [*map(lambda g: next(g), (iter(x) for x in ("ab", "cd")))],
)
