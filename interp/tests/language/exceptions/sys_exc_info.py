# sys.exc_info and sys.exception through nested handlers, functions and generators.
import sys


def now():
    kind, value, tb = sys.exc_info()
    return kind and kind.__name__, str(value), tb is not None, sys.exception() is value


print(now())
try:
    1 / 0
except ZeroDivisionError:
    print(now())
    try:
        {}["k"]
    except KeyError:
        print(now())
    print(now())
print(now())


def gen():
    yield now()
    try:
        raise ValueError("g")
    except ValueError:
        yield now()
    yield now()


try:
    raise TypeError("outer")
except TypeError:
    g = gen()
    print(next(g))
    print(next(g))
    print(now())
    print(next(g))
print(now())


def returns_inside():
    try:
        raise KeyError
    except KeyError:
        return now()


print(returns_inside(), now())
for i in range(2):
    try:
        raise IndexError(i)
    except IndexError:
        continue
print(now())
