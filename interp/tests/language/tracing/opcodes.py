import sys


def work(a):
    b = a + 1
    for i in (1, 2):
        b += i
    return [b, a]


def generator():
    yield 1
    return 2


def uses():
    return list(generator())


def tracer(frame, event, arg):
    frame.f_trace_opcodes = True
    print(event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_lasti, arg)
    return tracer


def quiet(frame, event, arg):
    frame.f_trace_opcodes = True
    return quiet


# CPython starts to trace opcodes at the next call after the first request.
sys.settrace(quiet)
uses()
sys.settrace(tracer)
work(1)
uses()
sys.settrace(None)


def only_opcodes(frame, event, arg):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    print(event, frame.f_lasti)
    return only_opcodes


sys.settrace(only_opcodes)
work(1)
sys.settrace(None)
