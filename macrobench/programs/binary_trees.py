"""Many short-lived perfect binary trees beside one that lives on.

Stresses: allocation and reclamation of small objects, recursion through object
attributes. Nothing is cyclic, everything is reachable until dropped.
"""

import sys

MIN_DEPTH = 4


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        """The number of nodes in this tree."""
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def perfect_tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(perfect_tree(depth - 1), perfect_tree(depth - 1))


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 14
    deepest = max(MIN_DEPTH + 2, size)

    stretch = perfect_tree(deepest + 1)
    assert stretch.count() == 2 ** (deepest + 2) - 1
    del stretch

    long_lived = perfect_tree(deepest)
    checksum = 0
    for depth in range(MIN_DEPTH, deepest + 1, 2):
        trees = 2 ** (deepest - depth + MIN_DEPTH)
        nodes = sum(perfect_tree(depth).count() for _ in range(trees))
        assert nodes == trees * (2 ** (depth + 1) - 1), f"lost nodes at depth {depth}"
        checksum = checksum * 131 + nodes
    assert long_lived.count() == 2 ** (deepest + 1) - 1
    print(checksum)


if __name__ == "__main__":
    main()
