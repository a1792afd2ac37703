from _drive import Pause, attempt, run


async def simple():
    return 1


c = simple()
attempt(run, c)
attempt(run, c)
attempt(c.send, None)
attempt(c.throw, ValueError("v"))
attempt(c.close)
attempt(next, iter(c.__await__()))


async def awaits(other):
    return await other


c = simple()
run(c)
attempt(run, awaits(c))

holder = []


async def awaits_itself():
    await holder[0]


c = awaits_itself()
holder.append(c)
attempt(run, c)


async def pauses():
    await Pause("p")


shared = pauses()
first, second = awaits(shared), awaits(shared)
attempt(first.send, None)
attempt(run, second)
attempt(run, first)


def uses_itself():
    attempt(holder[-1].send, None)
    attempt(holder[-1].throw, ValueError)
    attempt(holder[-1].close)


async def running():
    uses_itself()


c = running()
holder.append(c)
attempt(run, c)
