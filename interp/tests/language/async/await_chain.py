from _drive import Pause, run


async def leaf(n):
    a = await Pause(("leaf", n))
    b = await Pause(("again", a))
    return (n, a, b)


async def middle(n):
    first = await leaf(n)
    second = await leaf(n + 1)
    return [first, second]


async def top():
    rows = await middle(1)
    rows += await middle(10)
    return rows


print(run(top(), "abcdefgh"))


async def deep(n):
    if n == 0:
        return await Pause("bottom")
    return 1 + await deep(n - 1)


print(run(deep(300), [1000]))


async def nothing():
    return None


print(run(nothing()))


async def loop():
    total = 0
    for i in range(1000):
        total += await number(i)
    return total


async def number(i):
    return i


print(run(loop()))


class Plain:
    def __await__(self):
        return iter([1, 2, 3])


async def over_list_iterator():
    return await Plain()


print(run(over_list_iterator()))


async def in_expressions(x):
    values = [await number(1), await number(2)]
    named = {"a": await number(3), await number(4): "b"}
    call = max(await number(5), await number(6), key=lambda v: -v)
    text = f"{await number(7)}-{await number(8)!r:>3}"
    condition = "yes" if await number(0) else "no"
    chain = await number(1) < await number(2) < await number(3)
    both = await number(0) or await number(9)
    return values, named, call, text, condition, chain, both


print(run(in_expressions(1)))
