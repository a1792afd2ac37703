# One call site calls functions, methods, classes, builtins, generators and callables.
class Init:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Init({self.x})"

    def method(self, x):
        return ("method", x)

    @classmethod
    def cls(cls, x):
        return ("cls", x)

    @staticmethod
    def static(x):
        return ("static", x)


class NoInit:
    def __new__(cls, x):
        return ("new", x)


class Call:
    def __call__(self, x):
        return ("call", x)


def plain(x):
    return ("plain", x)


def default(x, y=1, *args, **kwargs):
    return ("default", x, y, args, kwargs)


def star(*args):
    return ("star", args)


def closure(n):
    def inner(x):
        return ("inner", n, x)

    return inner


def gen(x):
    yield x


def call(f, x):
    return f(x)


callables = [
    plain, default, star, closure(1), closure(2), lambda x: ("lambda", x), Init, Init(0).method,
    Init.cls, Init.static, NoInit, Call(), str, int, repr, abs, [].append, "x".__mul__, type,
    list(gen(1)).count, float,
]
for _ in range(3):
    out = []
    for f in callables:
        for _ in range(4):
            result = call(f, 3)
        out.append(result)
print(out)
print(list(call(gen, "generated")), call(len, "four"), call(max, [1, 5]))
for bad in (5, None, "text", Init(1)):
    try:
        call(bad, 1)
    except TypeError as error:
        print(error)
for wrong in (lambda: 0, lambda a, b: 0, lambda a, *, k: 0):
    try:
        call(wrong, 1)
    except TypeError as error:
        print(error)
plain.__code__ = default.__code__
print(call(lambda x: plain(x, 2), 1))
