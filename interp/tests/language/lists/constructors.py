# list() of any iterable, copies, displays.
print(
    list(), list("abc"), list((1, 2)), list({1: 2}), list({5}), list(range(3)),
    list(x for x in "ab"), list(map(abs, [-1])), [*"ab", *[1]], list(zip([1], [2])),
)
a = [[1], 2]
b = list(a)
c = a[:]
a[0].append(9)
print(b, c, b is a, b[0] is a[0])
print(
    [1, 2,], [], [[]], [None] * 2, list([]), type([]) is list, isinstance([], list),
    list == type([1]),
)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(
    list(Countdown(4)), [*Countdown(2)], sum(Countdown(5)), tuple(Countdown(3)), max(Countdown(3)),
)
for bad in (5, None, len):
    try:
        list(bad)
    except TypeError as error:
        print(error)
