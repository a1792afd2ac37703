# int(), float(), str(), index and friends through dunder methods.
class N:
    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __index__(self):
        return 3

    def __str__(self):
        return "N!"

    def __repr__(self):
        return "N()"

    def __bytes__(self):
        return b"n"

    def __trunc__(self):
        return 1

    def __floor__(self):
        return 2

    def __ceil__(self):
        return 9


import math

n = N()
print(int(n), float(n), str(n), repr(n), bytes(n), f"{n}", f"{n!r}", [n])
print("abcdef"[n], [0, 1, 2, 3, 4][n:], hex(n), bin(n), range(n), "ab" * n, list(range(0, 10, n)))
print(math.floor(n), math.ceil(n), math.trunc(n), math.sqrt(N()))


class Bad:
    def __int__(self):
        return "x"

    def __str__(self):
        return 5

    def __index__(self):
        return 1.5

    def __repr__(self):
        return None


for attempt in (lambda: int(Bad()), lambda: str(Bad()), lambda: [1][Bad()], lambda: repr(Bad())):
    try:
        attempt()
    except TypeError as error:
        print(error)
for attempt in (
    lambda: int([]), lambda: float([]), lambda: int("x"), lambda: float("x"), lambda: [].pop(1.0),
    lambda: int(None),
):
    try:
        attempt()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
