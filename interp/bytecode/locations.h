// locations.h — the location table (co_linetable, PEP 626 and PEP 657): source positions of code
// units.
//
// The table is a run of entries of 1 to 8 units each; an entry starts with a byte whose top bit is
// set, says its form and length, and holds the line as a difference to the entry before (the first
// to co_firstlineno). Format: CPython's InternalDocs/locations.md.
#pragma once
#include "base/text_buffer.h"
#include "bytecode/code.h"

// Appends `units` code units that share a position. *line is the line of the last entry that had
// one: start with co_firstlineno. A position without a line has line -1.
void location_table_append(TextBuffer *table, int *line, int units, CodePosition position);

// Reads a table entry by entry. A malformed table ends early: nothing is read beyond its end.
typedef struct {
    const unsigned char *next, *end;
    int line; // of the last entry that had one
    int unit; // first unit of the next entry
} LocationReader;
typedef struct {
    int unit, unit_count;
    CodePosition position;
} LocationEntry;
void location_reader_start(LocationReader *reader, const CodeObject *code);
bool location_reader_next(LocationReader *reader, LocationEntry *entry);
