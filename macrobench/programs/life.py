"""Conway's Game of Life twice: on a torus of lists, and as a set of living cells.

Stresses: nested list indexing with wrap-around, list building, sets and
dictionaries with tuple keys, set comprehensions.
"""

import sys


def seed_torus(size):
    """An R-pentomino, a glider and a blinker on an empty torus."""
    grid = [[0] * size for _ in range(size)]
    middle = size // 2
    pentomino = [(0, 1), (0, 2), (1, 0), (1, 1), (2, 1)]
    glider = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
    blinker = [(0, 0), (0, 1), (0, 2)]
    for row, column in pentomino:
        grid[middle + row][middle + column] = 1
    for row, column in glider:
        grid[row][column] = 1
    for row, column in blinker:
        grid[size - 4 + row][size - 5 + column] = 1
    return grid


def next_torus(grid):
    """One generation of the dense form; row and column -1 are the last ones."""
    size = len(grid)
    result = []
    for row in range(size):
        above, here, below = grid[row - 1], grid[row], grid[(row + 1) % size]
        cells = []
        for column in range(size):
            left, right = column - 1, (column + 1) % size
            neighbours = (
                above[left] + above[column] + above[right]
                + here[left] + here[right]
                + below[left] + below[column] + below[right]
            )
            cells.append(1 if neighbours == 3 or (neighbours == 2 and here[column]) else 0)
        result.append(cells)
    return result


def next_living(living, size):
    """One generation of the sparse form: a set of (row, column) pairs."""
    counts = {}
    for row, column in living:
        for d_row in (-1, 0, 1):
            for d_column in (-1, 0, 1):
                if d_row or d_column:
                    cell = (row + d_row) % size, (column + d_column) % size
                    counts[cell] = counts.get(cell, 0) + 1
    return {cell for cell, count in counts.items() if count == 3 or count == 2 and cell in living}


def living_cells(grid):
    return {(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell}


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 110
    grid = seed_torus(size)
    living = living_cells(grid)
    checksum = 0
    for generation in range(2 * size):
        grid = next_torus(grid)
        living = next_living(living, size)
        population = sum(map(sum, grid))
        assert population == len(living), f"the two forms differ in generation {generation}"
        checksum = (checksum * 31 + population) % 1_000_003
    assert living == living_cells(grid)
    for row, column in sorted(living):
        checksum = (checksum * 31 + row * size + column) % 1_000_003
    print(f"{len(living)}:{checksum}")


if __name__ == "__main__":
    main()
