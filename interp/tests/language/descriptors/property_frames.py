"""Properties that are read often: at one class and at many, as callables, failing, exchanged, recursive."""
import sys


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    @property
    def norm(self):
        total = self.x * self.x
        total += self.y * self.y
        return total

    @property
    def scaled(self):
        return lambda factor: (self.x * factor, self.y * factor)

    @property
    def pairs(self):
        yield self.x
        yield self.y

    @property
    def chain(self):
        return self.norm + self.norm


class Slotted:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    @property
    def norm(self):
        return self.value


class Derived(Point):
    @property
    def norm(self):
        return super().norm + 1


def read(items):
    total = 0
    for item in items:
        total += item.norm
    return total


print("one class", read([Point(i, 1) for i in range(50)]))
print("many classes", read([cls(*args) for i in range(50) for cls, args in ((Point, (i, 2)), (Slotted, (i,)), (Derived, (i, 3)))]))


def called(point, count):
    found = []
    for i in range(count):
        found.append(point.scaled(i))
    return found[-1]


print("method form", called(Point(2, 3), 30), called(Derived(4, 5), 30))


def chained(point):
    total = 0
    for _ in range(30):
        total += point.chain - point.norm
    return total


print("nested", chained(Point(1, 2)), chained(Derived(1, 2)))


def listed(point):
    for _ in range(30):
        found = list(point.pairs)
    return found


print("generator", listed(Point(7, 8)))


class Failing:
    def __init__(self):
        self.left = 20

    @property
    def value(self):
        self.left -= 1
        if self.left < 0:
            raise AttributeError("no value left")
        return self.left

    @property
    def wrong(self):
        local = 1
        return local / 0


def fails(thing):
    count = 0
    while True:
        try:
            thing.value
        except AttributeError as error:
            return count, str(error), error.__traceback__.tb_next.tb_frame.f_code.co_qualname
        count += 1


print("failing", fails(Failing()))


class Fallback(Failing):
    def __getattr__(self, name):
        return f"fallback {name}"


def falls_back(thing):
    return [thing.value for _ in range(25)][-6:]


print("__getattr__", falls_back(Fallback()))


def shows(thing):
    for i in range(30):
        if i == 29:
            thing.wrong
        try:
            thing.wrong
        except ZeroDivisionError:
            pass


class Exchanged:
    @property
    def value(self):
        return "first"


def exchanges(thing):
    seen = []
    for i in range(40):
        if i == 20:
            Exchanged.value.__init__(lambda self: "second")
        if i == 30:
            Exchanged.value = property(lambda self: "third")
        if i == 35:
            Exchanged.value = "plain"
        seen.append(thing.value)
    return [value for i, value in enumerate(seen) if i == 0 or seen[i - 1] != value]


print("exchanged", exchanges(Exchanged()))


class Native:
    real = property(len)

    def __len__(self):
        return 3


print("native getter", [Native().real for _ in range(20)][-1])


class Default:
    value = property(lambda self, more=5: more)
    stars = property(lambda *args: len(args))


print("defaults", [Default().value for _ in range(20)][-1], [Default().stars for _ in range(20)][-1])


class Deep:
    def __init__(self, depth):
        self.depth = depth

    @property
    def sum(self):
        return 0 if not self.depth else self.depth + Deep(self.depth - 1).sum

    @property
    def endless(self):
        return self.endless


print("recursion", Deep(150).sum)
try:
    Deep(1).endless
except RecursionError as error:
    print(type(error).__name__)


def traced():
    events = []

    def tracer(frame, event, argument):
        events.append((frame.f_code.co_name, event))
        return tracer

    point = Point(1, 1)

    def reads():
        for i in range(12):
            if i == 10:
                sys.settrace(tracer)
                sys._getframe().f_trace = tracer
            point.norm
        sys.settrace(None)

    reads()
    return events


print("traced", traced())


def caller(point):
    for _ in range(20):
        name = point.caller
    return name


class Caller:
    @property
    def caller(self):
        return sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno - sys._getframe(1).f_code.co_firstlineno


print("f_back", caller(Caller()))
del Point.norm
print("deleted", hasattr(Point(1, 2), "norm"))
shows(Failing())
