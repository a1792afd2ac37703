// locations.c — writing and reading location tables.
#include "bytecode/locations.h"

#include "bytecode/code_internal.h"

enum {
    FORM_ONE_LINE = 10, // 10, 11, 12: line difference 0, 1, 2; two column bytes
    FORM_NO_COLUMNS = 13,
    FORM_LONG = 14,
    FORM_NONE = 15,
    MAX_UNITS = 8,
    LONGEST_ENTRY = 1 + 4 * 6, // bytes
};

// The functions below write where there is room and return what is behind.

static unsigned char *put_first_byte(unsigned char *out, unsigned form, int units) {
    *out++ = (unsigned char)(0x80 | form << 3 | (unsigned)(units - 1));
    return out;
}

// Six bits a byte, the lowest first; 0x40 says that more follow.
static unsigned char *put_unsigned(unsigned char *out, unsigned number) {
    for (; number >= 64; number >>= 6) *out++ = (unsigned char)(0x40 | (number & 63));
    *out++ = (unsigned char)number;
    return out;
}

static unsigned char *put_signed(unsigned char *out, int number) {
    unsigned magnitude = number < 0 ? 0u - (unsigned)number : (unsigned)number;
    return put_unsigned(out, magnitude << 1 | (number < 0));
}

static unsigned char *put_long(unsigned char *out, int delta, int units, CodePosition position) {
    out = put_first_byte(out, FORM_LONG, units);
    out = put_signed(out, delta);
    out = put_unsigned(out, (unsigned)(position.end_line - position.line));
    out = put_unsigned(out, (unsigned)(position.column + 1));
    return put_unsigned(out, (unsigned)(position.end_column + 1));
}

static unsigned char *put_entry(unsigned char *out, int delta, int units, CodePosition position) {
    int column = position.column, end_column = position.end_column;
    bool one_line = position.end_line == position.line;
    if (column < 0 || end_column < 0) {
        if (one_line || position.end_line == -1)
            return put_signed(put_first_byte(out, FORM_NO_COLUMNS, units), delta);
    } else if (one_line) {
        if (delta == 0 && column < 80 && end_column >= column && end_column - column < 16) {
            out = put_first_byte(out, (unsigned)column >> 3, units);
            *out++ = (unsigned char)((column & 7) << 4 | (end_column - column));
            return out;
        }
        if (delta >= 0 && delta < 3 && column < 128 && end_column < 128) {
            out = put_first_byte(out, FORM_ONE_LINE + (unsigned)delta, units);
            *out++ = (unsigned char)column;
            *out++ = (unsigned char)end_column;
            return out;
        }
    }
    return put_long(out, delta, units, position);
}

void location_table_append(TextBuffer *table, int *line, int units, CodePosition position) {
    for (; units > 0; units -= MAX_UNITS) {
        if (!text_buffer_reserve(table, LONGEST_ENTRY)) return;
        unsigned char *start = (unsigned char *)table->bytes + table->length, *end;
        int count = units < MAX_UNITS ? units : MAX_UNITS;
        if (position.line < 0) {
            end = put_first_byte(start, FORM_NONE, count);
        } else {
            end = put_entry(start, position.line - *line, count, position);
            *line = position.line;
        }
        table->length += (size_t)(end - start);
    }
}

static bool get_byte(LocationReader *reader, int *byte) {
    if (reader->next >= reader->end) return false;
    *byte = *reader->next++;
    return true;
}

static bool get_unsigned(LocationReader *reader, int *number) {
    unsigned value = 0;
    int byte;
    for (unsigned shift = 0; shift < 32; shift += 6) {
        if (!get_byte(reader, &byte)) return false;
        value |= ((unsigned)byte & 63) << shift;
        if (!(byte & 0x40)) {
            *number = (int)value;
            return true;
        }
    }
    return false;
}

// Adds the signed difference that comes next to the line.
static bool get_line(LocationReader *reader) {
    int number;
    if (!get_unsigned(reader, &number)) return false;
    unsigned magnitude = (unsigned)number >> 1;
    unsigned delta = number & 1 ? 0u - magnitude : magnitude;
    reader->line = (int)((unsigned)reader->line + delta);
    return true;
}

static bool get_long(LocationReader *reader, CodePosition *position) {
    int lines, column, end_column;
    if (!get_line(reader) || !get_unsigned(reader, &lines) || !get_unsigned(reader, &column) ||
        !get_unsigned(reader, &end_column))
        return false;
    int end_line = (int)((unsigned)reader->line + (unsigned)lines);
    *position = (CodePosition){reader->line, end_line, (int)((unsigned)column - 1),
                               (int)((unsigned)end_column - 1)};
    return true;
}

void location_reader_start(LocationReader *reader, const CodeObject *code) {
    size_t size;
    reader->next = code_bytes(code->co_linetable, &size);
    reader->end = reader->next + size;
    reader->line = code->co_firstlineno;
    reader->unit = 0;
}

bool location_reader_next(LocationReader *reader, LocationEntry *entry) {
    int first, byte, end_byte;
    if (!get_byte(reader, &first) || !(first & 0x80)) return false;
    int form = first >> 3 & 15;
    entry->unit = reader->unit;
    entry->unit_count = (first & 7) + 1;
    reader->unit += entry->unit_count;
    CodePosition *position = &entry->position;
    *position = (CodePosition){-1, -1, -1, -1};
    switch (form) {
    case FORM_NONE: return true;
    case FORM_LONG: return get_long(reader, position);
    case FORM_NO_COLUMNS:
        if (!get_line(reader)) return false;
        position->line = position->end_line = reader->line;
        return true;
    case FORM_ONE_LINE:
    case FORM_ONE_LINE + 1:
    case FORM_ONE_LINE + 2:
        if (!get_byte(reader, &byte) || !get_byte(reader, &end_byte)) return false;
        reader->line = (int)((unsigned)reader->line + (unsigned)(form - FORM_ONE_LINE));
        *position = (CodePosition){reader->line, reader->line, byte, end_byte};
        return true;
    default:
        if (!get_byte(reader, &byte)) return false;
        int column = form << 3 | byte >> 4;
        *position = (CodePosition){reader->line, reader->line, column, column + (byte & 15)};
        return true;
    }
}

CodePosition code_position(const CodeObject *code, int unit) {
    LocationReader reader;
    LocationEntry entry;
    location_reader_start(&reader, code);
    while (location_reader_next(&reader, &entry))
        if (unit < entry.unit + entry.unit_count) return entry.position;
    return (CodePosition){-1, -1, -1, -1};
}

int code_line(const CodeObject *code, int unit) {
    return unit < 0 ? code->co_firstlineno : code_position(code, unit).line;
}
