# Comprehensions and scopes: inlined loop variables, cells, class bodies, nested, walrus, locals().
x = 'module'
print([x for x in range(3)], x, [(x, y) for x in 'ab' for y in range(x == 'b')], x)
def f():
    x = 'local'
    fs = [lambda: x for x in range(3)]
    return [g() for g in fs], x
print(f())
def walrus():
    out = [last := n for n in range(4)]
    any((hit := n) > 1 for n in range(5))
    return last, hit, out
print(walrus(), [total := total + v for total in [0] for v in ()] if False else 'skip')
def nested():
    return [[(i, j, [k for k in range(i)]) for j in range(2)] for i in range(2)]
print(nested())
class C:
    a = 3
    b = [a for _ in range(1)] if False else 'class names are not seen inside'
    c = [i for i in range(a)]
    try: d = [a + i for i in range(2)]
    except NameError as e: print(e)
    e = [__class__ for _ in range(1)] if False else None
    l = [lambda: i for i in range(2)]
    x = 'class'
    y = [x for _ in range(1)]
    z = [z for z in [x]]
print(C.c, [g() for g in C.l], C.y, C.z, hasattr(C, 'i'))
def loc():
    a = 1
    inside = [sorted(locals()) for b in range(1)]
    return inside, sorted(locals())
print(loc())
def free():
    n = 10
    def g(): return [n + i for i in range(2)]
    n = 20
    return g()
print(free())
def late():
    try: return [undefined_later for _ in range(1)]
    except NameError as e: return str(e)
    finally:
        global undefined_later
def unbound():
    try: [v for _ in range(1)]
    except UnboundLocalError as e: print(e)
    v = 1
    return [v for v in [v]], v
print(unbound())
def shadow():
    i = 'kept'
    r = [i for i in range(2)] + [i] + [i for i in [5]]
    {i: i for i in 'q'}; {i for i in 'r'}; list(i for i in 's')
    return r, i
print(shadow())
def deleted():
    i = 1
    del i
    r = [i for i in range(2)]
    try: i
    except UnboundLocalError as e: return r, str(e)
print(deleted())
def exc():
    i = 'before'
    try: [1 // i for i in (1, 0)]
    except ZeroDivisionError: return i
print(exc())
def cellvar():
    i = 'cell'
    def get(): return i
    r = [i for i in range(2)]
    return r, get(), [get() for i in range(1)]
print(cellvar())
def gen_scope():
    i = 'g'
    g = (i for i in range(3))
    return next(g), i, next(g), i
print(gen_scope(), [*(lambda: (yield_ for yield_ in 'ab'))()])
def first_iter():
    try: return (q for q in undefined_now)
    except NameError as e: return str(e)
print(first_iter())
def args(a, b=2, *c, **d): return [(a, b, c, d) for a in [a] for b in [b + 1] for c in [c]]
print(args(1, 2, 3, k=4))
print({k: v for k, v in zip('ab', [1, 2])}, {(lambda q: q)(w) for w in 'a'}, [i for i in [1, 2, 3] if i % 2 if i > 1])
print([(yield_, z) for yield_ in [1] for z in [yield_ + 1] for yield_ in [z]])
exec('print([t for t in range(2)], "t" in dir())')
print(eval('[u + x for u in "a"]', {'x': 'E'}), eval('[u for u in x]', {}, {'x': 'ab'}))
try: eval('[x for u in "a"]', {}, {'x': 'loc'})
except NameError as e: print(e)
