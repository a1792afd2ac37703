# Class and instance attributes, methods, shadowing.
class Dog:
    """A dog."""

    kind = "dog"
    tricks = []

    def __init__(self, name):
        self.name = name

    def add(self, trick):
        self.tricks.append(trick)
        return self

    def rename(self, name="nameless"):
        old, self.name = self.name, name
        return old


a, b = Dog("a"), Dog("b")
a.add("sit")
print(b.tricks, a.name, a.rename(), a.name, Dog.kind, a.kind)
a.kind = "wolf"
print(a.kind, b.kind, Dog.kind, a.__dict__, b.__dict__)
del a.kind
Dog.kind = "hound"
print(
    a.kind, Dog.__doc__, Dog.__name__, Dog.__module__, type(a) is Dog, a.__class__.__name__,
    isinstance(a, object), repr(Dog), str(type(Dog)),
)
Dog.bark = lambda self, n=1: f"{self.name} " + "wau" * n
a.silent = lambda: "..."
print(a.bark(2), Dog.bark(b), a.silent(), hasattr(b, "silent"))


class Empty: pass


e = Empty()
e.x = e.y = [1]
e.x += [2]
print(e.y, vars(e), Empty.__dict__.get("x"), Empty.__bases__, Empty.__mro__)
for attempt in (
    lambda: e.z, lambda: Empty.z, lambda: e.x.z, lambda: Empty().m(), lambda: delattr(e, "z"),
    lambda: setattr(5, "x", 1), lambda: setattr(e, 5, 1), lambda: None.x, lambda: Dog(),
    lambda: object().x,
):
    try:
        attempt()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
