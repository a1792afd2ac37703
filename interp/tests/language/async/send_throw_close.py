from _drive import Pause, attempt, run


async def talk():
    try:
        got = await Pause("first")
        print("got", got)
        got = await Pause("second")
        print("got", got)
    except ValueError as error:
        print("caught", error)
        return await Pause("after error")
    finally:
        print("finally")


c = talk()
attempt(c.send, None)
attempt(c.send, 1)
attempt(c.send, 2)
attempt(c.send, 3)

c = talk()
attempt(c.send, 5)
attempt(c.send, None)
attempt(c.throw, ValueError("thrown"))
attempt(c.send, "result")
attempt(c.throw, ValueError("late"))
attempt(c.close)

c = talk()
attempt(c.send, None)
attempt(c.throw, KeyError("k"))
attempt(c.send, None)

c = talk()
attempt(c.throw, KeyError)
attempt(c.send, None)

c = talk()
attempt(c.close)
attempt(c.send, None)

c = talk()
attempt(c.send, None)
attempt(c.close)
attempt(c.close)


async def stubborn():
    while True:
        try:
            await Pause("stay")
        except GeneratorExit:
            print("ignored")


c = stubborn()
attempt(c.send, None)
attempt(c.close)
try:
    c.throw(KeyError)
except KeyError:
    print("ended by", "KeyError")


async def replaces():
    try:
        await Pause(1)
    finally:
        raise OSError("from finally")


c = replaces()
attempt(c.send, None)
attempt(c.close)


async def returns_on_exit():
    try:
        await Pause(1)
    except GeneratorExit:
        return 5


c = returns_on_exit()
attempt(c.send, None)
attempt(c.close)
attempt(c.throw, 5)
attempt(c.throw, "text")
c = talk()
attempt(c.send, None)
attempt(c.throw, ValueError)
attempt(c.close)
c.close()
