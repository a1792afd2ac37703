# Operators: precedence and associativity of every level, chains, conditional, lambda, star, slices.
class N:
    def __init__(self, s): self.s = s
    def __repr__(self): return self.s
    def __bool__(self): return True
def op(sym): return lambda a, b: N(f'({a}{sym}{b})')
for name, sym in dict(add='+', sub='-', mul='*', truediv='/', floordiv='//', mod='%', matmul='@', pow='**', lshift='<<', rshift='>>', and_='&', or_='|', xor='^',
                      lt='<', gt='>', le='<=', ge='>=', eq='==', ne='!=').items():
    setattr(N, f'__{name.rstrip("_")}__', op(sym))
for name, sym in dict(neg='-', pos='+', invert='~').items():
    setattr(N, f'__{name}__', lambda a, sym=sym: N(f'({sym}{a})'))
N.__getitem__ = lambda a, k: N(f'{a}[{k}]')
N.__call__ = lambda a, *x: N(f'{a}({", ".join(map(str, x))})')
N.__getattr__ = lambda a, n: N(f'{a}.{n}') if not n.startswith('__') else object.__getattribute__(a, n)
N.__contains__ = lambda a, k: print(f'{k} in {a}') or True
a, b, c, d, e = map(N, 'abcde')
for text in ('a + b - c', 'a - b + c', 'a * b + c', 'a + b * c', 'a ** b ** c', '-a ** b', 'a ** -b', '-a * b', '~a & b', 'a & b | c ^ d', 'a ^ b & c', 'a | b & c',
             'a << b + c', 'a + b << c', 'a << b >> c', 'a & b << c', 'a @ b * c', 'a / b // c % d', '- - a', '-+~a', 'not a == b', 'a < b == c', 'a < b < c', 'a == b == c != d',
             'a if b else c if d else e', '(a if b else c) if d else e', 'a or b and c', 'not a or b', 'not not a', 'a and b or c', 'a.b.c', 'a.b(c).d[e]', 'a[b][c](d)', 'a(b)(c)',
             'a[b:c]', 'a[b:c:d]', 'a[:]', 'a[::]', 'a[b:]', 'a[:b]', 'a[::b]', 'a[b,]', 'a[b, c]', 'a[b:c, d]', 'a[...]', 'a[b, :, c::d]', 'a[(b, c)]', 'a[*[b, c]]', '(a)', '((a, b))',
             'a, b', '(a,)', '[a, b,]', '{a.__class__}', 'a in b', 'a not in b', 'a is b', 'a is not b', 'a is not None', 'a in b in c', 'a < b in c', '(lambda x: x)(a)',
             '(lambda x=a, *y, z=b, **w: (x, y, z, w))(c, d)', 'a if not b else c', 'a ** b.c', 'a ** b[c]', '-a.b', '-a(b)', '(-a).b', '(-a) ** b', 'a + (b + c)', 'a - (b - c)', '1 if a else 2, 3',
             '*[a], *[b]', '(z := a) + z', '[y := a, y]', 'a(y := b, y)', 'a[(y := b)]', 'a[y := b]', '{(y := 1): y}', '(yes := True) and yes', 'f"{(w := a)}{w!r:>4}"', '1 .real', '1..real', '1.0.real',
             '(a)if(b)else(c)', '"a" "b" f"{1}" r"\\c"', 'b"a" b"b"', '1_0.0_1e1_0', '0b1_0', '0o7_7', '0xf_f', '1e5j', '.5', '5.', '1j', '0_0'):
    try: print(text, '=>', eval(text))
    except SyntaxError as x: print(text, 'SyntaxError', x.msg)
    except Exception as x: print(text, type(x).__name__, x)
