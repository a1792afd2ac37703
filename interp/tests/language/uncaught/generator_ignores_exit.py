def g():
    try:
        yield 1
    except GeneratorExit:
        yield 2


iterator = g()
next(iterator)
iterator.close()
