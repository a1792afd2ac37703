"""Takeuchi's function in the form of McCarthy, which returns z at the bottom.

Stresses: branching recursion with three arguments, calls nested as arguments,
integer comparison. A memoised twin checks the result.
"""

import sys


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def tak_memoised(x, y, z, known):
    """The same function; `known` maps argument triples to results."""
    if y >= x:
        return z
    key = x, y, z
    if key not in known:
        known[key] = tak_memoised(
            tak_memoised(x - 1, y, z, known),
            tak_memoised(y - 1, z, x, known),
            tak_memoised(z - 1, x, y, known),
            known,
        )
    return known[key]


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    checksum = 0
    for top in range(size // 2, size + 1):
        value = tak(top, top * 2 // 3, top // 3)
        assert value == tak_memoised(top, top * 2 // 3, top // 3, {}), f"wrong at {top}"
        checksum = checksum * 31 + value
    print(checksum)


if __name__ == "__main__":
    main()
