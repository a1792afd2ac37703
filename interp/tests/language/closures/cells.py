# Closures share cells, keep them alive, and see later changes.
def counter(start=0):
    n = start

    def up(by=1):
        nonlocal n
        n += by
        return n

    def get():
        return n

    return up, get


up, get = counter(10)
print(up(), up(5), get())
other, _ = counter()
print(
    other(), get(), up.__closure__[0].cell_contents, up.__code__.co_freevars,
    counter.__code__.co_cellvars,
)


def late():
    def show():
        return value

    value = 1
    first = show()
    value = 2
    return first, show()


print(late())


def loop():
    fs = []
    for i in range(3):
        def f():
            return i
        fs.append(f)
    return [f() for f in fs]


print(loop())


def argument_cell(a, *args, **kw):
    def inner():
        nonlocal a
        a = (a, args, kw)
        return a

    return inner


f = argument_cell(1, 2, k=3)
print(f(), f())
