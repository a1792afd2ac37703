"""Products of dense matrices, as lists of rows, of integers and of floats.

Stresses: list indexing in three nested loops, comprehensions, zip(*rows),
integer and float multiply-add.
"""

import sys


def make_matrix(size, seed, divisor=1):
    """Small pseudo-random entries; divisor 1 gives ints, others exact binary fractions."""
    rows = []
    for _ in range(size):
        row = []
        for _ in range(size):
            seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
            entry = (seed >> 16) % 19 - 9
            row.append(entry if divisor == 1 else entry / divisor)
        rows.append(row)
    return rows


def product_by_index(left, right):
    size = len(left)
    result = [[0] * size for _ in range(size)]
    for i in range(size):
        left_row = left[i]
        result_row = result[i]
        for j in range(size):
            total = 0
            for k in range(size):
                total += left_row[k] * right[k][j]
            result_row[j] = total
    return result


def product_by_rows(left, right):
    columns = [list(column) for column in zip(*right)]
    return [[sum([a * b for a, b in zip(row, column)]) for column in columns] for row in left]


def times_vector(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector)) for row in matrix]


def digest(matrix):
    value = 0
    for row in matrix:
        for entry in row:
            value = (value * 31 + int(entry * 16)) % 1_000_000_007
    return value


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 140
    checksums = []
    for divisor in (1, 4):
        left = make_matrix(size, 7, divisor)
        right = make_matrix(size, 11, divisor)
        by_index = product_by_index(left, right)
        assert by_index == product_by_rows(left, right), "the two products differ"
        probe = [i % 5 - 2 for i in range(size)]
        assert times_vector(by_index, probe) == times_vector(left, times_vector(right, probe))
        checksums.append(digest(by_index))
    print(":".join(map(str, checksums)))


if __name__ == "__main__":
    main()
