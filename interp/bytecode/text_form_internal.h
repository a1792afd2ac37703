// text_form_internal.h — what the files of the text form of bytecode share: the reader of its
// tokens, literals, and instructions before they have offsets.
#pragma once
#include "base/text_buffer.h"
#include "base/vector.h"
#include "bytecode/code.h"
#include "bytecode/exception_table.h"
#include "objects/str.h"

// Reads a text line by line. The text is valid UTF-8 and outlives the reader.
typedef struct {
    Thread *thread;
    const char *next, *end;
    int line;
    Value filename;
} TextReader;

// Raises ValueError with file and line; always false.
COLD bool text_reader_fail(const TextReader *reader, const char *format, ...);
// Skips spaces, tabs and carriage returns, and a comment, which ends with its line.
void text_reader_skip_blanks(TextReader *reader);
// Is the line read up to its end (blanks and a comment are skipped)?
bool text_reader_at_line_end(TextReader *reader);
// Takes the text if it comes next, behind blanks.
bool text_reader_take(TextReader *reader, const char *text);
// A bare word: letters, digits, `_ . < >` and everything beyond ASCII; empty if none comes next.
size_t text_reader_take_word(TextReader *reader, const char **word);
// A name, bare or as a string literal, interned.
RAISES Value text_reader_get_name(TextReader *reader);
// A decimal number that fits an int and is not negative.
RAISES bool text_reader_get_number(TextReader *reader, int *number);
// A constant that is no code object, as a Python literal (text_form_literal.c).
RAISES Value text_reader_get_literal(TextReader *reader);

// Writes a constant as text_reader_get_literal reads it; TypeError if it is of another type.
RAISES bool text_form_put_literal(Thread *thread, TextBuffer *text, Value constant);
void text_form_put_string(TextBuffer *text, const Str *str);
// A name, bare if it can be.
void text_form_put_name(TextBuffer *text, Value name);

// An instruction that has been read: its argument is known, is a label, or a slot that gets its
// index when all local variables are known.
typedef struct {
    int opcode, oparg;
    int label;    // index; -1: none
    int name;     // index among the names of slots; -1: none
    int prefixes; // EXTENDED_ARGs at least
    int line;     // in the text
    int unit;     // of its first prefix
    CodePosition position;
} TextInstruction;
VECTOR_DEFINE(TextInstructions, text_instructions, TextInstruction)

typedef struct {
    const char *name; // in the text
    size_t length;
    int instruction; // index of the one behind it; -1: not yet placed
    int line;        // of its first use
} TextLabel;
VECTOR_DEFINE(TextLabels, text_labels, TextLabel)

// Of the labels' indices.
typedef struct {
    int start, end, target, depth, line;
    bool push_lasti;
} TextException;
VECTOR_DEFINE(TextExceptions, text_exceptions, TextException)

typedef struct {
    TextInstructions instructions;
    TextLabels labels;
    TextExceptions exceptions;
    int firstlineno;
} TextProgram;

// Lays the instructions out and makes co_code and both tables (text_form_assemble.c).
RAISES bool text_program_assemble(const TextReader *reader, TextProgram *program, CodeParts *parts);
