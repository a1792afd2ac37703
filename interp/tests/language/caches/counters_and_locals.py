# Many local variables, deletion, rebinding to other types, in hot loops.
def mixed(n):
    a, b, c, d = 0, 0.0, "", []
    for i in range(n):
        a += i
        b += i / 2
        c += str(i % 10)
        d.append(i)
        if i == n // 2:
            a, b = b, a
            c = [c]
        if isinstance(c, list):
            c = c[0]
    return a, b, len(c), len(d)


print(mixed(10), mixed(101))


def unbound(n):
    out = []
    for i in range(n):
        if i % 3 == 0:
            x = i
        try:
            out.append(x)
            if i % 3 == 1:
                del x
        except UnboundLocalError:
            out.append(None)
    return out


print(unbound(10))


def swap(n):
    a, b, c = 1, 2, 3
    for _ in range(n):
        a, b, c = b, c, a
    return a, b, c


print(swap(0), swap(1), swap(2), swap(100))


def shadow(n):
    for n in range(n):
        n = n * 2
    return n


def accumulate(items):
    total = None
    for item in items:
        total = item if total is None else total + item
    return total


print(
    shadow(5), accumulate([1, 2, 3]), accumulate("abc"), accumulate([[1], [2]]),
    accumulate([0.5, 1]), accumulate([]), accumulate([2 ** 62] * 3),
)


def nest(n):
    count = 0
    for i in range(n):
        for j in range(i):
            if (i + j) % 2:
                continue
            if j > 6:
                break
            count += i * j
        else:
            count -= 1
    return count


print(nest(20))
