# A trace function raises at every instruction of code that takes cells out of their slots.
import sys


def captures(value):
    try:
        squares = [(lambda: value)() for value in (2, 3)]
        return squares, value
    except ZeroDivisionError:
        return "handled", (lambda: value)()


def count_opcodes(function):
    count = 0

    def trace(frame, event, arg):
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    sys.settrace(trace)
    function(1)
    sys.settrace(None)
    return count


def raise_at(function, wanted):
    count = 0

    def trace(frame, event, arg):
        nonlocal count
        if frame.f_code is not function.__code__:
            return None
        frame.f_trace_opcodes = True
        count += event == "opcode"
        if count == wanted:
            raise ZeroDivisionError
        return trace

    sys.settrace(trace)
    try:
        function(1)
    except (ZeroDivisionError, NameError):
        pass
    finally:
        sys.settrace(None)


for wanted in range(1, count_opcodes(captures) + 1):
    raise_at(captures, wanted)
print("done")
