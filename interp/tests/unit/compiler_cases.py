"""Records what CPython 3.12.7 makes of the sources below, for test_compiler.c:

    python3.12 compiler_cases.py listings > compiler_listings.inc
    python3.12 compiler_cases.py messages > compiler_messages.inc
"""
import sys
import types
import warnings

# (mode, optimisation level, source)
LISTINGS = [
    ('exec', 0, 'class C:\n [__class__ for x in y]\n [__class__ for x in y]\n'),
    ('exec', 0, 'class C:\n [super for x in y]\n def f(self): super()\n'),
    ('exec', 0, 'class __A[__T](__B, k=__T): x: __T\n__z = 1\ndef __f(): __y\n'),
    ('exec', 0, 'class A:\n class B[__T](__X): pass\n __q = 1\n'),
    ('exec', 0, 'class A[__T: __U]: pass'),
    ('exec', 0, 'def f[T](x): pass'),
    ('exec', 0, 'def f[T](x=1): pass'),
    ('exec', 0, 'def f[T](*,x=1): pass'),
    ('exec', 0, 'assert (1,2)\nx is 1\n1()\n"a"["b"]\n'),
    ('exec', 0, 'x: __debug__ = 1\n'),
    ('exec', 0, 'def f():\n  [(y:=x) for x in z]\n  return y'),
    ('exec', 0, '[[b for b in a] for a in c]'),
    ('exec', 0, 'class C:\n  [lambda: a for a in c]'),
    ('exec', 0, 'def f(x):\n  [x for x in [lambda: x]]\n  return [(lambda: x) for x in y]'),
    ('exec', 0, 'for x in y: break\nelse: pass'),
    ('exec', 0, 'class C:\n x = 1\n [x for y in z]\n def f(self): return [y for y in self if __class__]'),
    ('exec', 0, 'def f():\n x = 1\n class C:\n  [x for _ in y]\n  x = 2\n  [x for _ in y]'),
    ('exec', 0, 'def m(self): ...\ndef m(self) -> C: ...\ndef m(self): pass\ndef m(self) -> C: \n    ...\nclass C:\n    def m(self): ...\n    def m(self: C) -> C: ...\n'),
    ('exec', 0, 'def m(a): a; pass\ndef m(a):\n    a; pass\ndef m(a):\n    a; ...\n    b\ndef m(a): pass; return\ndef m(a): pass; pass\ndef m(a): pass; a\ndef m(a): pass; return a\ndef m(a): return\ndef m(a): return 1\ndef m(a): \n  b = 1; pass; return 1\ndef m(a): \n  b = 1; pass\n'),
    ('exec', 0, 'import re\n[re.match(x) for x in y]\n[x for x in y if re.match(x)]\nf([x for x in y if re.match(x)])\na.f([x for x in y if re.match(x)])\ndef g():\n    return [x for x in y if re.match(x)]\n(re.match(x) for x in y)\nclass C:\n    [x for x in y if re.match(x)]\n    re.match\nre.match()\n'),
    ('exec', 0, 'def a(self):\n        if lock:\n            assert not lock.locked()\n        if d:\n            with w:\n                m()\ndef b(self):\n        if lock:\n            global z\n        if d:\n            with w:\n                m()\ndef c(self):\n        if lock:\n            global z\n        if d:\n            m()\ndef d(self):\n        if lock:\n            global z\n        while d:\n            m()\ndef e(self):\n        if lock:\n            global z\n        for x in y: b()\ndef f(self):\n        if lock:\n            b\n        if d:\n            with w:\n                m()\ndef g(self):\n        if lock:\n            global z\n        b\n        if d:\n            with w:\n                m()\ndef h(self):\n        if lock:\n            global z\n        if d:\n            try: m()\n            except A: b\n'),
    ('exec', 1, 'def a(self):\n        if lock:\n            assert not lock.locked()\n        if d:\n            with w:\n                m()\ndef b(self):\n        if lock:\n            global z\n        if d:\n            with w:\n                m()\ndef c(self):\n        if lock:\n            global z\n        if d:\n            m()\ndef d(self):\n        if lock:\n            global z\n        while d:\n            m()\ndef e(self):\n        if lock:\n            global z\n        for x in y: b()\ndef f(self):\n        if lock:\n            b\n        if d:\n            with w:\n                m()\ndef g(self):\n        if lock:\n            global z\n        b\n        if d:\n            with w:\n                m()\ndef h(self):\n        if lock:\n            global z\n        if d:\n            try: m()\n            except A: b\n'),
    ('exec', 2, '"doc"\ndef f():\n    "doc"\n    assert x, y\n'),
    ('eval', 0, 'a+b'),
    ('eval', 0, '[x for x in y]'),
    ('eval', 0, 'lambda: (yield)'),
    ('eval', 0, '(1,2)'),
    ('single', 0, 'a\n'),
    ('single', 0, '1\n'),
    ('single', 0, 'def f():\n  a\n  1\n'),
    ('single', 0, 'x: int = 1\n'),
    ('single', 0, "if a:\n  b\n  'c'\n"),
    ('single', 0, 'for x in y: x\n'),
    ('single', 0, 'a; b; 3\n'),
    ('single', 0, "'doc'\n"),
    ('single', 0, 'class A:\n  b\n'),
    ('eval', 0, '(lambda x: x)(y)'),
    ('eval', 0, "f'{a}'"),
    ('exec', 0, 'try:\n    a\nexcept* A as e:\n    b\nexcept* (B, C):\n    d\nelse:\n    e\nfinally:\n    f\n'),
    ('exec', 0, 'def f():\n    for x in y:\n        try:\n            with a as b, c:\n                if d: continue\n                if e: break\n                return g\n        finally:\n            h\n    else:\n        i\n'),
    ('exec', 0, 'async def f():\n    async with a as b:\n        async for c in d:\n            yield [e async for e in c if await g]\n            if h: break\n        else:\n            await i\n'),
    ('exec', 0, 'match a:\n    case {"k": b, **rest} if b: c\n    case A(1, x=[_, *_, d]) | A(d, x=[]): e\n    case (f, g) | [g, f, _]: h\n    case -1 | None | "s": i\n    case _: j\n'),
    ('exec', 0, 'x[a:b] += 1; x[a:b:c] -= 1; x.y **= 2; x[a] //= 3\na, (b, *c), [d] = e = f\ndel a, b[c], d.e, (f, g)\n'),
    ('exec', 0, 'x = "%s and %-5r and %.3a" % (a, b, c), "%d" % (a,), "%s%%" % (a,)\ny = (1 + 2) * 3, "a" * 4096, 2 ** 64, 2 ** 65, 1 << 127, 1 << 128, -(1), not a in b, not a is b\nz = a in [1, 2], a in {1, 2}, a not in [b], (1, 2, 3)[1], "abc"[-1], __debug__\n'),
    ('exec', 0, "f(*a, b, *c, k=1, **d, l=2); f(**a); f(*a); f(a, *b); o.m(1, k=2); o.m(*a)\n[*a, b]; {*a, 1}; (*a,); {**a, 'b': 1, 'c': 2}; {1: 2, 3: 4}; [1, 2, 3]; {1, 2, 3}\n"),
    ('exec', 0, 'class A(B, metaclass=C):\n    """doc"""\n    x: int = 1\n    def f(self, a, /, b=1, *c, d=2, e, **g) -> int:\n        return super().f(lambda: __class__, self.__x)\n    class D: pass\n'),
    ('exec', 0, '@a\n@b(c)\ndef f[T: int, *Ts, **P](x: T = 1, *, y: P = 2) -> Ts: return x\n@a\nclass C[T: (int, str)](B[T]): y: T\ntype X[T] = list[T]\n'),
    ('exec', 0, 'from __future__ import annotations\ndef f(a: b[c, d], *e: "x", g: lambda h, *, i=1: {**j}, k: -1 ** 2 or not (l and m)) -> f"{n!r:>{o}}": pass\nx: a if b else c = 1\ny: (a, *b) = [i for i in j if k]\n'),
]

