# Setting f_lineno: where a trace function may send a frame, and what it is told otherwise.
import sys


def jump(function, source, target, event="line", *args):
    """Runs the function; at the first `event` of line `source`, counted from its def, jumps to `target`."""
    first = function.__code__.co_firstlineno
    output, done, events = [], [], []

    def trace(frame, what, arg):
        if frame.f_code is not function.__code__:
            return None
        events.append(f"{what}{frame.f_lineno - first}")
        if not done and what == event and frame.f_lineno == first + source:
            done.append(True)
            frame.f_lineno = target if target is None or isinstance(target, str) else first + target
            events.append(f"now{frame.f_lineno - first}")
        return trace

    sys.settrace(trace)
    try:
        result = function(output, *args)
    except BaseException as error:
        result = f"{type(error).__name__}: {error}"
    finally:
        sys.settrace(None)
    print(function.__name__, source, target, event, output, result, *events)


def straight(output):
    output.append(1)
    output.append(2)
    output.append(3)
    return 4


for target in (1, 2, 3, 4, 0, -1, 5, None, "x"):
    jump(straight, 2, target)


def branches(output):
    if output:
        output.append("full")
    else:
        output.append("empty")
    while len(output) < 3:
        output.append("while")
    output.append("end")


for target in (1, 2, 4, 5, 6, 7):
    jump(branches, 4, target)
    jump(branches, 6, target)


def loops(output):
    output.append("a")
    for i in range(2):
        output.append(i)
        for j in "xy":
            output.append(j)
        output.append("after")
    output.append("b")


for source in (1, 3, 5, 6, 7):
    for target in (1, 2, 3, 4, 5, 6, 7):
        jump(loops, source, target)


def handlers(output):
    try:
        output.append(1)
        [].pop()
        output.append(2)
    except IndexError as error:
        output.append(3)
        output.append(str(error))
    except ValueError:
        output.append(4)
    else:
        output.append(5)
    finally:
        output.append(6)
    output.append(sys.exc_info()[0])


for source in (2, 6, 7, 13, 14):
    for target in (1, 2, 4, 5, 6, 8, 9, 11, 13, 14):
        jump(handlers, source, target)


class Manager:
    def __init__(self, output):
        self.output = output

    def __enter__(self):
        self.output.append("in")

    def __exit__(self, *details):
        self.output.append(details[0])


def managers(output):
    with Manager(output):
        output.append(1)
        with Manager(output):
            output.append(2)
        output.append(3)
    output.append(4)


for source in (1, 2, 4, 5, 6):
    for target in (1, 2, 3, 4, 5, 6):
        jump(managers, source, target)


def calls(output):
    output.append(
        len(
            "abc"))
    output.append([
        1,
        len("a"),
    ])
    return max(
        1,
        2)


for source in (1, 2, 3, 5, 6, 9):
    for target in (1, 2, 3, 4, 5, 6, 8, 9):
        jump(calls, source, target)


def generator():
    yield 1
    x = yield 2
    yield x
    yield 4


def generate(output):
    for value in generator():
        output.append(value)


def jump_inside(source, target, event):
    first = generator.__code__.co_firstlineno
    output, done = [], []

    def trace(frame, what, arg):
        if frame.f_code is generator.__code__ and what == event and frame.f_lineno == first + source and not done:
            done.append(True)
            frame.f_lineno = first + target
        return trace

    sys.settrace(trace)
    try:
        generate(output)
    except BaseException as error:
        output.append(f"{type(error).__name__}: {error}")
    finally:
        sys.settrace(None)
    print("generator", source, target, event, output)


for source in (1, 2, 3, 4):
    for target in (1, 2, 3, 4):
        for event in ("line", "call"):
            jump_inside(source, target, event)


def captures(output):
    value = 1
    inner = lambda: value
    output.append(inner())
    squares = [
        value
        for value in (2, 3)
        if (lambda: value)()]
    output.append(squares)
    output.append(value)


for source in (1, 2, 3, 4, 5, 6, 8, 9):
    for target in (1, 3, 4, 8, 9):
        jump(captures, source, target)


def deletes(output):
    if output:
        value = 1
    output.append(2)
    try:
        output.append(value)
    except NameError as error:
        output.append(str(error))


jump(deletes, 1, 5)
jump(deletes, 3, 2)


def errors(output):
    output.append(1)
    output.append(1 / 0)


jump(errors, 2, 1, "exception")
jump(errors, 2, 1, "return")
jump(errors, 0, 1, "call")

try:
    sys._getframe().f_lineno = 1
except ValueError as error:
    print(error)
try:
    del sys._getframe().f_lineno
except AttributeError as error:
    print(error)
