def f():
    try:
        raise ValueError
    except ValueError as error:
        pass
    return error


f()
