async def inner(x):
    return 1 / x


async def middle(x):
    return await inner(x)


async def outer():
    await middle(1)
    print("one is fine")
    await middle(0)


outer().send(None)