# Sources that the symbol table or the code generator refuses.
MESSAGES = [
    'def f():\n    x\n    global x\n',
    'def f(x):\n    global x\n',
    'def f():\n    x = 1\n    global x\n',
    'def f():\n    x: int\n    global x\n',
    'def f(x):\n    nonlocal x\n',
    'def g():\n    x = 1\n    def f():\n        print(x)\n        nonlocal x\n',
    'def g():\n    x = 1\n    def f():\n        x = 2\n        nonlocal x\n',
    'nonlocal x\n',
    'class C:\n    nonlocal x\n',
    'def f():\n    nonlocal xx, yy\n',
    'def f():\n    global x\n    nonlocal x\n',
    'def f():\n    global x\n    x: int = 1\n',
    'def g():\n    x = 1\n    def f():\n        nonlocal x\n        x: int = 1\n',
    'def f(a, b, *, a): pass\n',
    'lambda a, a: 1\n',
    'def f[T, T](): pass\n',
    'class A[T, U, T]: pass\n',
    'def f[T]():\n    nonlocal T\n',
    '[x := 1 for x in y]\n',
    '[(x := 1) for y in z for x in w]\n',
    '[y for y in (x := z)]\n',
    '[a for b in c for a in (d := e)]\n',
    'class C:\n    [x := y for y in z]\n',
    'class C[T: [x := y for y in z]]: pass\n',
    'type A = [x := y for y in z]\n',
    'def f[T](a: [x := y for y in z]): pass\n',
    'from __future__ import annotations\nx: (y := 1)\n',
    'from __future__ import annotations\ndef f(x: (yield)): pass\n',
    'async def f():\n    from a import b\n    def g[T: (await x)](): pass\n',
    'def f[T](a: (yield 1)): pass\n',
    'type X = (yield)\n',
    'class A[T: (yield)]: pass\n',
    'class A:\n    type X = lambda: 1\n',
    'class A:\n    def f[T: lambda: 1](): pass\n',
    'class A:\n    class B[T](lambda: 1): pass\n',
    'class A:\n    type X = [a for b in c]\n',
    'def f():\n    from a import *\n',
    'class A:\n    from a import *\n',
    'def f(): [(yield) for x in y]\n',
    'def f(): {(yield) for x in y}\n',
    'def f(): {(yield): 1 for x in y}\n',
    'def f(): ((yield) for x in y)\n',
    'def f(): [(yield from x) for x in y]\n',
    'return\n',
    'class A:\n    return 1\n',
    'yield\n',
    'x = yield 1\n',
    'class A:\n    yield from x\n',
    'async def f():\n    yield from x\n',
    'async def f():\n    yield 1\n    return 2\n',
    'await x\n',
    'def f():\n    await x\n',
    'def f():\n    async with a as b: pass\n',
    'def f():\n    async for a in b: pass\n',
    'async for a in b: pass\n',
    'def f():\n    [x async for x in y]\n',
    '[x async for x in y]\n',
    '(x async for x in y)\n',
    'def f(): return (x async for x in y)\n',
    '[await x for x in y]\n',
    'async def f():\n    return [[x async for x in y] for z in w]\n',
    'lambda: [x async for x in y]\n',
    'break\n',
    'continue\n',
    'def f():\n    if x:\n        break\n',
    'for x in y:\n    def f():\n        continue\n',
    'while 1:\n    class A:\n        break\n',
    'try: pass\nexcept: pass\nexcept A: pass\n',
    'try: pass\nexcept* A:\n    for x in y: break\n',
    'for x in y:\n    try: pass\n    except* A:\n        break\n',
    'for x in y:\n    try: pass\n    except* A:\n        continue\n',
    'def f():\n    try: pass\n    except* A: return\n',
    'a, *b, *c = d\n',
    '*a = b\n',
    '[*a, *b] = c\n',
    'f(*a, b=1, b=2)\n',
    'class A(a=1, a=2): pass\n',
    'f(__debug__=1)\n',
    '__debug__ = 1\n',
    'del __debug__\n',
    'x.__debug__ = 1\n',
    'del x.__debug__\n',
    'def f(__debug__): pass\n',
    'lambda __debug__: 1\n',
    'def f(*, __debug__): pass\n',
    'def f(*__debug__): pass\n',
    'def f(**__debug__): pass\n',
    'for __debug__ in x: pass\n',
    'import __debug__\n',
    'import a as __debug__\n',
    'from a import __debug__\n',
    'def __debug__(): pass\n',
    'class __debug__: pass\n',
    'with a as __debug__: pass\n',
    '(__debug__ := 1)\n',
    '__debug__: int\n',
    'x.__debug__: int\n',
    '__debug__ += 1\n',
    'try: pass\nexcept A as __debug__: pass\n',
    'match x:\n    case __debug__: pass\n',
    'match x:\n    case A(__debug__=1): pass\n',
    'match x:\n    case {**__debug__}: pass\n',
    'match x:\n    case a: pass\n    case b: pass\n',
    'match x:\n    case _: pass\n    case b: pass\n',
    'match x:\n    case a | b: pass\n',
    'match x:\n    case _ | 1: pass\n',
    'match x:\n    case [a, a]: pass\n',
    'match x:\n    case (a, 1) | (b, 1): pass\n',
    'match x:\n    case (a, b) | (c, b): pass\n',
    'match x:\n    case a, (a | 1): pass\n',
    'match x:\n    case [*a, *b]: pass\n',
    'match x:\n    case {1: a, 1: b}: pass\n',
    'match x:\n    case {1: a, 1.0: b}: pass\n',
    "match x:\n    case {'a': 1, 'a': 2}: pass\n",
    'match x:\n    case A(a=1, a=2): pass\n',
    'match x:\n    case 1 + 1: pass\n',
    'match x:\n    case {-1: a, -1: b}: pass\n',
    'match x:\n    case [a, [b, a]]: pass\n',
    'match x:\n    case A(a, a): pass\n',
    'from __future__ import braces\n',
    'from __future__ import foo\n',
    'from __future__ import annotations, bar\n',
    'x\nfrom __future__ import division\n',
    '"doc"\n"doc2"\nfrom __future__ import division\n',
    '"doc"\nfrom __future__ import division\nimport x; from __future__ import annotations\n',
    'def f():\n    from __future__ import division\n',
    'from __future__ import *\n',
    'def f():\n    (*a)\n',
    'print(*a for a in b)\n',
    'x = *a\n',
    'def f(x): \n    def g():\n        nonlocal y\n    y = 1\n    def h():\n        nonlocal z\n',
    'class C:\n    x = 1\n    def f(self):\n        nonlocal x\n',
    'def f():\n    class C:\n        nonlocal q\n',
    'def f():\n  with a:\n   with a:\n    with a:\n     with a:\n      with a:\n       with a:\n        with a:\n         with a:\n          with a:\n           with a:\n            with a:\n             with a:\n              with a:\n               with a:\n                with a:\n                 with a:\n                  with a:\n                   with a:\n                    with a:\n                     with a:\n                      with a:\n                       with a: pass\n',
    'def f():\n  yield\n  with a:\n   with a:\n    with a:\n     with a:\n      with a:\n       with a:\n        with a:\n         with a:\n          with a:\n           with a:\n            with a:\n             with a:\n              with a:\n               with a:\n                with a:\n                 with a:\n                  with a:\n                   with a:\n                    with a:\n                     with a:\n                      with a: pass\n',
    "x = 'é'; f(é=1, é=2)\n",
    'def f(): [x:=1 for é in y for x in é]\n',
    'a: b = c, (yield)\n',
    'def f():\n    global a\n    [a := 1 for b in c]\n    def g():\n        [a := 1 for b in c]\n        nonlocal a\n',
    'async def f():\n    def g():\n        [x async for x in y]\n',
    'f(**{}, *a)\n',
    'def f(a, *, b, c, **d):\n    [a := 1 for a in b]\n',
    'lambda x: [x := 1 for x in y]\n',
    'class A:\n    x = [(yield) for a in b]\n',
    'x = [(lambda: (yield)) for a in b]\n',
    'def f():\n    return\n    x: int = (yield)\n',
    'class A[*Ts]:\n    def f[Ts](self): nonlocal Ts\n',
]


