import sys


def work(a):
    b = 2
    c = lambda: a
    b = b
    return a, b, c()


def changes(frame, event, arg):
    values = frame.f_locals
    if event == "line" and frame.f_lineno == frame.f_code.co_firstlineno + 3:
        values["b"] = "changed"
    if event == "line" and frame.f_lineno == frame.f_code.co_firstlineno + 2:
        values["a"] = "changed cell"
        values["new"] = "kept"
    print(event, {k: v for k, v in values.items() if not callable(v)})
    return changes


sys.settrace(changes)
result = work(1)
sys.settrace(None)
print(result)


def shows(a, *args, k=1, **kwargs):
    x = a
    del x
    for y in args:
        pass
    return locals()


def tracer(frame, event, arg):
    print(event, sorted(frame.f_locals.items(), key=str), frame.f_locals is frame.f_locals)
    return tracer


sys.settrace(tracer)
shows(1, 2, 3, k=4, z=5)
sys.settrace(None)


def snapshot():
    frame = sys._getframe()
    x = 1
    first = frame.f_locals
    print(sorted(first), first["x"])
    x = 2
    print(first["x"], frame.f_locals["x"], first["x"], first is frame.f_locals)
    first["x"] = 99
    print(x, frame.f_locals["x"])
    frame.f_locals["extra"] = 1
    print("extra" in frame.f_locals, "extra" in locals())
    return frame


frame = snapshot()
print(frame.f_locals["x"], frame.f_back is sys._getframe())
frame.clear()
print(frame.f_locals)
