# An exception without arguments shows only its name.
def f():
    raise NotImplementedError


f()