def quote(text):
    """A C string literal."""
    parts = []
    for byte in text.encode():
        char = chr(byte)
        if char in '"\\':
            parts.append("\\" + char)
        elif char == "\n":
            parts.append("\\n")
        elif 32 <= byte < 127:
            parts.append(char)
        else:
            parts.append(f"\\{byte:03o}")
    return '"' + "".join(parts) + '"'


def describe(code):
    """Flags, stack size, bytecode, line table and exception table of a code object and those in it."""
    text = (f"{code.co_flags:x} {code.co_stacksize} {code.co_code.hex()} {code.co_linetable.hex()} "
            f"{code.co_exceptiontable.hex()} {' '.join(code.co_names)} {' '.join(code.co_varnames)}\n")
    inner = [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return text + "".join(map(describe, inner))


def fnv(text):
    """The 64-bit FNV-1a hash."""
    state = 0xCBF29CE484222325
    for byte in text.encode():
        state = (state ^ byte) * 0x100000001B3 % 2**64
    return state


def write_listings():
    print("// compiler_listings.inc — sources, and the hash of what CPython 3.12 compiles each to.")
    print("// Written by compiler_cases.py.")
    for mode, level, source in LISTINGS:
        code = compile(source, "<test>", mode, 0, True, level)
        print(f"LISTING({mode.upper()}, {level}, {quote(source)}, 0x{fnv(describe(code)):016x})")


def write_messages():
    print("// compiler_messages.inc — sources that the compiler refuses, and what CPython 3.12 says about them.")
    print("// Written by compiler_cases.py.")
    for source in MESSAGES:
        try:
            compile(source, "<test>", "exec", 0, True)
        except SyntaxError as error:
            end = -1 if error.end_offset is None else error.end_offset
            print(f"MESSAGE({quote(source)}, {quote(error.msg)}, {error.lineno}, {error.offset}, "
                  f"{error.end_lineno}, {end}, {len(error.args)})")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    {"listings": write_listings, "messages": write_messages}[sys.argv[1]]()
