# Every attribute and method of exceptions of every class with fields of its own.
from _matrix import matrix

arguments = [(), ('x',), (None,), (ValueError('v'),), (1, 2)]
for make in (lambda: ValueError('a', 1), lambda: KeyError('k'), lambda: OSError(9999, 'no', 'file'), lambda: StopIteration(5), lambda: SystemExit(3), lambda: ImportError('m', name='n', path='p'),
             lambda: NameError('q', name='q'), lambda: AttributeError('w', name='w', obj=3), lambda: SyntaxError('s', ('f', 1, 2, 'text', 3, 4)),
             lambda: UnicodeDecodeError('utf-8', b'ab', 0, 1, 'why'), lambda: UnicodeEncodeError('ascii', 'ab', 0, 1, 'why'), lambda: UnicodeTranslateError('ab', 0, 1, 'why')):
    matrix(lambda: [make()], arguments, ('__setstate__', '__dict__', 'characters_written'))
for bad in ('OSError(1)', 'OSError(9999, 2, 3, 4)', 'OSError(9999, 2, 3, 4, 5)', 'OSError(9999, 2, 3, 4, 5, 6)', 'OSError()', 'OSError("x")', 'ImportError(1, nope=2)', 'ImportError(name=1)', 'NameError(x=1)',
            'AttributeError("m", obj=1)', 'SyntaxError()', 'SyntaxError("m")', 'SyntaxError("m", 1)', 'SyntaxError("m", (1,))', 'SyntaxError("m", ("f", 1, 2, "t"))', 'UnicodeDecodeError()',
            'UnicodeDecodeError("a", "b", 0, 1, "c")', 'UnicodeDecodeError("utf-8", b"abc", 1, 2, "r")', 'UnicodeEncodeError("utf-8", "abc", 0, 3, "r")', 'UnicodeTranslateError("abc", 5, 9, "r")',
            'StopIteration()', 'StopIteration(1, 2)', 'SystemExit()', 'SystemExit(1, 2)', 'KeyError()', 'KeyError(1, 2)', 'KeyError("a b")', 'ValueError()', 'ValueError(1, 2)', 'ValueError(x=1)', 'BaseException(1)',
            'Exception("a").with_traceback(1)', 'Exception("a").add_note(1)', 'MemoryError()', 'StopAsyncIteration(3)', 'BlockingIOError(11, "b", 5)', 'FileNotFoundError(2, "x")'):
    try:
        e = eval(bad)
        print(bad, repr(e), str(e), e.args, getattr(e, 'value', ''), getattr(e, 'code', ''), getattr(e, 'characters_written', 'none'))
    except Exception as error:
        print(bad, type(error).__name__, error)
