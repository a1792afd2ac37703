// dis.c — code objects as text: the format of CPython 3.12's dis module, byte for byte.
#include "bytecode/code.h"

#include <string.h>

#include "base/vector.h"
#include "bytecode/code_internal.h"
#include "bytecode/exception_table.h"
#include "bytecode/locations.h"
#include "bytecode/opcodes.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

VECTOR_DEFINE(ExceptionEntries, exception_entries, ExceptionEntry)

// A listing being written. The tables have one item a code unit.
typedef struct {
    Thread *thread;
    TextBuffer text;
    CodeObject *code;
    const unsigned char *units;
    int unit_count;
    bool show_caches;
    int line_width, offset_width; // line_width 0: no line numbers at all
    int *starts_line;             // the line that begins at a unit; -1: none
    bool *is_target;
    ExceptionEntries exceptions;
} Listing;

// What an inline cache is made of, with sizes in units.
static const struct {
    int opcode;
    struct {
        const char *name;
        int size;
    } parts[4];
} cache_formats[] = {
    {OP_LOAD_GLOBAL,
     {{"counter", 1}, {"index", 1}, {"module_keys_version", 1}, {"builtin_keys_version", 1}}},
    {OP_BINARY_OP, {{"counter", 1}}},
    {OP_UNPACK_SEQUENCE, {{"counter", 1}}},
    {OP_COMPARE_OP, {{"counter", 1}}},
    {OP_BINARY_SUBSCR, {{"counter", 1}}},
    {OP_FOR_ITER, {{"counter", 1}}},
    {OP_LOAD_SUPER_ATTR, {{"counter", 1}}},
    {OP_LOAD_ATTR, {{"counter", 1}, {"version", 2}, {"keys_version", 2}, {"descr", 4}}},
    {OP_STORE_ATTR, {{"counter", 1}, {"version", 2}, {"index", 1}}},
    {OP_CALL, {{"counter", 1}, {"func_version", 2}}},
    {OP_STORE_SUBSCR, {{"counter", 1}}},
    {OP_SEND, {{"counter", 1}}},
};

static bool raise_no_memory(Listing *listing) {
    raise_memory_error(listing->thread);
    return false;
}

static int unit_caches(int opcode) { return opcode_exists(opcode) ? opcode_caches(opcode) : 0; }

// The next instruction at *unit, EXTENDED_ARG counted as one; *unit moves behind its caches.
typedef struct {
    int unit, opcode, oparg;
    unsigned extended;
} Step;

static bool step_next(const Listing *listing, int *unit, Step *step) {
    if (*unit >= listing->unit_count) return false;
    step->unit = *unit;
    step->opcode = listing->units[2 * *unit];
    step->oparg = 0;
    unsigned oparg = listing->units[2 * *unit + 1] | step->extended;
    step->extended = 0;
    if (step->opcode >= OPCODE_HAVE_ARGUMENT) {
        step->oparg = (int)oparg;
        if (step->opcode == OP_EXTENDED_ARG) step->extended = oparg << 8;
    }
    *unit += 1 + unit_caches(step->opcode);
    return true;
}

// The unit a jump goes to, -1 for opcodes that do not jump.
static int64_t jump_target(const Step *step) {
    int64_t after = (int64_t)step->unit + 1 + unit_caches(step->opcode);
    if (!opcode_exists(step->opcode)) return -1;
    switch (opcode_table[step->opcode].operand) {
    case OPERAND_JUMP_FORWARD: return after + step->oparg;
    case OPERAND_JUMP_BACKWARD: return after - step->oparg;
    default: return -1;
    }
}

static void mark_target(Listing *listing, int64_t unit) {
    if (unit >= 0 && unit < listing->unit_count) listing->is_target[unit] = true;
}

static int count_digits(int number) {
    int digits = 1;
    for (; number >= 10; number /= 10) digits++;
    return digits;
}

