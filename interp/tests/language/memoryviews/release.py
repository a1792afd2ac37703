# Released views, and bytearrays that must keep their length while they are viewed.
def attempt(label, do):
    try:
        print(label, do())
    except (TypeError, ValueError, BufferError) as error:
        print(label, type(error).__name__, error)


b = bytearray(b'abc')
m = memoryview(b)
part = m[1:]
m.release()
m.release()
print(repr(m).startswith('<released memory at'), part[0], m == m, m == b)
for name in ('format', 'shape', 'obj', 'nbytes', 'readonly', 'itemsize', 'ndim', 'strides', 'contiguous'):
    attempt(name, lambda: getattr(m, name))
for name, args in (('tolist', ()), ('tobytes', ()), ('hex', ()), ('cast', ('b',)), ('toreadonly', ()),
                   ('__len__', ()), ('__getitem__', (0,)), ('__setitem__', (0, 1)),
                   ('__hash__', ()), ('__enter__', ())):
    attempt(name, lambda: getattr(m, name)(*args))
attempt('memoryview', lambda: memoryview(m))
part.release()
with memoryview(b) as view:
    attempt('append', lambda: b.append(1))
    attempt('extend', lambda: b.extend(b'x'))
    attempt('pop', lambda: b.pop())
    attempt('clear', lambda: b.clear())
    attempt('+=', lambda: b.__iadd__(b'z'))
    attempt('*=', lambda: b.__imul__(2))
    attempt('del', lambda: b.__delitem__(0))
    attempt('del slice', lambda: b.__delitem__(slice(0, 1)))
    attempt('insert', lambda: b.insert(0, 1))
    attempt('remove', lambda: b.remove(97))
    attempt('longer slice', lambda: b.__setitem__(slice(0, 1), b'zz'))
    attempt('same slice', lambda: b.__setitem__(slice(0, 1), b'z'))
    attempt('item', lambda: b.__setitem__(1, 3))
    attempt('reverse', lambda: b.reverse())
    attempt('init', lambda: b.__init__(b''))
    print(view.tolist())
b.append(4)
print(b)
attempt('with', lambda: view.__enter__())


class Evil:
    def __index__(self):
        target.release()
        return 1


target = memoryview(bytearray(4))
attempt('released by index', lambda: target[Evil()])
target = memoryview(bytearray(4))
attempt('released by value', lambda: target.__setitem__(0, Evil()))
