# __bool__ and __len__ decide truth.
class B:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("bool", end=" ")
        return self.value


class L:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        print("len", end=" ")
        return self.n


print(bool(B(True)), not B(False), B(False) or 1, 2 if B(True) else 3)
print(bool(L(0)), bool(L(3)), not L(1), [x for x in (0, 1) if L(x)])
n = 2
while L(n):
    n -= 1
print(n)
for bad in (B(1), B(None), L(-1), L("a")):
    try:
        print(bool(bad))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
