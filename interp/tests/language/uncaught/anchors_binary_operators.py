# Every operator, with names, spaces and brackets around it: the anchors under the first that fails.
import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


a, b, c = 1, "x", None
show(lambda: a + b)
show(lambda: a  -  b)
show(lambda: b * b)
show(lambda: a / b)
show(lambda: a // b)
show(lambda: b @ a)
show(lambda: a ** b)
show(lambda: a << b)
show(lambda: a >> b)
show(lambda: a & b)
show(lambda: a | b)
show(lambda: a ^ b)
show(lambda: (a) + (b))
show(lambda: (a + a) * (a + b) + c)
show(lambda: (a + 1) - (b))
show(lambda: ((a)) - ((b)))
show(lambda: a + a + a + b + a)
show(lambda: a - (
    b))
show(lambda: -b)
show(lambda: not a + b)
show(lambda: a < b)
show(lambda: a < a + 1 < b)
show(lambda: a in a)
show(lambda: ~b)
show(lambda: a%b)
show(lambda: a+b)
show(lambda: a//b)
show(lambda: a**b)
a + b
