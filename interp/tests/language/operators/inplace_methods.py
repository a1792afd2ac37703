# __iadd__ and its relatives, with fall back to the binary method.
class Log:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Log({self.name})"

    def __iadd__(self, other):
        print("iadd", other)
        return self

    def __sub__(self, other):
        print("sub", other)
        return Log(self.name + "-")

    def __imul__(self, other):
        return NotImplemented

    def __mul__(self, other):
        print("mul", other)
        return "product"


log = same = Log("x")
log += 1
print(log is same)
log -= 2
print(log, log is same)
log *= 3
print(log)
for name in (
    "iadd", "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow", "ilshift", "irshift", "iand",
    "ior", "ixor", "imatmul",
):
    setattr(Log, f"__{name}__", lambda self, other, name=name: print(name, other) or self)
a = Log("a")
a += 1; a -= 1; a *= 1; a /= 1; a //= 1; a %= 1; a **= 1; a <<= 1; a >>= 1; a &= 1; a |= 1; a ^= 1; a @= 1
print(a)
