import sys


class BadStr(Exception):
    def __str__(self):
        raise ValueError("in str")


class NotText(Exception):
    def __str__(self):
        return 5


class BadArgument:
    def __repr__(self):
        raise TypeError("in repr")

    def __str__(self):
        raise TypeError("in str")


class Empty(Exception):
    def __str__(self):
        return ""


class Lines(Exception):
    def __str__(self):
        return "one\ntwo\n"


for error in (BadStr(1), NotText(1), ValueError(BadArgument()), ValueError(1, BadArgument()),
              KeyError(BadArgument()), Empty(1), Lines(), ValueError(""), ValueError(None),
              ValueError("\n"), KeyError("a\nb"), KeyError(""), KeyError(), KeyError(1, 2),
              OSError(1000, "text"), OSError(1000, "text", "file"), OSError("one"), UnicodeError("u"),
              StopIteration(3), AssertionError("a"), ValueError(b"x"), ValueError([1, "a"])):
    sys.excepthook(type(error), error, None)
try:
    raise BadStr("chained")
except BadStr as error:
    raise BadStr("last") from error
