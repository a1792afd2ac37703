"""The longest Collatz sequence that starts below a limit.

Stresses: a tight while loop over integers: parity test, halving, tripling,
comparison. Nothing is remembered between starting points except lengths of
sequences below the current start.
"""

import sys


def longest_start(limit):
    """Returns (start, length, total length of all sequences that start below limit)."""
    lengths = [0, 1]
    best_start, best_length, total = 1, 1, 1
    for start in range(2, limit):
        value = start
        steps = 0
        while value >= start:
            if value & 1:
                value = (3 * value + 1) >> 1
                steps += 2
            else:
                value >>= 1
                steps += 1
        length = steps + lengths[value]
        lengths.append(length)
        total += length
        if length > best_length:
            best_start, best_length = start, length
    return best_start, best_length, total


def length_step_by_step(value):
    length = 1
    while value != 1:
        value = value // 2 if value % 2 == 0 else 3 * value + 1
        length += 1
    return length


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_800_000
    start, length, total = longest_start(size)
    assert length == length_step_by_step(start), f"wrong length for {start}"
    print(f"{start}:{length}:{total}")


if __name__ == "__main__":
    main()
