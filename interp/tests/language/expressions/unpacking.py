# Starred displays and unpacking into targets of every shape.
a, b = 1, 2
a, b = b, a
print(a, b)
(a, [b, c]), d = (1, [2, 3]), 4
print(a, b, c, d)
first, *rest = range(5)
*init, last = "abc"
head, *middle, tail = [1, 2, 3, 4]
x, *none = [7]
print(first, rest, init, last, head, middle, tail, x, none)
print([*range(3), *"ab"], (*[1], *(2,)), {*[1, 1, 2]} == {1, 2}, {**{"a": 1}, "b": 2, **{"a": 3}})
for i, (j, *k) in enumerate([(1, 2, 3), "xyz"]):
    print(i, j, k)
box = {}
box["k"], *box["rest"] = 1, 2, 3
print(box)
[p, q] = {"p": 1, "q": 2}
print(p, q)
for bad in ([1], [1, 2, 3], 5):
    try:
        m, n = bad
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    m, n, *o = [1]
except ValueError as error:
    print(error)
try:
    m, n = iter([1, 2, 3])
except ValueError as error:
    print(error)
