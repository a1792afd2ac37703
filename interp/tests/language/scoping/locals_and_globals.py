# locals(), globals(), vars(), dir() without arguments.
def f(a, b=2):
    c = a + b
    inner = lambda: c
    before = dict(locals())
    d = 4
    return sorted(before), sorted(locals())


print(f(1))
print("f" in globals(), globals()["__name__"], "f" in dir(), locals() is globals())
globals()["made"] = 42
print(made)


class C:
    a = 1
    names = sorted(n for n in locals() if not n.startswith("__"))


print(C.names)


def g():
    x = 1
    return vars() == locals(), dir()


print(g())


def closure():
    v = 1

    def h():
        return v, locals()

    return h()


print(closure())
