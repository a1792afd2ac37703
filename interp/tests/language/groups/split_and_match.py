# ExceptionGroup: construction, split, subgroup, derive, nested; except* in its forms.
def attempt(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
V, T, K = ValueError('v'), TypeError('t'), KeyError('k')
g = ExceptionGroup('top', [V, ExceptionGroup('inner', [T, K]), OSError('os')])
print(repr(g), str(g), g.message, g.exceptions, g.args)
print(g.subgroup(ValueError), g.subgroup((TypeError, OSError)), g.subgroup(ZeroDivisionError), g.subgroup(lambda e: isinstance(e, KeyError)))
print(g.split(TypeError), g.split(lambda e: True)[1], g.split(ExceptionGroup)[1])
attempt(lambda: ExceptionGroup('x', []))
attempt(lambda: ExceptionGroup('x', [1]))
attempt(lambda: ExceptionGroup('x', V))
attempt(lambda: ExceptionGroup(1, [V]))
attempt(lambda: ExceptionGroup('x'))
attempt(lambda: ExceptionGroup('x', [KeyboardInterrupt()]))
attempt(lambda: type(BaseExceptionGroup('x', [V])).__name__)
attempt(lambda: type(BaseExceptionGroup('x', [KeyboardInterrupt()])).__name__)
attempt(lambda: g.split(5))
attempt(lambda: g.subgroup((1, ValueError)))
attempt(lambda: ExceptionGroup('t', (V,)).exceptions)
class MyGroup(ExceptionGroup):
    def __new__(cls, msg, excs, code=0):
        self = super().__new__(cls, msg, excs); self.code = code; return self
    def derive(self, excs): return MyGroup(self.message, excs, self.code)
m = MyGroup('mine', [V, T], 7)
m.add_note('noted')
match_, rest = m.split(ValueError)
print(type(match_).__name__, match_.code, rest.code, match_.__notes__, rest.exceptions)
def star(exc):
    log = []
    try:
        try: raise exc
        except* ValueError as e: log.append(('V', e.exceptions))
        except* (TypeError, KeyError) as e: log.append(('TK', repr(e)))
        else: log.append('else')
        finally: log.append('finally')
    except BaseException as e: log.append(('rest', repr(e), repr(e.__cause__)))
    return log
for e in (g, V, OSError(5), ExceptionGroup('a', [V]), ExceptionGroup('n', [ExceptionGroup('d', [V, T])]), KeyboardInterrupt(), BaseExceptionGroup('b', [V, SystemExit(3)])):
    print(star(e))
def no_exc():
    try: pass
    except* ValueError: print('never')
    else: print('else')
no_exc()
def raises_inside(exc):
    try: raise exc
    except* ValueError as e: raise IndexError('new')
    except* TypeError: raise
def cause(exc):
    try: raise exc
    except* ValueError as e: raise RuntimeError('caused') from e
for f in (raises_inside, cause):
    for e in (ExceptionGroup('g', [ValueError(1), TypeError(2), KeyError(3)]), ValueError('naked')):
        try: f(e)
        except Exception as x: print(f.__name__, repr(x), repr(x.__context__), repr(x.__cause__))
def bad_type(t):
    try: raise ExceptionGroup('g', [V])
    except* t: pass
for t in (int, ExceptionGroup, (ValueError, BaseExceptionGroup), 5, (ValueError, 5), object):
    attempt(lambda: bad_type(t))
def loop():
    for i in range(3):
        try:
            if i: raise ExceptionGroup('l', [ValueError(i)])
        except* ValueError as e: print('loop', i, e.exceptions)
    try: e
    except NameError as n: print(n)
loop()
def nested():
    try:
        try: raise ExceptionGroup('n', [V, T])
        except* TypeError: 1 / 0
    except* ZeroDivisionError as z: print('zero', z.exceptions)
    except* ValueError as v: print('value', v.exceptions)
attempt(nested)
print(issubclass(ExceptionGroup, BaseExceptionGroup), ExceptionGroup.__mro__, ExceptionGroup[int])
