"""Digits of π by two methods: a spigot, and Machin's formula in fixed point.

Stresses: multiplication, division and comparison of integers of thousands of
bits, conversion of big integers to decimal text.
"""

import sys


def spigot():
    """Yields the decimal digits of π one by one (Gibbons 2006, the continued Lambert series)."""
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < m * t:
            yield m
            q, r, m = 10 * q, 10 * (r - m * t), 10 * (3 * q + r) // t - 10 * m
        else:
            q, r, t, k, m, x = (
                q * k,
                (2 * q + r) * x,
                t * x,
                k + 1,
                (q * (7 * k + 2) + r * x) // (t * x),
                x + 2,
            )


def arctan_of_inverse(number, unity):
    """arctan(1 / number) in units of 1 / unity, rounded down term by term."""
    power = unity // number
    total = power
    square = number * number
    divisor = 3
    sign = -1
    while power:
        power //= square
        total += sign * (power // divisor)
        sign = -sign
        divisor += 2
    return total


def machin(digits):
    """The first `digits` decimal digits of π as a text without the point."""
    guard = 12
    unity = 10 ** (digits + guard)
    pi = 4 * (4 * arctan_of_inverse(5, unity) - arctan_of_inverse(239, unity))
    return str(pi)[:digits]


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    stream = spigot()
    digits = "".join(str(next(stream)) for _ in range(size))
    assert digits == machin(size), "the two methods disagree"
    checksum = 0
    for digit in digits:
        checksum = (checksum * 11 + int(digit)) % 1_000_000_007
    print(f"{digits[-10:]}:{checksum}")


if __name__ == "__main__":
    main()
