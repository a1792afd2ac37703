# and, or, not return operands and do not evaluate more than they need.
def show(value):
    print("eval", repr(value))
    return value


print(show(0) or show("x") or show(1))
print(show(1) and show("") and show(2))
print(show(0) and show(1) or show(3))
print(not show([]), not show([0]))
print(1 if show(None) else 2, 1 if show("a") else 2)
print((show(1) or show(2)) and (show(0) or show(4)))
for value in (0, 0.0, "", b"", [], (), {}, set(), None, False, range(0)):
    print(bool(value), end=" ")
print()
for value in (1, -1, 0.5, " ", b"\0", [0], (0,), {0: 0}, {0}, range(1), print, int, ...):
    print(bool(value), end=" ")
print()
