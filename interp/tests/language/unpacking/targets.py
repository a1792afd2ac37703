# Every target form: names, attributes, subscripts, slices, stars, nested, in for, with, comprehensions; order.
log = []
class Target:
    def __setattr__(self, n, v): log.append((n, v))
    def __setitem__(self, k, v): log.append((k, v))
    def __getitem__(self, k): return 10
t = Target()
def key(k): log.append(f'key {k}'); return k
def value(v): log.append(f'value {v}'); return v
t.a, t[key('k')], (t.b, *t.c), [t[1:2], t[key(0)]] = value(1), value(2), (3, 4, 5), 'xy'
print(log); log.clear()
t.x = t[key('first')] = t.y = value(9)
print(log); log.clear()
t[key('aug')] += value(1)
print(log); log.clear()
t[key('ann')]: int = value(5)
t.ann: key('annotation') = value(6)
(t.paren): int = 3
print(log, __annotations__); log.clear()
for t.i, t[key('loop')] in [(1, 2), (3, 4)]: pass
print(log); log.clear()
for (a, *b), c in [((1, 2, 3), 4)]: print(a, b, c)
for [x] in [[1]], [[2]]: print(x)
print([(p, q) for p, *q in ['abc', 'de']], {k: v for (k, v), in [((1, 2),)]}, [z for z, in [[1]]])
(a), (b) = 1, 2
((a)) = 3
[a, [b, [c]]] = 1, (2, (3,))
a, = [4]
() = []
[] = ()
a = b = *c, d = 'xyz'
print(a, b, c, d)
i, l = 0, [0, 0]
i, l[i] = 1, 'set at new i'
print(i, l)
x = [1, 2, 3]
x[0], x[1:] = x[1], x[:1]
print(x)
a, b = b, a
a, b, c = c, a, b = [1, 2, 3]
print(a, b, c)
d = {}
d['k'], d['k'] = 1, 2
print(d)
class C:
    a, (b, *c) = 1, 'xyz'
    d: int
    e: str = 'e'
    (f): int = 5
print(C.a, C.b, C.c, C.__annotations__, C.f)
def f():
    global g1
    g1, local = 1, 2
    def inner():
        nonlocal local
        local, *rest = 'nl'
        return rest
    return inner(), local
print(f(), g1)
with memoryview(b'ab') as (m, n): print(m, n)
