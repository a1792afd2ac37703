# Data and non-data descriptors, __set_name__, lookup order.
class Data:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return f"class access {owner.__name__}"
        return instance.__dict__.get(self.name, "unset")

    def __set__(self, instance, value):
        print("set", value)
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        print("delete")
        instance.__dict__.pop(self.name, None)


class NonData:
    def __get__(self, instance, owner):
        return "non-data"


class C:
    d = Data()
    n = NonData()


c = C()
print(c.d, C.d, c.n, C.n)
c.d = 5
c.__dict__["d"] = "ignored"
c.n = "instance wins"
print(c.d, c.n, sorted(c.__dict__))
del c.d
print(c.d)
del c.n
print(c.n)


class Sub(C):
    pass


s = Sub()
s.d = 1
print(s.d, Sub.d)


class ReadOnly:
    def __get__(self, instance, owner):
        return 42

    def __set__(self, instance, value):
        raise AttributeError("read only")


class R:
    x = ReadOnly()


try:
    R().x = 1
except AttributeError as error:
    print(error)
R.x = 7
print(R().x)
try:
    class B:
        class Bad:
            def __set_name__(self, owner, name):
                1 / 0

        bad = Bad()
except Exception as error:
    print(type(error).__name__, error, error.__notes__)


class Bound:
    def __get__(self, instance, owner):
        return lambda *args: (instance is None, owner.__name__, args)


class M:
    call = Bound()


print(M.call(1), M().call(2))
