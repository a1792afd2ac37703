from _drive import Pause, attempt


class Recorder:
    """Records what throw() gets."""

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def send(self, value):
        print("  send", value)
        return "sent"

    def throw(self, *args):
        print("  throw", [a if isinstance(a, type) else repr(a) for a in args])
        if args[0] is KeyError:
            raise StopIteration("from throw")
        return "thrown"

    def close(self):
        print("  close")


async def inner():
    return await Recorder()


async def outer():
    result = await inner()
    print("  outer has", result)
    return result


c = outer()
attempt(c.send, None)
attempt(c.send, 1)
attempt(c.throw, ValueError)
attempt(c.throw, ValueError("instance"))
attempt(c.send, None)
attempt(c.throw, KeyError)

c = outer()
attempt(c.send, None)
attempt(c.close)

c = outer()
attempt(c.send, None)
attempt(c.throw, GeneratorExit)


class NoThrow:
    def __await__(self):
        return iter("ab")


async def no_throw():
    try:
        await NoThrow()
    except ValueError as error:
        return "caught " + str(error)


c = no_throw()
attempt(c.send, None)
attempt(c.throw, ValueError("x"))


class BadClose(Recorder):
    def close(self):
        raise OSError("close failed")


async def bad_close():
    await BadClose()


c = bad_close()
attempt(c.send, None)
attempt(c.close)


async def catches():
    try:
        await Pause("a")
    except ValueError:
        await Pause("b")
        return "inner done"


async def chain():
    value = await catches()
    return value + "!"


c = chain()
attempt(c.send, None)
attempt(c.throw, ValueError)
attempt(c.send, None)
