"""Fibonacci numbers by the naive double recursion.

Stresses: Python-to-Python calls with one positional argument, small-integer
comparison and addition, global look-up of the function itself.
"""

import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def fib_by_doubling(n):
    """The same number in O(log n) steps, by F(2k) and F(2k+1); checks the slow way."""
    if n == 0:
        return 0, 1
    a, b = fib_by_doubling(n // 2)
    even = a * (2 * b - a)
    odd = a * a + b * b
    return (odd, even + odd) if n % 2 else (even, odd)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 33
    value = fib(size)
    assert value == fib_by_doubling(size)[0], "the two recursions disagree"
    print(value)


if __name__ == "__main__":
    main()
