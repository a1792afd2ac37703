# all, any, len, iter, next, sorted, reversed, sum over odd arguments.
print(
    all([]), any([]), all([1, 0]), any([0, "", 3]), all(x > 0 for x in [1, 2]),
    any(map(str.isdigit, "ab1")), all({}), any({0: 1}),
)
seen = []
print(any(seen.append(x) or x > 2 for x in range(10)), seen)
print(
    len("abc"), len([]), len({1: 2}), len({1, 2}), len(range(5)), len((1,)), len(b"ab"),
    len({}.keys()),
)
it = iter([1])
print(next(it), next(it, None), next(it, 5))
try:
    next(it)
except StopIteration as stop:
    print("stop", stop.value)


class Len:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


print(len(Len(5)), len(Len(True)))
for bad in (Len(-1), Len(1.5), Len("x"), 5, None, iter([]), (x for x in ())):
    try:
        len(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    len(Len(2 ** 100))
except OverflowError as error:
    print(type(error).__name__)
