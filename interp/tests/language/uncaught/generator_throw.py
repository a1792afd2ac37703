def g():
    try:
        yield 1
    except KeyError:
        raise ValueError("converted")


iterator = g()
next(iterator)
iterator.throw(KeyError("thrown"))
