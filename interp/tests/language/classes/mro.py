# C3 linearisation, diamonds, cooperative super, conflicts.
class A:
    def go(self):
        return ["A"]


class B(A):
    def go(self):
        return ["B"] + super().go()


class C(A):
    def go(self):
        return ["C"] + super().go()


class D(B, C):
    def go(self):
        return ["D"] + super().go()


print(D().go(), [k.__name__ for k in D.__mro__], [k.__name__ for k in D.mro()])


class E(C, B):
    pass


print(E().go())


class X: pass
class Y: pass
class P(X, Y): pass
class Q(Y, X): pass


for bases in ((P, Q), (X, X), (object, X)):
    try:
        type("Bad", bases, {})
    except TypeError as error:
        print(str(error).replace("\n", " "))


class Root:
    def __init__(self, **kwargs):
        self.rest = kwargs


class Left(Root):
    def __init__(self, left=None, **kwargs):
        super().__init__(**kwargs)
        self.left = left


class Right(Root):
    def __init__(self, right=None, **kwargs):
        super().__init__(**kwargs)
        self.right = right


class Both(Left, Right):
    pass


both = Both(left=1, right=2, other=3)
print(both.left, both.right, both.rest, [k.__name__ for k in Both.__mro__])


class Mixin:
    def describe(self):
        return f"{type(self).__name__}:{self.value}"


class Thing(Mixin, A):
    value = 5


print(Thing().describe(), Thing().go())
