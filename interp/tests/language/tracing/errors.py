import sys

from _tracer import show


def victim():
    x = 1
    try:
        y = 2
    except LookupError as error:
        print("the victim caught", error)
    return x


for stop in ("call", "line", "return", "exception"):
    def raising(frame, event, arg):
        show(frame, event, arg)
        if event == stop:
            raise LookupError("at " + event)
        return raising

    sys.settrace(raising)
    try:
        victim()
        int("x")
        (lambda: 1 / 0)()
    except Exception as error:
        print(type(error).__name__, error, repr(error.__context__), sys.gettrace() is None)
        names, tb = [], error.__traceback__
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(names)
    finally:
        sys.settrace(None)


def in_line_two(frame, event, arg):
    show(frame, event, arg)
    if event == "line" and frame.f_lineno == frame.f_code.co_firstlineno + 3:
        raise LookupError("inside try")
    return in_line_two


sys.settrace(in_line_two)
print(victim(), sys.gettrace())
for call in (lambda: sys.settrace(), lambda: sys.setprofile(1, 2), lambda: sys.gettrace(1)):
    try:
        call()
    except TypeError as error:
        print("TypeError")
sys.settrace(5)
try:
    victim()
except TypeError as error:
    print(error, sys.gettrace())
sys.settrace(None)
