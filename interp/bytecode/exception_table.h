// exception_table.h — the exception table (co_exceptiontable): which handler protects which code.
//
// Entries are sorted and disjoint; each is four numbers of six bits a byte, highest bits first
// (0x40: more bytes follow), and the very first byte of an entry has the top bit set, so that a
// search can start anywhere. Format: CPython's InternalDocs/exception_handling.md.
#pragma once
#include "base/text_buffer.h"
#include "bytecode/code.h"

// Units; `end` is exclusive.
typedef struct {
    int start, end;
    CodeHandler handler;
} ExceptionEntry;

// Appends an entry; its start must not be before the end of the last one.
void exception_table_append(TextBuffer *table, const ExceptionEntry *entry);

// Reads a table entry by entry. A malformed table ends early: nothing is read beyond its end.
typedef struct {
    const unsigned char *start, *next, *end;
} ExceptionReader;
// Starts at the first entry of the code's table, which must outlive the reader.
void exception_reader_start(ExceptionReader *reader, const CodeObject *code);
// Reads the next entry; false at the end.
bool exception_reader_next(ExceptionReader *reader, ExceptionEntry *entry);
