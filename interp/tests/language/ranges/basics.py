# range: items, length, slices, membership, equality, repr.
r = range(2, 20, 3)
print(
    r, list(r), len(r), r[0], r[-1], r[1:3], r[::-1], r[10:], 5 in r, 6 in r, "a" in r, 5.0 in r,
    r.index(8), r.count(8), r.count(9), r.start, r.stop, r.step,
)
print(
    list(range(5)), list(range(5, 0, -2)), list(range(0)), list(range(3, 3)),
    list(range(0, -5, -1)), range(0, 10, 3) == range(0, 12, 3), range(0) == range(5, 5),
    range(3) != range(4), hash(range(3)) == hash(range(0, 3, 1)), bool(range(0)),
    list(reversed(range(0, 10, 4))),
)
big = range(2 ** 65, 2 ** 65 + 10, 4)
print(
    list(big), big[2], 2 ** 65 + 4 in big, len(range(10 ** 9)), range(10 ** 9)[-1],
    10 ** 9 - 1 in range(10 ** 9), range(-2 ** 70, 0, 2 ** 69)[1],
)
print(
    sum(range(101)), max(range(5, 9)), sorted(range(3), reverse=True), tuple(range(2)),
    list(range(True, 4)), repr(range(1, 2, 1)), repr(range(0, 5, 2)),
)
for attempt in (
    lambda: range(1, 2, 0), lambda: range(1.5), lambda: range("a"), lambda: r[99],
    lambda: r.index(3), lambda: range(), lambda: range(1, 2, 3, 4), lambda: r["x"],
):
    try:
        attempt()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
try:
    r.start = 5
except AttributeError as error:
    print(error)
