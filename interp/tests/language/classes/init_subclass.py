# __init_subclass__, __class_getitem__, __instancecheck__, __subclasscheck__.
class Plugin:
    registry = []

    def __init_subclass__(cls, /, name="unnamed", **kwargs):
        super().__init_subclass__(**kwargs)
        cls.plugin_name = name
        Plugin.registry.append(cls.__name__)


class A(Plugin, name="first"):
    pass


class B(A):
    pass


print(Plugin.registry, A.plugin_name, B.plugin_name)
try:
    class Bad(Plugin, name="x", other=1):
        pass
except TypeError as error:
    print(error)
try:
    class Bad2(metaclass=type, stray=1):
        pass
except TypeError as error:
    print(error)


class Box:
    def __class_getitem__(cls, item):
        return f"{cls.__name__} of {item}"


print(Box[int.__name__], Box[1, 2])
try:
    A[0]
except TypeError as error:
    print(error)


class EvenMeta(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, int) and instance % 2 == 0

    def __subclasscheck__(cls, sub):
        return sub is int


class Even(metaclass=EvenMeta):
    pass


print(
    isinstance(4, Even), isinstance(3, Even), issubclass(int, Even), issubclass(str, Even),
    isinstance(2, (str, Even)),
)
