"""The sieve of Eratosthenes over a list of flags.

Stresses: integer loops, list item stores, ranges with a step, truth tests of
list items.
"""

import math
import sys


def primes_below(limit):
    """All primes less than `limit`, in ascending order."""
    is_prime = [True] * limit
    is_prime[0:2] = [False] * min(2, limit)
    for candidate in range(2, math.isqrt(max(limit - 1, 0)) + 1):
        if is_prime[candidate]:
            for multiple in range(candidate * candidate, limit, candidate):
                is_prime[multiple] = False
    primes = []
    for number in range(limit):
        if is_prime[number]:
            primes.append(number)
    return primes


def is_prime_by_division(number):
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 1
    return number > 1


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 8_000_000
    primes = primes_below(size)
    for number in primes[-3:]:
        assert is_prime_by_division(number), f"{number} is not prime"

    gaps = 0
    previous = 2
    for prime in primes:
        gaps = (gaps * 7 + prime - previous) % 1_000_003
        previous = prime
    print(f"{len(primes)}:{primes[-1]}:{gaps}")


if __name__ == "__main__":
    main()
