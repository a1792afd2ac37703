"""SHA-256 of generated messages, written from the standard (FIPS 180-4).

Stresses: bit operations and shifts of 32-bit quantities held in ints, bytes
building and indexing, tuple unpacking, int.from_bytes and to_bytes.
"""

import sys

MASK = 0xFFFFFFFF


def first_primes(count):
    primes = []
    candidate = 2
    while len(primes) < count:
        if all(candidate % prime for prime in primes):
            primes.append(candidate)
        candidate += 1
    return primes


def integer_root(value, degree):
    """The floor of the root, by bisection over integers."""
    low, high = 0, 1
    while high**degree <= value:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        if middle**degree <= value:
            low = middle
        else:
            high = middle
    return low


def root_fractions(count, degree):
    """The first 32 bits behind the binary point of the primes' roots."""
    return [integer_root(p << 32 * degree, degree) & MASK for p in first_primes(count)]


ROUND_CONSTANTS = root_fractions(64, 3)
INITIAL_STATE = root_fractions(8, 2)


def rotate_right(word, count):
    return (word >> count | word << (32 - count)) & MASK


def message_schedule(block):
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for t in range(16, 64):
        early, late = words[t - 15], words[t - 2]
        s0 = rotate_right(early, 7) ^ rotate_right(early, 18) ^ early >> 3
        s1 = rotate_right(late, 17) ^ rotate_right(late, 19) ^ late >> 10
        words.append((words[t - 16] + s0 + words[t - 7] + s1) & MASK)
    return words


def compress(state, block):
    a, b, c, d, e, f, g, h = state
    for constant, word in zip(ROUND_CONSTANTS, message_schedule(block)):
        s1 = rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)
        choice = e & f ^ ~e & g
        t1 = h + s1 + choice + constant + word
        s0 = rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)
        majority = a & b ^ a & c ^ b & c
        h, g, f, e = g, f, e, (d + t1) & MASK
        d, c, b, a = c, b, a, (t1 + s0 + majority) & MASK
    return [(old + new) & MASK for old, new in zip(state, (a, b, c, d, e, f, g, h))]


def sha256(message):
    """The digest of `message` as 32 bytes."""
    padding = b"\x80" + bytes(-(len(message) + 9) % 64)
    padded = message + padding + (8 * len(message)).to_bytes(8, "big")
    state = INITIAL_STATE
    for start in range(0, len(padded), 64):
        state = compress(state, padded[start : start + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1800
    assert sha256(b"abc").hex() == ABC
    digest = b""
    for number in range(size):
        digest = sha256(digest + number.to_bytes(2, "little") * (number % 60))
    print(digest.hex())


if __name__ == "__main__":
    main()
