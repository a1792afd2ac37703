import sys


def f(n):
    if n == 0:
        raise ValueError("deep")
    g(n - 1)


def g(n):
    f(n)


for limit in (2, 1, 0, -1, 1000, None):
    sys.tracebacklimit = limit
    try:
        f(3)
    except ValueError:
        sys.excepthook(*sys.exc_info())
sys.tracebacklimit = 1
f(2)
