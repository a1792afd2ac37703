# __str__, __repr__, __format__, __bytes__ and their defaults.
class Both:
    def __repr__(self):
        return "repr"

    def __str__(self):
        return "str"


class OnlyRepr:
    def __repr__(self):
        return "only repr"


class OnlyStr:
    def __str__(self):
        return "only str"


print(
    Both(), [Both()], f"{Both()} {Both()!r}", "%s %r" % (Both(), Both()), str(Both()), repr(Both()),
    (Both(),), {1: Both()},
)
print(OnlyRepr(), str(OnlyRepr()), [OnlyRepr()], f"{OnlyRepr()}", format(OnlyRepr()))
print(OnlyStr(), repr(OnlyStr()).startswith("<__main__.OnlyStr object at 0x"), f"{OnlyStr():}")
print(
    repr(object()).startswith("<object object at 0x"), repr(Both), repr(len), repr(int),
    str(type(None)), repr(Both().__str__).split(" of ")[0], repr(Both.__str__).split(" at ")[0],
)
print(
    repr([].append).split(" at ")[0], repr(print), repr(str.upper), repr(range),
    repr(NotImplemented), repr(...), repr(iter([])).split(" at ")[0],
    repr((x for x in ())).split(" at ")[0],
)


class Container:
    def __init__(self):
        self.me = self

    def __repr__(self):
        return f"Container({type(self.me).__name__})"


print(Container())
for spec in ("5", ">3"):
    try:
        format(OnlyStr(), spec)
    except TypeError as error:
        print(error)
