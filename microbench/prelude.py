"""What the bodies of bodies.def name: functions, classes and objects for the opcodes to work on."""

sample_global = 1


def returns_none():
    pass


def returns_argument(value):
    return value


def takes_two(first, second):
    pass


def takes_default(first, second=2):
    pass


def takes_keywords(**keywords):
    pass


def makes_cell(value):
    lambda: value


def makes_none(value):
    lambda: 0


def make_closures():
    free = 1

    def with_free(value):
        free

    def without(value):
        value

    return with_free, without


closure_of_one, closure_of_none = make_closures()


def class_with_free_name(value):
    class Body:
        value


def class_without(value):
    class Body:
        0


def counting(limit):
    number = 0
    while number < limit:
        yield number
        number += 1


def delegating(limit):
    yield from counting(limit)


def throws_into(generator):
    generator.send(None)
    try:
        generator.throw(ValueError)
    except ValueError:
        pass


def delegates():
    yield from counting(1)


def throws_through_delegation(value):
    throws_into(delegates())


def throws(value):
    throws_into(counting(1))


def runs(coroutine):
    try:
        coroutine.send(None)
    except StopIteration:
        pass


async def nothing():
    pass


closed_coroutine = nothing()
closed_coroutine.close()


async def async_counting(limit):
    number = 0
    while number < limit:
        yield number
        number += 1


async def for_each(limit):
    async for number in async_counting(limit):
        pass


async def awaits():
    await nothing()


def runs_async_for(limit):
    runs(for_each(limit))


def runs_await(value):
    runs(awaits())


def runs_coroutine(value):
    runs(nothing())


class Awaitable:
    def __await__(self):
        return EMPTY


class AsyncContext:
    def __aenter__(self):
        return self

    def __aexit__(self, *details):
        return False


EMPTY = iter(())


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return self


class Point:
    dimensions = 2

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def get(self):
        return self.x

    @property
    def norm(self):
        return 2


class Derived(Point):
    def get(self):
        return 0


class Bag:
    pass


class Context:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False


class Suppressor(Context):
    def __exit__(self, *details):
        return True


def touch_heap():
    """Two collections' worth of garbage: no benchmark pays for the page faults of the heap's first use."""
    for number in range(400_000):
        [number]


touch_heap()
