# slice objects: attributes, indices, comparison, hashing, bounds with __index__, errors, user containers.
class I:
    def __init__(self, n): self.n = n
    def __index__(self): print('index', self.n, end=' '); return self.n
class Bad:
    def __index__(self): return 'x'
class C:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
c = C()
print(c[1:2], c[1:2:3], c[:], c[::], c[...], c[1:2, 3], c[1, :, ...], c[(slice(None),)], c['a':'b'], c[None:None])
c[1:2] = 5; c[::3] = 6; del c[1:], c[:, 1]
s = slice(1, 10, 2)
print(s.start, s.stop, s.step, s.indices(5), s.indices(0), slice(None).indices(3), slice(None, None, -1).indices(3), slice(-100, 100).indices(5), slice(5, -100, -1).indices(3))
print(s == slice(1, 10, 2), s != slice(1), slice(1) < slice(2), slice(1, 2) <= slice(1, 2), slice('a') == slice('a'), slice(None) == slice(None, None, None), repr(slice('x', [1])))
print([0, 1, 2, 3][I(1):I(3)], 'abcd'[I(0)::I(2)], [5, 6][I(1)], (1, 2, 3)[:I(-1)])
l = [0, 1, 2, 3]; l[I(1):I(2)] = 'xy'; print(l); del l[I(0):I(1)]; print(l); l[I(0)] = 9; print(l)
for bad in ('s.start', 's.indices()', 's.indices(-1)', 's.indices("a")', 'slice(1, 2, 0).indices(5)', '[1][::0]', '"a"[::0]', '(1,)["a":]', '[1][1.0:]', '[1][:Bad()]', '[1][Bad()]', 'b"a"[::"x"]',
            'range(3)[::0]', 'range(3)["a":]', 'setattr(s, "start", 1)', 'slice(1, 2, 3, 4)', 'slice(a=1)', 's < 5', 'slice("a") < slice(1)', 's[0]', 'len(s)', 'type("X", (slice,), {})', '[1, 2][slice(0, 1)]', '[1, 2][10**30:]',
            '[1, 2][-10**30:10**30]', '[1, 2][::10**30]', '[1, 2][::-10**30]', '"ab"[10**30]', '[].__getitem__(slice(None))', 'slice(10**30).indices(5)', 'slice(None).indices(10**30)', '(1, 2)[True:]', '[1, 2][False]',
            'bytearray(b"abc")[::2]', 'l.__setitem__(slice(0, 1), 5)', 'l.__setitem__(slice(0, 2, 2), [1, 2, 3])', 'l.__setitem__(slice(0, 1), None)', 'l.__delitem__("a")', 'bytearray(3).__setitem__(slice(0, 1), [256])',
            'bytearray(3).__setitem__(slice(0, 1), "a")', 'bytearray(3).__setitem__(0, 256)', 'bytearray(3).__setitem__(0, "a")', 'bytearray(3).__setitem__(slice(0, 1), 5)'):
    try: print(bad, eval(bad))
    except Exception as e: print(bad, type(e).__name__, e)
class Len:
    def __len__(self): return 10
    def __getitem__(self, k): return k
print(Len()[-1], Len()[-2:], Len()[:-1])
l = list(range(6)); l[1:4] = l; print(l)
l = list(range(6)); l[::2] = l[::-2]; print(l)
l[len(l):] = [7]; l[:0] = [8]; l[3:1] = ['mid']; print(l)
