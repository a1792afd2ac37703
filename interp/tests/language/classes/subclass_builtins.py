# Subclasses of builtin types: construction, overridden methods that C code must ask, results' types.
class I(int):
    def __add__(self, other): return 'I.add'
    def __repr__(self): return 'I!'
class F(float):
    def __str__(self): return 'F!'
class S(str):
    def __len__(self): return 99
    def __eq__(self, other): return 'S.eq'
    __hash__ = str.__hash__
class L(list):
    def __getitem__(self, i): return ('L', i)
    def __iter__(self): return iter('from L')
    def __len__(self): return 7
    def append(self, x): super().append((x, x))
class D(dict):
    def __getitem__(self, k): return ('D', k)
    def __missing__(self, k): return 'missing'
    def keys(self): return ['fake']
    def __contains__(self, k): return True
class T(tuple):
    def __new__(cls, *items): return super().__new__(cls, items)
    def __getitem__(self, i): return 'T'
class B(bytes):
    def __getitem__(self, i): return 'B'
class Set(set):
    def __contains__(self, x): return True
    def __len__(self): return 50
i, f, s, l, d, t, b, st = I(5), F(2.5), S('text'), L([1, 2]), D(a=1), T(1, 2), B(b'xy'), Set([1])
print(i + 1, 1 + i, i * 2, type(i * 2).__name__, [i], str(i), f'{i}', '%d' % i, int(i), type(+i).__name__, -i, i == 5, {5: 'x'}[i])
print(f, repr(f), f'{f}', '%s' % f, f + 1, type(f + 1).__name__, str(f), round(f), f.real, type(f.real).__name__)
print(len(s), s == 'text', s, s + 'x', type(s + 'x').__name__, s[1], type(s[:]).__name__, s.upper(), {'text': 1}.get(s), s in ['other'], type(str(s)).__name__)
print(l[0], list(l), len(l), [*l], l, bool(l), sorted(l)[:2], 1 in l, l + [3], type(l + [3]).__name__, l[0:1], tuple(l), max(l))
l.append(5)
print(list.__repr__(l), list.__len__(l), l == [1, 2, (5, 5)], [1, 2] + l)
a, *rest = l
print(a, rest, [x for x in l], {**d}, dict(d), d['zz'], d.get('zz'), 'q' in d, list(d), d, len(d), d == {'a': 1}, {**D(b=2), 'c': 3})
def kw(**k): return k
print(kw(**d), t[0], t, list(t), len(t), t + (3,), type(t + (3,)).__name__, t == (1, 2), hash(t) == hash((1, 2)), (*t,))
print(b[0], b, list(b), b + b'z', type(b + b'z').__name__, b == b'xy', bytes(b), type(bytes(b)).__name__, b.hex())
print(9 in st, len(st), sorted(st), st | {2}, type(st | {2}).__name__, type(st.copy()).__name__, st == {1}, bool(Set()))
class Str2(str):
    def __str__(self): return 'str2'
    def __repr__(self): return 'repr2'
    def __format__(self, spec): return 'format2'
x = Str2('raw')
print(x, str(x), f'{x}', f'{x!s}', f'{x!r}', '%s' % x, '{}'.format(x), [x], 'a' + x, x.join('ab'), ''.join([x]), type(''.join([x])).__name__, print(x, end='|'))
class IntIndex(int):
    def __index__(self): return 1
    def __int__(self): return 77
    def __bool__(self): return False
n = IntIndex(0)
print(['a', 'b'][n], int(n), bool(n), 'yes' if n else 'no', range(n), hex(n), n + 0, float(n), [10, 20][n:], bytes(IntIndex(2)))
class Exc(ValueError):
    def __init__(self, a, b=2): super().__init__(a); self.b = b
    def __str__(self): return f'Exc {self.args} {self.b}'
try: raise Exc(1, b=5)
except ValueError as e: print(e, repr(e), e.args, e.b)
class Meta(type):
    def __len__(cls): return 3
    def __getitem__(cls, i): return i
    def __iter__(cls): return iter('meta')
    def __contains__(cls, x): return x == 'in'
    def __add__(cls, o): return 'added'
    def __bool__(cls): return False
    def __eq__(cls, o): return True
    __hash__ = type.__hash__
    def __instancecheck__(cls, x): return x == 'inst'
    def __getattr__(cls, n): return 'meta ' + n
class K(metaclass=Meta): pass
print(len(K), K[4], list(K), 'in' in K, K + 1, bool(K), K == 5, isinstance('inst', K), K.zzz, hasattr(K(), 'zzz'), isinstance(K(), K), not K)
