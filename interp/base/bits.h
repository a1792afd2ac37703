// bits.h — counting bits of a 64-bit word, and 128-bit products; the names behind which the
// compiler's builtins stand.
#pragma once

#include <stdint.h>

typedef unsigned __int128 BitsUint128;

// Zero bits above the highest one; the word is not 0.
static inline unsigned bits_leading_zeros(uint64_t word) { return (unsigned)__builtin_clzll(word); }

// Zero bits below the lowest one; the word is not 0.
static inline unsigned bits_trailing_zeros(uint64_t word) {
    return (unsigned)__builtin_ctzll(word);
}

// Number of ones.
static inline unsigned bits_count_ones(uint64_t word) {
    return (unsigned)__builtin_popcountll(word);
}

// Bits up to the highest one: 0 for 0.
static inline unsigned bits_length(uint64_t word) {
    return word == 0 ? 0 : 64 - bits_leading_zeros(word);
}

// The high word of a 128-bit product.
static inline uint64_t bits_multiply_high(uint64_t a, uint64_t b) {
    return (uint64_t)((BitsUint128)a * b >> 64);
}
