# Name mangling of double-underscore names.
class A:
    __hidden = 1
    __dunder__ = "kept"
    _single = 2

    def __init__(self):
        self.__value = 3

    def get(self):
        return self.__value, A.__hidden, self.__method()

    def __method(self):
        return "A.__method"

    def local(self):
        __x = 5
        return sorted(locals())

    def keyword(self, __arg=1):
        return __arg


class B(A):
    def __method(self):
        return "B.__method"

    def __init__(self):
        super().__init__()
        self.__value = 4


b = B()
print(b.get(), sorted(b.__dict__), A._A__hidden, A.__dunder__, b.local(), A().keyword(_A__arg=2))
for attempt in (lambda: A.__hidden, lambda: b.__value):
    try:
        attempt()
    except AttributeError as error:
        print(error)


class _Under:
    __x = 1


print(_Under._Under__x)


def outside(obj):
    return hasattr(obj, "__value"), hasattr(obj, "_B__value"), hasattr(obj, "_A__value")


print(outside(b))
