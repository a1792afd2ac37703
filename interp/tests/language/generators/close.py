# close(): GeneratorExit, finally, yielding while closing.
def g(name):
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit", name)
        raise
    finally:
        print("finally", name)


a = g("a")
next(a)
print(a.close(), next(a, "closed"))
b = g("never started")
b.close()
print(list(b))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


c = stubborn()
next(c)
try:
    c.close()
except RuntimeError as error:
    print(error)


def swallow():
    try:
        yield 1
    except GeneratorExit:
        pass


d = swallow()
next(d)
print(d.close())


def raises():
    try:
        yield 1
    finally:
        raise ValueError("while closing")


e = raises()
next(e)
try:
    e.close()
except ValueError as error:
    print(error)


def with_block():
    class M:
        def __enter__(self):
            return self

        def __exit__(self, *args):
            print("exited", args[0].__name__)

    with M():
        yield "inside"


f = with_block()
print(next(f))
f.close()
exhausted = g("x")
print(list(exhausted), exhausted.close())
