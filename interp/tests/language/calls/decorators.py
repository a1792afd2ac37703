# Decorators: expressions of every kind (PEP 614), order, on classes and methods.
def tag(name):
    print('make', name)
    def apply(f):
        print('apply', name, f.__name__)
        f.tags = getattr(f, 'tags', []) + [name]
        return f
    return apply


registry = {'key': [tag('in list'), tag('second')]}
class Holder:
    nested = None
Holder.nested = tag('nested')


@tag('outer')
@tag('inner')
def f(): pass


@registry['key'][0]
def g(): pass


@Holder.nested
def h(): pass


@(lambda fn: [fn.__name__])
def replaced(): pass


@tag('a') if True else tag('b')
def conditional(): pass


@(decorator := tag('walrus'))
def walrus(): pass


@[tag('x'), tag('y')][1]
class C:
    @tag('method')
    def m(self): pass

    @staticmethod
    @tag('static')
    def s(): return 's'

    @classmethod
    @tag('class')
    def c(cls): return cls.__name__

    @property
    @tag('property')
    def p(self): return 'p'

    @p.setter
    def p(self, value): self.value = value

    @p.deleter
    def p(self): print('deleted')


c = C()
c.p = 5
del c.p
print(f.tags, g.tags, h.tags, replaced, conditional.tags, walrus.tags, C.tags, C.m.tags, c.s(), c.c(), c.p, c.value)
def fails(fn): raise ValueError(fn.__name__)
try:
    @fails
    def never(): pass
except ValueError as error:
    print(error, 'never' in globals())
@print
class Printed: pass
print(Printed)
def with_defaults(a=tag('default')): pass
@type
def typed(): pass
print(typed)
async def coroutine(): pass
@tag('async')
async def tagged(): pass
print(tagged.tags)
for wrapped in (staticmethod(f), classmethod(f)):
    print(wrapped.__name__, wrapped.__wrapped__ is f, wrapped.tags)
print(staticmethod(f)(), callable(classmethod(f)))
