# Exception classes of one's own.
class AppError(Exception):
    """Base."""


class WithFields(AppError):
    def __init__(self, code, message="default"):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


class NoInit(AppError, KeyError):
    pass


class Plain(AppError):
    def __init__(self, a, b):
        self.a, self.b = a, b


for make in (
    lambda: WithFields(7), lambda: WithFields(8, "text"), lambda: NoInit("k"), lambda: Plain(1, 2),
    lambda: AppError(),
):
    try:
        raise make()
    except AppError as error:
        print(
            type(error).__name__, "|", error, "|", repr(error), "|", error.args,
            isinstance(error, KeyError),
        )
e = WithFields(1)
e.extra = "attribute"
print(
    e.extra, e.__dict__, e.__traceback__, WithFields.__doc__, AppError.__doc__,
    issubclass(AppError, Exception),
)
e.add_note("a note")
e.add_note("another")
print(e.__notes__)
print(
    Exception("a") == Exception("a"), ValueError(1).with_traceback(None), BaseException(1, 2).args,
)
x = ValueError("m")
x.args = ("changed", 2)
print(x, repr(x))
try:
    raise WithFields
except TypeError as error:
    print(error)
