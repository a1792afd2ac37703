"""Differences between two texts: edit distance, longest common subsequence, a line diff.

Stresses: dynamic programming over lists, str indexing and comparison, min of
three values, list reversal, string joining.
"""

import sys


def edit_distance(left, right):
    """Levenshtein's distance, with two rows of the table."""
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        current = [i]
        for j, b in enumerate(right, start=1):
            change = previous[j - 1] + (a != b)
            current.append(min(previous[j] + 1, current[j - 1] + 1, change))
        previous = current
    return previous[-1]


def common_lengths(left, right):
    """table[i][j]: the length of the longest common subsequence of left[i:] and right[j:]."""
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below = table[i], table[i + 1]
        for j in range(len(right) - 1, -1, -1):
            if left[i] == right[j]:
                row[j] = below[j + 1] + 1
            else:
                row[j] = below[j] if below[j] >= row[j + 1] else row[j + 1]
    return table


def diff(left, right):
    """A list of (mark, item): mark is ' ' for both, '-' for left only, '+' for right only."""
    table = common_lengths(left, right)
    script = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            script.append((" ", left[i]))
            i += 1
            j += 1
        elif table[i + 1][j] >= table[i][j + 1]:
            script.append(("-", left[i]))
            i += 1
        else:
            script.append(("+", right[j]))
            j += 1
    script.extend(("-", item) for item in left[i:])
    script.extend(("+", item) for item in right[j:])
    return script


def make_text(length, seed):
    letters = []
    for _ in range(length):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        letters.append("acgt"[seed >> 16 & 3])
    return "".join(letters)


def mutate(text, seed):
    """Drops, doubles or replaces about one letter in ten."""
    result = []
    for letter in text:
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        chance = (seed >> 16) % 30
        if chance == 0:
            continue
        if chance == 1:
            result.append(letter)
        result.append("n" if chance == 2 else letter)
    return "".join(result)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1300
    left = make_text(size, seed=1)
    right = mutate(left, seed=2)
    distance = edit_distance(left, right)
    script = diff(left, right)
    assert "".join(item for mark, item in script if mark != "+") == left
    assert "".join(item for mark, item in script if mark != "-") == right
    changes = [mark for mark, _ in script if mark != " "]
    assert len(changes) >= distance >= abs(len(left) - len(right))

    checksum = 0
    for position, (mark, item) in enumerate(script):
        checksum = (checksum * 31 + ord(mark) * ord(item) + position) % 1_000_000_007
    print(f"{distance}:{changes.count('-')}:{changes.count('+')}:{checksum}")


if __name__ == "__main__":
    main()
