"""f_lineno outside of line events."""
import sys


def tracer(frame, event, arg):
    if event != "line":
        try:
            frame.f_lineno = frame.f_lineno
        except ValueError as error:
            print(event, error)
    return tracer


def work():
    try:
        1 / 0
    except ZeroDivisionError:
        return 1


sys.settrace(tracer)
work()
sys.settrace(None)
for value in (5, "x", 1.5):
    try:
        sys._getframe().f_lineno = value
    except ValueError as error:
        print(error)
