# The container protocol: getitem, setitem, delitem, contains, len, missing methods.
class Grid:
    def __init__(self):
        self.data = {}

    def __getitem__(self, key):
        print("get", key)
        return self.data[key]

    def __setitem__(self, key, value):
        print("set", key, value)
        self.data[key] = value

    def __delitem__(self, key):
        print("del", key)
        del self.data[key]

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        print("contains", key)
        return key in self.data


g = Grid()
g[1] = "a"
g[1, 2] = "b"
g["x"] = "c"
print(g[1], g[1, 2], len(g), 1 in g, 5 not in g, bool(g))
del g[1]
g[1, 2] += "!"
print(len(g), g[1, 2])


class Sliced:
    def __getitem__(self, key):
        return key


s = Sliced()
print(s[1:2], s[::3], s[:], s[1:2, 3], s[..., None], s[()], s[-1])


class Sequence:
    def __getitem__(self, index):
        if index >= 3:
            raise IndexError
        return index * 10


print(list(Sequence()), 20 in Sequence(), 5 in Sequence())
five, none = 5, None
for bad in (lambda: five[0], lambda: none[0], lambda: len(five), lambda: 1 in five, lambda: {}[[]]):
    try:
        bad()
    except TypeError as error:
        print(error)
