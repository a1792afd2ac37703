# for a, b in ...: over items(), enumerate and zip, where the tuple need not be made.


def over(iterable):
    return [(b, a) for a, b in iterable]


def loop(iterable):
    found = []
    for a, b in iterable:
        found.append(f"{a!r}:{b!r}")
    return found


table = {"one": 1, "two": 2, ("three",): [3]}
for _ in range(3):
    print(loop(table.items()), over(table.items()))
    print(loop(enumerate("abc")), over(enumerate("ab", 5)))
    print(loop(zip("ab", [1, 2, 3])), over(zip([], "x")))
    print(loop({}.items()), loop(enumerate(())), loop(zip()))

print(loop(enumerate("ab", 2**62 - 1)), loop(enumerate("ab", 2**80)))

# The same loop meets iterators of other lengths, and pairs that are not tuples.
for iterable in (
    zip("ab", "cd", "ef"),
    zip("ab"),
    ["ab", "cd"],
    ["abc"],
    [1],
    reversed({1: 2, 3: 4}.items()),
    zip("ab", "cde", strict=True),
    zip("abc", "de", strict=True),
    [{1, 2}],
    map(divmod, [7, 9], [2, 4]),
):
    try:
        print(loop(iterable))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


class Shouting(enumerate):
    def __next__(self):
        number, text = super().__next__()
        return number * 10, text.upper(), "!"


try:
    print(loop(Shouting("ab")))
except ValueError as error:
    print(error)

for change in (lambda d: d.update(x=0), lambda d: d.pop("a"), lambda d: (d.pop("a"), d.update(q=0))):
    changing = {"a": 1, "b": 2, "c": 3}
    seen = []
    try:
        for key, value in changing.items():
            seen.append((key, value))
            if key == "a":
                change(changing)
    except RuntimeError as error:
        print(error)
    print(seen)


def numbers():
    yield 1
    raise LookupError("inside")


try:
    for index, number in enumerate(numbers()):
        print(index, number)
except LookupError as error:
    print(error)

# One iterator drawn from by both halves, and from within the loop.
source = iter(range(7))
for left, right in zip(source, source):
    print(left, right, end="; ")
print(list(source))
pairs = enumerate("abcd")
for index, letter in pairs:
    print(index, letter, next(pairs, None))
print([(x, y) for i, (x, y) in enumerate(zip("ab", "cd"))])
