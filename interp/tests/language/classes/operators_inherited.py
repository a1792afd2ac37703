# Special methods are looked up on the type, not the instance.
class A:
    def __len__(self):
        return 3


a = A()
a.__len__ = lambda: 99
print(len(a), a.__len__())
a.__call__ = lambda: "x"
try:
    a()
except TypeError as error:
    print(error)
A.__add__ = lambda self, other: ("added", other)
print(a + 1)


class B(A):
    __len__ = None


try:
    len(B())
except TypeError as error:
    print(error)


class I(int):
    def __add__(self, other):
        return ("I.add", int(self), other)

    __radd__ = __add__

    def __eq__(self, other):
        return "eq"

    __hash__ = int.__hash__


print(I(5) + 1, 1 + I(5), I(5) - 1, I(5) == 5, 5 == I(5), sum([2, I(1)]))


class F(float):
    def __repr__(self):
        return f"F({float(self)})"

    def __mul__(self, other):
        return F(float(self) * other)


print(F(1.5) * 2, F(1.5) + 1, [F(2)], f"{F(2.5):.2f}", str(F(1)))
