# Class attributes that change all the time, beside attributes that inline caches remember.
class Counter:
    total = 0
    limit = 5

    def __init__(self, start):
        self.count = start

    def step(self):
        self.count += 1
        Counter.total += 1
        return self.count


class Child(Counter):
    def limited(self):
        return self.limit


c, d = Counter(10), Child(20)
for _ in range(30):
    c.step()
    d.step()
print(c.count, d.count, Counter.total, Child.total)


# The counter becomes an attribute that a cache looks for, and then changes again.
def read(o):
    return o.total


seen = []
for i in range(30):
    seen.append(read(d))
    if i % 10 == 9:
        Counter.total += 1
print(seen)
Child.total = 1000
print(read(d), read(c))
Counter.total = 7
print(read(d), read(c))
del Child.total
print(read(d), read(c))

# A name that a cache has looked for on another class.
print([d.limited() for _ in range(20)][-1])
Counter.limit = 6
print(d.limited())


class Stranger:
    limit = "none"


Stranger.limit = "some"
print(d.limited(), Stranger.limit)


# Stores: a data descriptor appears behind a cached store.
def write(o, value):
    o.count = value


for i in range(30):
    write(c, i)
print(c.count)


class Loud:
    def __get__(self, instance, owner):
        return "loud"

    def __set__(self, instance, value):
        print("set", value)


Counter.count = Loud()
write(c, 31)
print(c.count, vars(c)["count"])
del Counter.count
write(c, 32)
print(c.count)


# The class of a cached value becomes a descriptor.
class Plain:
    pass


class Holder:
    field = Plain()


def field(o):
    return o.field


h = Holder()
for _ in range(30):
    field(h)
print(type(field(h)).__name__)
Plain.__get__ = lambda self, instance, owner: "bound to " + owner.__name__
print(field(h))
Plain.__set__ = lambda self, instance, value: print("setting", value)
h.field = 1
print(field(h), vars(h))
del Plain.__get__, Plain.__set__
print(type(field(h)).__name__)


# The same behind an instance's own attribute and behind a store.
def put(o, value):
    o.field = value


for i in range(30):
    put(h, i)
    field(h)
print(field(h))
Plain.__set__ = lambda self, instance, value: print("setting", value)
put(h, 99)
Plain.__get__ = lambda self, instance, owner: "data descriptor"
print(field(h), vars(h))


# Dunders always count.
class Quiet:
    pass


def ask(o):
    return o.anything


q = Quiet()
q.anything = "own"
for _ in range(30):
    ask(q)
Quiet.__getattribute__ = lambda self, name: "asked for " + name
print(ask(q))
del Quiet.__getattribute__
print(ask(q))
