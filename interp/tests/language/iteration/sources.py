# FOR_ITER over every iterable, changed while it runs, exhausted, failing, nested.
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        return self.n
class Get:
    def __getitem__(self, i):
        if i == 3: raise StopIteration('also ends')
        return i
def gen(n):
    for i in range(n): yield i
def run(make):
    out = []
    try:
        for x in make(): out.append(x)
        else: out.append('else')
    except Exception as e: out.append((type(e).__name__, str(e)))
    return out
for make in (lambda: range(3), lambda: range(0), lambda: range(3, 0, -1), lambda: range(2**64, 2**64 + 2), lambda: range(-1, 2**63, 2**62), lambda: [1, 2], lambda: (1, 2), lambda: 'aé\U0001f600', lambda: b'ab', lambda: bytearray(b'ab'),
             lambda: memoryview(b'ab'), lambda: {1: 2}, lambda: {1: 2}.items(), lambda: {1: 2}.values(), lambda: {5}, lambda: frozenset({6}), lambda: It(3), lambda: Get(), lambda: gen(3), lambda: (i * i for i in range(3)), lambda: iter([1]),
             lambda: reversed([1, 2]), lambda: reversed(range(3)), lambda: reversed({1: 2, 3: 4}), lambda: reversed('ab'), lambda: enumerate('ab', 2**63 - 1), lambda: zip([1, 2], 'ab'), lambda: zip(), lambda: zip([1], [1, 2], strict=True), lambda: zip([1, 2], [1], strict=True),
             lambda: map(lambda a, b: a + b, [1, 2], [3]), lambda: filter(None, [0, 1, '']), lambda: filter(lambda x: x > 1, [1, 2]), lambda: iter(lambda c=[3]: c.append(c.pop() - 1) or c[0], 0), lambda: 5, lambda: None, lambda: int, lambda: iter(int, 0),
             lambda: map(int, ['1', 'x']), lambda: (1 // x for x in [1, 0]), lambda: [].__iter__(), lambda: ''.split(), lambda: zip(range(3), strict=True)):
    first = run(make)
    print(first, first == run(make))
l = [1, 2, 3]
for x in l:
    if len(l) < 6: l.append(x * 10)
print(l)
l = [1, 2, 3, 4]
for x in l: l.remove(x)
print(l)
for bad in ('d[len(d)] = 1', 'del d[0]', 'd.clear()'):
    d = {0: 0, 1: 1}
    try:
        for k in d: exec(bad)
    except RuntimeError as e: print(bad, e)
d = {0: 0, 1: 1, 2: 2}
try:
    for k in d: del d[k]; d[k + 5] = 1
except RuntimeError as e: print(e)
s = {1, 2}
try:
    for x in s: s.add(x + 10)
except RuntimeError as e: print(e)
it = iter([1, 2, 3])
for x in it:
    for y in it: print(x, y)
it = iter([]); print(list(it), next(it, 'default'), it.__length_hint__(), list(it))
l = [1]; it = iter(l); list(it); l.append(2); print(list(it))
g = gen(2); print(list(g), list(g), next(g, None))
class Late:
    def __iter__(self): return self
    def __next__(self):
        if hasattr(self, 'done'): return 'after the end'
        self.done = True
        raise StopIteration
x = Late(); print(list(x), next(x))
print([a for a, in [(1,)]], [*map(lambda *a: a, 'ab', 'cd')], list(zip(*[(1, 2), (3, 4)])), sum(gen(4)), max(gen(3)), sorted(gen(3), reverse=True), dict(zip('ab', gen(2))), set(gen(2)) == {0, 1}, ','.join(map(str, gen(3))), any(gen(2)), all(gen(2)), 2 in gen(5), list(enumerate(gen(2))))
class Self:
    __iter__ = None
for bad in (Self(), type('B', (), {'__iter__': lambda s: 1})(), type('B', (), {'__iter__': lambda s: s})(), type('B', (), {'__getitem__': None})()):
    print(run(lambda: bad))
i = 0
for i in range(3):
    i += 10
print(i, [i for i in range(2)], i)
for i, l[0] in enumerate('ab'): pass
print(i, l)
