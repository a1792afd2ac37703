import sys

from _tracer import profile, show


def natives():
    len([1])
    x = [3, 1]
    x.sort(key=lambda v: v, reverse=True); x.append(1)
    str.upper("a")
    str("x"), int("3"), dict(a=1), list("ab")
    sorted(x, key=lambda v: -v)
    "a".join(["b"])
    dict.fromkeys("a")
    isinstance(1, int)
    next(iter([1]))
    max(*[1, 2], **{"key": abs})
    "a".__add__("b")
    m = x.append
    m(5)
    return getattr(x, "pop")()


def generator():
    yield 1
    yield 2


def uses_generator():
    for i in generator():
        abs(i)
    return list(generator())


def fails():
    try:
        int("x")
    except ValueError:
        pass
    try:
        len(5)
    except TypeError:
        pass
    try:
        len(1, 2)
    except TypeError:
        pass
    [].pop()


def thrown():
    g = generator()
    next(g)
    g.throw(KeyError("k"))


class C:
    def __len__(self):
        return len([1])


def dunder():
    return len(C()), sorted([C(), C()], key=len)


def raises_through():
    list(map(lambda x: 1 / x, [0]))


profile(natives)
profile(uses_generator)
profile(fails)
profile(thrown)
profile(dunder)
profile(raises_through)
sys.setprofile(show)
abs(-1)
x = [abs(v) for v in (1,)]
sys.setprofile(None)
print(sys.getprofile())
sys.setprofile(show)
print(sys.getprofile() is show)
sys.setprofile(None)


def raising(frame, event, arg):
    raise LookupError("in the profile function at " + event)


def victim():
    return abs(1)


try:
    sys.setprofile(raising)
    victim()
except LookupError as error:
    print(error, sys.getprofile())
