# del of names, items, attributes, slices and several targets.
a = b = c = d = 1
del a, (b, [c])
for name in "abcd":
    print(name, name in globals())
items = [0, 1, 2, 3, 4, 5]
del items[0], items[-1], items[1:3]
print(items)
table = {"x": {"y": 1, "z": 2}}
del table["x"]["y"]
print(table)


class C:
    pass


o = C()
o.p = o.q = 1
del o.p
print(o.__dict__, hasattr(o, "p"))
for attempt in ("o.p", "items[10]", "table['nope']", "C.nope"):
    try:
        if attempt == "o.p":
            del o.p
        elif attempt == "items[10]":
            del items[10]
        elif attempt == "C.nope":
            del C.nope
        else:
            del table["nope"]
    except (AttributeError, IndexError, KeyError) as error:
        print(type(error).__name__, error)


def f(x):
    y = x
    del x
    x = y + 1
    return x


print(f(1))
