import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


class Frozen:
    __slots__ = ()


def attribute():
    Frozen().x = 1


def chained():
    a = Frozen().y = 2


def tuple_item():
    (1, 2)[0] = 3


def delete_attribute():
    del Frozen().x


def delete_name():
    del never_bound


def augmented_attribute():
    Frozen().x += 1


def augmented_name():
    undefined += 1


def global_augmented():
    global nothing_here
    nothing_here += 1


def annotated():
    Frozen().x: int = 1


for function in (attribute, chained, tuple_item, delete_attribute, delete_name,
                 augmented_attribute, augmented_name, global_augmented, annotated):
    show(function)
print.x = 1
