# marshal.dump and marshal.load on file objects.
import marshal


class Store:
    """A binary file in memory, which says what is asked of it."""

    def __init__(self, data=b""):
        self.data = data
        self.position = 0

    def write(self, data):
        self.data += data
        return len(data)

    def read(self, size):
        return self.data[self.position:self.position]

    def readinto(self, buffer):
        piece = self.data[self.position:self.position + len(buffer)]
        buffer[:len(piece)] = piece
        self.position += len(piece)
        return len(piece)


values = [(1, "two", 3.0, [4, {5: b"six"}]), 2 ** 100, "x" * 1000, None, tuple(range(1000)), {1, 2}, ["end"]]
store = Store()
for value in values:
    print(marshal.dump(value, store, 2) > 0, end=" ")
print()
while store.position < len(store.data):
    loaded = marshal.load(store)
    print(loaded == values.pop(0), store.position)
try:
    marshal.load(store)
except EOFError as error:
    print(error)
for data in (b"i\1", b"z", b"z\3a", b"[\3\0\0\0N", b"l\xff\xff\xff\x0fabc", b"?", b")", b"f"):
    try:
        print(marshal.load(Store(data)))
    except Exception as error:
        print(data, type(error).__name__, error)


class Text(Store):
    def read(self, size):
        return ""


class Greedy(Store):
    def readinto(self, buffer):
        return len(buffer) + 1


class Broken(Store):
    def readinto(self, buffer):
        raise OSError("broken")

    def write(self, data):
        raise OSError("full")


class Wrong(Store):
    def readinto(self, buffer):
        return "three"


for kind in (Text, Greedy, Broken, Wrong):
    try:
        print(marshal.load(kind(b"i\1\0\0\0")))
    except Exception as error:
        print(type(error).__name__, error)
try:
    marshal.dump(1, Broken())
except OSError as error:
    print(error)
try:
    marshal.dump(object(), Store())
except ValueError as error:
    print(error)
