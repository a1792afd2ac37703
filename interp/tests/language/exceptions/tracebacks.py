# Traceback objects: line numbers and names of each frame.
def lines(tb):
    result = []
    while tb is not None:
        result.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return result


def bottom():
    x = 1
    return x / 0


def middle():
    bottom()


def top():
    try:
        middle()
    except ZeroDivisionError:
        raise


try:
    top()
except ZeroDivisionError as error:
    print(lines(error.__traceback__))
    saved = error
try:
    raise saved
except ZeroDivisionError as error:
    print(lines(error.__traceback__), error is saved)
try:
    raise saved.with_traceback(None)
except ZeroDivisionError as error:
    print(lines(error.__traceback__))


def gen():
    yield 1
    raise KeyError("in generator")


try:
    for _ in gen():
        pass
except KeyError as error:
    print(lines(error.__traceback__))


class C:
    @property
    def p(self):
        return [1, 2][5]


try:
    C().p
except IndexError as error:
    print(lines(error.__traceback__))
try:
    (lambda: sorted([1, 2], key=lambda x: x.nope))()
except AttributeError as error:
    print(lines(error.__traceback__))
