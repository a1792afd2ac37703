# del: names of every scope, attributes, items, slices, nested targets, order, errors.
log = []
class T:
    def __delattr__(self, n): log.append('attr ' + n)
    def __delitem__(self, k): log.append(('item', k))
t = T()
def k(x): log.append(('key', x)); return x
a = b = c = d = 1
del a, (b, [c]), d
for n in 'abcd': print(n, n in globals())
del t.x, t[k(1)], (t.y, t[k(2):k(3)]), [t[..., None]]
print(log)
del ()
del []
def local():
    x = y = 1
    del x
    try: x
    except UnboundLocalError as e: print(e)
    try: del x
    except UnboundLocalError as e: print(e)
    def inner(): return y
    del y
    try: inner()
    except NameError as e: print(e)
    try: del y
    except UnboundLocalError as e: print(e)
    y = 5
    return inner()
print(local())
def glob():
    global gone
    del gone
gone = 1
glob()
try: glob()
except NameError as e: print(e)
try: del gone
except NameError as e: print(e)
class C:
    x = 1
    del x
    try: del x
    except NameError as e: print(e)
    y = 2
c = C()
for bad in ('del c.nope', 'del C.nope', 'del [][0]', 'del {}["k"]', 'del (1,)[0]', 'del "a"[0]', 'del 5 .x', 'del c[0]', 'del [1, 2][5:].x', 'del {1: 2}[[]]', 'del range(3)[0]',
            'del None[0]', 'del C.y; del C.y', 'del c.y', 'del len.x', 'del {1}[0]', 'del b"a"[0]', 'del [1]["a"]', 'del [1][1.0]', 'del bytearray(1)[5]', 'del print', 'del __builtins__'):
    try: exec(bad, {'c': c, 'C': C}); print(bad, 'done')
    except Exception as e: print(bad, type(e).__name__, e)
l = list(range(10))
del l[0], l[-1], l[::3]
print(l)
del l[:], l[0:0]
print(l)
x = [1, 2, 3]; y = x
del x
print(y)
def loop():
    for i in range(2): pass
    del i
    try: return i
    except UnboundLocalError as e: return str(e)
print(loop())
def nonloc():
    v = 1
    def inner():
        nonlocal v
        del v
    inner()
    try: return v
    except NameError as e: return str(e)
print(nonloc())
def param(p, *args, **kw):
    del p, args, kw
    return sorted(locals())
print(param(1, 2, a=3))
def exc():
    e = 'outer'
    try: raise ValueError
    except ValueError as e: del e
    try: return e
    except UnboundLocalError as err: return str(err)
print(exc())
import sys as s
del s
print('s' in globals())
