// opcodes.c — the tables of opcodes.h, made from opcodes.def.
//
// pops and pushes are expressions of the argument, so they become two switches.
#include "bytecode/opcodes.h"

const OpcodeInfo opcode_table[OPCODE_LIMIT] = {
#define OPCODE(NAME, number, OPERAND, pops, pushes, caches, flags, stack)                          \
    [number] = {#NAME, stack, OPERAND_##OPERAND, caches, flags},
#include "bytecode/opcodes.def"
};

const char *opcode_name(int opcode) {
    return opcode_exists(opcode) ? opcode_table[opcode].name : "<unknown>";
}

int opcode_pops(int opcode, int oparg) {
    switch (opcode) {
#define OPCODE(NAME, number, OPERAND, pops, pushes, caches, flags, stack)                          \
    case (number): {                                                                               \
        return pops;                                                                               \
    }
#include "bytecode/opcodes.def"
    default: return 0;
    }
}

int opcode_pushes(int opcode, int oparg) {
    switch (opcode) {
#define OPCODE(NAME, number, OPERAND, pops, pushes, caches, flags, stack)                          \
    case (number): {                                                                               \
        return pushes;                                                                             \
    }
#include "bytecode/opcodes.def"
    default: return 0;
    }
}

int opcode_stack_effect(int opcode, int oparg, bool jump) {
    if (jump && opcode_flags(opcode) & OPCODE_SETUP) return opcode == OP_SETUP_CLEANUP ? 2 : 1;
    switch (opcode) {
#define OPCODE(NAME, number, OPERAND, pops, pushes, caches, flags, stack)                          \
    case (number): {                                                                               \
        return (pushes) - (pops);                                                                  \
    }
#include "bytecode/opcodes.def"
    default: return 0;
    }
}

static const char *const binary_symbols[] = {
    "+",  "&",  "//",  "<<",  "@",  "*",  "%",  "|",  "**",  ">>",  "-",  "/",  "^",
    "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
};
static const char *const compare_symbols[] = {"<", "<=", "==", "!=", ">", ">="};
// Which outcomes make the comparison true: 1 unordered, 2 less, 4 greater, 8 equal.
static const int compare_masks[] = {2, 2 | 8, 8, 1 | 2 | 4, 4, 4 | 8};

static const char *const intrinsic_1_names[INTRINSIC_1_COUNT] = {
    [INTRINSIC_1_INVALID] = "INTRINSIC_1_INVALID",
    [INTRINSIC_PRINT] = "INTRINSIC_PRINT",
    [INTRINSIC_IMPORT_STAR] = "INTRINSIC_IMPORT_STAR",
    [INTRINSIC_STOPITERATION_ERROR] = "INTRINSIC_STOPITERATION_ERROR",
    [INTRINSIC_ASYNC_GEN_WRAP] = "INTRINSIC_ASYNC_GEN_WRAP",
    [INTRINSIC_UNARY_POSITIVE] = "INTRINSIC_UNARY_POSITIVE",
    [INTRINSIC_LIST_TO_TUPLE] = "INTRINSIC_LIST_TO_TUPLE",
    [INTRINSIC_TYPEVAR] = "INTRINSIC_TYPEVAR",
    [INTRINSIC_PARAMSPEC] = "INTRINSIC_PARAMSPEC",
    [INTRINSIC_TYPEVARTUPLE] = "INTRINSIC_TYPEVARTUPLE",
    [INTRINSIC_SUBSCRIPT_GENERIC] = "INTRINSIC_SUBSCRIPT_GENERIC",
    [INTRINSIC_TYPEALIAS] = "INTRINSIC_TYPEALIAS",
};
static const char *const intrinsic_2_names[INTRINSIC_2_COUNT] = {
    [INTRINSIC_2_INVALID] = "INTRINSIC_2_INVALID",
    [INTRINSIC_PREP_RERAISE_STAR] = "INTRINSIC_PREP_RERAISE_STAR",
    [INTRINSIC_TYPEVAR_WITH_BOUND] = "INTRINSIC_TYPEVAR_WITH_BOUND",
    [INTRINSIC_TYPEVAR_WITH_CONSTRAINTS] = "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
    [INTRINSIC_SET_FUNCTION_TYPE_PARAMS] = "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
};

const char *opcode_binary_symbol(int oparg) {
    return oparg >= 0 && oparg < (int)COUNT_OF(binary_symbols) ? binary_symbols[oparg] : NULL;
}

const char *opcode_compare_symbol(int oparg) {
    int index = oparg >> 4;
    return index >= 0 && index < (int)COUNT_OF(compare_symbols) ? compare_symbols[index] : NULL;
}

const char *opcode_intrinsic_1_name(int oparg) {
    return oparg >= 0 && oparg < INTRINSIC_1_COUNT ? intrinsic_1_names[oparg] : NULL;
}

const char *opcode_intrinsic_2_name(int oparg) {
    return oparg >= 0 && oparg < INTRINSIC_2_COUNT ? intrinsic_2_names[oparg] : NULL;
}

int opcode_compare_arg(int compare_operator) {
    ASSERT(compare_operator >= 0 && compare_operator < (int)COUNT_OF(compare_masks));
    return compare_operator << 4 | compare_masks[compare_operator];
}
