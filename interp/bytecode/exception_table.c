// exception_table.c — writing, reading and searching exception tables.
#include "bytecode/exception_table.h"

#include "bytecode/code_internal.h"

// Twice the sum of two numbers is an int: no code is so long that it needs larger ones.
enum { ENTRY_START = 0x80, MORE = 0x40, LINEAR_SEARCH = 40, NUMBER_LIMIT = 1 << 29 };

static void put_number(TextBuffer *table, unsigned number, unsigned mark) {
    for (int shift = 30; shift > 0; shift -= 6) {
        if (number >> shift == 0) continue;
        text_buffer_append_byte(table, (char)(unsigned char)((number >> shift & 63) | MORE | mark));
        mark = 0;
    }
    text_buffer_append_byte(table, (char)(unsigned char)((number & 63) | mark));
}

void exception_table_append(TextBuffer *table, const ExceptionEntry *entry) {
    put_number(table, (unsigned)entry->start, ENTRY_START);
    put_number(table, (unsigned)(entry->end - entry->start), 0);
    put_number(table, (unsigned)entry->handler.target, 0);
    put_number(table, (unsigned)entry->handler.depth << 1 | entry->handler.push_lasti, 0);
}

void exception_reader_start(ExceptionReader *reader, const CodeObject *code) {
    size_t size;
    reader->start = reader->next = code_bytes(code->co_exceptiontable, &size);
    reader->end = reader->start + size;
}

// Only the first byte of an entry has the mark: the search relies on it.
static bool get_number(ExceptionReader *reader, bool first, int *number) {
    unsigned value = 0;
    for (int count = 0; count < 6 && reader->next < reader->end; count++) {
        unsigned byte = *reader->next++;
        if (!(byte & ENTRY_START) == (first && count == 0)) return false;
        value = value << 6 | (byte & 63);
        if (byte & MORE) continue;
        *number = (int)value;
        return value < NUMBER_LIMIT;
    }
    return false;
}

bool exception_reader_next(ExceptionReader *reader, ExceptionEntry *entry) {
    int start, length, target, depth_and_lasti;
    const unsigned char *entry_start = reader->next;
    if (!get_number(reader, true, &start) || !get_number(reader, false, &length) ||
        !get_number(reader, false, &target) || !get_number(reader, false, &depth_and_lasti)) {
        reader->next = entry_start; // a malformed rest is left unread
        return false;
    }
    entry->start = start;
    entry->end = start + length;
    entry->handler = (CodeHandler){target, depth_and_lasti >> 1, depth_and_lasti & 1};
    return true;
}

// Halves the part of the table that may hold the entry until it is short; an entry begins where a
// byte has its mark (CPython: get_exception_handler).
static void narrow(ExceptionReader *reader, int unit) {
    const unsigned char *low = reader->start, *high = reader->end;
    while (high - low > LINEAR_SEARCH) {
        const unsigned char *middle = low + (high - low) / 2;
        while (middle > low && !(*middle & ENTRY_START)) middle--;
        if (middle == low) break;
        int start;
        reader->next = middle;
        if (!get_number(reader, true, &start)) break;
        if (start > unit)
            high = middle;
        else
            low = middle;
    }
    reader->next = low;
}

bool code_find_handler(const CodeObject *code, int unit, CodeHandler *handler) {
    ExceptionReader reader;
    ExceptionEntry entry;
    exception_reader_start(&reader, code);
    narrow(&reader, unit);
    while (exception_reader_next(&reader, &entry)) {
        if (entry.start > unit) return false;
        if (unit >= entry.end) continue;
        *handler = entry.handler;
        return true;
    }
    return false;
}
