"""Pipelines of generators, coroutines that receive values, and recursive traversal.

Stresses: yield and resumption, generator expressions, yield from through many
levels, send(), close() with finally, iterator protocol of a class.
"""

import sys


def count_from(start, step=1):
    while True:
        yield start
        start += step


def take(count, values):
    for _ in range(count):
        yield next(values)


def pairwise(values):
    previous = next(values)
    for value in values:
        yield previous, value
        previous = value


def merged(left, right):
    """Two ascending endless streams as one, without duplicates."""
    a, b = next(left), next(right)
    while True:
        if a < b:
            yield a
            a = next(left)
        elif b < a:
            yield b
            b = next(right)
        else:
            yield a
            a, b = next(left), next(right)


def running_mean(log):
    """Receives integers, answers with the floor of their mean so far."""
    count = total = 0
    mean = None
    try:
        while True:
            total += yield mean
            count += 1
            mean = total // count
    finally:
        log.append(count)


class Tree:
    """A binary search tree whose nodes are made in a scrambled order."""

    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None

    def insert(self, key):
        node = self
        while True:
            if key < node.key:
                if node.left is None:
                    node.left = Tree(key)
                    return
                node = node.left
            elif key > node.key:
                if node.right is None:
                    node.right = Tree(key)
                    return
                node = node.right
            else:
                return

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.key
        if self.right is not None:
            yield from self.right


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 450_000

    squares = (value * value for value in count_from(1))
    triples = (value for value in count_from(0, 3))
    gaps = [high - low for low, high in pairwise(take(size, merged(squares, triples)))]
    assert all(gap > 0 for gap in gaps), "the merged stream is not ascending"

    log = []
    mean = running_mean(log)
    next(mean)
    means = sum(mean.send(value * 7 % 101) for value in range(size))
    mean.close()
    assert log == [size], "the coroutine did not finish"

    nodes = size // 4 + 1
    tree = Tree(nodes // 2)
    for index in range(nodes):
        tree.insert(index * 7919 % nodes)
    depth_first = 0
    for key in tree:
        depth_first = (depth_first * 31 + key) % 1_000_003
    print(f"{sum(gaps)}:{means}:{depth_first}")


if __name__ == "__main__":
    main()
