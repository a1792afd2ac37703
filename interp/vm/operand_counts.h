// operand_counts.h — how often and how long instructions ran, by the kinds of what they work on.
//
// A kind is what makes an instruction take another way (vm/operand_kinds.def): "+ int int" of a
// BINARY_OP, "list.append" of a CALL. Types count by name, classes of the program as `instance`,
// ints of more than a word as `bigint`; functions that are called as `function` or `generator
// function`, native ones by their names. Time is read between one COUNT_NEXT and the next, so
// counting's own time and dispatch are in it: it tells what takes long, not what is cheap. What
// runs LONG_NS or longer (a C function at work, a pause of the collector, a page fault) is also
// summed up apart.
#pragma once
#include "vm/instruction.h"

enum { LONG_NS = 500 };

typedef struct {
    int opcode;
    char kinds[72]; // "" where nothing decides
    uint64_t executed, nanoseconds;
    uint64_t executed_long, nanoseconds_long; // of these, what ran LONG_NS or longer
} OperandRow;

typedef struct OperandCounts OperandCounts;

// Begins to count; false with MemoryError pending. vm_finalize ends it.
RAISES bool operand_counts_initialize(Thread *thread);
void operand_counts_finalize(Thread *thread);
// `next` is about to run on this stack.
void operand_counts_add(Thread *thread, const Instruction *next, const Value *stack_pointer);
// Executions that there was no memory to count.
uint64_t operand_counts_lost(const OperandCounts *counts);
// The index-th row in the order of first executions; false past the last.
bool operand_counts_row(const OperandCounts *counts, size_t index, OperandRow *row);
