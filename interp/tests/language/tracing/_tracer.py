"""What the tests of tracing share: tracers that print events, lines counted from the def."""
import sys


def show(frame, event, arg):
    code = frame.f_code
    if event == "exception":
        kind, value, traceback = arg
        arg = (kind.__name__, str(value), traceback is not None)
    elif event.startswith("c_"):
        arg = arg.__name__
    line = frame.f_lineno
    print(event, code.co_name, line and line - code.co_firstlineno, repr(arg).split(" at 0x")[0])


def tracer(frame, event, arg):
    show(frame, event, arg)
    return tracer


def trace(function, *args, tracer=tracer):
    """Runs a function under a tracer."""
    print("---", function.__name__, *(getattr(a, "__name__", a) for a in args))
    sys.settrace(tracer)
    try:
        result = function(*args)
    except BaseException as error:
        sys.settrace(None)
        print("raised", type(error).__name__, error)
    else:
        sys.settrace(None)
        print("result", repr(result).split(" at 0x")[0])


def profile(function, *args):
    print("---", function.__name__, *(getattr(a, "__name__", a) for a in args))
    sys.setprofile(show)
    try:
        function(*args)
    except BaseException as error:
        sys.setprofile(None)
        print("raised", type(error).__name__, error)
    sys.setprofile(None)
