# __getattribute__, __getattr__, __setattr__, __delattr__, on instances, classes, modules; hasattr, getattr defaults.
class Log:
    def __init__(self): object.__setattr__(self, 'log', [])
    def __getattribute__(self, name):
        if name not in ('log', '__class__'): object.__getattribute__(self, 'log').append('get ' + name)
        return super().__getattribute__(name)
    def __getattr__(self, name):
        self.log.append('fallback ' + name)
        if name.startswith('bad'): raise AttributeError(name, name=name, obj=self)
        return name.upper()
    def __setattr__(self, name, value):
        self.log.append(f'set {name}')
        super().__setattr__(name, value)
    def __delattr__(self, name):
        self.log.append('del ' + name)
        super().__delattr__(name)
    def method(self): return 'm'
    def __len__(self): return 3
o = Log()
o.a = 1
print(o.a, o.missing, o.method(), len(o), hasattr(o, 'bad'), getattr(o, 'bad1', 'default'))
del o.a
try: del o.a
except AttributeError as e: print(repr(e))
o.a = 2
o.a += 1
print(o.log)
class Raises:
    @property
    def p(self): raise AttributeError('inside property')
    def __getattr__(self, name): return 'rescued ' + name
print(Raises().p)
class KeyErr:
    def __getattr__(self, name): raise KeyError(name)
for f in (lambda: KeyErr().x, lambda: hasattr(KeyErr(), 'x'), lambda: getattr(KeyErr(), 'x', 1)):
    try: print(f())
    except KeyError as e: print(repr(e))
class Meta(type):
    def __getattribute__(cls, name):
        if name == 'virtual': return 'virtual attribute'
        return super().__getattribute__(name)
    def __setattr__(cls, name, value):
        super().__setattr__(name, ('stored', value))
class M(metaclass=Meta): x = 1
M.y = 2
print(M.virtual, M.x, M.y, M().y, hasattr(M(), 'virtual'))
try: M().virtual
except AttributeError as e: print(e)
for bad in (lambda: getattr(o, 1), lambda: setattr(o, 1, 2), lambda: hasattr(o, 1), lambda: delattr(o, 1), lambda: object().x,
            lambda: setattr(object(), 'x', 1), lambda: setattr(1, 'real', 2), lambda: (1).foo, lambda: None.x, lambda: [].x,
            lambda: int.x, lambda: setattr(int, 'x', 1), lambda: delattr(int, 'real'), lambda: len.x, lambda: setattr(len, 'x', 1),
            lambda: setattr('', 'x', 1), lambda: delattr(object(), 'x'), lambda: type.x, lambda: (lambda: 0).x, lambda: delattr((lambda: 0), 'x'),
            lambda: setattr(o.method, 'x', 1), lambda: o.method.x, lambda: setattr(Log.method, '__name__', 1), lambda: delattr(Log, 'nope'),
            lambda: setattr(o, '__class__', 1), lambda: setattr(o, '__class__', int), lambda: setattr(o, '__dict__', 1),
            lambda: setattr(Log, '__bases__', ()), lambda: setattr(Log, '__name__', 1), lambda: setattr(Log, '__name__', 'a\0b'),
            lambda: setattr(Log, '__module__', 1) or Log.__module__, lambda: delattr(Log, '__module__'), lambda: delattr(Log, '__name__'),
            lambda: setattr(Log, '__doc__', 'd') or Log.__doc__, lambda: setattr(Log, '__dict__', {}), lambda: setattr(Log, '__mro__', ())):
    try: print(bad())
    except (AttributeError, TypeError, ValueError) as e: print(type(e).__name__, e)
