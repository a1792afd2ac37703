# __buffer__ and __release_buffer__ of Python classes (PEP 688).
class Exporter:
    def __init__(self, data):
        self.data = data

    def __buffer__(self, flags):
        print('buffer', type(flags).__name__)
        return memoryview(self.data)

    def __release_buffer__(self, view):
        print('release', view.tolist())


view = memoryview(Exporter(bytearray(b'xyz')))
print(view.tolist(), view.readonly, view.format)
view[0] = 65
part = view[1:]
view.release()
print(part.tolist())
part.release()
print(bytes(Exporter(b'abc')))
with memoryview(Exporter(b'in with')) as inside:
    print(inside.tobytes())


class Wrong:
    def __buffer__(self, flags):
        return 3


class Failing:
    def __buffer__(self, flags):
        raise ValueError('no memory today')


for make in (Wrong, Failing, object):
    try:
        memoryview(make())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
