# What calls of Python functions say when arguments do not fit.
def none(): pass
def one(a): pass
def two(a, b): pass
def defaults(a, b=1, c=2): pass
def only(a, /, b, *, c): pass
def pos(a, b, /): pass
def kw(*, a, b, c, d=1): pass
def star(a, *rest): pass
def stars(**rest): pass
def full(a, /, b, *args, c, **kwargs): pass


class C:
    def method(self, a): pass
    @classmethod
    def cls(cls, a): pass
    @staticmethod
    def static(a): pass
    def no_self(): pass


c = C()
calls = ['none(1)', 'none(1, 2)', 'none(x=1)', 'one()', 'one(1, 2)', 'one(b=1)', 'one(1, a=2)', 'one(1, b=2)', 'two()', 'two(1)',
         'two(b=1)', 'two(1, 2, 3)', 'two(1, 2, 3, 4)', 'two(1, a=1)', 'defaults()', 'defaults(1, 2, 3, 4)', 'defaults(b=1)',
         'defaults(1, z=1)', 'defaults(1, bb=1)', 'only()', 'only(1)', 'only(1, 2)', 'only(1, 2, 3)', 'only(a=1, b=2, c=3)',
         'only(1, 2, c=3, d=4)', 'pos(1, b=2)', 'pos(a=1, b=2)', 'pos()', 'pos(1)', 'pos(1, 2, 3)', 'kw()', 'kw(a=1)', 'kw(a=1, b=2)',
         'kw(1)', 'kw(1, a=1)', 'kw(1, a=1, b=2, c=3)', 'star()', 'star(b=1)', 'stars(1)', 'stars(1, a=1)', 'full()', 'full(1)',
         'full(1, 2)', 'full(1, 2, 3)', 'full(1, b=2)', 'full(b=1, c=2)', 'c.method()', 'c.method(1, 2)', 'c.method(1, a=1)',
         'C.method()', 'C.method(1)', 'c.cls()', 'c.cls(1, 2)', 'c.static()', 'c.no_self()', 'C.no_self(1)', '(lambda: 0)(1)',
         '(lambda x: 0)()', 'one(*[])', 'one(*[1, 2])', 'one(**{})', 'one(**{"b": 1})', 'one(1, **{"a": 1})', 'one(**{1: 1})',
         'one(*1)', 'one(**1)', 'one(*None)', 'one(a=1, **{"a": 2})', 'stars(**{"x": 1}, **{"x": 2})', 'c.method(*1)', 'C(1)',
         'c()', "[].append()", '[].append(1, 2)', '[].append(x=1)', 'len()', 'len(1, 2)', 'len(x=1)', 'dict(1)',
         'int(1, 2, 3)', 'int(x=1)', 'str(1, 2)', 'str(encoding=1)', 'isinstance(1)', 'print(a=1)', 'print(sep=1)', 'print(end=1)',
         'sorted()', 'sorted(1)', 'sorted([], 1)', 'sorted([], x=1)', 'max()', 'max(1)', 'max([])', 'max(1, 2, default=3)',
         'range()', 'range(1, 2, 3, 4)', 'range("a")', 'enumerate()', 'zip(1)', 'map()', 'map(1)', 'iter()', 'iter(1)',
         'iter(1, 2)', 'getattr(1)', 'getattr(1, 2)', 'type()', 'type(1, 2)', 'type("x", 1, {})', 'type(1, (), {})',
         'object(1)', 'super()', 'super(1)', 'property(1, 2, 3, 4, 5)', 'open()', 'pow(1)', 'pow(2, 3, 0)', 'round()', 'round("a")',
         'sum()', 'sum(1)', 'sum(["a"], "")', 'chr()', 'chr(-1)', 'ord("ab")', 'ord(1)', 'hash([])', 'bin("a")', 'abs("a")',
         'divmod(1)', 'callable()', 'id()', 'all()', 'any(1)', 'tuple(1, 2)', 'list(1, 2)', 'set(1, 2)', 'frozenset(1)', 'bytes(1, 2)',
         'bytearray("a")', 'float("a")', 'float(1, 2)', 'complex("a")', 'complex(1, "a")', 'bool(1, 2)', 'slice()', 'reversed(1)',
         'filter(1)', 'next(1)', 'next([])', 'vars(1)', 'dir(1, 2)', 'format(1, 2)', 'input(1, 2)', 'eval(1)', 'exec(1)',
         'compile(1)', '__import__()', 'setattr(1, "a", 1)', 'delattr(1, "a")', 'hasattr(1, 2)', 'issubclass(1, 2)', 'globals(1)',
         'classmethod()', 'staticmethod()', 'memoryview()', '"".join(1)', '"".join([1])', '"a".split(1)', '"a".replace("a")',
         '"a".encode(1)', '{}.get()', '{}.pop()', '{}.pop(1)', '{}.update(1)', '{}.update([1])', '{}.update([(1,)])', '{}.fromkeys()',
         '[].pop(1)', '[].pop("a")', '[].index(1)', '[].insert(1)', '[].sort(1)', '[].sort(key=1, x=2)', '().index(1)', 'set().pop()',
         'set().remove(1)', '(1).bit_length(1)', '(1).to_bytes()', '(1).to_bytes(0, "big")', 'int.from_bytes(1)']
for call in calls:
    try:
        print(call, '->', eval(call))
    except BaseException as error:
        print(call, '->', type(error).__name__, error)
