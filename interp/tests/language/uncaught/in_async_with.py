class Manager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        raise RuntimeError("in aexit")


async def main():
    async with Manager() as m:
        raise ValueError("body")


try:
    main().send(None)
except StopIteration:
    pass
