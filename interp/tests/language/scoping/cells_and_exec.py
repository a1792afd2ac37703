# nonlocal, global, exec, eval, locals, vars across scopes; class and function interplay.
x = 'g'
def a():
    x = 'a'
    def b():
        nonlocal x
        x += 'b'
        def c():
            nonlocal x
            x += 'c'
            def d():
                global x
                x += 'd'
                return x
            return d()
        return c(), x
    return b(), x
print(a(), x)
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter()
inc(); inc(5)
print(get(), inc.__closure__[0].cell_contents, inc.__code__.co_freevars, counter.__code__.co_cellvars)
inc.__closure__[0].cell_contents = 100
print(get())
class K:
    x = 'class x'
    def m(self): return x
    def n(self): return __class__
    z = x
    global y
    y = 'from class'
    nested = lambda: x
print(K().m(), K().n(), K.z, y, K.nested())
def outer():
    v = 'outer v'
    class In:
        u = v
        v = 'class v'
        w = v
        def f(self): return v
    return In.u, In.w, In().f()
try: print(outer())
except NameError as e: print(e)
def outer2():
    v = 'outer2'
    class In:
        nonlocal v
        v = 'set by class'
    return v, hasattr(In, 'v')
print(outer2())
def ex():
    loc = 1
    exec('loc = 2; new = 3')
    try: new
    except NameError as e: print(e)
    d = {}
    exec('q = loc2', {'loc2': 9}, d)
    return loc, d, eval('loc + 1'), eval('sorted(locals())')
print(ex())
exec('made = 1\ndef made_f(): return made')
print(made, made_f())
ns = {}
exec('a = 1\ndef f(): return a\nclass C:\n  b = a', ns)
print(ns['f'](), ns['C'].b, sorted(k for k in ns if k != '__builtins__'))
g, l = {'a': 'glob'}, {'a': 'loc'}
exec('b = a\ndef f(): return a\nc = f()\nclass D: e = a\nd = D.e\nglobal h\nh = 5', g, l)
print(sorted(l), g['h'], l['b'], l['c'], l['d'])
class Map(dict):
    def __missing__(self, k): return 'missing ' + k if not k.startswith('__') and k != 'print' else super().__missing__(k)
    def __getitem__(self, k):
        if k == 'print': raise KeyError(k)
        return dict.__getitem__(self, k) if k in self else 'missing ' + k
exec('print(anything)', {}, Map())
print(eval('lambda: q', {'q': 3})(), eval('[q for _ in "a"]', {'q': 4}))
def loc_dict():
    p = 1
    before = locals()
    q = 2
    after = locals()
    return before is after, sorted(before), vars() is locals()
print(loc_dict())
def both(p):
    def inner(): return p
    del p
    try: inner()
    except NameError as e: return str(e)
print(both(1))
for source in ('def f():\n nonlocal x', 'nonlocal x', 'def f():\n x = 1\n global x', 'def f():\n print(x)\n global x', 'def f(x):\n global x', 'def f(x):\n nonlocal x',
               'def f():\n global x\n nonlocal x', 'class C:\n x: int\n global x', 'def f():\n x: int = 1\n nonlocal x', 'def f():\n  class x: pass\n  global x',
               'def f(a, a): pass', 'lambda a, a: 0', 'def f():\n import x\n global x', 'def f():\n for x in 1: pass\n global x', 'def f():\n def g():\n  nonlocal zz\n  zz = 1',
               'def f():\n [x := 1 for x in y]', '[i := 0 for i in j]', 'class C:\n [q := 1 for i in j]', '[x for x in (y := z)]', 'def f():\n global y\n [y := i for i in j]\nprint("ok")',
               'def f():\n from m import *', 'class C:\n return 1', 'yield 1', 'def f():\n [(yield 1) for x in y]', 'lambda: (yield)', 'await x', 'def f(): await x', 'async def f():\n yield 1\n return 2',
               'def f(): x = __debug__ = 1', 'def f(__debug__): pass', 'f(__debug__=1)', 'del __debug__', 'None = 1', 'def None(): pass', 'class True: pass', 'import a as None', 'for None in x: pass',
               'x.None = 1', 'f(None=1)', 'def f(*, **k): pass', 'def f(*): pass', 'def f(a=1, b): pass', 'def f(/): pass', 'def f(a, /, /): pass', 'def f(*a, /): pass', 'f(a=1, 2)', 'f(**k, *a)', 'f(a=1, a=2)'):
    try: exec(source)
    except SyntaxError as e: print(repr(source), e.msg)
    except Exception as e: print(repr(source), type(e).__name__, e)
