from _drive import Pause, run


async def count(n):
    for i in range(n):
        await Pause(i) if i == 1 else None
        yield i


async def double(x):
    return 2 * x


async def main():
    print([i async for i in count(3)])
    print({i async for i in count(3)})
    print({i: i * i async for i in count(3)})
    print([i async for i in count(5) if i % 2])
    print([await double(i) for i in range(3)])
    print([await double(i) async for i in count(3) if await double(i) > 1])
    print([(i, j) async for i in count(2) for j in range(2)])
    print([(i, j) for i in range(2) async for j in count(2)])
    print({await double(i): await double(i + 1) for i in range(2)})
    print([[j async for j in count(i)] for i in range(3)])
    print([[await double(j) for j in range(i)] async for i in count(3)])
    generator = (i * 10 async for i in count(3))
    print(type(generator).__name__, generator.__name__, generator.__qualname__)
    print([i async for i in generator])
    generator = (await double(i) for i in range(3))
    print(type(generator).__name__)
    async for i in generator:
        print("item", i)
    print([x async for x in (y async for y in count(3))])
    first = [i async for i in count(2)] + [i async for i in count(1)]
    print(first)
    i = "kept"
    [i async for i in count(3)]
    print(i)
    funcs = [lambda: i async for i in count(3)]
    print([f() for f in funcs])
    total = sum([x async for x in count(4)])
    print(total, *[x async for x in count(2)], sep=",")


run(main())


async def errors():
    try:
        [i async for i in 5]
    except TypeError as error:
        print(error)
    try:
        [1 / i async for i in count(2)]
    except ZeroDivisionError as error:
        print(error)
    try:
        list(i async for i in count(2))
    except TypeError as error:
        print(error)
    try:
        [i for i in count(2)]
    except TypeError as error:
        print(error)


run(errors())


async def conditional(flag):
    return [i async for i in count(2)] if flag else "none"


print(run(conditional(True)), run(conditional(False)))
