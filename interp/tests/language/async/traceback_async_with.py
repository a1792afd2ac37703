class Manager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        raise KeyError("while leaving")


async def main():
    async with Manager():
        raise ValueError("in the body")


main().send(None)
