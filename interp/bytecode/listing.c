// listing.c — code objects as JSON, in a canonical form in which two compilers can be compared.
//
// One line a source file: {"file":..,"srcbytes":..,"codes":[..]}, compact and pure ASCII, or with
// "error":[type,message,lineno,offset,end_lineno,end_offset,text] instead of the codes. The code
// objects stand in the order of a walk through co_consts, a parent before its children; each has
// its counts, names, typed constants, instructions [offset, name, argument|null, line, end line,
// column, end column] (caches left out, EXTENDED_ARG with its own byte, the instruction behind it
// with the whole argument) and both tables, offsets in bytes.
#include "bytecode/code.h"

#include <stdlib.h>
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/exception_table.h"
#include "bytecode/locations.h"
#include "bytecode/opcodes.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"

typedef struct {
    Thread *thread;
    TextBuffer text;
    int written;    // code objects so far
    int next_child; // index of the next code object among the constants being written
} Listing;

static bool put_constant(Listing *listing, TextBuffer *text, Value constant);

static void put_character(TextBuffer *text, uint32_t character) {
    switch (character) {
    case '"': text_buffer_append_text(text, "\\\""); return;
    case '\\': text_buffer_append_text(text, "\\\\"); return;
    case '\n': text_buffer_append_text(text, "\\n"); return;
    case '\r': text_buffer_append_text(text, "\\r"); return;
    case '\t': text_buffer_append_text(text, "\\t"); return;
    case '\f': text_buffer_append_text(text, "\\f"); return;
    case '\b': text_buffer_append_text(text, "\\b"); return;
    default: break;
    }
    if (character >= ' ' && character <= '~') {
        text_buffer_append_byte(text, (char)character);
    } else if (character > 0xffff) {
        character -= 0x10000;
        text_buffer_append_format(text, "\\u%04x\\u%04x", 0xd800 + (character >> 10),
                                  0xdc00 + (character & 0x3ff));
    } else {
        text_buffer_append_format(text, "\\u%04x", character);
    }
}

static void put_characters(TextBuffer *text, Value str) {
    const Str *characters = value_as_str(str);
    for (uint64_t i = 0; i < characters->length; i++) put_character(text, str_at(characters, i));
}

static void put_quoted(TextBuffer *text, Value str) {
    text_buffer_append_byte(text, '"');
    put_characters(text, str);
    text_buffer_append_byte(text, '"');
}

static void put_hex(TextBuffer *text, Value bytes) {
    size_t size;
    const unsigned char *data = code_bytes(bytes, &size);
    for (size_t i = 0; i < size; i++) text_buffer_append_format(text, "%02x", data[i]);
}

static void put_double(TextBuffer *text, double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    text_buffer_append_format(text, "%016llx", (unsigned long long)bits);
}

static void put_int(TextBuffer *text, Value value) {
    int64_t number;
    if (int_as_int64(value, &number)) {
        text_buffer_append_format(text, "\"i:%lld\"", (long long)number);
        return;
    }
    uint64_t scratch;
    BigintView view = int_view(value, &scratch);
    text_buffer_append_format(text, "\"I:%s0x%llx", view.negative ? "-" : "",
                              (unsigned long long)view.limbs[view.count - 1]);
    for (size_t i = view.count - 1; i-- > 0;)
        text_buffer_append_format(text, "%016llx", (unsigned long long)view.limbs[i]);
    text_buffer_append_text(text, "\"");
}

static bool put_tuple(Listing *listing, TextBuffer *text, const Tuple *tuple) {
    text_buffer_append_text(text, "[\"tuple\"");
    for (uint64_t i = 0; i < tuple->length; i++) {
        text_buffer_append_text(text, ",");
        if (!put_constant(listing, text, tuple->items[i])) return false;
    }
    text_buffer_append_text(text, "]");
    return true;
}

