# Every list method, with results and errors.
a = [3, 1, 2]
a.append(4); a.extend([5, 6]); a.extend("xy"); a.insert(0, "first"); a.insert(-1, "late"); a.insert(100, "end"); a.insert(-100, "begin")
print(a, len(a))
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove("x")
print(a, a.index(1), a.index(2, 1), a.count(5), a.copy() == a, a.copy() is a)
a.reverse()
print(a)
a.clear()
print(a)
for attempt in (
    lambda: a.pop(), lambda: [1].pop(5), lambda: a.remove(1), lambda: [1, 2].index(3),
    lambda: [1, 2].index(1, 1), lambda: a.extend(5), lambda: a.append(), lambda: a.insert("x", 1),
    lambda: a.nothing, lambda: a.append(1, 2),
):
    try:
        attempt()
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
