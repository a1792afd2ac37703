"""A small event loop, with tasks, sleep, futures and a queue."""
from _drive import iterable_coroutine


class Future:
    def __init__(self):
        self.done, self.value, self.error, self.waiters = False, None, None, []

    def set(self, value):
        self.done, self.value = True, value
        for task in self.waiters:
            LOOP.ready.append(task)

    def fail(self, error):
        self.error = error
        self.set(None)

    def __await__(self):
        if not self.done:
            yield self
        if self.error:
            raise self.error
        return self.value


class Task(Future):
    def __init__(self, coroutine, name):
        super().__init__()
        self.coroutine, self.name, self.cancelling = coroutine, name, False
        LOOP.ready.append(self)

    def cancel(self):
        self.cancelling = True
        LOOP.ready.append(self)

    def step(self):
        if self.done:
            return
        try:
            if self.cancelling:
                self.cancelling = False
                out = self.coroutine.throw(Cancelled())
            else:
                out = self.coroutine.send(None)
        except StopIteration as stop:
            self.set(stop.value)
        except Exception as error:
            self.fail(error)
        else:
            if out is None:
                LOOP.ready.append(self)
            else:
                out.waiters.append(self)


class Cancelled(Exception):
    pass


class Loop:
    def __init__(self):
        self.ready, self.time, self.timers = [], 0, []

    def run(self, coroutine):
        task = Task(coroutine, "main")
        while not task.done:
            while self.ready:
                self.ready.pop(0).step()
            if self.timers and not task.done:
                self.timers.sort(key=lambda row: row[:2])
                self.time, _, future = self.timers.pop(0)
                future.set(self.time)
        if task.error:
            raise task.error
        return task.value


@iterable_coroutine
def switch():
    yield


def sleep(seconds):
    future = Future()
    LOOP.timers.append((LOOP.time + seconds, len(LOOP.timers), future))
    return future


async def gather(*coroutines):
    tasks = [Task(c, i) for i, c in enumerate(coroutines)]
    return [await task for task in tasks]


LOOP = Loop()


async def worker(name, times):
    for t in times:
        at = await sleep(t)
        print(at, name)
    return name


async def main():
    print(await gather(worker("a", [1, 2, 3]), worker("b", [2, 2]), worker("c", [])))
    queue, items = [], []

    async def produce():
        for i in range(5):
            queue.append(i)
            await switch()
        queue.append(None)

    async def consume():
        while True:
            while not queue:
                await switch()
            item = queue.pop(0)
            if item is None:
                return items
            items.append(item)

    print(await gather(produce(), consume()))

    async def fails():
        await sleep(1)
        raise ValueError("failed task")

    try:
        await gather(fails(), worker("d", [5]))
    except ValueError as error:
        print("caught", error)

    async def cancelled():
        try:
            await sleep(100)
        except Cancelled:
            print("cancelled")
            raise
        finally:
            await switch()
            print("cleaned up")

    task = Task(cancelled(), "x")
    await switch()
    await switch()
    task.cancel()
    try:
        await task
    except Cancelled as error:
        print("task ended with", type(error).__name__)

    async def ticks(n):
        for i in range(n):
            await sleep(1)
            yield LOOP.time

    start = LOOP.time
    async for t in ticks(3):
        print("tick", t - start)
    return "done"


print(LOOP.run(main()))
