# Expressions that a compiler may evaluate in advance must give what run time gives.
print(
    1 + 2 * 3, "a" * 3, (1, 2) + (3,), "x" + "y", 2 ** 10, -5 // 2, 7 % -3, 1 / 4, not 0, ~5, +-3,
    (1, 2, 3)[1], "abc"[1], "abc"[-1:], 10 ** 20, 1 << 40, 0xFF & 0x0F, 1.5 * 2, True + True,
    None is None,
)
for attempt in (
    "1 / 0", "'a' + 1", "(1, 2)[5]", "'abc'[9]", "1 << -1", "2 ** -1", "-'a'", "0.0 ** -1", "1 % 0",
    "5 @ 6",
):
    try:
        print(eval(attempt))
    except Exception as error:
        print(type(error).__name__, error)
print(
    len("a" * 5000), len((0,) * 5000), 2 ** 1000 % 1000007, len(str(7 ** 500)), -0.0, 0.0 == -0.0,
    [0.0, -0.0], (0.0, -0.0), {0.0, 0}, 1 if () else 2,
)


def consts():
    return 1, 1.0, True, "1", b"1", (1, 1.0, True), -0.0, 0.0, 0, False, None, ...


print(consts())
print(
    1 in (1, 2), 3 in [1, 2, 3], 4 in {4, 5}, "a" not in ("b",), [x for x in (1, 2, 3)],
    [x for x in [4, 5]], {1, 2} == {2, 1},
)
a = (1, (2, "x", (None,)), frozenset([3]))
print(a)
if 0:
    unreachable = 1
while 0:
    unreachable = 2
print("unreachable" in globals())
