"""The spectral norm of the infinite matrix A(i, j) = 1 / ((i + j)(i + j + 1)/2 + i + 1).

Stresses: float multiplication and integer-to-float division inside nested
comprehensions and generator expressions, calls of a small function.
"""

import math
import sys


def matrix_entry(row, column):
    diagonal = row + column
    return 1.0 / (diagonal * (diagonal + 1) // 2 + row + 1)


def times(vector):
    """A · vector, for the leading square of A that fits the vector."""
    result = []
    for row in range(len(vector)):
        total = 0.0
        for column, value in enumerate(vector):
            total += matrix_entry(row, column) * value
        result.append(total)
    return result


def transposed_times(vector):
    """Aᵀ · vector."""
    size = len(vector)
    return [
        dot((matrix_entry(row, column) for row in range(size)), vector) for column in range(size)
    ]


def dot(left, right):
    total = 0.0
    for a, b in zip(left, right):
        total += a * b
    return total


def spectral_norm(size, rounds=3):
    """Power iteration on AᵀA; the square root of the largest eigenvalue."""
    u = [1.0] * size
    for _ in range(rounds):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    return math.sqrt(dot(u, v) / dot(v, v))


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    norm = spectral_norm(size)
    assert 1.26 < norm < 1.2743, f"{norm} is out of bounds"
    print(repr(norm))


if __name__ == "__main__":
    main()
