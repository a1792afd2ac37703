from _tracer import trace


def caught():
    try:
        raise ValueError("v")
    except ValueError as e:
        pass
    finally:
        y = 1


def outer():
    inner()


def inner():
    1 / 0


def not_matched():
    try:
        inner()
    except KeyError:
        return 1
    else:
        return 2


def reraised():
    try:
        inner()
    except ZeroDivisionError:
        x = 1
        raise


def chained():
    try:
        inner()
    except ZeroDivisionError as error:
        raise LookupError("chained") from error


def in_finally():
    try:
        inner()
    finally:
        x = 1
        y = 2


def finally_swallows():
    try:
        inner()
    finally:
        return "swallowed"


def with_suppress():
    with Suppress():
        inner()
    return "after"


class Suppress:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return True


def in_with():
    with Plain() as p:
        inner()


class Plain(Suppress):
    def __exit__(self, *args):
        pass


def groups():
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError:
        x = 1
    except* TypeError:
        x = 2
    return x


def loop():
    for i in range(2):
        try:
            if i:
                inner()
        except ZeroDivisionError:
            continue


def from_native():
    return int("x")


def through_native():
    return sorted([1, 2], key=lambda x: 1 / 0)


trace(caught)
trace(outer)
trace(not_matched)
trace(reraised)
trace(chained)
trace(in_finally)
trace(finally_swallows)
trace(with_suppress)
trace(in_with)
trace(groups)
trace(loop)
trace(from_native)
trace(through_native)
