// inject.c — reading what is to be injected; vm/translate.c does it.
#include "vm/inject.h"
#include <stdlib.h>
#include <string.h>

_Static_assert(OP_SPIN8 + SPIN_KINDS - 1 == OP_SPIN512, "the SPINs follow each other");

// The number in [first, limit) of the instruction whose name these characters are, or -1.
static int find(const char *name, size_t length, int first, int limit) {
    for (int number = first; number < limit; number++) {
        if (number < INTERNAL_FIRST && !opcode_exists(number)) continue;
        const char *known = instruction_name(number);
        if (strlen(known) == length && memcmp(known, name, length) == 0) return number;
    }
    return -1;
}

const char *injections_parse(const char *text, Injections *injections) {
    memset(injections, 0, sizeof *injections);
    while (*text) {
        size_t length = strcspn(text, "=,+");
        int opcode = find(text, length, 0, OPCODE_FIRST_PSEUDO);
        if (text[length] != '=') return "--inject wants OPCODE=SPIN8[+SPIN16...]";
        if (opcode < 0 || opcode == OP_CACHE || opcode == OP_EXTENDED_ARG)
            return "--inject wants an opcode of Python 3.12 that is executed";
        do {
            text += length + 1;
            length = strcspn(text, ",+");
            int spin = find(text, length, OP_SPIN8, OP_SPIN512 + 1);
            if (spin < 0) return "--inject knows SPIN8, SPIN16, SPIN32, SPIN64 and SPIN512";
            uint8_t *count = &injections->spins[opcode][spin - OP_SPIN8];
            if (*count == SPIN_LIMIT) return "--inject: too many of a kind before one opcode";
            ++*count;
        } while (text[length] == '+');
        text += length + (text[length] == ',');
    }
    return NULL;
}

const char *injections_set(Runtime *runtime, const char *text) {
    Injections *injections = NULL;
    if (text && *text) {
        injections = malloc(sizeof *injections);
        const char *error = injections ? injections_parse(text, injections) : "no memory";
        if (error) {
            free(injections);
            return error;
        }
    }
    injections_free(runtime);
    runtime->injections = injections;
    return NULL;
}

void injections_free(Runtime *runtime) {
    free(runtime->injections);
    runtime->injections = NULL;
}
