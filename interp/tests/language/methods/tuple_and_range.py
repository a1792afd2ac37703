# Every method of tuple, range and slice.
from _matrix import matrix

arguments = [(), (0,), (-1,), (5,), ('a',), ((1, 2),), (slice(1, 3),), (None,), (1.5,), ('a', 1), (1, 0, -1), ([1],), (2.0,), (True,), (range(3),), (10,)]
matrix(lambda: [(), (1, 2), ('b', 'a', 1.0, 'a')], arguments)
matrix(lambda: [range(0), range(5), range(10, 0, -3), range(2 ** 65, 2 ** 65 + 3)], arguments)
matrix(lambda: [slice(5), slice(1, None, 2), slice('a', [], None)], arguments + [(slice(5),), (-3,), (2 ** 70,)])
