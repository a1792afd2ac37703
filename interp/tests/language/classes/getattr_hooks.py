# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__.
class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "target", target)

    def __getattr__(self, name):
        print("getattr", name)
        if name.startswith("no"):
            raise AttributeError(f"nothing called {name}")
        return getattr(self.target, name)

    def __setattr__(self, name, value):
        print("setattr", name, value)
        setattr(self.target, name, value)

    def __delattr__(self, name):
        print("delattr", name)
        delattr(self.target, name)

    def __dir__(self):
        return ["b", "a"]


class T:
    v = 1


p = Proxy(T())
print(p.v)
p.w = 5
print(p.w, p.target.w)
del p.w
print(hasattr(p, "w"), hasattr(p, "nope"), getattr(p, "no", "default"), dir(p))
try:
    p.nothing
except AttributeError as error:
    print(error)


class All:
    x = 1

    def __getattribute__(self, name):
        if name == "secret":
            raise AttributeError("hidden")
        value = super().__getattribute__(name)
        return f"<{name}>" if isinstance(value, int) else value

    def __getattr__(self, name):
        return f"fallback {name}"

    def method(self):
        return self.x


a = All()
a.y = 2
print(a.x, a.y, a.secret, a.absent, a.method(), All.x)


class Lazy:
    def __getattr__(self, name):
        value = len(name)
        setattr(self, name, value)
        print("computed", name)
        return value


z = Lazy()
print(z.abc, z.abc, vars(z))
print(getattr(z, "d" * 4), setattr(z, "q", 1), z.q, getattr(5, "nothing", None))
