# send(): values into the generator; starting rules.
def echo():
    received = yield "ready"
    while received is not None:
        received = yield f"got {received}"
    return "over"


g = echo()
print(next(g), g.send(1), g.send("two"), g.send([3]))
try:
    g.send(None)
except StopIteration as stop:
    print(stop.value)
g = echo()
try:
    g.send("too early")
except TypeError as error:
    print(error)
print(g.send(None), next(g, "ended"))


def averager():
    total, count, average = 0, 0, None
    while True:
        total += yield average
        count += 1
        average = total / count


a = averager()
next(a)
print([a.send(x) for x in (10, 20, 60)])


def grep(pattern):
    hits = []
    while (line := (yield)) is not None:
        if pattern in line:
            hits.append(line)
    return hits


def run(coroutine, values):
    next(coroutine)
    try:
        for value in values:
            coroutine.send(value)
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


print(run(grep("a"), ["abc", "xyz", "bar"]))
x = []


def reentrant():
    try:
        next(x[0])
    except ValueError as error:
        yield str(error)


x.append(reentrant())
print(next(x[0]))
