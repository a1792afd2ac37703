# What marshal.dumps writes without references, and that it comes back in every version.
import marshal

nan = float("nan")
values = [
    None, True, False, ..., StopIteration, 0, 1, -1, 255, 2 ** 31 - 1, 2 ** 31, -2 ** 31, -2 ** 31 - 1,
    2 ** 15, 2 ** 30, 2 ** 45 - 1, 2 ** 62, 2 ** 63, -2 ** 64, 10 ** 40, -10 ** 40, 0.0, -0.0, 1.5, 1e300, 5e-324,
    float("inf"), -float("inf"), 1 / 3, 1j, complex(-0.0, 2.5), "", "a", "hello world", "x" * 255, "x" * 256, "\xe9", "\u20ac",
    "\U0001f600", "\ud800", b"", b"\0\xff", (), (1,), (1, (2, ("a", b"b"))), tuple(range(300)), [], [1, [2]],
    {}, {"a": 1, 2: "b"}, {None: None}, set(), frozenset(), {3, 1, 2}, frozenset({"b", "a"}), {(1, 2), b"x", 1.5},
    [{"k": (frozenset([1]), {2: [3]})}],
]


def shown(value):
    return ascii(sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)


for value in values:
    for version in range(5):
        data = marshal.dumps(value, version)
        loaded = marshal.loads(data)
        if not (loaded == value and type(loaded) is type(value) and shown(loaded) == shown(value)):
            print("differs", repr(value), version, repr(loaded))
    if len(data) < 200:
        print(shown(value), type(value).__name__, marshal.dumps(value, 0), marshal.dumps(value, 2))
for version in (0, 1, 2, 3, 4):
    loaded = marshal.loads(marshal.dumps(nan, version))
    print(loaded, marshal.loads(marshal.dumps(complex(nan, -0.0), version)))
print(marshal.dumps(values[:30], 2) == marshal.dumps(marshal.loads(marshal.dumps(values[:30])), 2))
print(marshal.dumps(bytearray(b"array"), 2), type(marshal.loads(marshal.dumps(bytearray(b"array")))).__name__)
print(marshal.version, marshal.loads(bytearray(b"N")), marshal.loads(b"Nrest"))
shared = [1, 2]
loaded = marshal.loads(marshal.dumps([shared, shared]))
print(loaded[0] is loaded[1], marshal.loads(marshal.dumps([shared, shared], 2))[0] is shared)
old = marshal.loads(marshal.dumps([shared, shared], 2))
print(old[0] is old[1])
shared.append(shared)
loaded = marshal.loads(marshal.dumps(shared))
print(loaded, loaded[2] is loaded)
table = {}
table["self"] = table
print(marshal.loads(marshal.dumps(table)))
name = marshal.loads(marshal.dumps("interned_name"))
print(name)
