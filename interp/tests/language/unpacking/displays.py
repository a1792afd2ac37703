# Stars in displays, calls, returns, yields, subscripts, for, in every order.
a, b, d = [1, 2], (3,), {'k': 1}
print([*a, *b], (*a, *b), {*a, *b} == {1, 2, 3}, {**d, 'j': 2, **{'k': 3}}, [*a, 0, *a], (0, *a), [*'xy', *range(2), *d])
def ret(): return *a, *b
def ret1(): return *a,
def gen(): got = yield *a, 4; print('got', got); yield *b,
print(ret(), ret1(), list(gen()))
for x in *a, *b: print(x, end=' ')
print()
class Sub:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
s = Sub()
print(s[*a], s[*a, 3], s[0, *b], s[*a, *b], s[1:2, *b], s[*[]])
s[*a] = 1
del s[*b, 1]
s[*a,] += (1,)
print([*[*[*a]]], [*(lambda: a)()], {**{**d}}, *a, *[*b], sep='|')
print({'a': 1, **{'a': 2}}, {**{'a': 2}, 'a': 1}, list({'b': 0, **{'a': 1}, 'b': 2}.items()))
def f(*args: *tuple[int, str], **kw): return args, kw
print(f(*a, **d, z=2), f.__annotations__)
for bad in ('[*1]', '(*None,)', '{**[]}', '{**1}', '{*[[]]}', 'f(**{1: 2})', 'f(*1)', 'f(**1)', '{**d, **5}', 'dict(**{1: 2})', '[*a, *5]', 'print(*a, **5)',
            'f(*a, *5)', 'f(**d, **d)', 'f(**d, **{"x": 1}, **d)', '"".join(*a)', 'f(**{"a": 1}, **None)'):
    try: eval(bad); print(bad, 'fine')
    except Exception as e: print(bad, type(e).__name__, e)
class Keys:
    def keys(self): return iter(['p', 'q'])
    def __getitem__(self, k): return k.upper()
class NoGet:
    def keys(self): return ['x']
class BadKeys:
    def keys(self): raise AttributeError('hidden')
print({**Keys()}, f(**Keys()), dict(Keys()))
for bad in (NoGet, BadKeys):
    for how in ('{**bad()}', 'f(**bad())', 'dict(bad())', '{}.update(bad())'):
        try: eval(how); print('fine')
        except Exception as e: print(bad.__name__, how, type(e).__name__, e)
x = *a, *b
y: tuple = *a, *b
x += *a,
print(x, y)
print(*[i for i in range(3)], *{1: 2}, **{'sep': '-', 'end': '!\n'})
