# __iter__, __next__, __reversed__, __length_hint__, __contains__ by iteration.
class Up:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        i = 0
        while i < self.n:
            yield i
            i += 1

    def __reversed__(self):
        return iter(range(self.n, 0, -1))

    def __len__(self):
        return self.n


u = Up(3)
print(
    list(u), list(u), list(reversed(u)), 2 in u, 9 in u, sum(u), [*u], max(u), dict(zip(u, "abc")),
)


class Old:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError(i)
        return i * i

    def __len__(self):
        return 3


print(list(Old()), list(reversed(Old())), 4 in Old(), [*map(str, Old())], list(enumerate(Old())))


class NotIterator:
    def __iter__(self):
        return 5


class Unset:
    __iter__ = None
    __contains__ = None


class NoNext:
    def __iter__(self):
        return self


for attempt in (
    lambda: list(NotIterator()), lambda: iter(Unset()), lambda: 1 in Unset(),
    lambda: next(NoNext()), lambda: iter(NoNext()), lambda: next(5), lambda: reversed(5),
    lambda: reversed({1}), lambda: iter(5), lambda: iter(5, 1),
):
    try:
        attempt()
    except TypeError as error:
        print(error)
values = iter([3, 2, 1, 0, 5])
print(list(iter(lambda: next(values), 0)), next(values))
