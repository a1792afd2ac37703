# replace: a copy with other fields, which runs.
def f(a, b=2):
    "doc"
    x = a * 10
    def g():
        return x + b
    return g()


code = f.__code__


def show(**changes):
    try:
        print(sorted(changes), code.replace(**changes).co_name)
    except Exception as error:
        print(sorted(changes), type(error).__name__, str(error).split(": ")[-1])


show(co_argcount=-1)
show(co_posonlyargcount=-1)
show(co_stacksize=-1)
show(co_nlocals=5)
show(co_name=1)
show(co_name=None)
show(co_other=1)
show(co_code=b"1")
show(co_code=bytearray(b"11"))
show(co_consts=[])
show(co_names=(1,))
show(co_varnames=("a",))
show(co_flags=-1)
show(co_firstlineno=-1)
show(co_argcount="x")
show(co_argcount=2 ** 40)
show(co_freevars=("q",))
show(co_posonlyargcount=3)
show(co_cellvars=("a", "x"))
show(co_filename=None)
show(co_linetable="")
show(co_exceptiontable=None)
show(co_name="renamed", co_qualname="other")
try:
    code.replace(1)
except TypeError as error:
    print(error)

f.__code__ = code.replace(co_name="h", co_qualname="q.h", co_filename="elsewhere")
print(f(1), f.__name__, f.__code__.co_name, f.__code__.co_qualname, f.__code__.co_filename)
f.__code__ = code.replace(co_consts=tuple(100 if c == 10 else c for c in code.co_consts))
print(f(1), f.__doc__)


def add(a, b):
    return a + b


units = bytearray(add.__code__.co_code)
for i in range(0, len(units), 2):
    if units[i] == 122:  # BINARY_OP
        units[i + 1] = 5
add.__code__ = add.__code__.replace(co_code=bytes(units))
print(add(6, 7))
add.__code__ = add.__code__.replace(co_varnames=("first", "second"))
print(add(first=6, second=8), add.__code__.co_varnames)


def closed():
    v = 5
    def user():
        return v
    return user


user = closed()
try:
    user.__code__ = add.__code__
except ValueError as error:
    print(error)
user.__code__ = user.__code__.replace(co_freevars=("renamed",))
print(user(), user.__code__.co_freevars)
