// counts.h — counting what ran: opcodes, and on demand the pairs and triples of opcodes that
// follow each other.
//
// Translation puts COUNT_NEXT before each instruction when counting is on; nothing here is reached
// otherwise. A sequence follows execution through calls and returns. Pairs lie in a dense table,
// triples in a hash table by open addressing, which grows.
#pragma once
#include "vm/operand_counts.h"

enum { COUNT_NOTHING, COUNT_OPCODES, COUNT_PAIRS, COUNT_TRIPLES };

typedef struct {
    uint32_t
        key; // (first * INSTRUCTION_LIMIT + second) * INSTRUCTION_LIMIT + third, plus 1; 0: free
    uint64_t count;
} TripleCount;
typedef struct OpcodeSequences {
    int last, before;     // opcodes that ran; 0 (CACHE, which never runs): none yet
    uint64_t *pairs;      // by first * INSTRUCTION_LIMIT + second
    TripleCount *triples; // NULL when only pairs are counted
    size_t triple_count, triple_capacity;
    uint64_t lost; // triples that there was no memory for
} OpcodeSequences;

// Makes the tables of a level; false with MemoryError pending.
RAISES bool counts_initialize(Thread *thread, int level);
void counts_finalize(Thread *thread);
void counts_add_sequence(OpcodeSequences *sequences, int opcode);

// `next` is about to run on this stack.
ALWAYS_INLINE void count_instruction(Thread *thread, const Instruction *next,
                                     const Value *stack_pointer) {
    thread->opcode_counts[next->opcode]++;
    if (thread->opcode_sequences) counts_add_sequence(thread->opcode_sequences, next->opcode);
    if (thread->operand_counts) operand_counts_add(thread, next, stack_pointer);
}
