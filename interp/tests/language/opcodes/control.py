# Jumps, loops, FOR_ITER and its specialised forms, boolean operators, assert, del.
def loops(items):
    total = 0
    for item in items:
        if item is None:
            continue
        if item is not None and item > 100:
            break
        total += item
    else:
        total += 1000
    return total


def generator():
    yield 1
    yield 2


for _ in range(5):
    got = [loops(range(4)), loops([1, 2]), loops((3, 4)), loops(generator()), loops({5: 0}), loops({6}),
           loops([None, 1]), loops([1, 500, 2]), loops(b'ab'), loops(iter([1])), loops(map(int, '12'))]
print(got)


def jumps(x):
    y = x or 'or'
    z = x and 'and'
    w = 'yes' if x is None else 'no'
    v = 'yes' if x is not None else 'no'
    while x:
        x -= 1
        if x == 1:
            continue
        if x == 5:
            break
    return y, z, w, v, x, not x, 1 < (x or 0) < 3


print(jumps(0), jumps(3), jumps(8), jumps(None))


def asserts(x):
    assert x, 'message'
    assert x > 1
    return x


for x in (2, 1, 0):
    try:
        print(asserts(x))
    except AssertionError as error:
        print('failed', error)


def locals_and_del(flag):
    if flag:
        x = 1
    y = 2
    del y
    try:
        return x
    except UnboundLocalError as error:
        return str(error)


print(locals_and_del(True), locals_and_del(False))
x = 5
del x
try:
    x
except NameError as error:
    print(error)
while True:
    break
while False:
    pass
for x in ():
    pass
else:
    print('else')
pass
if 1:
    pass
print([x for x in range(3)], x if 'x' in globals() else 'no x')
