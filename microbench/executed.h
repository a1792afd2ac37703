// executed.h — which instruction a row's opcode has become, and how often a copy runs it.
#pragma once
#include "bodies.h"
#include <stdio.h>

// What one copy of a row's body runs more often than one copy of its baseline does.
typedef struct {
    const char *instruction; // member of the opcode's family that ran most; NULL: none did
    long executed;           // runs of the whole family a copy of the body
    long baseline;           // ... a copy of the baseline
} Executed;

// Adds what one copy of the body or baseline runs, called functions included, to counts[number of
// the instruction]. The runtime counts opcodes. False: `error` says why.
bool executed_copy(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, bool baseline,
                   long *counts, char *error, size_t error_size);
// The same by kinds of operands: prints a line "bench,body,instruction,kinds,count" for each. The
// runtime counts operands (KraitOptions.count_operands). False: `error` says why.
bool executed_print_kinds(KraitRuntime *runtime, KraitHandle *prelude, const Body *body,
                          bool baseline, FILE *out, char *error, size_t error_size);
// Counts a row's runs of its opcode, called functions included. The runtime counts opcodes
// (KraitOptions.count_opcodes). False: `error` says why.
bool executed_count(KraitRuntime *runtime, KraitHandle *prelude, const Body *body,
                    Executed *executed, char *error, size_t error_size);
// The instruction that now stands most often where the code has the row's opcode: the opcode
// itself, or what it was specialised or fused to. The opcode's own name when only called functions
// have it.
const char *executed_instruction(KraitRuntime *runtime, const BodyFunction *made, const Body *body);
