# Comparing, hashing, searching, iterating, matching memoryviews; where they serve as bytes.
m = memoryview(b'abcabc')
print(m == b'abcabc', b'abcabc' == m, m == bytearray(b'abcabc'), m != b'x', m == 3, m == [97])
print(m[:3] == m[3:], m[::2] == b'aca', memoryview(bytearray(3)) == bytes(3))
print(hash(m) == hash(b'abcabc'), 97 in m, 'a' in m, 300 in m)
print(list(m), list(reversed(m)), type(iter(m)).__name__, [*m[:2]])
for attempt in (lambda: m < m, lambda: b'a' < m, lambda: hash(memoryview(bytearray(1))),
                lambda: hash(memoryview(b'abcd').cast('H')), lambda: m + b'', lambda: m * 2,
                lambda: '' + m, lambda: int(memoryview(b'x'))):
    try:
        print(attempt())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(bytearray(b'a') < m, bytearray(b'abcabc') == m)
print(bytes(m), bytearray(m[:2]), b'x' + m[:1], b'-'.join([m[:1], m[1:2]]), bytearray(b'y') + m[:1])
print(b'xabcy'.find(m[:3]), b'abcd'.startswith(m[:2]), b'aXb'.replace(memoryview(b'X'), m[:1]))
print(int(memoryview(b'42')), float(memoryview(b'1.5')), int.from_bytes(m[:2], 'little'))
print(str(m, 'ascii'), str(m[:1]).startswith('<memory at'), bool(memoryview(b'')), bool(m))
a, *rest = m
print(a, rest)
match m[:2]:
    case [x, y]:
        print('matched', x, y)
    case _:
        print('no match')
nan = memoryview(b'\0\0\0\0\0\0\xf8\x7f').cast('d')
print(nan == nan, nan.tolist(), nan == b'\0\0\0\0\0\0\xf8\x7f')
print(memoryview(b'ab').cast('b') == memoryview(b'ab'), memoryview(b'\xff').cast('b') == b'\xff')
print(memoryview(b'\1\0\2\0').cast('H') == b'\1\2', memoryview(b'ab').cast('c') == b'ab')


class Index:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n


print(m[Index(1)], m[Index(0):Index(2)].tolist())
try:
    class Sub(memoryview): pass
except TypeError as error:
    print(error)
print(memoryview.__doc__.split()[0], memoryview.__name__, memoryview.__module__)
