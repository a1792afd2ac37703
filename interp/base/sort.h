// sort.h — a stable merge sort on arrays of 64-bit words that finds natural runs, extends short
// ones by binary insertion, merges by the powersort policy (Munro and Wild, "Nearly-Optimal
// Mergesorts", 2018; in CPython since 3.11) and gallops where one run wins for long (Peters,
// CPython's listsort.txt).
//
// Invariants: the order is asked for through `less` alone; at every call of `less` each word is in
// keys (values) or in the scratch array, so a collector that scans all three sees every one; when
// `less` fails, keys (and values) hold a permutation of what they held before.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// 1 when a orders before b, 0 when not, -1 when the comparison failed (sorting stops).
typedef int SortLess(void *context, uint64_t a, uint64_t b);

typedef struct {
    uint64_t *keys;    // sorted by `less`
    uint64_t *values;  // permuted along with the keys; NULL if there are none
    size_t count;      // words in keys, and in values
    uint64_t *scratch; // sort_scratch_words() words; NULL when that is 0
    SortLess *less;
    void *context; // first argument of `less`
} SortTask;

// Words of scratch that sorting `count` keys needs, for values too when there are some.
size_t sort_scratch_words(size_t count, bool with_values);

// Sorts in place: ascending, equal keys in their old order. Result: false when `less` failed. The
// arrays must not change meanwhile: a caller whose `less` runs Python sorts a private copy.
bool sort_stable(const SortTask *task);

// Reverses the order of the words.
void sort_reverse(uint64_t *words, size_t count);
