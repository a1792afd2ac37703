# with: order, several managers, suppression, exceptions in enter and exit.
class M:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail

    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise ValueError("enter " + self.name)
        return self.name.upper()

    def __exit__(self, kind, error, tb):
        print("exit", self.name, kind and kind.__name__, error, tb is not None)
        if self.fail == "exit":
            raise KeyError("exit " + self.name)
        return self.suppress


with M("a") as x, M("b") as y:
    print(x, y)
with (
    M("p") as p,
    M("q"),
):
    print(p)
with M("s", suppress=True):
    raise ValueError("gone")
try:
    with M("outer"), M("inner"):
        raise ValueError("through")
except ValueError as error:
    print("caught", error)
try:
    with M("first"), M("second", fail="enter"):
        print("never")
except ValueError as error:
    print("caught", error)
try:
    with M("x", fail="exit"):
        raise ValueError("original")
except KeyError as error:
    print("caught", error, "context", repr(error.__context__))
with M("swallow", suppress=True), M("x", fail="exit"):
    pass


def f():
    for i in range(3):
        with M(str(i)):
            if i == 0:
                continue
            return i


print(f())
with M("t") as (a, *b):
    print(a, b)
for bad in (5, type("OnlyEnter", (), {"__enter__": lambda self: 1})()):
    try:
        with bad:
            pass
    except TypeError as error:
        print(error)
