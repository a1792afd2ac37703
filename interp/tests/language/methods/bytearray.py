# Every method of bytearray.
from _matrix import matrix

matrix(lambda: [bytearray(), bytearray(b'ab c'), bytearray(b'\xff\x00Z')], [(), (b'',), (b'b',), (2,), (b'a', b'b'), (b'b', 1), (1, b'*'), (b'a', b'x', 1), ([],), (None,),
                                                                      (slice(1, 3),), (slice(0, 2), b'new'), ([b'x', b'y'],), (0, 65), (97,), (256,), (-1,), ('a',), ([1, 2],)], ('maketrans', 'fromhex'))
