# Method sites after monkey patching, in subclasses, with instance overrides.
class Base:
    def go(self):
        return "base"


class Sub(Base):
    pass


class Other:
    def go(self):
        return "other"


def run(o):
    return o.go()


b, s, o = Base(), Sub(), Other()
history = []


def record():
    history.append([run(x) for x in (b, s, o)])


for _ in range(20):
    record()
Base.go = lambda self: "patched base"
record()
Sub.go = lambda self: "patched sub"
record()
s.go = lambda: "instance s"
record()
del s.go, Sub.go
record()
Sub.__bases__ = (Other,)
record()
s.__class__ = Base
record()
Base.go = property(lambda self: lambda: "from property")
record()
Base.go = staticmethod(lambda: "static")
record()
Base.go = classmethod(lambda cls: cls.__name__)
record()
Base.go = type("Callable", (), {"__call__": lambda self: "callable object"})()
record()
Base.__getattribute__ = lambda self, name: lambda: "intercepted " + name
record()
del Base.__getattribute__
del Base.go
try:
    record()
except AttributeError as error:
    print(error)
for row in history[19:]:
    print(row)
