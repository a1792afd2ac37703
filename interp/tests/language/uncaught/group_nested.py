def leaf(kind, text):
    try:
        raise kind(text)
    except kind as error:
        return error


def inner():
    raise ExceptionGroup("inner", [leaf(KeyError, "k"), leaf(TypeError, "t")])


try:
    inner()
except ExceptionGroup as group:
    try:
        raise ValueError("with cause") from leaf(OSError, "cause")
    except ValueError as error:
        raise ExceptionGroup("outer", [group, error, leaf(IndexError, "last")])
