def first():
    raise KeyError("first")


def second():
    try:
        first()
    except KeyError:
        raise ValueError("second")


def third():
    try:
        second()
    except ValueError as error:
        raise RuntimeError("third") from error


def fourth():
    try:
        third()
    except RuntimeError:
        try:
            1 / 0
        except ZeroDivisionError:
            raise OSError("fourth")


fourth()
