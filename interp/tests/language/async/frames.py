import sys

from _drive import Pause, attempt, run


async def inner():
    frame = sys._getframe()
    names = []
    while names[-1:] != ["<module>"]:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    print(names)
    await Pause("p")
    x = 5
    await Pause("q")


async def outer():
    await inner()


c = outer()
c.send(None)
frame = c.cr_frame
print(frame.f_code.co_name, frame.f_back, frame.f_locals)
i = c.cr_await
print(i.cr_frame.f_lineno - i.cr_code.co_firstlineno, sorted(i.cr_frame.f_locals))
c.send(None)
print(i.cr_frame.f_lineno - i.cr_code.co_firstlineno, i.cr_frame.f_locals["x"], c.cr_frame is frame)
inner_frame = i.cr_frame
attempt(c.send, None)
print(c.cr_frame, i.cr_frame, inner_frame.f_locals["x"], inner_frame.f_lineno - inner_frame.f_code.co_firstlineno)


def generator():
    a = 1
    yield a
    b = 2
    yield b


g = generator()
frame = g.gi_frame
print(frame.f_locals, frame.f_lineno, frame.f_lasti >= 0)
next(g)
print(g.gi_frame is frame, frame.f_locals, frame.f_lineno)
next(g)
print(frame.f_locals, frame.f_lineno)
frame.clear()
print(frame.f_locals, g.gi_frame)
attempt(next, g)


async def cleared():
    try:
        await Pause(1)
    finally:
        print("cleared: finally")


c = cleared()
c.send(None)
f = c.cr_frame
f.clear()
print(c.cr_frame, f.f_locals)
attempt(sys._getframe().clear)
g = generator()
f = g.gi_frame
g.close()
print(g.gi_frame, f.f_locals, f.f_lineno)
