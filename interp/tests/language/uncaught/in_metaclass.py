class Meta(type):
    def __new__(meta, name, bases, namespace):
        raise TypeError(f"no class {name}")


class A(metaclass=Meta):
    x = 1
