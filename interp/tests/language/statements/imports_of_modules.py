# Forms of import of builtin modules.
import math, sys as system
import time as t, math as m
from math import (floor,
                  ceil as up,)
from math import pi as π

print(m is math, system.__name__, t.__name__, floor(1.5), up(1.5), round(π, 2))


def f():
    import math as inner
    from sys import maxunicode
    return inner.sqrt(maxunicode + 1)


print(f())


class C:
    import math
    from math import tau


print(C.math.floor(2.5), round(C.tau, 3), C().math is math)
try:
    import nothing_at_all, math as never
except ImportError as error:
    print(error)
for _ in range(3):
    import math
print(math.__name__, "never" in globals())