static int compare_texts(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Items in the order of their texts.
static bool put_frozenset(Listing *listing, TextBuffer *text, const Set *set) {
    char **items = calloc(set->length + 1, sizeof *items);
    size_t count = 0, position = 0;
    bool done = items != NULL;
    Value item;
    while (done && set_next(set, &position, &item)) {
        TextBuffer one = {0};
        done = put_constant(listing, &one, item);
        items[count] = text_buffer_take(&one);
        if (items[count] == NULL)
            text->failed = true;
        else
            count++;
    }
    if (done) {
        qsort(items, count, sizeof *items, compare_texts);
        text_buffer_append_text(text, "[\"frozenset\"");
        for (size_t i = 0; i < count; i++) text_buffer_append_format(text, ",%s", items[i]);
        text_buffer_append_text(text, "]");
    } else if (items == NULL) {
        raise_memory_error(listing->thread);
    }
    for (size_t i = 0; i < count; i++) free(items[i]);
    free(items);
    return done;
}

static int count_codes(const CodeObject *code) {
    const Tuple *constants = value_as_tuple(code->co_consts);
    int count = 1;
    for (uint64_t i = 0; i < constants->length; i++)
        if (value_is_code(constants->items[i]))
            count += count_codes(value_as_code(constants->items[i]));
    return count;
}

static const char *singleton_name(Value value) {
    if (value_is_none(value)) return "\"None\"";
    if (value_is_bool(value)) return value_as_bool(value) ? "\"True\"" : "\"False\"";
    if (value_same(value, VALUE_ELLIPSIS)) return "\"Ellipsis\"";
    return NULL;
}

static bool put_constant(Listing *listing, TextBuffer *text, Value constant) {
    const char *name = singleton_name(constant);
    if (name != NULL) {
        text_buffer_append_text(text, name);
    } else if (value_is_int_exact(constant)) {
        put_int(text, constant);
    } else if (value_is_float_exact(constant)) {
        text_buffer_append_text(text, "\"f:");
        put_double(text, value_as_double(constant));
        text_buffer_append_text(text, "\"");
    } else if (value_has_shape(constant, SHAPE_complex)) {
        const Complex *number = (Complex *)value_as_object(constant);
        text_buffer_append_text(text, "\"c:");
        put_double(text, number->real);
        text_buffer_append_text(text, ":");
        put_double(text, number->imaginary);
        text_buffer_append_text(text, "\"");
    } else if (value_is_str_exact(constant)) {
        text_buffer_append_text(text, "\"s:");
        put_characters(text, constant);
        text_buffer_append_text(text, "\"");
    } else if (value_is_bytes_exact(constant)) {
        text_buffer_append_text(text, "\"b:");
        put_hex(text, constant);
        text_buffer_append_text(text, "\"");
    } else if (value_is_tuple_exact(constant)) {
        return put_tuple(listing, text, value_as_tuple(constant));
    } else if (value_has_shape(constant, SHAPE_frozenset)) {
        return put_frozenset(listing, text, value_as_set(constant));
    } else if (value_is_code(constant)) {
        text_buffer_append_format(text, "[\"code\",%d]", listing->next_child);
        listing->next_child += count_codes(value_as_code(constant));
    } else {
        raise_type_error(listing->thread, "cannot list a constant of type '%T'", constant);
        return false;
    }
    return true;
}

static void put_names(TextBuffer *text, const char *key, Value tuple) {
    text_buffer_append_format(text, ",\"%s\":[", key);
    const Tuple *names = value_as_tuple(tuple);
    for (uint64_t i = 0; i < names->length; i++) {
        if (i > 0) text_buffer_append_text(text, ",");
        put_quoted(text, names->items[i]);
    }
    text_buffer_append_text(text, "]");
}

static void put_number_or_null(TextBuffer *text, int number) {
    if (number < 0)
        text_buffer_append_text(text, ",null");
    else
        text_buffer_append_format(text, ",%d", number);
}

static void put_instructions(TextBuffer *text, const CodeObject *code) {
    size_t size;
    const unsigned char *units = code_bytes(code->co_code, &size);
    LocationReader reader;
    LocationEntry entry = {0};
    location_reader_start(&reader, code);
    unsigned extended = 0;
    text_buffer_append_text(text, ",\"instrs\":[");
    for (int unit = 0; unit < (int)(size / 2);) {
        int opcode = units[2 * unit];
        unsigned byte = units[2 * unit + 1], oparg = byte | extended;
        while (unit >= entry.unit + entry.unit_count && location_reader_next(&reader, &entry))
            continue;
        const CodePosition *position = &entry.position;
        text_buffer_append_format(text, "%s[%d,\"%s\"", unit > 0 ? "," : "", unit * 2,
                                  opcode_name(opcode));
        bool has_arg = opcode >= OPCODE_HAVE_ARGUMENT;
        put_number_or_null(text, !has_arg ? -1 : (int)(opcode == OP_EXTENDED_ARG ? byte : oparg));
        put_number_or_null(text, position->line);
        put_number_or_null(text, position->end_line);
        put_number_or_null(text, position->column);
        put_number_or_null(text, position->end_column);
        text_buffer_append_text(text, "]");
        extended = opcode == OP_EXTENDED_ARG ? oparg << 8 : 0;
        unit += 1 + (opcode_exists(opcode) ? opcode_caches(opcode) : 0);
    }
    text_buffer_append_text(text, "]");
}

static void put_exceptions(TextBuffer *text, const CodeObject *code) {
    ExceptionReader reader;
    ExceptionEntry entry;
    exception_reader_start(&reader, code);
    text_buffer_append_text(text, ",\"exctable\":[");
    for (const char *separator = ""; exception_reader_next(&reader, &entry); separator = ",")
        text_buffer_append_format(text, "%s[%d,%d,%d,%d,%d]", separator, entry.start * 2,
                                  entry.end * 2, entry.handler.target * 2, entry.handler.depth,
                                  entry.handler.push_lasti);
    text_buffer_append_text(text, "],\"exctable_hex\":\"");
    put_hex(text, code->co_exceptiontable);
    text_buffer_append_text(text, "\"");
}

static bool put_constants(Listing *listing, const CodeObject *code) {
    TextBuffer *text = &listing->text;
    const Tuple *constants = value_as_tuple(code->co_consts);
    text_buffer_append_text(text, ",\"consts\":[");
    for (uint64_t i = 0; i < constants->length; i++) {
        if (i > 0) text_buffer_append_text(text, ",");
        if (!put_constant(listing, text, constants->items[i])) return false;
    }
    text_buffer_append_text(text, "]");
    return true;
}

static bool put_variables(Listing *listing, const CodeObject *code) {
    static const struct {
        const char *key;
        int kind;
    } groups[] = {
        {"varnames", CO_FAST_LOCAL}, {"cellvars", CO_FAST_CELL}, {"freevars", CO_FAST_FREE}};
    TextBuffer *text = &listing->text;
    put_names(text, "names", code->co_names);
    for (size_t i = 0; i < COUNT_OF(groups); i++) {
        Value names = code_slot_names(listing->thread, code, groups[i].kind);
        if (value_is_error(names)) return false;
        put_names(text, groups[i].key, names);
    }
    put_names(text, "localsplus", code->co_localsplusnames);
    text_buffer_append_text(text, ",\"localspluskinds\":\"");
    put_hex(text, code->co_localspluskinds);
    text_buffer_append_text(text, "\"");
    return true;
}

static bool put_code(Listing *listing, const CodeObject *code) {
    if (!thread_check_stack(listing->thread, "")) return false;
    TextBuffer *text = &listing->text;
    int index = listing->written++;
    text_buffer_append_format(text, "%s{\"i\":%d,\"name\":", index > 0 ? "," : "", index);
    put_quoted(text, code->co_name);
    text_buffer_append_text(text, ",\"qualname\":");
    put_quoted(text, code->co_qualname);
    text_buffer_append_format(text,
                              ",\"argcount\":%d,\"posonlyargcount\":%d,\"kwonlyargcount\":%d,"
                              "\"flags\":%d,\"stacksize\":%d,\"nlocals\":%d,\"firstlineno\":%d",
                              code->co_argcount, code->co_posonlyargcount, code->co_kwonlyargcount,
                              code->co_flags, code->co_stacksize, code->co_nlocals,
                              code->co_firstlineno);
    listing->next_child = index + 1;
    if (!put_variables(listing, code) || !put_constants(listing, code)) return false;
    put_instructions(text, code);
    put_exceptions(text, code);
    text_buffer_append_text(text, ",\"linetable_hex\":\"");
    put_hex(text, code->co_linetable);
    text_buffer_append_format(text, "\",\"codelen\":%zu}", value_as_bytes(code->co_code)->length);
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++)
        if (value_is_code(constants->items[i]) &&
            !put_code(listing, value_as_code(constants->items[i])))
            return false;
    return true;
}

