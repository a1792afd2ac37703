# Every way to pass arguments.
def f(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


print(f(1, c=3))
print(f(1, 5, 6, 7, c=3, e=8))
print(f(*[1, 2, 3], **{"c": 4, "z": 5}))
print(f(0, *(1,), *[2, 3], c=1, **{"d": 2}, **{"q": 9}))
print(f(c=1, a=2))
print(f(*"ab", c="c"))
print((lambda *a, **k: (a, sorted(k)))(*range(3), x=1, **dict(y=2)))


def order(tag):
    print("eval", tag)
    return tag


f(order(1), *[order(2)], c=order(3), **{"x": order(4)})
print(max(*[3, 1], 2), print("a", "b", sep="-", end="!\n"))
