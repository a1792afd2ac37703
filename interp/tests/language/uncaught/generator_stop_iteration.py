def g():
    yield 1
    raise StopIteration("too early")


list(g())
