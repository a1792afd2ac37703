// verify_internal.h — the state that the two halves of the verifier share.
#pragma once
#include "bytecode/code.h"
#include "bytecode/exception_table.h"
#include "bytecode/opcodes.h"

// What a slot of localsplus or of the stack holds, in the low byte; above it a number for two
// kinds.
typedef uint32_t SlotKind;
enum {
    SLOT_DEAD,              // what an instruction that raised has left: must not be looked at
    SLOT_NULL,              // n: absent
    SLOT_MAYBE,             // m, a: a value or absent
    SLOT_VALUE,             // v
    SLOT_CELL,              // c
    SLOT_EXCEPTION,         // e
    SLOT_EXCEPTION_OR_NONE, // E
    SLOT_LASTI,             // l
    SLOT_ITERATOR,          // i
    SLOT_LIST,              // L
    SLOT_SET,               // S
    SLOT_DICT,              // D
    SLOT_TUPLE,             // T
    SLOT_NAMES,             // N: a tuple of strs
    SLOT_CLOSURE,           // C: a tuple of cells; with their number
    SLOT_CODE,              // K: with the index of the constant
};

// The frame at one point of the program: the slots of localsplus, then the stack.
typedef struct {
    int depth;         // of the stack; -1: point not reached yet
    bool in_generator; // RETURN_GENERATOR has been executed
    SlotKind *slots;
} FrameState;

typedef struct {
    int start, unit; // first unit (a prefix, if it has some) and the opcode's own
    int next;        // behind its caches
    int opcode, oparg;
} Decoded;

typedef struct {
    Thread *thread;
    const CodeObject *code;
    const unsigned char *units;
    int unit_count;
    int slot_count;   // of localsplus
    Decoded *decoded; // by first unit; opcode -1 where no instruction starts
    bool *joins;      // by unit: some jump or handler leads here
    int *handlers;    // by unit: index into entries, -1: none
    ExceptionEntry *entries;
    FrameState *states; // by unit, filled at joins
    int *worklist;
    bool *queued;
    size_t state_bytes; // of all states
    int pending;
    int greatest_depth;                 // of the stack so far
    int jump_from, jump_to, jump_depth; // code_verify_jump's; jump_from -1: there is none
    FrameState now;                     // while a run of instructions is being followed
    SlotKind *saved;                    // part of it while it is changed for a handler
    bool failed;
    int failed_unit;
} Verifier;

// Raises ValueError naming the place; always false.
COLD bool verifier_fail(Verifier *verifier, int unit, const char *format, ...);
// verify_effects.c: applies an instruction to the state; the result is the state behind it.
RAISES bool verifier_check_operand(Verifier *verifier, const Decoded *instruction);
// KW_NAMES has names and a CALL behind it that cannot be reached without it. Looked at where
// nothing leads too, since the translation pairs the two wherever it meets them.
RAISES bool verifier_check_keywords(Verifier *verifier, const Decoded *instruction);
RAISES bool verifier_apply(Verifier *verifier, const Decoded *instruction);
ALWAYS_INLINE void verifier_note_depth(Verifier *verifier, int depth) {
    if (depth > verifier->greatest_depth) verifier->greatest_depth = depth;
}
SlotKind verifier_join_kinds(SlotKind a, SlotKind b);
SlotKind verifier_kind_of_letter(char letter);
