# pass, several statements a line, semicolons, annotations, chained assignment, type comments.
pass; x = 1; y = 2
if x: pass
if x: print("one line"); print("two")
else: print("no")
for i in range(2): print(i, end=" ")
print()
while x: x -= 1
a = b = c = []
b.append(1)
print(a, a is b is c)
n: int = 5
m: str
print(n, "m" in globals(), __annotations__)
d: dict[str, int] = {}
d["k"]: int = 7
print(d)


class C:
    attr: int = 1
    only: "str"

    def __init__(self):
        self.x: float = 1.5


print(C.__annotations__, C().x, hasattr(C, "only"))


def f():
    local: undefined_but_not_evaluated = 3
    return local


print(f(), f.__annotations__)
"a string statement"
5
...
(1, 2)
print(__name__, __doc__)
if (1,
        2) and [3,
                4]: print("joined lines")
x = 1 + \
    2
print(x)
