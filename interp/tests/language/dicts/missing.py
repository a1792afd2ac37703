# __missing__ in a subclass, and other overridden methods.
class Default(dict):
    def __missing__(self, key):
        print("missing", key)
        self[key] = value = len(self)
        return value


d = Default(a="x")
print(d["a"], d["b"], d["b"], d.get("c"), "c" in d, d, len(d))


class Upper(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)

    def __contains__(self, key):
        return super().__contains__(key.upper())


u = Upper()
u["a"] = 1
u.update(b=2)
print(u, "a" in u, "A" in u, "b" in u, isinstance(u, dict), type(u.copy()), u == {"A": 1, "b": 2})


class Mapping:
    def keys(self):
        return ["k1", "k2"]

    def __getitem__(self, key):
        return key + "!"


print(dict(Mapping()), {**Mapping()}, (lambda **kw: kw)(**Mapping()))
