# Every method of bytes.
from _matrix import matrix

matrix(lambda: [b'', b'ab c', b'\xff\x00Z\n'], [(), (b'',), (b'b',), (2,), (b'a', b'b'), (b'b', 1), (1, b'*'), (b'a', b'x', 1), ([],), (None,), (b'b', 0, 2),
                                             (slice(1, 3),), ([b'x', b'y'],), (bytes(range(256)),), ((b'a', b'z'),), ('a',), (97,), (256,), ('ascii', 'replace')], ('maketrans', 'fromhex'))
