# sys: argv, version, modules, limits, exc_info, intern.
import sys

print(
    sys.argv[0].endswith("sys_basics.py"), len(sys.argv), sys.version_info[:2],
    sys.version_info >= (3, 12), sys.version_info.major, type(sys.maxsize).__name__, sys.byteorder,
    sys.maxunicode,
)
print(
    "sys" in sys.modules, sys.modules["sys"] is sys, sys.modules["__main__"].__name__,
    isinstance(sys.path, list), sys.getrecursionlimit(), sys.intern("abc") is sys.intern("abc"),
    sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig,
)
sys.setrecursionlimit(2000)
print(
    sys.getrecursionlimit(), sys.exc_info(), sys.getdefaultencoding(), sys.stdout.encoding.lower(),
    callable(sys.exit),
)
for bad in (
    lambda: sys.setrecursionlimit("a"), lambda: sys.setrecursionlimit(-5), lambda: sys.nothing,
    lambda: sys.intern(5),
):
    try:
        bad()
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    sys.exit("message")
except SystemExit as error:
    print(repr(error), error.code)
for code in (None, 0, 3, "text", (1, 2)):
    try:
        sys.exit(code)
    except SystemExit as error:
        print(repr(error.code), error.args)
frame = sys._getframe()
print(frame.f_code.co_name, frame.f_lineno, frame.f_globals is globals())


def inner():
    return sys._getframe(1).f_code.co_name, sys._getframe().f_code.co_name


def outer():
    return inner()


print(outer())
