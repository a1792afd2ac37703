from _drive import Pause, run


class Count:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        self.i = 0
        return self

    async def __anext__(self):
        if self.i == self.n:
            raise StopAsyncIteration
        self.i += 1
        await Pause(("wait", self.i))
        return self.i


async def plain():
    result = []
    async for i in Count(3):
        result.append(i)
    return result


print(run(plain()))


async def with_else(stop):
    async for i in Count(4):
        if i == stop:
            print("break at", i)
            break
        if i == 2:
            continue
        print("body", i)
    else:
        print("else")
    return i


print(run(with_else(3)))
print(run(with_else(9)))


async def nested():
    pairs = []
    async for a in Count(2):
        async for b in Count(a):
            pairs.append((a, b))
    return pairs


print(run(nested()))


async def targets():
    class Pairs(Count):
        async def __anext__(self):
            i = await super().__anext__()
            return i, (i * 10, i * 100)

    d = {}
    async for d["key"], (a, *rest) in Pairs(2):
        print(d, a, rest)


run(targets())


async def raises_in_body():
    try:
        async for i in Count(3):
            if i == 2:
                raise ValueError(i)
    except ValueError as error:
        print("caught", error)


run(raises_in_body())


class Fails(Count):
    async def __anext__(self):
        if self.i == 1:
            raise KeyError("anext")
        self.i += 1
        return self.i


async def raises_in_next():
    try:
        async for i in Fails(3):
            print(i)
        else:
            print("not reached")
    except KeyError as error:
        print("caught", error)


run(raises_in_next())


async def stop_in_body():
    try:
        async for i in Count(3):
            raise StopAsyncIteration("mine")
    except StopAsyncIteration as error:
        return error.args


print(run(stop_in_body()))


async def return_inside():
    async for i in Count(3):
        try:
            return "returned", i
        finally:
            print("finally")


print(run(return_inside()))
