# nonlocal and global through several scopes, classes, comprehensions and lambdas.
x = "module"


def outer():
    x = "outer"

    class C:
        x = "class"

        def method(self):
            nonlocal x
            x = "changed by method"
            return x

        y = [x for _ in range(1)]
        z = (lambda: x)()

    def middle():
        def inner():
            nonlocal x
            before = x
            x = "changed by inner"
            return before

        return inner()

    before = C().method(), C.x, C.y, C.z
    return before, middle(), x


print(outer(), x)


def counters():
    n = m = 0

    def up():
        nonlocal n, m
        n, m = n + 1, m + 10
        return n, m

    def both():
        global x
        nonlocal n
        x = n = n * 2
        return x

    return up, both


up, both = counters()
print(up(), up(), both(), up(), x)


def loop_variable():
    def set_i():
        nonlocal i
        i = 100

    out = []
    for i in range(3):
        set_i()
        out.append(i)
    return out, i


print(loop_variable())


def exception_name():
    e = 1

    def get():
        nonlocal e
        return e

    try:
        raise ValueError("v")
    except ValueError as e:
        inside = str(get())
    try:
        get()
    except NameError as error:
        return inside, str(error)


print(exception_name())


class Meta(type):
    def __new__(mcs, name, bases, namespace):
        def who(self):
            return __class__.__name__, self.__class__.__name__

        namespace["who"] = who
        return super().__new__(mcs, name, bases, namespace)


class K(metaclass=Meta):
    def own(self):
        return __class__ is K


print(K().who(), K().own())
