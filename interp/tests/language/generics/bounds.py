# Bounds and constraints are evaluated when first asked for, once.
calls = []


def note(value):
    calls.append(value)
    return value


def bound[T: note(int)](): pass


def constrained[T: (note(int), note(str))](): pass


def unknown[T: later](): pass


T = bound.__type_params__[0]
print(calls)
print(T.__bound__, T.__constraints__, calls)
print(T.__bound__, calls)
C = constrained.__type_params__[0]
print(C.__constraints__, C.__bound__, calls)
print(C.__constraints__, len(calls))
U = unknown.__type_params__[0]
try:
    U.__bound__
except NameError as error:
    print(error)
later = float
print(U.__bound__)
later = 1
print(U.__bound__)


class Box[T: Box, U: (int, T)]:
    pass


T, U = Box.__type_params__
print(T.__bound__, U.__constraints__)
one = (lambda: 0)


def single[T: (int,)](): pass


print(single.__type_params__[0].__constraints__)


def nested():
    local = bytes

    def f[T: local](): pass
    return f.__type_params__[0]


print(nested().__bound__)
