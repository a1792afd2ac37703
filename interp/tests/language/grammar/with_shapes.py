# with in loops, functions, generators, comprehension arguments; return, break and exceptions.
class M:
    log = []

    def __init__(self, name, swallow=()):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        self.log.append("+" + self.name)
        return self

    def __exit__(self, kind, value, tb):
        self.log.append("-" + self.name + ("!" if kind else ""))
        return kind is not None and issubclass(kind, self.swallow)


def done(result):
    text = " ".join(M.log)
    M.log.clear()
    print(result, text)


def loop():
    out = []
    for i in range(4):
        with M(f"a{i}") as a, M("b", ValueError):
            if i == 0:
                continue
            if i == 1:
                raise ValueError
            if i == 2:
                out.append(a.name)
                break
        out.append("after")
    return out


done(loop())


def returns():
    with M("x"):
        with M("y"):
            return [m.name for m in (M("p"), M("q"))]


done(returns())


def swallowed():
    with M("s", (KeyError, IndexError)):
        {}["missing"]
        return "never"
    return "continued"


done(swallowed())


def generator():
    with M("g"):
        yield 1
        with M("h", ValueError):
            yield 2
            raise ValueError
        yield 3


done(list(generator()))


def nested_error():
    try:
        with M("o"):
            try:
                with M("i"):
                    1 / 0
            finally:
                M.log.append("finally")
    except ZeroDivisionError as error:
        return str(error)


done(nested_error())


def while_with():
    n = 3
    while n:
        with M(str(n)):
            n -= 1
            if n == 1:
                break
    else:
        return "else"
    return n


done(while_with())
with M("1"), \
        M("2") as two, \
        M("3"): done(two.name)
with (M("4")): pass
with (M("5") as five, M("6"),): pass
done(five.name)
