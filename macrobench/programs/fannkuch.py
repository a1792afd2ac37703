"""Pancake flips over all permutations of 0..n-1.

Stresses: list slices and slice assignment, in-place rotation, small-integer
indexing. Permutations come in the order of rotated prefixes.
"""

import sys


def permutations(size):
    """Yields every permutation in turn, always in the same list, never to be kept."""
    current = list(range(size))
    rotations = [0] * size
    yield current
    position = 1
    while position < size:
        current[: position + 1] = current[1 : position + 1] + current[:1]
        rotations[position] += 1
        if rotations[position] <= position:
            yield current
            position = 1
        else:
            rotations[position] = 0
            position += 1


def flips(permutation):
    """How often the first item's prefix must be reversed until the first item is 0."""
    pancakes = permutation[:]
    count = 0
    first = pancakes[0]
    while first:
        pancakes[: first + 1] = pancakes[first::-1]
        count += 1
        first = pancakes[0]
    return count


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    most = checksum = visited = 0
    sign = 1
    for permutation in permutations(size):
        count = flips(permutation)
        most = max(most, count)
        checksum += sign * count
        sign = -sign
        visited += 1

    factorial = 1
    for factor in range(2, size + 1):
        factorial *= factor
    assert visited == factorial, f"{visited} permutations instead of {factorial}"
    print(f"{most}:{checksum}")


if __name__ == "__main__":
    main()
