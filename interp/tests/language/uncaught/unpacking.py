import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


def too_few():
    a, b, c = [1, 2]


def too_many():
    a, (b, c) = 1, [2, 3, 4]


def not_iterable():
    a, b = 5


def starred():
    a, *b, c = [1]


def in_for():
    for a, b in [(1, 2), (3,)]:
        pass


for function in (too_few, too_many, not_iterable, starred, in_for):
    show(function)
first, second = range(5)
