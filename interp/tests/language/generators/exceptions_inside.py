# try blocks that span yields; exception state of caller and generator.
def g():
    try:
        yield 1
        raise ValueError("inside")
    except ValueError as error:
        yield f"handling {error}"
        try:
            raise
        except ValueError as again:
            yield f"again {again}"
    else:
        yield "never"
    finally:
        yield "finally"
    yield "after"


print(list(g()))


def loop():
    for i in range(5):
        try:
            if i == 2:
                continue
            if i == 4:
                break
            yield i
        finally:
            yield f"f{i}"


print(list(loop()))
it = g()
try:
    raise KeyError("caller")
except KeyError as error:
    print(next(it), next(it))
    try:
        raise
    except KeyError as same:
        print(same is error)
    print(list(it))


def ret():
    try:
        yield 1
        return "r"
    finally:
        print("cleanup")


def use():
    value = yield from ret()
    yield value


print(list(use()))


def zero():
    yield 1
    yield 1 / 0
    yield 2


z = zero()
try:
    for value in z:
        print(value)
except ZeroDivisionError as error:
    print(error)
print(list(z))
