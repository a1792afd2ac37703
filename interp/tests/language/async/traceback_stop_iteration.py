async def main():
    next(iter(()))


main().send(None)
