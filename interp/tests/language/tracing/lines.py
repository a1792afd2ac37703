from _tracer import trace


def one(): return 1


def assignments():
    x = 1
    y = (x,
         2,
         x)
    z = [
        y,
    ]

    # a comment
    pass
    return (
        z
    )


def semicolons():
    a = 1; b = 2
    return a + b


def conditions(a):
    if (a and
            not a):
        return 1
    elif a: return 2
    x = (1 if a
         else 3)
    return x


def chained(a):
    return 1 < a < (
        5)


def boolean(a, b):
    return (a
            and b
            or a)


def docstring():
    """Text."""
    return None


def only_docstring():
    """Text."""


def nested():
    def inner(x=1,
              y=2): return x

    return inner()


def multiline_call():
    return max(
        1,
        nested(),
        3,
    )


def asserts(x):
    assert x, \
        "message"
    return x


def deletes():
    x = [1, 2]
    del x[0]
    global made
    made = x
    import sys
    from sys import path
    return made


def strings():
    a = f"{1}{nested()}"
    return (
        "a"
        f"{a}"
    )


def matching(x):
    match x:
        case 1:
            return "one"
        case [a, b]:
            return a
        case _:
            return "other"


trace(one)
trace(assignments)
trace(semicolons)
trace(conditions, 0)
trace(conditions, 1)
trace(chained, 3)
trace(chained, 0)
trace(boolean, 1, 0)
trace(boolean, 0, 0)
trace(docstring)
trace(only_docstring)
trace(nested)
trace(multiline_call)
trace(asserts, 1)
trace(asserts, 0)
trace(deletes)
trace(strings)
trace(matching, 1)
trace(matching, [3, 4])
trace(matching, 2)
trace(lambda a: a + 1, 1)
