async def inner():
    return 1 / 0


async def outer():
    x = await inner()
    return x


outer().send(None)
