class Pause:
    def __await__(self):
        yield 1


async def inner():
    await Pause()


async def main():
    await inner()


c = main()
print(c.send(None))
c.throw(LookupError("thrown from outside"))
