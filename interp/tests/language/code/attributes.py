# The attributes of code objects of every kind of function.
def plain(a, b=2, /, c=3, *rest, d, e=5, **more):
    "Documentation."
    local = a + b
    return [local for local in rest if local > c], more


def outer(x):
    y = x

    def inner(z):
        nonlocal y
        y += z
        return lambda w: x + y + z + w
    return inner


def generator():
    yield from (i for i in range(3))


async def coroutine():
    await generator()


async def asynchronous():
    yield 1


class Class:
    attribute = 1

    def method(self):
        return super().__init__

    square = lambda self, x: x * x


def show(code, depth=0):
    pad = "  " * depth
    print(pad + code.co_qualname, code.co_name, code.co_firstlineno, code.co_filename.split("/")[-1])
    print(pad, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_nlocals)
    print(pad, hex(code.co_flags), code.co_stacksize, len(code.co_code), code.co_names)
    print(pad, code.co_varnames, code.co_cellvars, code.co_freevars)
    print(pad, code.co_code.hex())
    print(pad, code.co_linetable.hex(), code.co_exceptiontable.hex())
    print(pad, [c for c in code.co_consts if not hasattr(c, "co_code")])
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            show(constant, depth + 1)


for function in (plain, outer, generator, coroutine, asynchronous, Class.method, Class.square):
    show(function.__code__)
show(compile("x = [y for y in z]\ntry: x\nexcept E: pass", "some/file.py", "exec"))
show(compile("a + b", "<expression>", "eval"))
code = plain.__code__
Code = type(code)
print(Code.__name__, Code.__module__, [name for name in dir(code) if name[:2] != "__"])
for name in ("co_name", "co_code", "co_varnames", "co_argcount", "new"):
    for change in (lambda: setattr(code, name, 1), lambda: delattr(code, name)):
        try:
            change()
        except (AttributeError, TypeError) as error:
            print(type(error).__name__, error)
print(code._varname_from_oparg(0), code._varname_from_oparg(7))
for index in (99, -1, "x"):
    try:
        code._varname_from_oparg(index)
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
try:
    class Derived(Code):
        pass
except TypeError as error:
    print(error)
