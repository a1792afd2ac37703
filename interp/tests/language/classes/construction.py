# Class statements: keywords, bases by expressions, bodies with control flow, names, qualnames, errors.
class Empty: pass
class Keyword(object, metaclass=type): pass
bases = (Empty,)
class FromStar(*bases, **{'metaclass': type}): pass
class Chosen(Empty if True else int): x = 1
class Body:
    for i in range(3):
        if i == 1: continue
        exec(f'attr{i} = i')
    else: done = True
    del i
    try: raise KeyError
    except KeyError as e: caught = repr(e)
    with open(__file__) if False else memoryview(b''): pass
    def inner_class():
        class Local: pass
        return Local
    local = inner_class()
    lam = lambda self: self.done
    comp = [n for n in range(2)]
    class Nested:
        class Deep: pass
    a, *b = 1, 2, 3
    global from_class
    from_class = 'global'
print(sorted(n for n in vars(Body) if not n.startswith('__')), Body.caught, from_class)
print(Body.local.__qualname__, Body.Nested.Deep.__qualname__, Body.lam.__qualname__, Body().lam(), Body.b)
print(FromStar.__mro__, Chosen.__bases__, Keyword.__name__, Empty.__module__, Empty.__doc__, Body.__dict__.get('__doc__'))
class Doc:
    'the doc'
    __qualname__ = 'Other.Name'
    __module__ = 'elsewhere'
    __slots__ = ()
print(Doc, Doc.__doc__, Doc.__name__, Doc.__qualname__, Doc.__module__)
for source in ('class C(int, str): pass', 'class C(1): pass', 'class C(Empty, Empty): pass', 'class C(object, Empty): pass',
               'class C(bool): pass', 'class C(None): pass', 'class C(type(None)): pass', 'class C(x=1): pass',
               'class C(metaclass=1): pass', 'class C(metaclass=lambda *a: a): pass\nprint(C)', 'class C(range): pass',
               'class C(type(lambda: 0)): pass', 'class C(slice): pass', 'class C(Exception, int): pass',
               'class C(dict, list): pass', 'class C: __slots__ = "a", "a"\nprint(C.a)', 'class C: __slots__ = ("1",)',
               'class C: __slots__ = (1,)', 'class C: __slots__ = ("x",); x = 1', 'class C: __slots__ = ("__dict__",)\nC().a = 1',
               'class C(int): __slots__ = ("a",)', 'class C: __qualname__ = 1', 'class C: __classcell__ = None',
               'class C:\n  def f(self): return __class__\n  __classcell__ = 1',
               'class C:\n  def __init_subclass__(cls, **k): print(k)\nclass D(C, a=1, b=2): pass',
               'class C:\n  def __init__(self): return 1\nC()', 'class C:\n  __hash__ = None\nhash(C())',
               'class C:\n  def __new__(cls): return 5\nprint(C())', 'class C:\n  __eq__ = lambda a, b: True\nhash(C())',
               'class C:\n  __getitem__ = 3\nC()[0]', 'class C:\n  __iter__ = None\niter(C())', 'class C:\n  __contains__ = None\n1 in C()',
               'class C:\n  __add__ = None\nC() + 1', 'class C:\n  __call__ = None\nC()()', 'class C:\n  __bool__ = lambda s: 2\nbool(C())',
               'class C:\n  __len__ = lambda s: -1\nlen(C())', 'class C:\n  __len__ = lambda s: "a"\nbool(C())',
               'class C:\n  __hash__ = lambda s: "a"\nhash(C())', 'class C:\n  __str__ = lambda s: 1\nstr(C())',
               'class C:\n  __repr__ = lambda s: 1\nrepr(C())', 'class C:\n  __index__ = lambda s: 1.0\n[1][C()]',
               'class C:\n  __iter__ = lambda s: 1\niter(C())', 'class C:\n  __next__ = lambda s: 1\n  __iter__ = lambda s: s\nprint(next(C()))',
               'class C:\n  __int__ = lambda s: "1"\nint(C())', 'class C:\n  __float__ = lambda s: 1\nfloat(C())',
               'class C:\n  __complex__ = lambda s: 1\ncomplex(C())', 'class C:\n  __bytes__ = lambda s: 1\nbytes(C())',
               'class C:\n  __dir__ = lambda s: 1\ndir(C())', 'class C:\n  __length_hint__ = lambda s: -1\n  __iter__ = lambda s: iter([])\nlist(C())',
               'class C:\n  __reversed__ = None\nreversed(C())', 'class C:\n  __enter__ = 1\nwith C(): pass',
               'class C:\n  __instancecheck__ = 1\nisinstance(1, C())', 'class C:\n  __class_getitem__ = 3\nC[0]', 'Empty[0]',
               'class C:\n  __set_name__ = lambda s, o, n: 1/0\nclass D: a = C()',
               'class C:\n  __prepare__ = 1', 'class M(type):\n  __prepare__ = lambda *a: 3\nclass C(metaclass=M): pass',
               'class M(type):\n  @classmethod\n  def __prepare__(c, n, b, **k): return 3\nclass C(metaclass=M): pass'):
    try:
        exec(source)
    except Exception as error:
        print(repr(source), type(error).__name__, error, getattr(error, '__notes__', ''))
