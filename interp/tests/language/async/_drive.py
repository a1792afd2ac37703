"""What drives coroutines in these tests: there is no event loop."""


class Pause:
    """An awaitable that hands out a value and gives back what is sent."""

    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return (yield self.value)


def iterable_coroutine(function):
    """A generator function whose generators can be awaited, as types.coroutine makes one."""
    code = function.__code__
    function.__code__ = code.replace(co_flags=code.co_flags | 0x100)
    return function


def run(coroutine, replies=()):
    """Runs a coroutine to its end; prints what it hands out, answers from replies."""
    replies = iter(replies)
    sent = None
    while True:
        try:
            out = coroutine.send(sent)
        except StopIteration as stop:
            return stop.value
        print("  out:", out)
        sent = next(replies, None)


def attempt(function, *args):
    """Calls; prints what it returns or raises."""
    try:
        print("  ->", function(*args))
    except BaseException as error:
        print("  !!", type(error).__name__, *error.args)
