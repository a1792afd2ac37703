# eval, exec and compile with own namespaces.
x = 10
print(
    eval("x + 1"), eval("x + y", {"x": 1, "y": 2}), eval("a * 2", {}, {"a": 4}),
    eval(" [i for i in range(3)]"), eval("(lambda n: n * x)(2)"),
)
namespace = {}
exec("a = 1\ndef f(n):\n    return n + a\nb = f(5)", namespace)
print(namespace["b"], sorted(k for k in namespace if k != "__builtins__"), namespace["f"](10))
exec("x = 20")
print(x)


def local():
    y = 1
    exec("y = 2; z = 3")
    return y, eval("y + 1"), "z" in locals()


print(local())
code = compile("1 + 2", "<test>", "eval")
print(
    eval(code), code.co_filename, type(code).__name__,
    exec(compile("print('exec', x)", "<t>", "exec")),
)
exec(compile("5 + 5\n'shown?'", "<t>", "exec"))
for bad in ("1 +", "x =", "def", "1 2", "("):
    try:
        eval(bad)
    except SyntaxError as error:
        print(type(error).__name__, error.msg)
for bad in (
    lambda: eval("undefined_thing"), lambda: eval("1/0"), lambda: exec("raise KeyError('k')"),
    lambda: eval(5), lambda: exec(None), lambda: compile("1", "f", "wrong"), lambda: eval("x = 1"),
    lambda: eval("1", 5), lambda: eval(""),
):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
try:
    exec("def f():\n    return 1\n  x = 2")
except IndentationError as error:
    print(type(error).__name__, error.msg, error.lineno)
class Map(dict):
    def __missing__(self, key):
        return key * 2


print(eval("ab + cd", {}, Map()))
