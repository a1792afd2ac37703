# Simulation with a priority queue, callbacks and generators as processes.
class Simulation:
    def __init__(self):
        self.now, self.queue, self.sequence, self.log = 0, [], 0, []

    def schedule(self, delay, action, *args, **kwargs):
        self.sequence += 1
        entry = (self.now + delay, self.sequence, action, args, kwargs)
        position = len(self.queue)
        self.queue.append(entry)
        while position and self.queue[position - 1][:2] > entry[:2]:
            self.queue[position] = self.queue[position - 1]
            position -= 1
        self.queue[position] = entry

    def process(self, generator):
        def step(value=None):
            try:
                delay = generator.send(value)
            except StopIteration as stop:
                self.log.append((self.now, "finished", stop.value))
            except Exception as error:
                self.log.append((self.now, type(error).__name__, str(error)))
            else:
                self.schedule(delay, step, self.now)

        self.schedule(0, step)

    def run(self, until=100):
        while self.queue and self.queue[0][0] <= until:
            self.now, _, action, args, kwargs = self.queue.pop(0)
            action(*args, **kwargs)


sim = Simulation()


def worker(name, pauses, fail_at=None):
    for i, pause in enumerate(pauses):
        if i == fail_at:
            raise RuntimeError(f"{name} failed")
        woke = yield pause
        sim.log.append((sim.now, name, woke))
    return f"{name} did {len(pauses)}"


sim.process(worker("a", [3, 5, 2]))
sim.process(worker("b", [4, 4]))
sim.process(worker("c", [1, 1, 1], fail_at=2))
sim.schedule(
    6, lambda text, *, loud=False: sim.log.append((sim.now, text.upper() if loud else text)),
    "bell", loud=True,
)
sim.run()
for entry in sim.log:
    print(*entry)
