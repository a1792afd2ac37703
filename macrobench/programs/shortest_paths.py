"""Dijkstra's algorithm with a binary heap written out, checked by Bellman-Ford.

Stresses: dictionaries of dictionaries, tuple comparison, list item swaps in a
heap, method calls in a loop, None as infinity.
"""

import sys


class Heap:
    """A binary min-heap of comparable items."""

    def __init__(self):
        self.items = []

    def __bool__(self):
        return bool(self.items)

    def push(self, item):
        items = self.items
        items.append(item)
        position = len(items) - 1
        while position > 0:
            parent = (position - 1) // 2
            if items[parent] <= item:
                break
            items[position] = items[parent]
            position = parent
        items[position] = item

    def pop(self):
        items = self.items
        last = items.pop()
        if not items:
            return last
        smallest, position, size = items[0], 0, len(items)
        while (child := 2 * position + 1) < size:
            if child + 1 < size and items[child + 1] < items[child]:
                child += 1
            if last <= items[child]:
                break
            items[position] = items[child]
            position = child
        items[position] = last
        return smallest


class Graph:
    """A directed graph with positive weights: edges[source][target] is the weight."""

    def __init__(self):
        self.edges = {}

    def add_edge(self, source, target, weight):
        self.edges.setdefault(source, {})[target] = weight
        self.edges.setdefault(target, {})

    def distances(self, start):
        """Dijkstra: a dictionary from each reachable node to its distance."""
        settled = {}
        frontier = Heap()
        frontier.push((0, start))
        while frontier:
            distance, node = frontier.pop()
            if node in settled:
                continue
            settled[node] = distance
            for neighbour, weight in self.edges[node].items():
                if neighbour not in settled:
                    frontier.push((distance + weight, neighbour))
        return settled

    def distances_by_relaxation(self, start):
        """Bellman-Ford: the same by brute force."""
        best = {start: 0}
        changed = True
        while changed:
            changed = False
            for source, targets in self.edges.items():
                distance = best.get(source)
                if distance is None:
                    continue
                for target, weight in targets.items():
                    known = best.get(target)
                    if known is None or distance + weight < known:
                        best[target] = distance + weight
                        changed = True
        return best


def make_city(side):
    """A grid of streets with uneven lengths and a few diagonal short cuts."""
    graph = Graph()
    state = 4711
    for row in range(side):
        for column in range(side):
            for d_row, d_column in ((0, 1), (1, 0), (0, -1), (-1, 0), (2, 3)):
                state = (state * 1103515245 + 12345) & 0x7FFFFFFF
                target = row + d_row, column + d_column
                if all(0 <= coordinate < side for coordinate in target):
                    graph.add_edge((row, column), target, 1 + (state >> 12) % 20)
    return graph


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 72
    city = make_city(size)
    checksum = 0
    for start in ((0, 0), (size // 2, size // 3), (size - 1, 0)):
        distances = city.distances(start)
        assert distances == city.distances_by_relaxation(start), f"wrong from {start}"
        assert len(distances) == size * size
        for node in sorted(distances):
            checksum = (checksum * 31 + distances[node]) % 1_000_000_007
    print(checksum)


if __name__ == "__main__":
    main()
