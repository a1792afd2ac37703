# sort and sorted: keys, reverse, stability, errors, order of calls.
a = [5, 2, 9, 1, 5, 6]
print(sorted(a), sorted(a, reverse=True), a.sort(), a)
words = ["banana", "Apple", "cherry", "apple", "date", "fig"]
print(
    sorted(words), sorted(words, key=str.lower), sorted(words, key=len),
    sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (-len(w), w)),
)
pairs = [(i % 3, i) for i in range(12)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or x)
print(calls)
state = 1
numbers = []
for _ in range(500):
    state = state * 1103515245 + 12345 & 0x7FFFFFFF
    numbers.append(state % 100)
ordered = sorted(numbers)
print(
    all(x <= y for x, y in zip(ordered, ordered[1:])), ordered[:10], ordered[-3:],
    sum(numbers) == sum(ordered),
)
print(
    sorted([0.5, 1, -2, True]), sorted(["b", "a"]), sorted([(2, "a"), (1, "b")]),
    sorted([[2], [1, 5], [1]]), sorted("hello"), sorted({3: 1, 1: 2}), sorted([]),
)
for attempt in (
    lambda: sorted([1, "a"]), lambda: [None, 1].sort(), lambda: sorted(5), lambda: sorted([1], 2),
    lambda: [1].sort(lambda x: x), lambda: sorted([2, 1], key=5),
    lambda: sorted([1, 2], key=lambda x: 1 / 0),
):
    try:
        attempt()
    except (TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
