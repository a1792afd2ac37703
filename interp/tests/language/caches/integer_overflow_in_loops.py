# Hot integer loops cross the borders between machine and big integers, both ways.
def climb(x, step, n):
    for _ in range(n):
        x += step
    return x


def multiply(x, factor, n):
    for _ in range(n):
        x *= factor
    return x


def count_down(x, n):
    seen = []
    while n:
        x -= 2 ** 60
        n -= 1
        seen.append(x)
    return seen


print(
    climb(2 ** 62 - 50, 1, 100), climb(-2 ** 62 + 50, -1, 100), climb(2 ** 63 - 5, 1, 10),
    climb(2 ** 64, -2 ** 60, 40), climb(0, 2 ** 61, 10),
)
print(
    multiply(1, 2, 100), multiply(3, -3, 60), multiply(2 ** 40, 2 ** 10, 3), multiply(7, 1, 50),
    multiply(-1, -1, 51),
)
print(count_down(2 ** 62, 10)[::3], count_down(-2 ** 60, 10)[-1])


def collatz_peak(n):
    peak = n
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        if n > peak:
            peak = n
    return peak


print(collatz_peak(27), collatz_peak(2 ** 61 - 1), collatz_peak(2 ** 62 + 3))


def powers(n):
    total, p = 0, 1
    for i in range(n):
        total += p
        p <<= 1
    for i in range(n):
        p >>= 1
        total -= p
    return total, p


print(powers(130))


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


print([fib(n) for n in (10, 85, 90, 91, 92, 93, 94, 95, 200)])
print(sum(i ** 4 for i in range(2000)))
