# Reading, assigning and deleting slices.
a = list(range(10))
print(a[2:5], a[:3], a[-3:], a[::3], a[::-2], a[8:2:-2], a[5:5], a[20:], a[-20:2], a[:], a[3:1])
b = a[:]
b[2:5] = ["x"]
print(b)
b[1:1] = [10, 20]
print(b)
b[:2] = []
print(b)
b[::2] = range(len(b[::2]))
print(b)
b[len(b):] = "ab"
print(b)
b[-2:] = b
print(b)
del b[::3]
print(b)
del b[2:4], b[0]
print(b)
del b[:]
print(b)
c = [1, 2, 3]
c[1:2] = (x * x for x in range(3))
print(c, c[True:], c[None:2])
for attempt in (
    lambda: c.__setitem__(slice(None, None, 2), [1]), lambda: c.__setitem__(slice(0, 1), 5),
    lambda: c[::0], lambda: c["a":], lambda: c[1.0:],
):
    try:
        attempt()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
