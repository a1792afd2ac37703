// hash.c — SipHash-1-3 and its key, and the residues modulo 2^61 - 1 that numbers hash to.
#include "base/hash.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/config.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are read as they stand");

ALWAYS_INLINE uint64_t load_word(const unsigned char *bytes, size_t size) {
    uint64_t word = 0;
    memcpy(&word, bytes, size);
    return word;
}

HashKey hash_key_from_seed(uint32_t seed) {
    if (seed == 0) return (HashKey){0, 0};
    unsigned char secret[16];
    for (size_t i = 0; i < sizeof secret; i++) {
        seed = seed * 214013 + 2531011;
        secret[i] = (unsigned char)(seed >> 16);
    }
    return (HashKey){load_word(secret, 8), load_word(secret + 8, 8)};
}

static HashKeyStatus draw_key(HashKey *key) {
    size_t filled = 0;
    while (filled < sizeof *key) {
        ssize_t drawn = getrandom((char *)key + filled, sizeof *key - filled, 0);
        if (drawn < 0 && errno == EINTR) continue;
        if (drawn <= 0) {
            *key = (HashKey){0, 0};
            return HASH_KEY_FAILED;
        }
        filled += (size_t)drawn;
    }
    return HASH_KEY_RANDOM;
}

HashKeyStatus hash_key_from_setting(const char *setting, HashKey *key) {
    if (setting == NULL || *setting == '\0' || strcmp(setting, "random") == 0) return draw_key(key);
    // strtoul accepts white space and a sign in front, and so does CPython; but it wraps "-1".
    errno = 0;
    char *end;
    unsigned long seed = strtoul(setting, &end, 10);
    if (end == setting || *end != '\0' || errno == ERANGE || seed > UINT32_MAX) {
        *key = (HashKey){0, 0};
        return HASH_KEY_INVALID;
    }
    *key = hash_key_from_seed((uint32_t)seed);
    return HASH_KEY_FIXED;
}

ALWAYS_INLINE uint64_t rotate_left(uint64_t word, unsigned bits) {
    return word << bits | word >> (64 - bits);
}

typedef struct {
    uint64_t v0, v1, v2, v3;
} SipState;

ALWAYS_INLINE void sip_round(SipState *state) {
    state->v0 += state->v1;
    state->v2 += state->v3;
    state->v1 = rotate_left(state->v1, 13) ^ state->v0;
    state->v3 = rotate_left(state->v3, 16) ^ state->v2;
    state->v0 = rotate_left(state->v0, 32);
    state->v2 += state->v1;
    state->v0 += state->v3;
    state->v1 = rotate_left(state->v1, 17) ^ state->v2;
    state->v3 = rotate_left(state->v3, 21) ^ state->v0;
    state->v2 = rotate_left(state->v2, 32);
}

uint64_t hash_siphash13(const HashKey *key, const void *bytes, size_t size) {
    const unsigned char *next = bytes;
    SipState state = {
        key->k0 ^ UINT64_C(0x736F6D6570736575),
        key->k1 ^ UINT64_C(0x646F72616E646F6D),
        key->k0 ^ UINT64_C(0x6C7967656E657261),
        key->k1 ^ UINT64_C(0x7465646279746573),
    };
    size_t left = size;
    for (; left >= 8; left -= 8, next += 8) {
        uint64_t word = load_word(next, 8);
        state.v3 ^= word;
        sip_round(&state);
        state.v0 ^= word;
    }
    uint64_t last = (uint64_t)size << 56 | load_word(next, left);
    state.v3 ^= last;
    sip_round(&state);
    state.v0 ^= last;
    state.v2 ^= 0xFF;
    sip_round(&state);
    sip_round(&state);
    sip_round(&state);
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

int64_t hash_bytes(const HashKey *key, const void *bytes, size_t size) {
    if (size == 0) return 0;
    return hash_avoid_minus_one((int64_t)hash_siphash13(key, bytes, size));
}

// Multiplies by a power of two modulo 2^61 - 1: a rotation of 61 bits.
static uint64_t rotate_residue(uint64_t residue, unsigned bits) {
    return (residue << bits & HASH_MODULUS) | residue >> (HASH_BITS - bits);
}

int64_t hash_limbs(const uint64_t *limbs, size_t count, bool negative) {
    uint64_t residue = 0;
    while (count > 0) {
        // The residue times 2^64, which is 2^3 modulo 2^61 - 1.
        uint64_t limb = limbs[--count];
        residue = rotate_residue(residue, 3) + (limb & HASH_MODULUS) + (limb >> HASH_BITS);
        if (residue >= HASH_MODULUS) residue -= HASH_MODULUS;
        if (residue >= HASH_MODULUS) residue -= HASH_MODULUS;
    }
    return hash_avoid_minus_one(negative ? -(int64_t)residue : (int64_t)residue);
}

int64_t hash_double(double value) {
    if (isinf(value)) return value > 0 ? HASH_INFINITY : -HASH_INFINITY;
    int exponent;
    double fraction = frexp(fabs(value), &exponent);
    // The 53 bits of the fraction are an integer after scaling; the exponent is then a rotation.
    uint64_t residue = (uint64_t)ldexp(fraction, 53);
    int shift = (exponent - 53) % HASH_BITS;
    if (shift < 0) shift += HASH_BITS;
    residue = rotate_residue(residue, (unsigned)shift);
    return hash_avoid_minus_one(value < 0 ? -(int64_t)residue : (int64_t)residue);
}

int64_t hash_set_finish(uint64_t state, size_t count) {
    state ^= ((uint64_t)count + 1) * UINT64_C(1927868237);
    state ^= state >> 11 ^ state >> 25;
    state = state * 69069 + UINT64_C(907133923);
    return state == UINT64_MAX ? INT64_C(590923713) : (int64_t)state;
}
