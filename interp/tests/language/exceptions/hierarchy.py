# Builtin exception classes and their relations.
pairs = [
    (ArithmeticError, Exception), (ZeroDivisionError, ArithmeticError),
    (OverflowError, ArithmeticError), (KeyError, LookupError), (IndexError, LookupError),
    (FileNotFoundError, OSError), (UnboundLocalError, NameError),
    (ModuleNotFoundError, ImportError), (RecursionError, RuntimeError),
    (NotImplementedError, RuntimeError), (UnicodeDecodeError, ValueError),
    (IndentationError, SyntaxError), (TabError, IndentationError),
    (KeyboardInterrupt, BaseException), (SystemExit, BaseException), (GeneratorExit, BaseException),
    (StopIteration, Exception), (AssertionError, Exception), (AttributeError, Exception),
    (MemoryError, Exception), (TypeError, Exception), (EOFError, Exception),
    (BrokenPipeError, ConnectionError), (PermissionError, OSError),
    (FloatingPointError, ArithmeticError), (Warning, Exception), (DeprecationWarning, Warning),
]
for sub, base in pairs:
    print(sub.__name__, base.__name__, issubclass(sub, base), sub.__bases__[0].__name__)
print(
    IOError is OSError, EnvironmentError is OSError, issubclass(KeyboardInterrupt, Exception),
    issubclass(SystemExit, Exception),
)
print(
    [c.__name__ for c in UnicodeEncodeError.__mro__], StopIteration(5).value, SystemExit(3).code,
    SystemExit().code, KeyError("a"), KeyError("a", "b"), KeyError(),
)
print(
    OSError(9999, "text").errno, OSError(9999, "text", "f.txt"), OSError(9999, "text").strerror,
    repr(OSError("a")), AttributeError("m", name="n", obj=5).name, NameError("x", name="y").name,
    ImportError("m", name="mod", path="p").path,
)
