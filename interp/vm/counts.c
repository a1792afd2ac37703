// counts.c — the tables of counted opcodes, pairs and triples.
#include "vm/counts.h"
#include "runtime/errors.h"
#include <stdlib.h>

enum { FIRST_CAPACITY = 1 << 12 }; // a power of two
_Static_assert(INSTRUCTION_LIMIT < 1 << 10, "three instructions fit a key");

// Spreads keys over the table (Fibonacci hashing, Knuth 6.4).
static size_t place_of(uint32_t key, size_t capacity) {
    return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (capacity - 1);
}

static TripleCount *find(TripleCount *triples, size_t capacity, uint32_t key) {
    size_t place = place_of(key, capacity);
    while (triples[place].key && triples[place].key != key) place = (place + 1) & (capacity - 1);
    return &triples[place];
}

static bool grow(OpcodeSequences *sequences) {
    size_t capacity = 2 * sequences->triple_capacity;
    TripleCount *triples = calloc(capacity, sizeof *triples);
    if (!triples) return false;
    for (size_t i = 0; i < sequences->triple_capacity; i++) {
        const TripleCount *old = &sequences->triples[i];
        if (old->key) *find(triples, capacity, old->key) = *old;
    }
    free(sequences->triples);
    sequences->triples = triples;
    sequences->triple_capacity = capacity;
    return true;
}

static void add_triple(OpcodeSequences *sequences, int opcode) {
    uint32_t pair = (uint32_t)(sequences->before * INSTRUCTION_LIMIT + sequences->last);
    uint32_t key = pair * INSTRUCTION_LIMIT + (uint32_t)opcode + 1;
    TripleCount *triple = find(sequences->triples, sequences->triple_capacity, key);
    if (!triple->key) {
        if (4 * sequences->triple_count >= 3 * sequences->triple_capacity) {
            if (!grow(sequences)) {
                sequences->lost++;
                return;
            }
            triple = find(sequences->triples, sequences->triple_capacity, key);
        }
        triple->key = key;
        sequences->triple_count++;
    }
    triple->count++;
}

void counts_add_sequence(OpcodeSequences *sequences, int opcode) {
    if (sequences->last) sequences->pairs[sequences->last * INSTRUCTION_LIMIT + opcode]++;
    if (sequences->triples && sequences->before) add_triple(sequences, opcode);
    sequences->before = sequences->last;
    sequences->last = opcode;
}

bool counts_initialize(Thread *thread, int level) {
    if (level == COUNT_NOTHING) return true;
    thread->opcode_counts = calloc(INSTRUCTION_LIMIT, sizeof *thread->opcode_counts);
    bool made = thread->opcode_counts != NULL;
    if (made && level >= COUNT_PAIRS) {
        OpcodeSequences *sequences = calloc(1, sizeof *sequences);
        thread->opcode_sequences = sequences;
        made = sequences != NULL;
        if (made) {
            sequences->pairs =
                calloc((size_t)INSTRUCTION_LIMIT * INSTRUCTION_LIMIT, sizeof *sequences->pairs);
            sequences->triple_capacity = FIRST_CAPACITY;
            if (level >= COUNT_TRIPLES)
                sequences->triples = calloc(FIRST_CAPACITY, sizeof *sequences->triples);
            made = sequences->pairs && (level < COUNT_TRIPLES || sequences->triples);
        }
    }
    if (!made) raise_memory_error(thread);
    return made;
}

void counts_finalize(Thread *thread) {
    if (thread->opcode_sequences) {
        free(thread->opcode_sequences->pairs);
        free(thread->opcode_sequences->triples);
    }
    free(thread->opcode_sequences);
    free(thread->opcode_counts);
    thread->opcode_sequences = NULL;
    thread->opcode_counts = NULL;
}
