import sys


class Bad:
    def __str__(self):
        raise ValueError

    __repr__ = __str__


class Odd:
    def __repr__(self):
        return "odd\nnotes"


for notes in (["a", 1, None, Bad()], ("t", "u"), "text", Odd(), Bad(), 5, {"k": "v"}, b"bytes"):
    error = ValueError("x")
    error.__notes__ = notes
    sys.excepthook(ValueError, error, None)
error = ValueError("last")
error.__notes__ = []
raise error
