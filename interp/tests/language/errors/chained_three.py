# A chain of three with cause and context mixed.
def a():
    raise ValueError("first")


def b():
    try:
        a()
    except ValueError as error:
        raise KeyError("second") from error


def c():
    try:
        b()
    except KeyError:
        raise TypeError("third")


c()
