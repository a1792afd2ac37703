# Metaclasses: type(), __new__, __init__, __call__, __prepare__, keyword arguments, conflicts.
C = type("C", (), {"x": 1, "m": lambda self: self.x})
print(C.__name__, C().m(), C.__bases__, type(C))


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        print("prepare", name, kwargs)
        return {"prepared": True}

    def __new__(mcs, name, bases, namespace, **kwargs):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")))
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print("init", name, kwargs)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)

    def __repr__(cls):
        return f"<meta {cls.__name__}>"

    def __len__(cls):
        return 7

    def __getitem__(cls, key):
        return f"{cls.__name__}[{key}]"

    def __iter__(cls):
        return iter("abc")

    def __contains__(cls, item):
        return item == 5

    @property
    def prop(cls):
        return "meta property"


class K(metaclass=Meta, option=3):
    attr = 1

    def __init__(self, v=0):
        self.v = v


print(K, K.prepared, K(4).v, len(K), K["x"], list(K), 5 in K, K.prop, type(K).__name__)


class L(K):
    pass


print(type(L).__name__, isinstance(L, Meta), L)
try:
    L().prop
except AttributeError as error:
    print(error)


class OtherMeta(type):
    pass


try:
    class Conflict(K, metaclass=OtherMeta):
        pass
except TypeError as error:
    print(error)


class Function(metaclass=lambda name, bases, namespace: (name, bases, sorted(namespace)[0])):
    pass


print(Function)
print(type(5), type(type), type("D", (int,), {})(5) + 1, type.__call__(int, "7"))
