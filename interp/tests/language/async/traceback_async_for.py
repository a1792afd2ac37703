async def numbers():
    yield 1
    raise ValueError("in the generator")


async def main():
    async for n in numbers():
        print(n)


main().send(None)
