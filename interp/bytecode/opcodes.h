// opcodes.h — what is known of each opcode: opcodes.def as enums and look-up functions.
//
// An opcode's number is its byte in co_code; numbers from 256 are the compiler's pseudo opcodes and
// never reach a code object.
#pragma once
#include "base/config.h"

typedef enum {
#define OPCODE(NAME, number, OPERAND, pops, pushes, caches, flags, stack) OP_##NAME = (number),
#include "bytecode/opcodes.def"
} Opcode;

enum {
    OPCODE_HAVE_ARGUMENT = 90, // real opcodes below it ignore their argument byte
    OPCODE_FIRST_PSEUDO = 256,
    OPCODE_LIMIT = 267, // one more than the largest number
    OPCODE_MAX_CACHES = 9,
};

// What an opcode's argument means.
typedef enum {
    OPERAND_NONE,
    OPERAND_CONST,         // index into co_consts
    OPERAND_NAME,          // index into co_names
    OPERAND_NAME_METHOD,   // name << 1 | method form
    OPERAND_NAME_GLOBAL,   // name << 1 | push NULL first
    OPERAND_NAME_SUPER,    // name << 2 | two-argument form << 1 | method form
    OPERAND_LOCAL,         // localsplus slot of a local variable
    OPERAND_CELL,          // localsplus slot of a cell or free variable
    OPERAND_JUMP_FORWARD,  // code units from behind the instruction and its caches
    OPERAND_JUMP_BACKWARD, // likewise, backwards
    OPERAND_LABEL,         // a jump in either direction (pseudo)
    OPERAND_HANDLER,       // the handler's label (pseudo)
    OPERAND_BINARY,        // BinaryOperator, from BINARY_INPLACE on in place
    OPERAND_COMPARE,       // CompareOperator << 4 | mask of wanted outcomes
    OPERAND_INVERT,        // 1: is not, not in
    OPERAND_COUNT,         // of stack slots
    OPERAND_PAIRS,         // of stack slots
    OPERAND_DEPTH,         // distance of a slot from the top
    OPERAND_UNPACK,        // targets before the starred one | targets behind it << 8
    OPERAND_FUNCTION,      // bits: 1 defaults, 2 keyword defaults, 4 annotations, 8 closure
    OPERAND_CALL_EX,       // bit: 1 keyword dict
    OPERAND_FORMAT,        // conversion (0 none, 1 str, 2 repr, 3 ascii) | 4 if with a format
    OPERAND_SLICE,         // 2 or 3 parts
    OPERAND_RAISE,         // 0 re-raise, 1 exception, 2 exception and cause
    OPERAND_INTRINSIC_1,   // IntrinsicOne
    OPERAND_INTRINSIC_2,   // IntrinsicTwo
    OPERAND_RESUME,        // 0 start, 1 behind yield, 2 behind yield from, 3 behind await
    OPERAND_AWAITABLE,     // 0; 1 from __aenter__, 2 from __aexit__
    OPERAND_HANDLERS,      // number of handlers around a yield
    OPERAND_FREE_COUNT,    // number of free variables
    OPERAND_PREFIX,        // EXTENDED_ARG: higher bits of the next argument
} OperandKind;

enum {
    OPCODE_RAISES = 1,    // may leave an exception pending
    OPCODE_JUMPS = 2,     // has a jump target
    OPCODE_ENDS = 4,      // the next instruction is never its successor
    OPCODE_EXITS = 8,     // leaves the code object, or goes to a handler
    OPCODE_PSEUDO = 16,   // known to the compiler only
    OPCODE_SETUP = 32,    // opens a protected region (pseudo)
    OPCODE_INTERNAL = 64, // never in compiled code; the verifier refuses it
};

typedef enum {
    INTRINSIC_1_INVALID,
    INTRINSIC_PRINT,
    INTRINSIC_IMPORT_STAR,
    INTRINSIC_STOPITERATION_ERROR,
    INTRINSIC_ASYNC_GEN_WRAP,
    INTRINSIC_UNARY_POSITIVE,
    INTRINSIC_LIST_TO_TUPLE,
    INTRINSIC_TYPEVAR,
    INTRINSIC_PARAMSPEC,
    INTRINSIC_TYPEVARTUPLE,
    INTRINSIC_SUBSCRIPT_GENERIC,
    INTRINSIC_TYPEALIAS,
    INTRINSIC_1_COUNT,
} IntrinsicOne;

typedef enum {
    INTRINSIC_2_INVALID,
    INTRINSIC_PREP_RERAISE_STAR,
    INTRINSIC_TYPEVAR_WITH_BOUND,
    INTRINSIC_TYPEVAR_WITH_CONSTRAINTS,
    INTRINSIC_SET_FUNCTION_TYPE_PARAMS,
    INTRINSIC_2_COUNT,
} IntrinsicTwo;

typedef struct {
    const char *name;  // NULL: no such opcode
    const char *stack; // the picture in opcodes.def
    uint8_t operand;   // OperandKind
    uint8_t caches;    // code units
    uint8_t flags;     // OPCODE_*
} OpcodeInfo;

// By number; unused numbers have a NULL name.
extern const OpcodeInfo opcode_table[OPCODE_LIMIT];

ALWAYS_INLINE bool opcode_exists(int opcode) {
    return opcode >= 0 && opcode < OPCODE_LIMIT && opcode_table[opcode].name != NULL;
}
// "<unknown>" for numbers that are no opcode.
const char *opcode_name(int opcode);
// CACHE units behind it.
ALWAYS_INLINE int opcode_caches(int opcode) { return opcode_table[opcode].caches; }
ALWAYS_INLINE unsigned opcode_flags(int opcode) { return opcode_table[opcode].flags; }
// Is the argument byte meaningful? For pseudo opcodes: does it need an argument or a label?
ALWAYS_INLINE bool opcode_has_arg(int opcode) {
    return opcode < OPCODE_FIRST_PSEUDO ? opcode >= OPCODE_HAVE_ARGUMENT
                                        : opcode_table[opcode].operand != OPERAND_NONE;
}

int opcode_pops(int opcode, int oparg);
int opcode_pushes(int opcode, int oparg);
// The change of the stack's depth as the compiler counts it (dis.stack_effect): `jump` says whether
// the jump, or for the SETUPs the way into the handler, is taken.
int opcode_stack_effect(int opcode, int oparg, bool jump);

// Names for listings; NULL when the number is out of range.
const char *opcode_binary_symbol(int oparg);    // "+", "+=", ...
const char *opcode_compare_symbol(int oparg);   // of a whole COMPARE_OP argument: "<", ...
const char *opcode_intrinsic_1_name(int oparg); // "INTRINSIC_PRINT"
const char *opcode_intrinsic_2_name(int oparg);
// The argument of COMPARE_OP for a CompareOperator.
int opcode_compare_arg(int compare_operator);
