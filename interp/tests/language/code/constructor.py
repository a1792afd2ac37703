# The constructor types.CodeType: what it takes and what it refuses.
Code = type((lambda: 0).__code__)
names = """argcount posonlyargcount kwonlyargcount nlocals stacksize flags code consts names varnames
filename name qualname firstlineno linetable exceptiontable freevars cellvars""".split()
# RESUME; LOAD_FAST 0; RETURN_VALUE
values = [1, 0, 0, 1, 1, 3, b"\x97\0\x7c\0S\0", (None,), (), ("a",), "file", "name", "q.name", 7, b"", b""]


def make(**changes):
    changed = values + [(), ()] if {"freevars", "cellvars"} & set(changes) else values[:]
    for name, value in changes.items():
        changed[names.index(name)] = value
    return Code(*changed)


code = make()
print(code.co_name, code.co_qualname, code.co_varnames, code.co_freevars, code.co_firstlineno)
def f(): pass
f.__code__ = code
print(f("value"))
for changes in (
    dict(argcount=-1), dict(posonlyargcount=-1), dict(kwonlyargcount=-1), dict(nlocals=-1),
    dict(stacksize=-1), dict(flags=-1), dict(argcount=2), dict(posonlyargcount=2), dict(nlocals=2),
    dict(code=b"\0"), dict(code="x"), dict(code=b""), dict(consts=[]), dict(names=(1,)), dict(names=["a"]),
    dict(varnames=(1,)), dict(filename=1), dict(name=b""), dict(qualname=None), dict(firstlineno="x"),
    dict(linetable=""), dict(exceptiontable=0), dict(freevars=(1,)), dict(cellvars=[]),
    dict(stacksize=2 ** 31), dict(argcount=1.5), dict(firstlineno=-5), dict(flags=4), dict(flags=15),
    dict(cellvars=("a",)), dict(freevars=("a",)), dict(cellvars=("a", "b"), freevars=("c",)),
    dict(varnames=("a", "b", "c"), nlocals=3, kwonlyargcount=2), dict(varnames=("a", "b", "c"), nlocals=3, kwonlyargcount=3),
):
    try:
        made = make(**changes)
        print(sorted(changes), made.co_varnames, made.co_cellvars, made.co_freevars)
    except Exception as error:
        print(sorted(changes), type(error).__name__, str(error).split(": ")[-1])
for args in ((), (1,), (*values, (), (), 1)):
    try:
        Code(*args)
    except TypeError as error:
        print(error)
try:
    Code(argcount=1)
except TypeError as error:
    print(error)


class Text(str):
    pass


code = make(varnames=(Text("sub"),))
print(type(code.co_varnames[0]).__name__, code.co_varnames)
