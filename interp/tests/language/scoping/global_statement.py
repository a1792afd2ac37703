# global: assignment, creation, deletion, from nested functions and classes.
x = 1


def set_x(v):
    global x, created
    x = v
    created = "new"


set_x(5)
print(x, created)


def outer():
    x = "local"

    def inner():
        global x
        x = "from inner"

    inner()
    return x


print(outer(), x)


def remove():
    global created
    del created


remove()
try:
    created
except NameError as error:
    print(error)


class C:
    global from_class
    from_class = 3
    y = x


print(from_class, hasattr(C, "from_class"), C.y)


def loop():
    global i
    for i in range(3):
        pass


loop()
print(i)


def import_and_def():
    global helper, math, K
    import math

    def helper():
        return "helper"

    class K:
        pass


import_and_def()
print(helper(), math.floor(2.5), K.__name__, K.__qualname__)
