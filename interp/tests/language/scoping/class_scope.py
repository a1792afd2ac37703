# Names in class bodies: own names first, then globals; methods do not see them.
x = "global"


class A:
    before = x
    x = "class"
    after = x

    def method(self):
        return x

    def own(self):
        return self.x


print(A.before, A.after, A().method(), A().own())


def f():
    x = "function"

    class B:
        y = x
        x = "class b"
        z = x

    class C:
        y = x

    return B.y, B.z, C.y


print(f())


class Outer:
    n = 1

    class Inner:
        try:
            m = n
        except NameError as error:
            m = str(error)
        n = 2

    total = n + Inner.n


print(Outer.Inner.m, Outer.total)


class Loop:
    squares = {}
    for i in range(3):
        squares[i] = i * i
    del i
    if squares:
        def present(self):
            return True
    else:
        def absent(self):
            return False


print(Loop.squares, hasattr(Loop, "i"), hasattr(Loop, "present"), hasattr(Loop, "absent"))
