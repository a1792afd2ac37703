#!/usr/bin/env python3
"""Writes float_powers.inc: run as `python3 float_powers.py > float_powers.inc`.

One row for each power of ten from 10**-292 to 10**324: its 128 most significant bits, rounded up.
"""


def top_bits(power):
    if power >= 0:
        number, scale = 10**power, 1
    else:
        number, scale = 1, 10**-power
    # The shift that brings number / scale into [2**127, 2**128).
    shift = 128 - (number.bit_length() - scale.bit_length())
    for candidate in (shift, shift - 1, shift + 1):
        shifted = number << max(candidate, 0)
        divisor = scale << max(-candidate, 0)
        quotient = -(-shifted // divisor)
        if (shifted // divisor).bit_length() == 128:
            return quotient
    raise AssertionError(power)


print("// float_powers.inc — {high, low} words of the powers of ten from 10**-292 to 10**324, scaled to")
print("// 128 bits and rounded up. Written by float_powers.py.")
for power in range(-292, 325):
    bits = top_bits(power)
    print("{UINT64_C(0x%016X), UINT64_C(0x%016X)}," % (bits >> 64, bits & (1 << 64) - 1))
