// inject.h — slowing opcodes down on purpose, to see whether a measurement notices.
//
// The instructions SPIN8, SPIN16, SPIN32, SPIN64 and SPIN512 do nothing but that many dependent
// additions. Translation puts the wanted ones before each threaded instruction of a named opcode;
// the bytecode stays what it is, and code that was translated before stays as it was. A fused or
// specialised instruction counts as its first opcode. Nothing is injected into traced translations,
// whose time nobody measures.
#pragma once
#include "vm/instruction.h"

enum { SPIN_KINDS = 5, SPIN_LIMIT = 255 };

typedef struct Injections {
    uint8_t spins[OPCODE_FIRST_PSEUDO][SPIN_KINDS]; // how many SPIN8 to SPIN512 by opcode
} Injections;

// Reads "OPCODE=SPIN8[+SPIN16...]", several of them separated by commas; repeated ones add up.
// NULL, or static text that says what is wrong.
const char *injections_parse(const char *text, Injections *injections);
// From now on translation follows `text` (NULL or "": nothing is injected): NULL, or static text
// that says what is wrong, and nothing changes.
const char *injections_set(Runtime *runtime, const char *text);
void injections_free(Runtime *runtime);
// Is it an instruction that translation puts before another one?
ALWAYS_INLINE bool instruction_is_prefix(int opcode) {
    return opcode == OP_COUNT_NEXT || (opcode >= OP_SPIN8 && opcode <= OP_SPIN512);
}
