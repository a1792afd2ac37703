# Every method of generators, iterators, functions, methods, modules, cells, None, Ellipsis, NotImplemented.
from _matrix import matrix


def make():
    yield 1
    yield 2


class C:
    def m(self): return 'm'


def f(a, b=2): 'doc'; return a, b


arguments = [(), (1,), (None,), (ValueError,), (ValueError('v'),), (ValueError, 'v'), ('x', 1), (1, 2, 3, 4)]
matrix(lambda: [make()], arguments, ('gi_frame', 'gi_code', '__del__'))
matrix(lambda: [iter([1, 2])], arguments, ('__setstate__',))
matrix(lambda: [enumerate('ab')], arguments)
matrix(lambda: [zip('ab', 'cd')], arguments, ('__setstate__',))
matrix(lambda: [map(str, [1])], arguments)
matrix(lambda: [filter(None, [0, 1])], arguments)
matrix(lambda: [reversed([1, 2])], arguments, ('__setstate__',))
matrix(lambda: [f], arguments, ('__globals__', '__builtins__', '__code__', '__dict__', '__closure__', '__module__'))
matrix(lambda: [C().m], arguments, ('__self__', '__func__', '__builtins__', '__code__', '__module__', '__globals__', '__eq__', '__ne__', '__get__'))
matrix(lambda: [len], arguments, ('__self__', '__text_signature__'))
matrix(lambda: ['a'.upper], arguments, ('__text_signature__',))
matrix(lambda: [str.upper], arguments, ('__text_signature__', '__objclass__'))
matrix(lambda: [None], arguments)
matrix(lambda: [...], arguments)
matrix(lambda: [NotImplemented], arguments, ('__bool__',))
matrix(lambda: [property(f)], arguments, ('fget', '__isabstractmethod__'))
matrix(lambda: [staticmethod(f)], arguments, ('__func__', '__wrapped__', '__dict__', '__annotations__', '__module__'))
matrix(lambda: [classmethod(f)], arguments, ('__func__', '__wrapped__', '__dict__', '__annotations__', '__module__', '__get__'))
matrix(lambda: [(lambda: f.__name__ and make)().__class__], arguments, ('__dict__', '__bases__', '__base__', '__mro__', '__subclasses__', '__basicsize__', '__flags__', '__dictoffset__', '__weakrefoffset__',
                                                                      '__itemsize__', '__text_signature__', '__builtins__', '__call__', '__code__', '__globals__', '__closure__', '__prepare__', 'mro', '__instancecheck__', '__get__', '__defaults__', '__kwdefaults__', '__or__', '__ror__', '__subclasscheck__', '__type_params__', '__annotations__', '__abstractmethods__'))
