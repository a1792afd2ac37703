# Code objects through marshal: they run, are equal, and their constants keep their types.
import marshal

source = '''
"""module"""
import math
def fib(n: int) -> int:
    "documented"
    return n if n < 2 else fib(n - 1) + fib(n - 2)
class A:
    x = {1, 2, 3} | {4}
    def f(self, *a, k=(1, "two", b"three", 4.0, 5j, ..., None, True), **m):
        def inner(): return self, a, k
        return inner()[1:]
    @property
    def p(self): return __class__.__name__
def gen():
    try:
        yield from range(3)
    finally:
        print("finally")
def fail():
    return 1 / 0
big = 10 ** 30 + 2 ** 70
text = "\\xe9\\u20ac\\U0001f600" + "a" * 3
print(fib(10), A().f(1, 2), A().p, list(gen()), big, text, 3 in {3, 4}, -0.0, 1e400)
try:
    fail()
except ZeroDivisionError as error:
    print(error, error.__traceback__.tb_next.tb_lineno, error.__traceback__.tb_next.tb_frame.f_code.co_name)
match [1, {"k": 2}]:
    case [int(q), {"k": r}]:
        print(q, r, [w for w in range(q, 4) if w % 2], f"{math.floor(2.5):>4}|{text!r}")
'''
code = compile(source, "file.py", "exec")
for version in range(5):
    data = marshal.dumps(code, version)
    loaded = marshal.loads(data)
    print(version, loaded == code, hash(loaded) == hash(code), loaded.co_filename, loaded is code)
    exec(loaded, {"__name__": "loaded"})


def compare(a, b, path):
    for name in dir(a):
        if not name.startswith("co_") or name in ("co_consts", "co_lnotab", "co_lines", "co_positions"):
            continue
        if getattr(a, name) != getattr(b, name):
            print(path, name, "differs")
    if list(a.co_positions()) != list(b.co_positions()) or list(a.co_lines()) != list(b.co_lines()):
        print(path, "positions differ")
    for x, y in zip(a.co_consts, b.co_consts, strict=True):
        if hasattr(x, "co_code"):
            compare(x, y, path + "." + x.co_name)
        elif type(x) is not type(y) or repr(x) != repr(y) and not isinstance(x, frozenset) or x != y:
            print(path, repr(x), repr(y))


compare(code, loaded, "module")
compare(code, marshal.loads(marshal.dumps(loaded)), "twice")
print(marshal.dumps(code, 2) == marshal.dumps(loaded, 2), len(marshal.dumps(code)) < len(marshal.dumps(code, 2)))
