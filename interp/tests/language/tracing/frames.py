import sys


def attempt(function):
    try:
        print("->", function())
    except BaseException as error:
        print(type(error).__name__, error)


def inner():
    frame = sys._getframe()
    print(frame.f_code is inner.__code__, frame.f_lineno - frame.f_code.co_firstlineno)
    print(frame.f_back.f_code.co_name, sys._getframe(1) is frame.f_back, sys._getframe(2).f_code.co_name)
    print(frame.f_globals is globals(), frame.f_builtins["len"] is len)
    print(frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes)
    return frame


def outer():
    return inner()


frame = outer()
print(frame.f_lineno - frame.f_code.co_firstlineno, frame.f_back.f_code.co_name)
print(type(frame).__name__, sorted(n for n in dir(frame) if n.startswith("f_")))
frame.f_trace = print
print(frame.f_trace is print)
del frame.f_trace
print(frame.f_trace)
frame.f_trace_lines = False
frame.f_trace_opcodes = True
print(frame.f_trace_lines, frame.f_trace_opcodes)


def set_attribute(name, value):
    def set_it():
        setattr(frame, name, value)

    attempt(set_it)


set_attribute("f_trace_lines", 1)
set_attribute("f_trace_opcodes", None)
for name in ("f_code", "f_back", "f_locals", "f_globals", "f_builtins", "f_lasti"):
    set_attribute(name, None)
set_attribute("f_lineno", 5)
set_attribute("f_lineno", "x")
attempt(lambda: delattr(frame, "f_lineno"))
attempt(lambda: delattr(frame, "f_trace_lines"))
attempt(lambda: sys._getframe(1000))
attempt(lambda: sys._getframe("x"))
attempt(lambda: type(frame)())
attempt(sys._getframe().clear)
print(sys._getframe().f_locals is globals(), sys._getframe().f_code.co_name)
attempt(lambda: sys._getframe(-1).f_code.co_name)


class C:
    frame = sys._getframe()
    print(frame.f_locals is locals(), sorted(n for n in frame.f_locals if n != "__module__"))


try:
    1 / 0
except ZeroDivisionError as error:
    print(error.__traceback__.tb_frame is sys._getframe())
    print(error.__traceback__.tb_frame.f_lineno == error.__traceback__.tb_lineno + 3)


def recursive(n):
    if n:
        return recursive(n - 1)
    depth, f = 0, sys._getframe()
    while f.f_code.co_name == "recursive":
        depth, f = depth + 1, f.f_back
    return depth


print(recursive(20))
