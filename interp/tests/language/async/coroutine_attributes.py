from _drive import Pause, attempt, run


async def work(x):
    y = x + 1
    await Pause(y)
    return y


c = work(1)
print(type(c).__name__, type(c).__module__)
print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_origin, c.cr_code is work.__code__)
print(c.cr_frame.f_locals, c.cr_frame.f_lineno, c.cr_frame.f_back)
print(c.send(None))
print(c.cr_running, c.cr_suspended, type(c.cr_await).__name__)
print(c.cr_frame.f_locals, c.cr_frame.f_lineno, c.cr_frame is c.cr_frame)
attempt(c.send, None)
print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_frame)
print(c.__name__, c.__qualname__, repr(c)[:24])
c.__name__ = "other"
c.__qualname__ = "a.other"
print(c.__name__, c.__qualname__, repr(c)[:25])
attempt(setattr, c, "__name__", 5)
attempt(setattr, c, "__qualname__", b"x")
attempt(delattr, c, "__qualname__")
for name in ("cr_running", "cr_frame", "cr_code", "cr_await", "cr_origin", "cr_suspended"):
    attempt(setattr, c, name, None)
attempt(type(c))
attempt(setattr, c, "other", 1)
print([n for n in dir(c) if n.startswith("cr_") or n in ("send", "throw", "close", "__await__", "__iter__", "__del__")])

seen = []


async def looks():
    me = seen[0]
    print("running", me.cr_running, me.cr_suspended, me.cr_await, me.cr_frame.f_code.co_name)
    print(me.cr_frame.f_back.f_code.co_name)


c = looks()
seen.append(c)
run(c)

w = work(5).__await__()
print(type(w).__name__, type(w).__doc__)
print(iter(w) is w, next(w))
attempt(w.send, None)
attempt(w.send, None)
w = work(5).__await__()
next(w)
attempt(w.throw, KeyError("k"))
w = work(5).__await__()
attempt(w.close)
attempt(next, w)
attempt(type(w))
print(work.__code__.co_flags & 0x80 != 0, (lambda: 1).__code__.co_flags & 0x80 != 0)


class Holder:
    async def method(self):
        return await Pause("m")

    @staticmethod
    async def static():
        return "s"

    @classmethod
    async def of_class(cls):
        return cls.__name__


print(run(Holder().method()), run(Holder.static()), run(Holder.of_class()))
c = Holder().method()
print(c.__qualname__)
c.close()
