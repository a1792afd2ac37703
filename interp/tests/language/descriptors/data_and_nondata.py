# Which wins: instance attribute, data descriptor, non-data descriptor, class attribute, __getattr__.
class Data:
    def __init__(self, label): self.label = label
    def __set_name__(self, owner, name): print('name', owner.__name__, name)
    def __get__(self, obj, owner): return self.label, obj is not None, owner.__name__
    def __set__(self, obj, value): print('set', self.label, value)
    def __delete__(self, obj): print('delete', self.label)
class NonData:
    def __get__(self, obj, owner=None): return 'nondata', obj is not None, owner.__name__
class SetOnly:
    def __set__(self, obj, value): obj.__dict__['set_only'] = ('via set', value)
class DeleteOnly:
    def __delete__(self, obj): print('deleting')
class GetRaises:
    def __get__(self, obj, owner): raise AttributeError('from get')
class Meta(type):
    on_meta = Data('meta data')
    nondata_meta = NonData()
    plain_meta = 'plain meta'
class C(metaclass=Meta):
    data, nondata, set_only, delete_only, raises = Data('d'), NonData(), SetOnly(), DeleteOnly(), GetRaises()
    on_meta = 'class value'
    nondata_meta = 'class value 2'
    plain_meta = 'class value 3'
    def __getattr__(self, name): return 'getattr ' + name
c = C()
print(c.data, C.data, c.nondata, C.nondata, type(c.set_only).__name__, c.raises, c.missing)
c.data = 1
c.__dict__['data'] = 'hidden'
print(c.data)
del c.data
c.nondata = 'shadow'
print(c.nondata)
del c.nondata
print(c.nondata)
c.set_only = 5
print(c.set_only)
try: del c.set_only
except AttributeError as e: print(repr(e))
del c.delete_only
try: c.delete_only = 1
except AttributeError as e: print(repr(e))
print(C.on_meta, C.nondata_meta, C.plain_meta)
C.on_meta = 3
del C.on_meta
C.added = Data('late')
print(c.added, C.added)
Data.__get__ = lambda self, o, t: 'changed'
print(c.data, c.added)
del Data.__set__
c.data = 'now instance?'
print(c.__dict__.get('data'), c.data)
class Shared:
    slot = Data('shared')
class Sub(Shared):
    slot = NonData()
print(Sub().slot, Shared().slot)
for o in (c, C):
    for n in ('nope', '__nope__'):
        try: print(getattr(o, n))
        except AttributeError as e: print(e)
f = C.__getattr__
print(f.__get__(c, C)('x'), f.__get__(None, C) is f, f.__get__(c).__self__ is c)
try: f.__get__(None, None)
except TypeError as e: print(e)
