import sys

from _tracer import show, trace


def child():
    x = 1
    return x


def parent():
    a = child()
    b = child()
    return a + b


def calls_only(frame, event, arg):
    show(frame, event, arg)


trace(parent, tracer=calls_only)


def first(frame, event, arg):
    print("first", end=" ")
    show(frame, event, arg)
    return second


def second(frame, event, arg):
    print("second", end=" ")
    show(frame, event, arg)
    return third if event == "line" else None


def third(frame, event, arg):
    print("third", end=" ")
    show(frame, event, arg)


trace(parent, tracer=first)


def only_child(frame, event, arg):
    if frame.f_code.co_name != "child":
        return None
    show(frame, event, arg)
    return only_child


trace(parent, tracer=only_child)


def no_lines(frame, event, arg):
    show(frame, event, arg)
    frame.f_trace_lines = False
    return no_lines


trace(parent, tracer=no_lines)


def stops(frame, event, arg):
    show(frame, event, arg)
    if event == "line":
        sys.settrace(None)
    return stops


trace(parent, tracer=stops)


def replaces(frame, event, arg):
    show(frame, event, arg)
    if event == "line" and frame.f_code.co_name == "child":
        sys.settrace(calls_only)
    return replaces


trace(parent, tracer=replaces)


# A frame that runs already is traced when it gets an f_trace.
def turned_on():
    sys.settrace(calls_only)
    x = 1
    sys._getframe().f_trace = first
    y = 2
    z = 3
    sys._getframe().f_trace = None
    y = 3
    child()
    sys.settrace(None)
    return y


turned_on()


def caller_traced():
    x = 1
    set_trace()
    y = 2
    for i in range(2):
        y += i
    sys.settrace(None)
    return y


def set_trace():
    frame = sys._getframe().f_back
    frame.f_trace = first
    sys.settrace(calls_only)


caller_traced()


def through_native():
    x = 1
    list(map(lambda _: set_trace_of(frame), [1]))
    y = 2
    sys.settrace(None)


def set_trace_of(frame):
    frame.f_trace = first
    sys.settrace(calls_only)


frame = None


def outermost():
    global frame
    frame = sys._getframe()
    x = 1
    sorted([1], key=lambda _: set_trace_of(frame))
    y = 2
    sys.settrace(None)


outermost()
print(sys.gettrace())
