// instruction.h — threaded code: what the engines run.
//
// Translated once per code object and engine from wordcode: operands decoded, EXTENDED_ARG and
// CACHE gone, jumps resolved to distances, pairs fused, inline caches as data words behind the
// instruction. Engines differ in the handler word only. Threaded code never moves while the code
// object lives, and a running instruction may be rewritten by a nested execution:
// instruction_rewrite exchanges handler and opcode within a family; operands never change.
#pragma once
#include "bytecode/code.h"
#include "bytecode/opcodes.h"

typedef struct Instruction {
    const void *handler; // label or function of the engine that this code was made for
    uint16_t opcode;     // 3.12's number or an internal one
    uint16_t a;          // unfused: length in words of 8 bytes, data words included
    uint16_t b, c;       // unfused: together the operand, an int32
} Instruction;
_Static_assert(sizeof(Instruction) == 16, "an instruction is two words");

enum { INSTRUCTION_WORDS = 2 };

// All opcodes: 3.12's (bytecode/opcodes.def) and the internal ones.
enum {
    INTERNAL_FIRST = OPCODE_LIMIT,
    INTERNAL_BEFORE = INTERNAL_FIRST - 1,
#define ADAPTIVE(name, base, knob)       OP_##name,
#define SPECIALIZED(name, base)          OP_##name,
#define FUSED(name, first, second, knob) OP_##name,
#define VARIANT(name, base)              OP_##name,
#include "vm/instructions.def"
    INSTRUCTION_LIMIT
};

// Cached facts; which member holds depends on the opcode of the instruction before it.
typedef struct {
    uint16_t misses;   // guard failures since the last specialisation
    uint16_t attempts; // specialisations so far; at CACHE_ATTEMPT_LIMIT the family goes generic
    // LOAD_GLOBAL: entry; LOAD_ATTR, STORE_ATTR: byte offset of the slot; FOR_ITER_PAIR: words
    // between it and what follows the UNPACK_SEQUENCE
    uint32_t index;
} CacheCounter;
typedef struct {
    CacheCounter counter;
    uint32_t shape; // of the object; globals, modules: keys version of the dict
    union {
        uint32_t load_epoch;       // LOAD_ATTR_*: class epoch
        uint32_t new_shape;        // STORE_ATTR_ADD: the shape after the store
        uint32_t builtins_version; // LOAD_GLOBAL_BUILTIN
    };
    union {
        Value value; // LOAD_ATTR_METHOD, LOAD_ATTR_CLASS_VALUE: weak, guarded by shape and epoch
        uint64_t store_epoch; // STORE_ATTR_*: class epoch
    };
} AttributeCache;
_Static_assert(sizeof(AttributeCache) == 24, "three data words");
enum { CACHE_ATTEMPT_LIMIT = 16 };

typedef struct ThreadedCode {
    uint32_t word_count;
    bool needs_close;       // has handlers of its own: a generator that is dropped must be closed
    uint32_t *unit_of_word; // word index → code unit of the (first) opcode it stands for
    uint32_t *word_of_unit; // code unit → word index of its instruction; UINT32_MAX inside caches
    // Tracing (vm/instrument.h).
    struct ThreadedCode *traced;       // the translation that tells of its steps; NULL until needed
    unsigned char *line_starts;        // of a traced translation: by unit, does a line begin here?
    int first_traced;                  // the same: unit of the first RESUME
    CodeObject *code;                  // that it belongs to
    struct ThreadedCode *next, **link; // in the runtime's list of all but the traced ones
    bool diverted;                     // every instruction is a DIVERT now
    uint64_t words[];                  // Instructions and data words
} ThreadedCode;

ALWAYS_INLINE Instruction *threaded_start(ThreadedCode *threaded) {
    return (Instruction *)(void *)threaded->words;
}
ALWAYS_INLINE AttributeCache *instruction_cache(const Instruction *pc) {
    return (AttributeCache *)(uintptr_t)(pc + 1);
}
ALWAYS_INLINE int32_t instruction_operand(const Instruction *pc) {
    return (int32_t)((uint32_t)pc->b | (uint32_t)pc->c << 16);
}
ALWAYS_INLINE const Instruction *instruction_after(const Instruction *pc) {
    return (const Instruction *)(const void *)((const uint64_t *)(const void *)pc + pc->a);
}

const char *instruction_name(int opcode);
// The 3.12 opcode that an instruction stands for (the first one of a fused pair).
int instruction_base(int opcode);
int instruction_data_words(int opcode);
// The form of an opcode's family that watches its operands; 0 if the opcode has no such family.
int instruction_adaptive(int base);
// Number of 3.12 opcodes that it stands for: 2 for fused ones.
int instruction_width(int opcode);

// The threaded code of `code` for this thread's engine, made at the first call; NULL: MemoryError,
// or ValueError from the verifier for foreign code.
RAISES ThreadedCode *code_translate(Thread *thread, CodeObject *code);
ALWAYS_INLINE RAISES ThreadedCode *code_threaded(Thread *thread, CodeObject *code) {
    ThreadedCode *threaded = code->threaded[thread->engine];
    return LIKELY(threaded != NULL) ? threaded : code_translate(thread, code);
}
// A second translation in which an instruction before each tells vm/trace.h of the step; no caches,
// no fusion.
RAISES ThreadedCode *code_translate_traced(Thread *thread, CodeObject *code);
// Puts back what code_translate wrote, caches empty; false without memory.
bool threaded_code_reset(Thread *thread, ThreadedCode *threaded);
// Frees threaded code; registered as code_threaded_free.
void threaded_code_free(ThreadedCode *threaded);
// Word index, in the ordinary translation, of the instruction at pc, which may be a traced one.
uint32_t instruction_word(const Thread *thread, const CodeObject *code, const Instruction *pc);
// Code unit that an instruction stands for.
int instruction_unit(const Thread *thread, const CodeObject *code, const Instruction *pc);
// Exchanges opcode and handler within a family.
void instruction_rewrite(Thread *thread, const Instruction *pc, int opcode);
