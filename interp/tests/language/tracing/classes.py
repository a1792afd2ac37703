from _tracer import profile, trace


def make():
    class C:
        x = 1

        def __init__(self, x):
            self.x = x

        @property
        def p(self):
            return self.x

        def __add__(self, other):
            return self.x + other

        def __repr__(self):
            return "C()"

    c = C(2)
    return c.p, c + 1, repr(c), f"{c}"


def decorated():
    def decorate(f):
        return f

    @decorate
    @decorate
    def inner():
        pass

    return inner()


def closure():
    n = 1

    def inner():
        nonlocal n
        n += 1
        return n

    return inner() + inner()


def executed():
    exec("a = 1\nb = a\n", {})
    return eval("1 + 1")


def default(x, *args, y=1, **kwargs):
    return x, args, y, kwargs


def calls():
    default(1)
    default(1, 2, y=3, z=4)
    default(*[1, 2], **{"k": 1})
    return list(map(default, [1]))


class Super:
    def m(self):
        return 1


class Sub(Super):
    def m(self):
        return super().m()


def use_super():
    return Sub().m()


trace(make)
trace(decorated)
trace(closure)
trace(executed)
trace(calls)
trace(use_super)
profile(make)
profile(calls)