static bool prepare(Listing *listing) {
    size_t size;
    listing->units = code_bytes(listing->code->co_code, &size);
    listing->unit_count = (int)(size / 2);
    listing->starts_line = malloc(((size_t)listing->unit_count + 1) * sizeof(int));
    listing->is_target = calloc((size_t)listing->unit_count + 1, sizeof(bool));
    if (listing->starts_line == NULL || listing->is_target == NULL) return raise_no_memory(listing);
    for (int i = 0; i < listing->unit_count; i++) listing->starts_line[i] = -1;
    LocationReader locations;
    LocationEntry location;
    int last_line = -1, greatest = -1;
    location_reader_start(&locations, listing->code);
    while (location_reader_next(&locations, &location)) {
        int line = location.position.line;
        if (line < 0 || line == last_line || location.unit >= listing->unit_count) continue;
        listing->starts_line[location.unit] = last_line = line;
        if (line > greatest) greatest = line;
    }
    listing->line_width = greatest < 0 ? 0 : greatest >= 1000 ? count_digits(greatest) : 3;
    int last_offset = 2 * (listing->unit_count - 1);
    listing->offset_width = last_offset >= 10000 ? count_digits(last_offset) : 4;
    ExceptionReader exceptions;
    ExceptionEntry entry;
    exception_reader_start(&exceptions, listing->code);
    while (exception_reader_next(&exceptions, &entry)) {
        if (!exception_entries_push(&listing->exceptions, entry)) return raise_no_memory(listing);
        if (entry.end > entry.start) mark_target(listing, entry.handler.target);
    }
    Step step = {0};
    for (int unit = 0; step_next(listing, &unit, &step);) {
        int64_t target = jump_target(&step);
        if (target >= 0) mark_target(listing, target);
    }
    return true;
}

static bool put_str(Listing *listing, Value str) {
    size_t size;
    const char *text = str_as_utf8_lossy(listing->thread, str, &size);
    if (text == NULL) return false;
    text_buffer_append(&listing->text, text, size);
    return true;
}

// " (text)" of an item of a tuple, nothing for an empty one; the index may be anything in foreign
// code.
static bool put_item(Listing *listing, Value tuple, int index, const char *prefix, bool as_repr) {
    const Tuple *items = value_as_tuple(tuple);
    if (index < 0 || (uint64_t)index >= items->length) {
        raise_error(listing->thread, &exception_IndexError, "tuple index out of range");
        return false;
    }
    Value item = items->items[index];
    if (as_repr) {
        item = object_repr(listing->thread, item);
        if (value_is_error(item)) return false;
    }
    if (value_as_str(item)->length == 0) return true;
    text_buffer_append_format(&listing->text, " (%s", prefix);
    if (!put_str(listing, item)) return false;
    text_buffer_append_text(&listing->text, ")");
    return true;
}

static void put_description(Listing *listing, const char *text) {
    if (text != NULL && *text != '\0') text_buffer_append_format(&listing->text, " (%s)", text);
}

static void put_function_flags(Listing *listing, int oparg) {
    static const char *const names[] = {"defaults", "kwdefaults", "annotations", "closure"};
    const char *separator = " (";
    for (int i = 0; i < (int)COUNT_OF(names); i++) {
        if (!(oparg >> i & 1)) continue;
        text_buffer_append_format(&listing->text, "%s%s", separator, names[i]);
        separator = ", ";
    }
    if (oparg & 15) text_buffer_append_text(&listing->text, ")");
}

static void put_format(Listing *listing, int oparg) {
    static const char *const conversions[] = {"", "str", "repr", "ascii"};
    const char *conversion = conversions[oparg & 3];
    if (!(oparg & 4)) {
        put_description(listing, conversion);
        return;
    }
    text_buffer_append_format(&listing->text, " (%s%swith format)", conversion,
                              *conversion ? ", " : "");
}

// What stands in parentheses behind an argument.
static bool put_argument_details(Listing *listing, const Step *step) {
    const CodeObject *code = listing->code;
    int oparg = step->oparg;
    const char *method = oparg & 1 ? "NULL|self + " : "";
    switch (opcode_table[step->opcode].operand) {
    case OPERAND_CONST: return put_item(listing, code->co_consts, oparg, "", true);
    case OPERAND_NAME: return put_item(listing, code->co_names, oparg, "", false);
    case OPERAND_NAME_GLOBAL:
        return put_item(listing, code->co_names, oparg >> 1, oparg & 1 ? "NULL + " : "", false);
    case OPERAND_NAME_METHOD: return put_item(listing, code->co_names, oparg >> 1, method, false);
    case OPERAND_NAME_SUPER: return put_item(listing, code->co_names, oparg >> 2, method, false);
    case OPERAND_LOCAL:
    case OPERAND_CELL: return put_item(listing, code->co_localsplusnames, oparg, "", false);
    case OPERAND_JUMP_FORWARD:
    case OPERAND_JUMP_BACKWARD:
        text_buffer_append_format(&listing->text, " (to %lld)", (long long)jump_target(step) * 2);
        break;
    case OPERAND_COMPARE: put_description(listing, opcode_compare_symbol(oparg)); break;
    case OPERAND_BINARY: put_description(listing, opcode_binary_symbol(oparg)); break;
    case OPERAND_FUNCTION: put_function_flags(listing, oparg); break;
    case OPERAND_FORMAT: put_format(listing, oparg); break;
    case OPERAND_INTRINSIC_1: put_description(listing, opcode_intrinsic_1_name(oparg)); break;
    case OPERAND_INTRINSIC_2: put_description(listing, opcode_intrinsic_2_name(oparg)); break;
    default: break;
    }
    return true;
}

