# Equal keys of different types, unhashable keys, keys with own __hash__ and __eq__.
d = {
    1: "int", 1.0: "float", True: "bool", "1": "str", (1,): "tuple", None: "none", b"1": "bytes",
    2 ** 70: "big", 0.5: "half", frozenset([1]): "fs",
}
print(d, d[1], d[2 ** 70], d[float(2 ** 70)], d[frozenset([1])])


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 42

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return f"Key({self.n})"


k = {Key(i): i for i in range(6)}
print(k, k[Key(3)], Key(9) in k, k.pop(Key(0)), len(k))
k[Key(3)] = "changed"
del k[Key(1)]
print(k)
for bad in ([], {}, set(), [1], ([],)):
    try:
        {}[bad]
    except TypeError as error:
        print(error)
try:
    {[]: 1}
except TypeError as error:
    print(error)


class NoHash:
    __hash__ = None


class EqOnly:
    def __eq__(self, other):
        return True


class BadHash:
    def __hash__(self):
        return "x"


for cls in (NoHash, EqOnly, BadHash):
    try:
        {cls(): 1}
    except TypeError as error:
        print(error)
nan = float("nan")
print({nan: 1}[nan], float("nan") in {nan: 1})
