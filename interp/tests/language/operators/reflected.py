# Binary methods, reflected methods, NotImplemented and subclass priority.
class Num:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        print("Num.add")
        if isinstance(other, int):
            return f"{self.v}+{other}"
        return NotImplemented

    def __radd__(self, other):
        print("Num.radd")
        return f"{other}+{self.v}"


class Sub(Num):
    def __radd__(self, other):
        print("Sub.radd")
        return "sub"


print(Num(1) + 2)
print(2 + Num(1))
print(Num(1) + Sub(2))
for expression in (
    lambda: Num(1) - 2, lambda: Num(1) + "x", lambda: -Num(1), lambda: Num(1) < Num(2),
    lambda: 1 + "a",
):
    try:
        print(expression())
    except TypeError as error:
        print("TypeError:", error)
