# co_lnotab warns, but not where a module asks.
def f():
    x = (1 +
         2)
    for i in x:
        pass
    return x


code = f.__code__
table = code.co_lnotab
