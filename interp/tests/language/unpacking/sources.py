# UNPACK_SEQUENCE and UNPACK_EX from every kind of iterable, with errors half way.
class It:
    def __init__(self, *items): self.items = items
    def __iter__(self):
        for x in self.items:
            if isinstance(x, Exception): raise x
            print('give', x, end=' ')
            yield x
class Get:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
class NotIter: pass
class BadIter:
    def __iter__(self): return 5
def gen():
    try: yield 1; yield 2; yield 3
    finally: pass
sources = [(1, 2), [1, 2], 'ab', b'ab', {1: 'x', 2: 'y'}, range(2), It(1, 2), map(str, [1, 2]), iter([1, 2]), (i for i in (1, 2)),
           bytearray(b'xy'), memoryview(b'xy'), {1: 2, 3: 4}.items(), It(1), It(1, 2, 3), It(), It(1, ValueError('half')), Get(), 5, None,
           NotIter(), BadIter(), (1,), [1, 2, 3], 'a', 'abc', range(5), gen(), '', {}, int, 1.5, zip('ab', 'cd')]
for source in sources:
    label = type(source).__name__ if not isinstance(source, (list, tuple, str, int)) else repr(source)
    try:
        a, b = source
        print(label, a, b)
    except Exception as e:
        print(label, type(e).__name__, e)
for source in (lambda: (1, 2, 3), lambda: [1], lambda: 'abcd', lambda: It(1, 2), lambda: It(), lambda: Get(), lambda: 5, lambda: range(3), lambda: gen(),
               lambda: It(1, 2, KeyError('k')), lambda: b'abc', lambda: {1: 2}, lambda: []):
    for target in ('a, *b', '*a, b', 'a, *b, c', '*a,', 'a, b, *c', '[*a, b, c]'):
        try:
            space = {'source': source()}
            exec(f'{target} = source', space)
            print(target, [space.get(n) for n in 'abc'])
        except Exception as e:
            print(target, type(e).__name__, e)
