from _tracer import trace


def generator():
    yield 1
    x = yield 2
    return 3


def plain():
    yield 1


def loop():
    for i in generator():
        pass
    for i in plain(): pass


def by_hand():
    g = generator()
    next(g)
    g.send(None)
    try:
        g.send(5)
    except StopIteration as stop:
        return stop.value


def thrown():
    g = generator()
    next(g)
    try:
        g.throw(KeyError("k"))
    except KeyError:
        pass
    g = generator()
    try:
        g.throw(KeyError("not started"))
    except KeyError:
        pass


def catches():
    while True:
        try:
            yield "ready"
        except ValueError:
            x = 1


def thrown_and_caught():
    g = catches()
    next(g)
    g.throw(ValueError)
    g.close()


def delegates():
    result = yield from generator()
    return result


def use_delegates():
    return list(delegates())


class Iterator:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration


def own_iterator():
    for i in Iterator():
        pass
    return [i for i in Iterator()]


def suspended_elsewhere():
    return next(made), next(made, "end")


made = plain()
trace(loop)
trace(by_hand)
trace(thrown)
trace(thrown_and_caught)
trace(use_delegates)
trace(own_iterator)
trace(suspended_elsewhere)
