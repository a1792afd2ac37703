# from __future__ import annotations: every expression comes back as text.
from __future__ import annotations
x: undefined[1:2, ::3, ...] = 1
y: a.b.c(d, *e, f=g, **h)
def f(a: (1, 2), b: [x for x in y if z for w in v], c: {k: v, **m}, d: {1, *s}, e: lambda q, /, r=1, *t, u, **w: q, f: x if y else z,
      g: -a + b ** -c, h: not a and b or c, i: a < b <= c != d is not e not in f, j: f'{a!r:>{b}}text{{}}', k: 'it\'s "q"', l: b'\x00\n', m: 1e100,
      n: 1_000j, o: ..., p: None, q: (yield_ := 5), r: (*a, b), s: x[a, b], t: x[(a, b)], u: x[*a], v: (a,), w: (), z: await_) -> 'text': ...
for name, text in f.__annotations__.items(): print(name, text)
print(__annotations__)
class C:
    attr: list[C | None]
    def m(self, other: C, n: int = 3) -> dict[str, 'C']: ...
    class Inner: z: Unknown
print(C.__annotations__, C.m.__annotations__, C.Inner.__annotations__)
def g(b: "a" "b", c: (a if b else c)[0], d: (a + b)(c), e: (a, b)[0], f: a @ b // c % d << e & f | g ^ h, g: ~a, h: (not a).b,
      i: (lambda x: x)(1), j: [*a, *b], k: {**a}, l: a[b:c], m: a[b:c:d], n: a[:, 1], o: {}, p: set(), q: [], r: 0xff, s: 1.0, t: 1e-7, u: 'é\n\\', v: """tri
ple"""): ...
for name, text in g.__annotations__.items(): print(name, text)
def h(a: (a := 1), b: (x for x in y), c: [i async for i in j], d: {i: j for i in k}, e: {i for i in j}, f: (a, *b), g: a.b[c].d(e)[f], h: 2 ** 3 ** 4, i: (2 ** 3) ** 4,
      j: (-1) ** 2, k: -1 ** 2, l: a - (b - c), m: (a - b) - c, n: (a and b) or c, o: a and (b or c), p: not (a in b), q: (a < b) < c, r: (yield_)): ...
for name, text in h.__annotations__.items(): print(name, text)
z: int
print(z if 'z' in globals() else 'unbound', __annotations__['z'])