static bool begin(Listing *listing, const char *file, size_t source_bytes, const char *content) {
    Value file_name = str_decode_utf8(listing->thread, file, strlen(file), "surrogateescape");
    if (value_is_error(file_name)) return false;
    text_buffer_append_text(&listing->text, "{\"file\":");
    put_quoted(&listing->text, file_name);
    text_buffer_append_format(&listing->text, ",\"srcbytes\":%zu,\"%s\":[", source_bytes, content);
    return true;
}

static bool end(Listing *listing, bool done, FILE *out) {
    text_buffer_append_text(&listing->text, "]}\n");
    if (done && listing->text.failed) {
        raise_memory_error(listing->thread);
        done = false;
    }
    if (done) fwrite(text_buffer_text(&listing->text), 1, listing->text.length, out);
    text_buffer_free(&listing->text);
    return done;
}

bool code_listing(Thread *thread, FILE *out, CodeObject *code, const char *file,
                  size_t source_bytes) {
    Listing listing = {.thread = thread};
    return begin(&listing, file, source_bytes, "codes") &&
           end(&listing, put_code(&listing, code), out);
}

// An attribute of a SyntaxError; null where there is none.
static void put_attribute(Listing *listing, Value exception, const char *name) {
    Value interned = str_intern_c(listing->thread, name);
    Value value = value_is_error(interned)
                      ? VALUE_ABSENT
                      : object_find_attribute(listing->thread, exception, interned);
    error_clear(listing->thread);
    int64_t number;
    if (value_is_str(value))
        put_quoted(&listing->text, value);
    else if (value_is_int(value) && int_as_int64(value, &number))
        text_buffer_append_format(&listing->text, "%lld", (long long)number);
    else
        text_buffer_append_text(&listing->text, "null");
}

bool code_listing_error(Thread *thread, FILE *out, const char *file, size_t source_bytes) {
    static const char *const attributes[] = {"msg",        "lineno",     "offset",
                                             "end_lineno", "end_offset", "text"};
    Listing listing = {.thread = thread};
    Value exception = error_take(thread);
    if (!begin(&listing, file, source_bytes, "error")) return false;
    text_buffer_append_format(&listing.text, "\"%s\"", type_of(exception)->name);
    if (type_is_subtype(type_of(exception), &exception_SyntaxError)) {
        for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
            text_buffer_append_byte(&listing.text, ',');
            put_attribute(&listing, exception, attributes[i]);
        }
    } else {
        Value text = object_str(thread, exception);
        error_clear(thread);
        text_buffer_append_byte(&listing.text, ',');
        if (value_is_str(text))
            put_quoted(&listing.text, text);
        else
            text_buffer_append_text(&listing.text, "null");
    }
    if (!end(&listing, true, out)) return false;
    error_restore(thread, exception);
    return true;
}
