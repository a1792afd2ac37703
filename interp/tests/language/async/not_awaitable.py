from _drive import attempt, run


async def wait(value):
    return await value


def generator():
    yield


for value in (1, "text", None, [], print, generator(), wait):
    attempt(run, wait(value))


class ReturnsInt:
    def __await__(self):
        return 5


class ReturnsCoroutine:
    def __await__(self):
        return made


class Raises:
    def __await__(self):
        raise LookupError("no")


class NoneAwait:
    __await__ = None


made = wait(1)
attempt(run, wait(ReturnsInt()))
attempt(run, wait(ReturnsCoroutine()))
attempt(run, wait(Raises()))
attempt(run, wait(NoneAwait()))
made.close()


async def use_with(manager):
    async with manager as value:
        return value


class EnterInt:
    async def __aexit__(self, *args):
        pass

    def __aenter__(self):
        return 5


class ExitInt:
    async def __aenter__(self):
        return 1

    def __aexit__(self, *args):
        return 5


class Sync:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


class OnlyEnter:
    async def __aenter__(self):
        pass


for manager in (EnterInt(), ExitInt(), Sync(), OnlyEnter(), 5):
    attempt(run, use_with(manager))


async def use_for(iterable):
    async for item in iterable:
        print(item)


class NoNext:
    def __aiter__(self):
        return self


class IntNext(NoNext):
    def __anext__(self):
        return 5


class CoroutineIter:
    async def __aiter__(self):
        return self


class RaisingNext(NoNext):
    def __anext__(self):
        raise LookupError("anext")


class Iterable:
    def __iter__(self):
        return iter([1])


for iterable in (5, [1], Iterable(), NoNext(), IntNext(), RaisingNext()):
    attempt(run, use_for(iterable))
try:
    run(use_for(IntNext()))
except TypeError as error:
    print(repr(error.__cause__))


def yields_from(value):
    yield from value


c = wait(1)
attempt(next, yields_from(c))
c.close()
attempt(iter, wait)
c = wait(1)
attempt(iter, c)
attempt(next, c)
attempt(list, c)
c.close()
