# GET_AWAITABLE, GET_AITER, GET_ANEXT, BEFORE_ASYNC_WITH, END_ASYNC_FOR, SEND, YIELD_VALUE, CLEANUP_THROW.
class Pause:
    def __await__(self):
        return (yield 'paused')


class Count:
    def __init__(self, stop):
        self.n, self.stop = 0, stop

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.n += 1
        if self.n > self.stop:
            raise StopAsyncIteration
        return self.n


class Context:
    async def __aenter__(self):
        return 'entered'

    async def __aexit__(self, *details):
        print('exit', details[0])
        return True


async def work():
    async for x in Count(2):
        print('item', x)
    else:
        print('done')
    async with Context() as c:
        print(c)
        raise ValueError
    print([x async for x in Count(3)], {x: 1 async for x in Count(1)})
    print('sent', await Pause())
    try:
        await Pause()
    except KeyError as error:
        return 'caught', error


def inner():
    try:
        got = yield 1
        print('got', got)
        yield 2
    except LookupError as error:
        yield 'handled ' + type(error).__name__
    return 'result'


def outer():
    return (yield from inner())


c = work()
print(c.send(None))
print(c.send('value'))
try:
    c.throw(KeyError('k'))
except StopIteration as stop:
    print(stop.value)
g = outer()
print(next(g), g.send('x'), g.throw(IndexError))
try:
    next(g)
except StopIteration as stop:
    print(stop.value)
print(list(outer()))
