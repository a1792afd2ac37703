# Assignment to a call.
def f():
    return 1


f() = 2
