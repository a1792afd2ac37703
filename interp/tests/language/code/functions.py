# The constructor types.FunctionType: functions over ready code objects.
Function = type(lambda: 0)


def f(a, b=2, *, c=3):
    "doc"
    return a, b, c, x


x = "global"


def outer():
    free = 1
    def inner():
        nonlocal free
        free += 1
        return free
    return inner


inner = outer()
g = Function(f.__code__, {"x": "other", "__name__": "elsewhere"})
print(g.__name__, g.__qualname__, g.__module__, g.__doc__, g.__defaults__, g.__kwdefaults__, g.__closure__)
try:
    g(1)
except TypeError as error:
    print(error)
print(g(1, 2, c=3))
g = Function(f.__code__, globals(), "named", (5, 6))
print(g.__name__, g.__qualname__, g(c=0), g.__module__)
h = Function(inner.__code__, globals(), closure=inner.__closure__, name=None, argdefs=None)
print(inner(), h(), inner(), h.__closure__ is inner.__closure__, h.__name__)
cell = type(inner.__closure__[0])
print(Function(inner.__code__, {}, "n", None, (cell(10),))())
for args in (
    (), (1,), (1, 2), (f.__code__, 1), (f, {}), (f.__code__, {}, 3), (f.__code__, {}, "n", []),
    (f.__code__, {}, "n", (), []), (inner.__code__, {}), (inner.__code__, {}, "n", None, ()),
    (inner.__code__, {}, "n", None, (1,)), (f.__code__, {}, "n", None, (cell(1),)),
    (f.__code__, {}, None, None, None, None), (f.__code__, None), (f.__code__, {}, "n", None, 5),
):
    try:
        print(Function(*args).__name__)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
module = compile("y = 3\nz = [y for y in range(y)]\n", "text", "exec")
try:
    print(Function(module, {})())
except NameError as error:
    print(error)
except SystemError as error:
    print("SystemError")
try:
    class Derived(Function):
        pass
except TypeError as error:
    print(error)
