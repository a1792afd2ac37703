async def numbers():
    for i in (2, 1, 0):
        yield i


async def main():
    return [
        10 // i
        async for i in numbers()
    ]


main().send(None)
