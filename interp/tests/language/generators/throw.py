# throw(): at start, caught inside, propagating, replaced.
def g():
    while True:
        try:
            yield "value"
        except ValueError as error:
            print("caught", error)
            yield "handled"
        except KeyError:
            return "returned"


a = g()
print(next(a), a.throw(ValueError("v")), next(a))
try:
    a.throw(KeyError)
except StopIteration as stop:
    print("stop", stop.value)
b = g()
try:
    b.throw(ValueError("before start"))
except ValueError as error:
    print(error, list(b))
c = g()
next(c)
try:
    c.throw(TypeError("not handled"))
except TypeError as error:
    print(error)
print(next(c, "finished"))


def replace():
    try:
        yield 1
    except ValueError:
        raise KeyError("replaced")


d = replace()
next(d)
try:
    d.throw(ValueError("original"))
except KeyError as error:
    print(error, repr(error.__context__))
try:
    g().throw(5)
except TypeError as error:
    print(error)
e = iter(g())
next(e)
print(e.throw(ValueError()))
finished = g()
finished.close()
try:
    finished.throw(ValueError("after close"))
except ValueError as error:
    print(error)
