# Assigning __bases__: what is refused, and what changes when it is not.
def attempt(cls, bases):
    try:
        cls.__bases__ = bases
    except TypeError as error:
        print("TypeError:", error)
    else:
        print([k.__name__ for k in cls.__mro__])


class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"

    def __len__(self):
        return 5

    def __add__(self, other):
        return "B + " + str(other)


class C(A):
    pass


class D(C):
    pass


c, d = C(), D()
print(c.who(), d.who(), A.__subclasses__(), B.__subclasses__())
attempt(C, (B,))
print(c.who(), d.who(), A.__subclasses__(), B.__subclasses__())
print(len(c), len(d), c + 1, d + 2, C.__base__.__name__, C.__bases__)
print(isinstance(c, A), isinstance(d, B), issubclass(D, B), [k.__name__ for k in D.__mro__])
attempt(C, (A, B))
print(c.who(), len(d), A.__subclasses__() == [C], B.__subclasses__() == [C])
attempt(C, (A,))
try:
    len(d)
except TypeError as error:
    print("TypeError:", error)

# Refused.
attempt(C, [A])
attempt(C, ())
attempt(C, (A, 1))
attempt(A, (C,))
attempt(A, (A,))
attempt(A, (D,))
attempt(A, (B,))
attempt(C, (object,))
attempt(C, (int,))
attempt(C, (list,))
attempt(C, (A, A))
attempt(C, (bool,))
attempt(int, (object,))
try:
    del C.__bases__
except TypeError as error:
    print("TypeError:", error)
print([k.__name__ for k in C.__mro__], C.__bases__)


class Slots:
    __slots__ = ("x", "y")


class SameSlots:
    __slots__ = ("y", "x")


class OtherSlots:
    __slots__ = ("x", "z")


class OverSlots(Slots):
    pass


attempt(OverSlots, (SameSlots,))
o = OverSlots()
o.x, o.y = 1, 2
print(o.x, SameSlots.x.__get__(o), o.__dict__)
attempt(OverSlots, (OtherSlots,))
attempt(OverSlots, (A,))
attempt(OverSlots, (SameSlots, A))


class E(ValueError):
    pass


attempt(E, (TypeError,))
attempt(E, (TypeError, ValueError))
attempt(E, (OSError,))
attempt(E, (UnicodeDecodeError,))
attempt(E, (BaseException,))
try:
    raise E("text")
except BaseException as error:
    print(repr(error), isinstance(error, ValueError))


class Text(str):
    pass


class Text2(str):
    pass


class Text3(Text):
    pass


attempt(Text3, (Text2,))
attempt(Text3, (str,))
attempt(Text2, (Text,))


# An MRO that does not work leaves everything as it was.
class X:
    pass


class Y:
    pass


class XY(X, Y):
    pass


class P(X):
    pass


class Q(P, XY):
    pass


attempt(P, (Y, X))
print([k.__name__ for k in P.__mro__], [k.__name__ for k in Q.__mro__], P.__bases__)
print(Y.__subclasses__(), X.__subclasses__())


# A metaclass's own order.
class Reversing(type):
    def mro(cls):
        if cls.__name__ == "Failing" and len(cls.__bases__) > 1:
            raise ZeroDivisionError("no order")
        return type.mro(cls)


class R(metaclass=Reversing):
    def who(self):
        return "R"


class Failing(R):
    pass


try:
    Failing.__bases__ = (R, A)
except ZeroDivisionError as error:
    print(repr(error), Failing.__bases__, [k.__name__ for k in Failing.__mro__])
Failing.__bases__ = (A,)
print(Failing().who())


class Unsuitable(type):
    def mro(cls):
        return [cls, list, object]


try:
    class U(metaclass=Unsuitable):
        pass
except TypeError as error:
    print(error)


# super() and __class__ follow.
class Talk:
    def say(self):
        return "Talk"


class Shout(Talk):
    def say(self):
        return super().say() + "!"


class Whisper:
    def say(self):
        return "whisper"


s = Shout()
print(s.say())
Shout.__bases__ = (Whisper,)
print(s.say())


# Exchanging classes of instances.
def exchange(instance, cls):
    try:
        instance.__class__ = cls
    except TypeError as error:
        print("TypeError:", error)
    else:
        print(type(instance).__name__)


class Int1(int):
    pass


class Int2(int):
    pass


class Decode(UnicodeDecodeError):
    pass


class Encode(UnicodeEncodeError):
    pass


class NoWeak:
    __slots__ = ("__dict__",)


class Empty:
    __slots__ = ()


exchange(Int1(5), Int2)
exchange(Decode("utf-8", b"x", 0, 1, "why"), Encode)
exchange(A(), NoWeak)
exchange(A(), Empty)
exchange(Empty(), A)
exchange(Int1(5), A)
exchange(A(), int)
exchange(E("x"), A)
exchange(Slots(), SameSlots)
exchange(Slots(), OtherSlots)
