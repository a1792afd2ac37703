# StopIteration: values, in generators, from next().
def g():
    yield 1
    return "result"


it = g()
next(it)
try:
    next(it)
except StopIteration as stop:
    print(stop.value, stop.args)
try:
    next(it)
except StopIteration as stop:
    print(stop.value)


def raises():
    yield 1
    raise StopIteration("inside")


try:
    list(raises())
except RuntimeError as error:
    print(error, repr(error.__cause__))


def leaks():
    yield next(iter([]))


try:
    list(leaks())
except RuntimeError as error:
    print(error)
print(next(iter([]), "default"), list(zip([1, 2], iter([]))))


class It:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(7)


print(list(It()), next(It(), None))


def delegating():
    result = yield from g()
    print("got", result)
    value = yield from It()
    print("value", value)


print(list(delegating()))
