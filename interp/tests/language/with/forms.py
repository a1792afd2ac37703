# with: parenthesised, several, targets, suppression, exceptions in enter and exit, return through it.
class CM:
    def __init__(self, name, swallow=False, fail=None): self.name, self.swallow, self.fail = name, swallow, fail
    def __enter__(self):
        print('enter', self.name)
        if self.fail == 'enter': raise ValueError('enter ' + self.name)
        return self
    def __exit__(self, kind, value, tb):
        print('exit', self.name, kind and kind.__name__, value, tb is not None)
        if self.fail == 'exit': raise KeyError('exit ' + self.name)
        return self.swallow
def attempt(f):
    try: print('result', f())
    except Exception as e: print('raised', repr(e), repr(e.__context__), repr(e.__cause__))
def several():
    with CM('a') as a, CM('b') as b: return a.name + b.name
def paren():
    with (CM('a') as a, CM('b'),): return a.name
def paren2():
    with (CM('a'), CM('b')): return 1
def paren3():
    with (CM('a')): return 2
def tuple_target():
    with memoryview(b'xy') as (x, y), CM('z') as d['k'], CM('w') as CM.attr: return x, y, d['k'].name, CM.attr.name
d = {}
def swallow():
    with CM('s', swallow=True): raise OSError('x')
    return 'after'
def swallow_outer():
    with CM('o', swallow=True), CM('i'): 1 / 0
    return 'after'
def enter_fails():
    with CM('a'), CM('b', fail='enter'): print('never')
def exit_fails():
    with CM('a'), CM('b', fail='exit'): print('body')
def exit_fails_after():
    with CM('a'), CM('b', fail='exit'): raise IndexError('body')
def loop():
    out = []
    for i in range(4):
        with CM(i):
            if i == 0: continue
            if i == 2: break
            out.append(i)
    return out
def ret_in_finally():
    try:
        with CM('r'): return 'from with'
    finally: print('finally')
def gen():
    with CM('g'): yield 1; yield 2
def nested_fn():
    with CM('n') as x:
        def inner(): return x.name
        return inner
class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
class InstanceOnly:
    def __init__(self): self.__enter__ = self.__exit__ = lambda *a: None
class Weird:
    def __enter__(self): return 1
    def __exit__(self, *a): return 'truthy'
class BadBool:
    def __bool__(self): raise TypeError('no truth')
class ExitBad:
    def __enter__(self): pass
    def __exit__(self, *a): return BadBool()
class Raiser:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): raise v
class Replace:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): raise RuntimeError('replaced') from v
def bad(cls):
    def f():
        with cls(): raise ValueError('in ' + cls.__name__)
        return 'swallowed'
    return f
for f in (several, paren, paren2, paren3, tuple_target, swallow, swallow_outer, enter_fails, exit_fails, exit_fails_after, loop, ret_in_finally):
    print('--', f.__name__)
    attempt(f)
g = gen()
print(next(g)); g.close()
attempt(lambda: gen().throw(ValueError))
g = gen(); next(g)
attempt(lambda: g.throw(OSError('thrown')))
print(nested_fn()())
for cls in (NoExit, NoEnter, InstanceOnly, Weird, ExitBad, Raiser, Replace, int, type):
    attempt(bad(cls))
class Static:
    __enter__ = staticmethod(lambda: 'static enter')
    __exit__ = classmethod(lambda cls, *a: print('cls exit', len(a)))
with Static() as s: print(s)
class Callable:
    def __call__(self, *a): print('callable', len(a)); return True
class Attr:
    __enter__ = Callable(); __exit__ = Callable()
with Attr() as r: raise ValueError
print(r)
