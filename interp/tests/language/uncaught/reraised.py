def f():
    raise ValueError("once")


def g():
    try:
        f()
    except ValueError as error:
        raise error


def h():
    try:
        g()
    except ValueError:
        raise


h()
