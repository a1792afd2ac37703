"""Orders that are random and balanced: which arm runs when.

Within a block (one program in one round) every arm runs once. A Latin square gives each arm each position
equally often; Williams' construction lets each arm also follow each other one equally often, so that
neither the place in the round nor what ran before favours anyone (Williams 1949). The square's arms and
rows are shuffled. Everything is a function of the seed and of names: a run that goes on after a stop meets
the same orders.
"""

import random


def generator(seed, *names):
    """A generator of its own for each name, whatever was drawn for others."""
    return random.Random(":".join(map(str, (seed, *names))))


def williams(size):
    """Rows of positions 0..size-1: one square for an even size, it and its mirror for an odd one (where
    one square cannot balance who follows whom)."""
    first = [0]
    for step in range(1, size):
        first.append((first[-1] + (step if step % 2 else -step)) % size)
    rows = [[(place + shift) % size for place in first] for shift in range(size)]
    return rows + [row[::-1] for row in rows] if size % 2 and size > 1 else rows


def order(items, number, *key):
    """The order of `items` in round `number` (from 0), for a seed and names in `key`. Over each `len(items)`
    rounds in a row, starting at a multiple of it, each item stands at each position once."""
    items = list(items)
    if not items:
        return []
    squares = [williams(len(items))[: len(items)], williams(len(items))[-len(items) :]]
    cycle, row = divmod(number, len(items))
    pair = generator(*key, "square", cycle // 2)  # an odd size needs both squares over the same labels
    labels = list(items)
    pair.shuffle(labels)
    rows = squares[cycle % 2]
    generator(*key, "rows", cycle).shuffle(rows)
    return [labels[place] for place in rows[row]]


def shuffled(items, *key):
    """The items in a random order that depends on the key alone."""
    items = list(items)
    generator(*key).shuffle(items)
    return items
