from _drive import Pause, run


def make(n):
    async def add(x):
        nonlocal n
        n += x
        await Pause(n)
        return n

    return add


add = make(10)
print(run(add(1)), run(add(2)))


async def closure_in_generator():
    total = 0

    def bump():
        nonlocal total
        total += 1
        return total

    for _ in range(3):
        yield bump()


async def main():
    print([x async for x in closure_in_generator()])

    class Local:
        value = [i for i in range(3)]

        async def method(self):
            return __class__.__name__, self.value

    print(await Local().method())
    global made_global
    made_global = await Pause("g")
    print(sorted(k for k in locals()))

    async def kwargs(a, /, b, *args, c=3, **rest):
        return a, b, args, c, rest

    print(await kwargs(1, 2, 4, 5, c=6, d=7))
    print(await (lambda v: kwargs(v, v))(9))
    match await kwargs(1, 2):
        case (a, b, (), c, {}):
            print("matched", a, b, c)
    while (x := await Pause("loop")) is not None:
        print("x", x)
    try:
        await fails()
    except* ValueError as group:
        print(group.exceptions)
    assert await yes(), "not shown"
    del x
    return made_global


async def fails():
    raise ExceptionGroup("eg", [ValueError(1)])


async def yes():
    return True


print(run(main(), ["global", "first", None]))
print(made_global)


class Meta:
    async def __call__(self, x):
        return x * 2

    async def __getitem__(self, key):
        return key

    @property
    async def prop(self):
        return "property"


async def dunders():
    m = Meta()
    return await m(4), await m["k"], await m.prop


print(run(dunders()))


def decorator(function):
    async def wrapper(*args):
        print("before")
        result = await function(*args)
        print("after")
        return result

    return wrapper


@decorator
async def decorated(x):
    return await Pause(x)


print(run(decorated("d"), ["r"]))
print(run(eval("make(1)(2)")))
namespace = {}
exec("async def made(): return 'by exec'", namespace)
print(run(namespace["made"]()))
