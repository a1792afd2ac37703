# type, isinstance, issubclass with tuples and unions of types.
print(
    type(1), type("a"), type(None), type(type), type(len), type([].append), type(lambda: 0),
    type((i for i in ())), type(range(1)), type(...), type(NotImplemented), type(print),
    type({}.keys()),
)
print(
    isinstance(True, int), isinstance(1, (str, int)), isinstance(1, ((str,), (float, int))),
    isinstance("a", str | None), isinstance(None, int | None), isinstance([], object),
    isinstance(int, type), issubclass(bool, (str, int)), issubclass(int, int | str),
)
print(
    type(5) is int, type(5) == type(6), type("x")("y"), type(3.0)(2), type([])("ab"), int.__name__,
    [].__class__, (5).__class__.__class__, int.__mro__, type.__bases__, object.__bases__,
)
for bad in (
    lambda: isinstance(1, 5), lambda: isinstance(1, [int]), lambda: issubclass(5, int),
    lambda: issubclass(int, 5), lambda: type(), lambda: type(1, 2), lambda: type("a", (5,), {}),
    lambda: type("a", (int, str), {}), lambda: type(5, (), {}),
):
    try:
        bad()
    except TypeError as error:
        print(error)
print(int | str, type(int | str).__name__, list[int], dict[str, int], (int | None) == (None | int))
