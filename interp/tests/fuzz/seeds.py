# seeds.py — code whose bytecode the fuzzer changes: each kind of instruction somewhere.
"Documentation."
import_me: int = 1
numbers = [x * 2 for x in range(5)]
table = {k: v for k, v in zip("abc", numbers)}
chosen = {n for n in numbers if n}


def add(a, b):
    c = a + b
    c -= a
    return c * b // 3 if c < b else -c


def loop(n):
    total = 0
    for i in range(10):
        if i == n:
            continue
        total += i
        while total > 100:
            total -= 7
            if total % 5 == 0:
                break
    else:
        total = ~total
    return total


def items(a):
    b = [1, 2, 3, a]
    b[0] = b[1] + b[-1] if len(b) > 2 else 0
    b[1:2] = b[:2]
    del b[0]
    c = {"k": a, **{"l": 1}}
    c["m"] = c["k"]
    d, *e, f = *b, 5
    t = (a, d, f)
    return t[0], t[1:], c["l"], e, {*b}, f"{a!r:>{10}}{d}", a is None, a in b


def call(f, *args, key=1, **others):
    x = f if callable(f) else len
    try:
        x(args, key=key)
        return x(*args, **others)
    except (TypeError, ValueError) as error:
        return repr(error)
    finally:
        key = 2
    return locals()


def call_star(f, *args, key=1, **others):
    try:
        return max(*args, f, default=key), dict(a=1, **others), sorted([3, 1, 2], key=lambda v: -v)
    except TypeError:
        raise ValueError("x") from None


def group(f):
    try:
        raise ExceptionGroup("g", [KeyError(1), ValueError(2)])
    except* KeyError as e:
        x = e
    except* (ValueError, TypeError):
        raise
    return x


def nested(f):
    out = []
    try:
        try:
            f[0]
        finally:
            out.append(1)
    except Exception:
        out.append(2)
        try:
            del f
            f
        except UnboundLocalError as e:
            out.append(str(e))
    return out


class Manager:
    def __init__(self, quiet=True):
        self.quiet = quiet
        self.count = 0

    def __enter__(self):
        self.count += 1
        return self

    def __exit__(self, kind, value, traceback):
        return self.quiet

    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        return True


def use_manager(a):
    m = Manager()
    with m as n, Manager(False):
        n.count = a[0]
    with m:
        return m.count
    del m.count


def closure(a):
    b = a

    def inner(c=1, *, d: int = 2) -> int:
        nonlocal b
        b = c
        return [a + i for i in range(d)], lambda: (b, a)

    inner()
    x = [lambda: y for y in range(3)]
    return inner(2, d=1), x[0]()


def generator(n):
    got = yield n
    try:
        while got is None:
            got = yield from (i for i in range(2))
            got = yield got
    except KeyError:
        yield "caught"
    finally:
        yield 1
    return 5


def delegate(n):
    result = yield from generator(n)
    return [result, *generator(n)]


async def coroutine(m):
    async with Manager() as a:
        await coroutine(a)
    async for i in m:
        await i
    return [j async for j in m]


async def asynchronous_generator(n):
    for i in range(n):
        yield i


def match(a):
    match a:
        case 0 | 1:
            return "small"
        case [x, *rest] if rest:
            return x
        case {"k": v, **others}:
            return v, others
        case Manager(quiet=q):
            return q
        case str() as s:
            return s
    return None


class Base:
    attribute = [i for i in range(3)]
    __slots__ = ("a", "b")

    def method(self, x):
        self.a = x
        self.b = self.a
        return self.a


class Derived(Base):
    name = attribute = Base.attribute
    other: int = 3

    def method(self, x):
        return super().method(x), super(Derived, self).method(x), __class__

    @property
    def p(self):
        return self.method(1)


def use_class(a):
    d = Derived()
    for _ in range(4):
        d.method(a)
        d.p
    return d.a


def comparisons(a, b):
    return a < b < 3, not a, a and b or 1, a != b, a if b is not None else b, 1.5 * 2.0 - 0.5 < 3.0


def strings(a):
    assert a, "no"
    global numbers
    numbers = a
    return "%s-%s" % (a, 1), b"x" * 2, a[1:2], "".join(["a", "b"]), numbers


use_class(1), use_manager([1]), closure(2), items(3), loop(4), add(5, 6), list(generator(1))
