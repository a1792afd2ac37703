# Class patterns: builtin positional, __match_args__, keywords, errors.
class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y


class Point3(Point):
    __match_args__ = ('x', 'y', 'z')
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


class Plain: pass
class BadTuple: __match_args__ = ['x']
class BadItem: __match_args__ = (1,)
class Twice:
    __match_args__ = ('x',)
    x = 1
class Partial:
    __match_args__ = ('gone',)
class Prop:
    @property
    def x(self): raise AttributeError('hidden')
    @property
    def y(self): raise ValueError('loud')


def kind(v):
    match v:
        case bool(b): return 'bool', b
        case int(n): return 'int', n
        case float(f): return 'float', f
        case str(s): return 'str', s
        case bytes(b): return 'bytes', b
        case bytearray(b): return 'bytearray', b
        case list(items): return 'list', items
        case tuple((a, b)): return 'pair', a, b
        case tuple(t): return 'tuple', t
        case dict(d): return 'dict', d
        case set(s): return 'set', sorted(s)
        case frozenset(s): return 'frozenset', sorted(s)
        case Point3(x, y, z=z): return 'point3', x, y, z
        case Point(0, 0): return 'origin'
        case Point(x=0): return 'y axis'
        case Point(x, y): return 'point', x, y
        case Plain(): return 'plain'
        case type(): return 'class'
    return None


for v in (True, 1, 1.5, 's', b'b', bytearray(b'c'), [1], (1, 2), (1, 2, 3), {'k': 1}, {1}, frozenset({2}),
          Point3(1, 2, 3), Point(0, 0), Point(0, 5), Point(5, 6), Plain(), int, None, 1j):
    print(kind(v))


def attempt(do):
    try:
        print(do())
    except Exception as error:
        print(type(error).__name__, error)


def too_many(v):
    match v:
        case Point(a, b, c): return a


def plain_positional(v):
    match v:
        case Plain(x): return x


def int_two(v):
    match v:
        case int(a, b): return a


def bad_tuple(v):
    match v:
        case BadTuple(x): return x


def bad_item(v):
    match v:
        case BadItem(x): return x


def twice(v):
    match v:
        case Twice(1, x=1): return 'twice'


def partial(v):
    match v:
        case Partial(x): return x
        case Partial(): return 'without'


def not_class(v):
    match v:
        case kind(): return 1


def prop(v, name):
    match v:
        case Prop(x=_) if name == 'x': return 'x'
        case Prop(y=_) if name == 'y': return 'y'
    return 'nothing'


attempt(lambda: too_many(Point(1, 2)))
attempt(lambda: plain_positional(Plain()))
attempt(lambda: int_two(1))
attempt(lambda: bad_tuple(BadTuple()))
attempt(lambda: bad_item(BadItem()))
attempt(lambda: twice(Twice()))
attempt(lambda: partial(Partial()))
attempt(lambda: not_class(1))
attempt(lambda: prop(Prop(), 'x'))
