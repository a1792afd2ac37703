# BINARY_OP, COMPARE_OP, unary operators and their specialised forms, each run often enough.
def ints(a, b):
    return a + b, a - b, a * b, a // b, a % b, a & b, a | b, a ^ b, a << 2, a >> 1, a ** 2, a / b


def floats(a, b):
    return a + b, a - b, a * b, a / b, a // b, a % b, a ** 2.0


def compare(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b


def branch(a, b):
    if a < b:
        return 'less'
    if a == b:
        return 'equal'
    return 'more'


def unary(a):
    return -a, +a, ~a, not a


def in_place(a, b):
    a += b
    a -= 1
    a *= 2
    a //= 3
    a %= 100
    a &= 63
    a |= 64
    a ^= 1
    a <<= 1
    a >>= 1
    a **= 2
    a /= 2
    return a


for i in range(20):
    last = ints(i, 7), floats(i + 0.5, 2.0), compare(i, 10), compare(i / 2, 5.0), branch(i, 10), \
        branch(i / 2, 5.0), unary(i), in_place(i, 9)
    if i % 6 == 0:
        print(*last, sep='\n')
print(ints(True, 3), floats(1, 2.5), compare('a', 'b'), branch([1], [2]), unary(2 ** 70))
print(ints(2 ** 64, 2 ** 62 - 1), ints(-2 ** 62, 3), in_place(2.0 ** 3, 1) if False else '')
print(None is None, None is not None, 3 in [1, 2, 3], 3 not in (4, 5))
