"""The Mandelbrot set as a bitmap, with two floats instead of one complex number.

Stresses: a float loop over local variables, chained float comparison, for-else,
building of bytes.
"""

import sys

ITERATIONS = 50


def row_of_bits(height, row):
    """One line of the bitmap: a list of 0 and 1, 1 for points of the set."""
    bits = []
    imaginary = 2.0 * row / height - 1.0
    for column in range(height):
        real = 2.0 * column / height - 1.5
        x = y = x2 = y2 = 0.0
        for _ in range(ITERATIONS):
            y = 2.0 * x * y + imaginary
            x = x2 - y2 + real
            x2 = x * x
            y2 = y * y
            if x2 + y2 > 4.0:
                bits.append(0)
                break
        else:
            bits.append(1)
    return bits


def packed(bits):
    """The bits as bytes, most significant bit first, the last byte filled with zeros."""
    values = []
    for start in range(0, len(bits), 8):
        value = 0
        group = bits[start : start + 8]
        for bit in group:
            value = value << 1 | bit
        values.append(value << (8 - len(group)))
    return bytes(values)


def adler32(data, seed=1):
    """RFC 1950's checksum, continued from `seed`."""
    low, high = seed & 0xFFFF, seed >> 16
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 480
    checksum = 1
    inside = 0
    rows = [row_of_bits(size, row) for row in range(size)]
    for row, bits in enumerate(rows):
        if row:
            assert bits == rows[size - row], "the set is symmetric about the real axis"
        inside += sum(bits)
        checksum = adler32(packed(bits), checksum)
    print(f"{inside}:{checksum:08x}")


if __name__ == "__main__":
    main()
