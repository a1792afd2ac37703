# Set methods, printed in sorted order.
s = {3, 1, 2}
s.add(4); s.add(1); s.discard(9); s.discard(2)
print(sorted(s), len(s), 3 in s, 7 not in s)
s.remove(3)
s.update([5, 6], (7,), range(2))
print(sorted(s), s.pop() in range(10), len(s))
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(
    sorted(a.union(b, [9])), sorted(a.intersection(b)), sorted(a.difference(b)),
    sorted(a.symmetric_difference(b)), a.issubset(b), {3}.issubset(a), a.issuperset([1]),
    a.isdisjoint({8}), a.isdisjoint(b),
)
c = a.copy()
c.intersection_update([1, 2, 3]); c.difference_update({1}); c.symmetric_difference_update([3, 8])
print(sorted(c), sorted(a))
c.clear()
print(
    c, set(), {1}, repr({"a"}), bool(set()), set("aab") == {"b", "a"}, frozenset(), frozenset([1]),
)
for attempt in (
    lambda: a.remove(99), lambda: set().pop(), lambda: a.add([]), lambda: set(5), lambda: {1} + {2},
    lambda: {[]}, lambda: a[0], lambda: hash(a),
):
    try:
        attempt()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
