# memoryview of bytes and bytearray: attributes, items, slices, assignment.
def attempt(do):
    try:
        print(do())
    except (TypeError, ValueError, IndexError, NotImplementedError, BufferError) as error:
        print(type(error).__name__, error)


def assign(view, key, value):
    view[key] = value
    return view.tolist()


b = bytearray(range(10))
m = memoryview(b)
print(m.format, m.itemsize, m.ndim, m.shape, m.strides, m.suboffsets, m.nbytes, m.readonly)
print(m.contiguous, m.c_contiguous, m.f_contiguous, m.obj is b, len(m))
print(m[0], m[-1], m[3:6].tolist(), m[::-1].tolist(), m[::3].strides, m[8:2].tolist())
print(bytes(m[::2]), m[1:4].tobytes(), m[::4].hex(), m[:4].hex('-'), m[:4].hex(':', 2))
attempt(lambda: m[10])
attempt(lambda: m[-11])
attempt(lambda: m['x'])
attempt(lambda: m[0, 0])
attempt(lambda: m[None])
attempt(lambda: m.tobytes('X'))
attempt(lambda: assign(m, 0, 99))
attempt(lambda: assign(m, -1, True))
attempt(lambda: assign(m, (1,), 98))
attempt(lambda: assign(m, 0, 256))
attempt(lambda: assign(m, 0, -1))
attempt(lambda: assign(m, 0, 'a'))
attempt(lambda: assign(m, 0, 1.0))
attempt(lambda: assign(m, slice(0, 3), b'xyz'))
attempt(lambda: assign(m, slice(0, 3), b'xy'))
attempt(lambda: assign(m, slice(0, 3), [1, 2, 3]))
attempt(lambda: assign(m, slice(0, 6, 2), b'abc'))
attempt(lambda: assign(m, slice(2, 6), m[0:4]))
attempt(lambda: assign(m, slice(None, None, -1), bytes(10)))
attempt(lambda: assign(m, 10, 1))
attempt(lambda: m.__delitem__(0))
attempt(lambda: assign(memoryview(b'abc'), 0, 1))
print(memoryview(b'abc').readonly, m.toreadonly().readonly, memoryview(m).obj is b)
print(b)
for bad in (3, 'abc', None, [1]):
    attempt(lambda: memoryview(bad))
attempt(lambda: memoryview())
attempt(lambda: memoryview(b'', 1))
print(memoryview(object=b'key').tolist())
