# property: documentation, copies, subclasses, errors, names, abstract, class access.
class C:
    @property
    def x(self):
        'doc of x'
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): del self._x
    read_only = property(lambda self: 1)
    write_only = property(None, lambda self, v: print('w', v))
    nothing = property()
    documented = property(lambda s: 2, doc='given doc')
c = C()
c.x = 5
print(c.x, C.x.__doc__, C.documented.__doc__, C.read_only.__doc__, C.x.fget.__name__, C.nothing.fget)
del c.x
for do in (lambda: c.x, lambda: setattr(c, 'read_only', 1), lambda: delattr(c, 'read_only'), lambda: c.write_only,
           lambda: c.nothing, lambda: setattr(c, 'nothing', 1), lambda: delattr(c, 'write_only'), lambda: C.x.nope,
           lambda: setattr(C.x, 'fget', None), lambda: property.__get__(C.x, 5), lambda: property(1).__get__(c),
           lambda: setattr(C.x, 'other', 1)):
    try: print(do())
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
c.write_only = 3
class Sub(property):
    'Sub doc'
    extra = 1
class D:
    @Sub
    def y(self): 'y doc'; return 3
    z = Sub(doc='z doc')
    z = z.getter(lambda self: 4)
d = D()
print(d.y, type(D.y).__name__, D.y.__doc__, D.z.__doc__, d.z, D.y.extra)
C.x.__doc__ = 'new doc'
print(C.x.__doc__)
p = property(lambda self: 'free')
class Late: pass
Late.p = p
print(Late().p)
try: Late().p = 1
except AttributeError as e: print(e)
class Inherit(C):
    @C.x.getter
    def x(self): return 'inherited getter'
i = Inherit()
i.x = 9
print(i.x, i._x)
class ClassProp:
    @classmethod
    @property
    def cp(cls): return cls.__name__ + ' cp'
print(ClassProp.cp, ClassProp().cp)
class Stat:
    @staticmethod
    def s(): return 's'
    t = staticmethod(len)
print(Stat.s(), Stat().t([1]), Stat.__dict__['s'](), Stat.__dict__['t'].__func__ is len)
