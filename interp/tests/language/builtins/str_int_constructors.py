# Constructors called with keywords, subclasses and objects.
print(
    int("12", base=5), int(x := "7"), str(object="o"), str(b"ab", encoding="ascii"), bool(x),
    float("2"), list(tuple("ab")), dict([["a", 1]], b=2), set("a"), frozenset([1]), tuple({1: 2}),
    bytes([1]), range(3), slice(2), type("T", (), {}).__name__,
)


class HasIndex:
    def __index__(self):
        return 5


class HasInt(HasIndex):
    def __int__(self):
        return 6


class HasFloat:
    def __float__(self):
        return 1.5


print(
    int(HasIndex()), int(HasInt()), float(HasIndex()), float(HasFloat()), bool(HasIndex()),
    range(HasIndex()), "abcdefg"[HasIndex()], [0] * HasIndex(), bytes(HasIndex()), hex(HasInt()),
)
for bad in (
    lambda: int(x=1), lambda: int("1", foo=2), lambda: float(x=1), lambda: list(a=1),
    lambda: str(b"a", 5), lambda: str("a", "utf-8"), lambda: bool(1, 2), lambda: tuple(1),
    lambda: dict(1), lambda: int(HasFloat()), lambda: float("a"), lambda: frozenset(5),
):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
