# Method resolution, overriding, super() in single inheritance.
class Base:
    x = "base x"

    def __init__(self, *args):
        self.args = args

    def hello(self):
        return f"base hello {self.who()}"

    def who(self):
        return "base"


class Middle(Base):
    def who(self):
        return "middle(" + super().who() + ")"


class Leaf(Middle):
    x = "leaf x"

    def __init__(self, extra, *args):
        super().__init__(*args)
        self.extra = extra

    def who(self):
        return "leaf(" + super().who() + ")"

    def parent_x(self):
        return super().x, super(Middle, self).x, super(Leaf, self).who()


leaf = Leaf(1, 2, 3)
print(leaf.hello(), leaf.args, leaf.extra, leaf.parent_x(), Base.who(leaf), Middle.hello(leaf))
print(
    isinstance(leaf, Base), isinstance(leaf, (int, Middle)), issubclass(Leaf, Base),
    issubclass(Base, Leaf), issubclass(Leaf, object), [c.__name__ for c in Leaf.__mro__],
    Leaf.__base__.__name__, Base.__subclasses__()[0].__name__,
)
Base.late = lambda self: "late " + self.x
print(leaf.late(), Leaf.late(Base()))


class Chatty(Base):
    def hello(self):
        method = super().hello
        return [method() for _ in range(2)]


print(Chatty().hello(), Chatty().args)
try:
    isinstance(1, "int")
except TypeError as error:
    print(error)
try:
    issubclass(1, int)
except TypeError as error:
    print(error)
