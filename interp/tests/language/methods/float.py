# Every method of float and complex.
from _matrix import matrix

arguments = [(), (0,), (3,), (-2,), (2.5,), ('a',), (None,), (2 ** 70,), (1, 2), (True,), (1j,), (float('inf'),), ('.2f',), (-1,), (400,), (-400,), (0.0,)]
matrix(lambda: [0.0, -0.0, 2.5, -7.25, 1e300, float('inf'), float('nan')], arguments, ('fromhex', '__getformat__', '__pow__', '__rpow__'))
matrix(lambda: [0j, 1 + 2j, -1.5 - 0.5j], arguments, ('__pow__', '__rpow__', '__truediv__', '__rtruediv__'))
for text in ('0x1p3', '0x1.8p1', '-0x.8p0', '1', 'inf', '-nan', '0x1p1024', '0x1p-1080', 'x', '', '0x', ' 0x1p0 ', '1.8', '0X1P+2', '0x1.fffffffffffff8p0', 5):
    try: print(repr(text), float.fromhex(text))
    except Exception as error: print(repr(text), type(error).__name__, error)
