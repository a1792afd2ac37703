import sys

from _drive import Pause, attempt, run


async def handles():
    try:
        raise ValueError("inner")
    except ValueError:
        print("before", sys.exception())
        await Pause("in handler")
        print("after", sys.exception())
        try:
            await other()
        except KeyError as error:
            print(repr(error.__context__))
        print("still", sys.exception())
    print("out", sys.exception())


async def other():
    print("other sees", sys.exception())
    await Pause("in other")
    raise KeyError("k")


c = handles()
try:
    raise OSError("driver")
except OSError:
    print(c.send(None), sys.exception())
    print(c.send(None), sys.exception())
attempt(c.send, None)
print(sys.exception())


async def generator():
    try:
        yield 1
    except ValueError as error:
        print("thrown with context", repr(error.__context__))
        raise
    finally:
        print("finally sees", repr(sys.exception()))


async def consumer():
    g = generator()
    await anext(g)
    try:
        raise KeyError("consumer's")
    except KeyError:
        try:
            await g.athrow(ValueError("v"))
        except ValueError as error:
            print(repr(error.__context__), repr(sys.exception()))
        print(repr(sys.exception()))


run(consumer())


async def chain():
    try:
        await raises()
    except ValueError as error:
        raise RuntimeError("wrapped") from error


async def raises():
    await Pause(1)
    raise ValueError("original")


try:
    run(chain())
except RuntimeError as error:
    print(repr(error.__cause__), repr(error.__context__))
    names = []
    tb = error.__traceback__
    while tb:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print(names)
    tb, names = error.__cause__.__traceback__, []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno))
        tb = tb.tb_next
    print(names)


async def finally_returns():
    try:
        await raises()
    finally:
        return "swallowed"


print(run(finally_returns()))


async def else_and_finally():
    try:
        result = await Pause("try")
    except ValueError:
        print("not here")
    else:
        print("else", result)
        result = await Pause("else")
    finally:
        print("finally", result)
        await Pause("finally")
    return result


print(run(else_and_finally(), "abc"))
