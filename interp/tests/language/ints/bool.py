# bool is an int with another repr.
print(
    True + 1, False * 5, True == 1, isinstance(True, int), issubclass(bool, int),
    type(True & False), type(True & 1),
)
print(
    True & False, True | False, True ^ True, str(True), repr(False), f"{True}", f"{True:d}",
    "%d" % True, "%s" % True,
)
print(
    int(True), float(True), bool("False"), bool(0.0), [10, 20][True], {1: "a"}[True],
    {True: "x", 1: "y"},
)
print(
    sorted([True, False, 2, -1]), sum([True, True, False]), max(True, 0), True < 2,
    hash(True) == hash(1),
)
print(bool(), int(), float(), str(), repr(bytes()), list(), tuple(), dict())
try:
    class C(bool):
        pass
except TypeError as error:
    print(error)
