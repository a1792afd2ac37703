# super() sites, class attributes through instances, and class creation in a loop.
def make(n):
    class Base:
        tag = f"base{n}"

        def name(self):
            return f"{self.tag}/{n}"

    class Derived(Base):
        if n % 2:
            tag = f"derived{n}"

        def name(self):
            return "d:" + super().name()

        @classmethod
        def create(cls):
            self = super().__new__(cls)
            self.made = True
            return self

    return Derived


classes = [make(i) for i in range(4)]
for _ in range(3):
    out = [c().name() for c in classes] + [c.create().made for c in classes]
print(out, classes[0].__name__, classes[0] is classes[1], [c.__qualname__ for c in classes[:1]])


class A:
    n = 0

    def touch(self):
        A.n += 1
        type(self).n += 10
        self.n += 100
        return self.n, A.n, type(self).n


class B(A):
    n = 5


b, a = B(), A()
print([b.touch() for _ in range(3)], [a.touch() for _ in range(3)], A.n, B.n)
chain = A
for i in range(30):
    chain = type(f"C{i}", (chain,), {"level": i, "go": (lambda i: lambda self: i)(i)})
o = chain()
print(
    o.level, o.go(), o.n, len(chain.__mro__), super(chain, o).level,
    super(chain.__mro__[5], o).go(),
)
