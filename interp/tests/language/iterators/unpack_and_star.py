# Iterators consumed by unpacking, star arguments, in, min, extend and slices.
it = iter(range(10))
a, b = next(it), next(it)
print(a, b, 4 in it, next(it))
[x, *rest] = it
print(x, rest, list(it))
it = iter([5, 3, 8])
print(max(it), list(it))
items = [0]
items.extend(x for x in "ab")
items += iter("cd")
items[1:1] = map(ord, "A")
print(items)


def f(*args):
    return args


it = iter("wxyz")
print(f(next(it), *it, *it), [*it])
print(
    sum(iter([1, 2])), tuple(iter("ab")), set(iter([1, 1])), dict(iter([("k", 1)])),
    list(iter({"a": 1})), "".join(iter("ab")), bytes(iter([65])), all(iter([])), any(iter([0, 1])),
    sorted(iter("cab")),
)


class Failing:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise ValueError("iterator failed")
        return self.n


for consume in (
    list, tuple, sum, max, lambda i: f(*i), lambda i: [*i], "".join, sorted,
    lambda i: dict(zip(i, i)), lambda i: 9 in i, lambda i: [x for x in i],
):
    try:
        print(consume(Failing(3)))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
