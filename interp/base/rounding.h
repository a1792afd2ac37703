// rounding.h — the last step of every conversion to double: one rounding, to nearest, halves to
// even.
#pragma once

#include <math.h>
#include <stdint.h>

// Drops the low `drop` bits (0 to 63) of a word, rounding the rest.
static inline uint64_t rounding_drop(uint64_t word, unsigned drop) {
    if (drop == 0) return word;
    uint64_t half = UINT64_C(1) << (drop - 1);
    uint64_t rest = word & ((half << 1) - 1);
    uint64_t kept = word >> drop;
    return kept + (rest > half || (rest == half && (kept & 1)));
}

// The double nearest to top / 2^64 * 2^exponent, subnormal or zero or infinite where it must be.
// The high bit of top is set; its low bit stands for all ones below it ("sticky").
static inline double rounding_compose(uint64_t top, int64_t exponent) {
    if (exponent > 1024) return INFINITY;
    if (exponent >= -1021) return ldexp((double)rounding_drop(top, 11), (int)exponent - 53);
    // A subnormal has fewer than 53 bits, all multiples of 2^-1074.
    int64_t kept = exponent + 1074;
    if (kept > 0) return ldexp((double)rounding_drop(top, (unsigned)(64 - kept)), -1074);
    return kept == 0 && top > UINT64_C(1) << 63 ? 0x1p-1074 : 0.0;
}
