# Casts: formats, limits of each, more dimensions.
def attempt(do):
    try:
        print(do())
    except (TypeError, ValueError, IndexError, NotImplementedError) as error:
        print(type(error).__name__, error)


def store(view, value):
    view[0] = value
    return view[0]


raw = bytes([1, 0, 0, 0, 0, 0, 0, 128] * 3)
m = memoryview(bytearray(raw))
for code in 'bBhHiIqQfdc':
    view = m.cast(code)
    print(code, view.format, view.itemsize, len(view), view.tolist()[:3])
print(m.cast('@i').format, m.cast('?').tolist()[0], m.cast('i').cast('B').cast('h').shape)
for code in ('>i', 'z', '', 'ii', 'é'):
    attempt(lambda: m.cast(code))
attempt(lambda: m[:5].cast('i'))
attempt(lambda: m.cast('i').cast('h'))
attempt(lambda: m[::2].cast('i'))
attempt(lambda: m.cast(3))
attempt(lambda: m.cast())
limits = (-1, 127, 128, 255, 256, -128, -129, 2**15, 2**16, 2**31, 2**32, 2**63, 2**64,
          -2**31 - 1, -2**63 - 1, 10**30)
for code in 'bBhHiIqQ':
    for value in limits:
        attempt(lambda: store(m.cast(code), value))
attempt(lambda: store(m.cast('f'), 0.1))
attempt(lambda: store(m.cast('f'), 1e300))
attempt(lambda: store(m.cast('d'), 3))
attempt(lambda: store(m.cast('d'), 'x'))
attempt(lambda: store(m.cast('?'), []))
attempt(lambda: store(m.cast('?'), 'yes'))
attempt(lambda: store(m.cast('c'), b'z'))
attempt(lambda: store(m.cast('c'), b'zz'))
attempt(lambda: store(m.cast('c'), 3))
