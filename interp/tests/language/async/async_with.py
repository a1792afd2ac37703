from _drive import Pause, attempt, run


class Manager:
    def __init__(self, name, suppress=False):
        self.name, self.suppress = name, suppress

    async def __aenter__(self):
        await Pause(("enter", self.name))
        return self.name.upper()

    async def __aexit__(self, kind, error, traceback):
        await Pause(("exit", self.name))
        print("exit", self.name, kind and kind.__name__, error, traceback is not None)
        return self.suppress


async def plain():
    async with Manager("a") as value:
        print("body", value)
    return value


print(run(plain()))


async def two():
    async with Manager("a") as first, Manager("b") as second:
        print(first, second)
    async with (
        Manager("c"),
        Manager("d") as fourth,
    ):
        print(fourth)


run(two())


async def suppressed():
    async with Manager("outer") as name:
        async with Manager("inner", suppress=True):
            raise ValueError("lost")
        print("after inner")
    return "end"


print(run(suppressed()))


async def not_suppressed():
    async with Manager("outer"):
        async with Manager("inner"):
            raise ValueError("kept")


attempt(run, not_suppressed())


async def leaves():
    for i in range(3):
        async with Manager(str(i)):
            if i == 0:
                continue
            if i == 1:
                break
    async with Manager("return"):
        return "value"


print(run(leaves()))


class ExitFails(Manager):
    async def __aexit__(self, *args):
        raise KeyError("exit failed")


async def exit_fails():
    async with ExitFails("x"):
        raise ValueError("body")


try:
    run(exit_fails())
except KeyError as error:
    print(repr(error), repr(error.__context__))


class EnterFails(Manager):
    async def __aenter__(self):
        raise KeyError("enter failed")


async def enter_fails():
    async with Manager("before"):
        async with EnterFails("x"):
            print("not reached")


attempt(run, enter_fails())


async def thrown_in():
    async with Manager("t", suppress=True):
        await Pause("waiting")
    return "survived"


c = thrown_in()
print(c.send(None))
print(c.send(None))
print(c.throw(RuntimeError("thrown")))
attempt(c.send, None)


class Truthy:
    def __bool__(self):
        print("bool asked")
        return True


class ExitTruthy(Manager):
    async def __aexit__(self, *args):
        return Truthy()


async def truthy():
    async with ExitTruthy("x"):
        raise ValueError
    async with ExitTruthy("y"):
        pass


run(truthy())
