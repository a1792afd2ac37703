# getattr, setattr, hasattr, delattr, vars, dir, id, callable.
class C:
    a = 1

    def __init__(self):
        self.b = 2

    def method(self):
        pass


c = C()
print(
    getattr(c, "a"), getattr(c, "b"), getattr(c, "z", "default"), hasattr(c, "a"), hasattr(c, "z"),
    hasattr(C, "b"), hasattr(5, "real"),
)
setattr(c, "z", 3)
setattr(C, "w", 4)
delattr(c, "b")
print(
    c.z, c.w, vars(c), [n for n in dir(c) if not n.startswith("__")],
    [n for n in dir(C) if not n.startswith("__")], id(c) == id(c), callable(c.method), callable(c),
)
print(getattr(c, "not an identifier", 0), setattr(c, "not an identifier", 1), vars(c))
for bad in (
    lambda: getattr(c, "nope"), lambda: getattr(c), lambda: getattr(c, 5), lambda: setattr(c, "x"),
    lambda: delattr(c, "nope"), lambda: hasattr(c, 1), lambda: vars(5),
    lambda: setattr(C.method, 5, 1),
):
    try:
        bad()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
print(
    "append" in dir([]), "__add__" in dir(5), dir(type("Z", (), {"q": 1}))[-1],
    sorted(vars(type("Y", (), {"k": 1, "j": 2})).keys() & {"k", "j"}),
)
