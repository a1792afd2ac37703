# Every method of list.
from _matrix import matrix

matrix(lambda: [[], [1, 2], ['b', 'a', 'c', 'a'], [3, 1, 2, 1]], [(), (0,), (-1,), (5,), ('a',), (1, 'new'), ([7, 8],), ([3, 1, 2, 1],), (slice(1, 3),), (slice(0, 2), 'xyz'), (slice(None, None, 2), [9]),
                                                          (None,), (1.5,), ('a', 1), ('a', 2, 4), (1, 0, -1), ({},), ('ab',), ((1,),), (1, 2, 3)])
