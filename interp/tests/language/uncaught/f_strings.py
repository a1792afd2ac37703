import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


class Bad:
    def __format__(self, spec):
        raise ValueError(spec)

    def __repr__(self):
        raise TypeError("repr")


x = 5
show(lambda: f"{x:abc}")
show(lambda: f"{x!r:>{'a'}}")
show(lambda: f"{Bad():spec}")
show(lambda: f"{Bad()!r}")
show(lambda: f"a{x}b{undefined}c")
show(lambda: f"{x / 0:.2f} and {x}")
show(lambda: f"{x + ''}")
show(lambda: "{} {}".format(1))
show(lambda: "%d" % "a")
show(lambda: f"""{
    x
    / 0
}""")
print(f"é {x} {ü}")
