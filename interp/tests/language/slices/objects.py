# slice objects and their indices method.
s = slice(1, 10, 2)
print(
    s, s.start, s.stop, s.step, slice(5), slice(None), slice("a", [1]), s == slice(1, 10, 2),
    s.indices(5), slice(None, None, -1).indices(4), slice(-3, None).indices(10),
    slice(100, -100, -3).indices(6),
)
data = list("abcdefghij")
first_three = slice(3)
print(
    data[first_three], data[slice(None, None, 4)], "hello"[slice(1, -1)],
    (1, 2, 3)[slice(-2, None)], range(10)[slice(2, 8, 3)], b"abc"[slice(0, 2)],
)


class Show:
    def __getitem__(self, item):
        return item

    def __setitem__(self, item, value):
        print("set", item, value)

    def __delitem__(self, item):
        print("del", item)


x = Show()
print(x[1:2:3], x[:], x[a := 1], x[1:2, ::3], x["k":])
x[1:] = 5
del x[:2]


class Number:
    def __index__(self):
        return 2


print(data[Number():], data[:Number()], data[::Number()], slice(Number(), 5).indices(10))
for attempt in (
    lambda: slice(), lambda: slice("a").indices(3), lambda: data[:"x"],
    lambda: slice(1, 2, 0).indices(3), lambda: hash(slice(1).start),
):
    try:
        print(attempt() == hash(1))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
