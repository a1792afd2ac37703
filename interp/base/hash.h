// hash.h — hashes equal to 64-bit CPython's: SipHash-1-3 with a secret key for str and bytes,
// residues modulo the Mersenne prime 2^61 - 1 for numbers (so that equal numbers of all types hash
// alike), the xxHash-derived mix of tuples, the order-free mix of sets.
//
// Invariants: a finished hash is never -1 (CPython's error mark; -2 stands in its place), except
// where a declaration says otherwise.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_MODULUS ((UINT64_C(1) << 61) - 1)

enum { HASH_BITS = 61, HASH_INFINITY = 314159 };

// The secret of a process.
typedef struct {
    uint64_t k0;
    uint64_t k1;
} HashKey;

typedef enum {
    HASH_KEY_FIXED,   // taken from the seed
    HASH_KEY_RANDOM,  // drawn from the system
    HASH_KEY_INVALID, // the setting is neither "random" nor an integer in [0; 4294967295]
    HASH_KEY_FAILED,  // the system gave no random bytes
} HashKeyStatus;

// Makes the key from the text of PYTHONHASHSEED: NULL, "" and "random" draw one, "0" gives the zero
// key, any other number seeds CPython's generator (bootstrap_hash.c, lcg_urandom). On the two
// failures *key is the zero key.
HashKeyStatus hash_key_from_setting(const char *setting, HashKey *key);

// The key of a numeric seed, as above.
HashKey hash_key_from_seed(uint32_t seed);

// SipHash-1-3 (Aumasson and Bernstein, one compression and three finalisation rounds).
uint64_t hash_siphash13(const HashKey *key, const void *bytes, size_t size);

// Hash of str (over its array of 1, 2 or 4 byte characters, size in bytes) and bytes: 0 when empty.
int64_t hash_bytes(const HashKey *key, const void *bytes, size_t size);

// -1 becomes -2.
static inline int64_t hash_avoid_minus_one(int64_t hash) { return hash == -1 ? -2 : hash; }

// Hash of an int.
static inline int64_t hash_int64(int64_t value) {
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    int64_t residue = (int64_t)(magnitude % HASH_MODULUS);
    return hash_avoid_minus_one(value < 0 ? -residue : residue);
}

// Hash of an int of any size from the limbs of its magnitude, least significant first.
int64_t hash_limbs(const uint64_t *limbs, size_t count, bool negative);

// Hash of a float that is not NaN; equals hash_int64 for integral values. A NaN hashes by identity,
// which the caller does with hash_address.
int64_t hash_double(double value);

// Hash of an object by its address (or any other word that identifies it).
static inline int64_t hash_address(uint64_t address) {
    return hash_avoid_minus_one((int64_t)(address >> 4 | address << 60));
}

// Hash of a tuple (tupleobject.c since 3.8): start, add the hash of each item in order, finish.
static inline uint64_t hash_tuple_start(void) { return UINT64_C(2870177450012600261); }

static inline uint64_t hash_tuple_add(uint64_t state, int64_t item_hash) {
    state += (uint64_t)item_hash * UINT64_C(14029467366897019727);
    state = state << 31 | state >> 33;
    return state * UINT64_C(11400714785074694791);
}

static inline int64_t hash_tuple_finish(uint64_t state, size_t length) {
    state += (uint64_t)length ^ (UINT64_C(2870177450012600261) ^ UINT64_C(3527539));
    return state == UINT64_MAX ? INT64_C(1546275796) : (int64_t)state;
}

// Hash of a frozenset: start at 0, add the hash of each member in any order, finish with their
// number (setobject.c, frozenset_hash).
static inline uint64_t hash_set_add(uint64_t state, int64_t member_hash) {
    uint64_t hash = (uint64_t)member_hash;
    return state ^ ((hash ^ UINT64_C(89869747) ^ hash << 16) * UINT64_C(3644798167));
}

// The finished hash of a set of `count` members.
int64_t hash_set_finish(uint64_t state, size_t count);
