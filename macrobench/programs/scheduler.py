"""A cooperative scheduler with tasks of several kinds that pass packets around.

Stresses: polymorphic method calls, attribute loads and stores, properties,
super() in small class hierarchies, keyword arguments. The simulated machine
has priorities, queues and two devices that finish after a delay.
"""

import sys


class Packet:
    """A message of four small numbers for one task."""

    def __init__(self, number, *, device=None):
        self.number = number
        self.device = device
        self.payload = [number * factor % 17 for factor in (1, 2, 3, 5)]
        self.hops = 0

    def digest(self):
        value = self.hops
        for item in self.payload:
            value = (value * 31 + item) & 0xFFFF
        return value


class Task:
    """Something that runs one step at a time while it has work."""

    kind = "task"

    def __init__(self, name, priority, scheduler):
        self.name = name
        self.priority = priority
        self.scheduler = scheduler
        self.inbox = []
        self.steps = 0
        self.held = False
        scheduler.add(self)

    @property
    def is_runnable(self):
        return not self.held and self.has_work()

    def has_work(self):
        return len(self.inbox) > 0

    def receive(self, packet):
        packet.hops += 1
        self.inbox.append(packet)

    def step(self):
        self.steps += 1
        self.work(self.inbox.pop(0))

    def work(self, packet):
        raise NotImplementedError(f"{type(self).__name__} does not work")

    def summary(self):
        return f"{self.kind} {self.name}: {self.steps} steps"


class Idle(Task):
    """Runs when nobody else can; releases the devices in pseudo-random order."""

    kind = "idle"

    def __init__(self, name, scheduler, budget, devices):
        super().__init__(name, 0, scheduler)
        self.budget = budget
        self.devices = devices
        self.state = 0x2F6E

    def has_work(self):
        return self.budget > 0

    def step(self):
        self.steps += 1
        self.budget -= 1
        low_bit = self.state & 1
        self.state >>= 1
        if low_bit:
            self.state ^= 0xB400
        self.devices[low_bit].held = False


class Worker(Task):
    """Changes the payload of a packet and hands it to a handler in turn."""

    kind = "worker"

    def __init__(self, name, priority, scheduler, handlers):
        super().__init__(name, priority, scheduler)
        self.handlers = handlers
        self.turn = 0

    def work(self, packet):
        payload = packet.payload
        for index, item in enumerate(payload):
            payload[index] = (item * 5 + self.turn) % 26
        self.turn = (self.turn + 1) % len(self.handlers)
        self.scheduler.send(packet, self.handlers[self.turn])


class Handler(Task):
    """Forwards a packet to its device, or sends it home when it has been there often enough."""

    kind = "handler"

    def __init__(self, name, priority, scheduler, device, home, *, max_hops=12):
        super().__init__(name, priority, scheduler)
        self.device = device
        self.home = home
        self.max_hops = max_hops

    def work(self, packet):
        if packet.hops < self.max_hops:
            packet.device = self.device
            self.scheduler.send(packet, self.device)
        else:
            self.scheduler.send(packet, self.home)


class Device(Task):
    """Holds itself after each packet until the idle task releases it."""

    kind = "device"

    def work(self, packet):
        packet.payload.append(packet.payload.pop(0))
        self.held = True
        self.scheduler.send(packet, self.scheduler.worker)


class Collector(Task):
    """The last station of every packet; starts a new one as long as some are left."""

    kind = "collector"

    def __init__(self, name, priority, scheduler, packets):
        super().__init__(name, priority, scheduler)
        self.remaining = packets
        self.finished = 0
        self.checksum = 0

    def work(self, packet):
        self.finished += 1
        self.checksum = (self.checksum * 33 + packet.digest()) % 1_000_003
        self.start_next()

    def start_next(self):
        if self.remaining > 0:
            self.remaining -= 1
            self.scheduler.send(Packet(self.remaining), self.scheduler.worker)


class Scheduler:
    """Always runs the runnable task of the highest priority."""

    def __init__(self):
        self.tasks = []
        self.worker = None
        self.dispatched = 0

    def add(self, task):
        self.tasks.append(task)
        self.tasks.sort(key=lambda task: task.priority, reverse=True)

    def send(self, packet, task):
        self.dispatched += 1
        task.receive(packet)

    def next_task(self):
        for task in self.tasks:
            if task.is_runnable:
                return task
        return None

    def run(self, until):
        while not until():
            task = self.next_task()
            if task is None:
                raise RuntimeError("all tasks are blocked")
            task.step()


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 25_000
    scheduler = Scheduler()
    collector = Collector("end", 1, scheduler, packets=size)
    disk = Device("disk", 5, scheduler)
    network = Device("network", 4, scheduler)
    handlers = [
        Handler("files", 3, scheduler, disk, collector),
        Handler("sockets", 3, scheduler, network, collector, max_hops=9),
    ]
    scheduler.worker = Worker("mixer", 2, scheduler, handlers)
    idle = Idle("idle", scheduler, budget=1000 * size, devices=(disk, network))

    for _ in range(4):
        collector.start_next()
    scheduler.run(until=lambda: collector.finished == size)

    assert all(not task.inbox for task in scheduler.tasks), "packets are left over"
    assert sum(task.steps for task in scheduler.tasks) - idle.steps == scheduler.dispatched
    summaries = "; ".join(task.summary() for task in scheduler.tasks)
    print(f"{collector.checksum}:{len(summaries)}:{scheduler.dispatched}:{idle.steps}")


if __name__ == "__main__":
    main()
