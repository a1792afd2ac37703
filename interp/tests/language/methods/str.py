# Every method of str.
from _matrix import matrix

matrix(lambda: ['', 'ab c', 'ÄÖ ß\t1'], [(), ('',), ('b',), (2,), ('a', 'b'), ('b', 1), (1, '*'), ('a', 'x', 1), ([],), (None,), ('b', 0, 2), (slice(1, 3),),
                                      (['x', 'y'],), ({97: 'A', 98: None},), (('a', 'z'),), (5, 'xy')], ('maketrans',))