static void trim_spaces(TextBuffer *text) {
    size_t length = text->length;
    while (length > 0 && text->bytes[length - 1] == ' ') length--;
    text_buffer_truncate(text, length);
}

// Line number, jump target mark, offset and name of one row.
static void put_row_start(Listing *listing, int unit, int line, bool is_target, const char *name) {
    if (listing->line_width > 0) {
        if (line >= 0)
            text_buffer_append_format(&listing->text, "%*d ", listing->line_width, line);
        else
            text_buffer_append_fill(&listing->text, ' ', (size_t)listing->line_width + 1);
    }
    text_buffer_append_format(&listing->text, "    %s %*d %-20s", is_target ? ">>" : "  ",
                              listing->offset_width, unit * 2, name);
}

static void put_caches(Listing *listing, const Step *step) {
    for (size_t i = 0; i < COUNT_OF(cache_formats); i++) {
        if (cache_formats[i].opcode != step->opcode) continue;
        int unit = step->unit;
        for (size_t part = 0; part < COUNT_OF(cache_formats[i].parts); part++) {
            for (int k = 0; k < cache_formats[i].parts[part].size; k++) {
                put_row_start(listing, ++unit, -1, false, "CACHE");
                text_buffer_append_text(&listing->text, "     0");
                if (k == 0)
                    text_buffer_append_format(&listing->text, " (%s: 0)",
                                              cache_formats[i].parts[part].name);
                text_buffer_append_text(&listing->text, "\n");
            }
        }
    }
}

static bool put_instruction(Listing *listing, const Step *step) {
    int line = listing->starts_line[step->unit];
    if (line >= 0 && step->unit > 0) text_buffer_append_text(&listing->text, "\n");
    char unknown[8];
    snprintf(unknown, sizeof unknown, "<%d>", step->opcode);
    bool exists = opcode_exists(step->opcode);
    put_row_start(listing, step->unit, line, listing->is_target[step->unit],
                  exists ? opcode_name(step->opcode) : unknown);
    if (step->opcode >= OPCODE_HAVE_ARGUMENT) {
        text_buffer_append_format(&listing->text, " %5d", step->oparg);
        if (exists && !put_argument_details(listing, step)) return false;
    }
    trim_spaces(&listing->text);
    text_buffer_append_text(&listing->text, "\n");
    if (listing->show_caches && exists) put_caches(listing, step);
    return true;
}

static bool put_code(Listing *listing) {
    if (!prepare(listing)) return false;
    Step step = {0};
    for (int unit = 0; step_next(listing, &unit, &step);)
        if (!put_instruction(listing, &step)) return false;
    if (listing->exceptions.count > 0) text_buffer_append_text(&listing->text, "ExceptionTable:\n");
    for (size_t i = 0; i < listing->exceptions.count; i++) {
        const ExceptionEntry *entry = &listing->exceptions.items[i];
        text_buffer_append_format(&listing->text, "  %d to %d -> %d [%d]%s\n", entry->start * 2,
                                  entry->end * 2 - 2, entry->handler.target * 2,
                                  entry->handler.depth, entry->handler.push_lasti ? " lasti" : "");
    }
    return true;
}

// The text of one code object, written at once so that nothing of a failed one appears.
static bool disassemble_one(Thread *thread, FILE *out, CodeObject *code, bool show_caches) {
    Listing listing = {.thread = thread, .code = code, .show_caches = show_caches};
    bool done = put_code(&listing);
    if (done && listing.text.failed) done = raise_no_memory(&listing);
    if (done) fwrite(text_buffer_text(&listing.text), 1, listing.text.length, out);
    free(listing.starts_line);
    free(listing.is_target);
    exception_entries_free(&listing.exceptions);
    text_buffer_free(&listing.text);
    return done;
}

static bool put_heading(Thread *thread, FILE *out, Value code) {
    Value text = object_repr(thread, code);
    if (value_is_error(text)) return false;
    size_t size;
    const char *bytes = str_as_utf8_lossy(thread, text, &size);
    if (bytes == NULL) return false;
    fprintf(out, "\nDisassembly of %.*s:\n", (int)size, bytes);
    return true;
}

bool code_disassemble(Thread *thread, FILE *out, CodeObject *code, bool recursive,
                      bool show_caches) {
    if (!thread_check_stack(thread, "")) return false;
    if (!disassemble_one(thread, out, code, show_caches)) return false;
    if (!recursive) return true;
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++) {
        if (!value_is_code(constants->items[i])) continue;
        if (!put_heading(thread, out, constants->items[i]) ||
            !code_disassemble(thread, out, value_as_code(constants->items[i]), true, show_caches))
            return false;
    }
    return true;
}
