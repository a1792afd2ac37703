async def main():
    await print("called, then awaited")


main().send(None)
