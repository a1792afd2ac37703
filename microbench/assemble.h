// assemble.h — the instruction texts of bodies.def and mix.def to wordcode.
//
// A text is "[x:] NAME [argument]; ...", where an argument is a number, @x (the jump to a label of
// the same text) or $ (the local, and the constant, that fillers use).
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    unsigned char *code; // malloc'd; NULL until something is emitted
    size_t size, capacity;
    int filler;          // what $ stands for
    bool without_locals; // LOAD_FAST becomes LOAD_CONST, STORE_FAST POP_TOP
    const char *error;   // static text; NULL so far
} Assembler;

// One instruction with its caches.
void assembler_emit(Assembler *assembler, int opcode, int argument);
// All instructions of a text up to `length` characters of it.
void assembler_add(Assembler *assembler, const char *text, size_t length);
// What another assembler has made.
void assembler_append(Assembler *assembler, const Assembler *other);
// How much of a text lies up to and with the first instruction that is named `opcode`; without one,
// up to the end of the first. A text with labels is not divided: all of it.
size_t assembly_split(const char *text, const char *opcode);
