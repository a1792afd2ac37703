"""All ways to set n queens on an n by n board so that none attacks another, for n up to a size.

Stresses: backtracking by recursive generators (yield from), sets of integers
under change, tuple building. Solutions are checked and hashed by hand.
"""

import sys

KNOWN_COUNTS = [1, 1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680]


class Board:
    """The columns and diagonals that the queens placed so far hold."""

    def __init__(self, size):
        self.size = size
        self.columns = set()
        self.rising = set()
        self.falling = set()

    def is_free(self, row, column):
        return (
            column not in self.columns
            and row + column not in self.rising
            and row - column not in self.falling
        )

    def place(self, row, column):
        self.columns.add(column)
        self.rising.add(row + column)
        self.falling.add(row - column)

    def lift(self, row, column):
        self.columns.remove(column)
        self.rising.remove(row + column)
        self.falling.remove(row - column)

    def solutions(self, placed=()):
        """Yields tuples: the column of the queen in each row."""
        row = len(placed)
        if row == self.size:
            yield placed
            return
        for column in range(self.size):
            if self.is_free(row, column):
                self.place(row, column)
                yield from self.solutions(placed + (column,))
                self.lift(row, column)


def is_solution(columns):
    pairs = [(i, j) for i in range(len(columns)) for j in range(i)]
    return all(abs(columns[i] - columns[j]) not in (0, i - j) for i, j in pairs)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    total = checksum = 0
    for side in range(1, size + 1):
        count = 0
        for solution in Board(side).solutions():
            assert is_solution(solution), f"{solution} is wrong"
            for column in solution:
                checksum = (checksum * 31 + column) % 1_000_000_007
            count += 1
        if side < len(KNOWN_COUNTS):
            assert count == KNOWN_COUNTS[side], f"{count} solutions for {side}"
        total += count
    print(f"{total}:{checksum}")


if __name__ == "__main__":
    main()
