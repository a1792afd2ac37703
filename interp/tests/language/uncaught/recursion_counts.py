def f(n):
    if n == 0:
        raise ValueError("end")
    f(n - 1)


def g(n):
    if n == 0:
        f(4)
    else:
        g(n - 1)


import sys

for n in (1, 2, 3, 4, 5):
    try:
        f(n)
    except ValueError:
        sys.excepthook(*sys.exc_info())
g(6)
