# LOAD_ATTR, STORE_ATTR, DELETE_ATTR, LOAD_SUPER_ATTR and their cached forms.
import sys


class Base:
    shared = 'class value'

    def method(self):
        return 'base method'

    @property
    def computed(self):
        return 'computed'


class Point(Base):
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def method(self):
        return super().method() + '+'

    @classmethod
    def make(cls):
        return super().__repr__ is not None, super(Point, cls).method(cls)

    def others(self):
        return super().computed, super().shared


class Slotted:
    __slots__ = ('x',)


class Hooked:
    def __getattr__(self, name):
        return 'hook ' + name


def load(o):
    return o.x


def store(o, value):
    o.x = value


def remove(o):
    del o.x


for i in range(12):
    point, slotted, hooked = Point(i, 0), Slotted(), Hooked()
    store(slotted, i)
    store(hooked, i)
    store(point, i + 1)
    got = load(point), load(slotted), load(hooked), point.method(), point.shared, point.computed
    for o in (point, slotted, hooked):
        remove(o)
    got += (load(hooked), Point.make(), point.others(), Point.shared, sys.byteorder, point.method)[:5]
print(got)


def only_points(o):
    o.x = o.x + o.y
    return o.x


print([only_points(Point(i, i)) for i in range(12)][-1])


def grows(o):
    o.new = 1
    return o.new


print(sum(grows(Point(1, 2)) for _ in range(12)))


class One: pass
class Two: pass
class Three: pass


def read(o):
    return o.x


ones = []
for i, make in enumerate([One, Two, Three] * 8):
    o = make()
    o.x = i
    ones.append(o)
print([read(o) for o in ones])
print(hooked.missing)
for o in (point, slotted):
    try:
        load(o)
    except AttributeError as error:
        print(error)
    try:
        remove(o)
    except AttributeError as error:
        print(error)
