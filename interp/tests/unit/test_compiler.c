// test_compiler.c — the compiler from source to code object: bytecode, line and exception tables as
// CPython 3.12.7 has them, the messages of symbol table and code generator with their places (both
// recorded by compiler_cases.py), and sources that are long or deep.
#include "bytecode/code.h"
#include "compiler/compile.h"
#include "compiler/compilation.h"
#include "objects/bytes.h"
#include "objects/exception.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "base/text_buffer.h"
#include "runtime/protocols.h"
#include "tests/unit/harness.h"

typedef struct {
    CompileMode mode;
    int optimize;
    const char *source;
    uint64_t hash;
} ListingCase;

static const ListingCase listings[] = {
#define LISTING(MODE, optimize, source, hash) {COMPILE_##MODE, optimize, source, hash},
#include "tests/unit/compiler_listings.inc"
#undef LISTING
};

typedef struct {
    const char *source;
    const char *message;
    int lineno, offset, end_lineno, end_offset; // -1: None
    int arguments;                              // of the exception
} MessageCase;

static const MessageCase messages[] = {
#define MESSAGE(source, message, lineno, offset, end_lineno, end_offset, arguments)                \
    {source, message, lineno, offset, end_lineno, end_offset, arguments},
#include "tests/unit/compiler_messages.inc"
#undef MESSAGE
};

static Thread *thread;

static Value compile(const char *source, size_t size, CompileMode mode, int optimize) {
    Value filename = str_from_c(thread, "<test>");
    return compile_source(thread, source, size, filename, mode, COMPILE_IGNORE_COOKIE, optimize);
}

static void append_hex(TextBuffer *text, Value bytes) {
    const Bytes *data = value_as_bytes(bytes);
    for (uint64_t i = 0; i < data->length; i++)
        text_buffer_append_format(text, "%02x", data->data[i]);
    text_buffer_append_byte(text, ' ');
}

static void append_name(TextBuffer *text, Value name) {
    size_t size;
    const char *bytes = str_as_utf8_lossy(thread, name, &size);
    text_buffer_append(text, bytes, size);
}

// The form that compiler_cases.py hashes.
static void describe(TextBuffer *text, const CodeObject *code) {
    text_buffer_append_format(text, "%x %d ", (unsigned)code->co_flags, code->co_stacksize);
    append_hex(text, code->co_code);
    append_hex(text, code->co_linetable);
    append_hex(text, code->co_exceptiontable);
    const Tuple *names = value_as_tuple(code->co_names);
    for (uint64_t i = 0; i < names->length; i++) {
        if (i > 0) text_buffer_append_byte(text, ' ');
        append_name(text, names->items[i]);
    }
    text_buffer_append_byte(text, ' ');
    for (int i = 0; i < code->co_nlocals; i++) {
        if (i > 0) text_buffer_append_byte(text, ' ');
        append_name(text, value_as_tuple(code->co_localsplusnames)->items[i]);
    }
    text_buffer_append_byte(text, '\n');
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++) {
        if (value_is_code(constants->items[i])) describe(text, value_as_code(constants->items[i]));
    }
}

// 64-bit FNV-1a.
static uint64_t hash_text(const TextBuffer *text) {
    uint64_t state = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text->length; i++)
        state = (state ^ (unsigned char)text->bytes[i]) * UINT64_C(0x100000001b3);
    return state;
}

static void test_listings(void) {
    for (size_t i = 0; i < COUNT_OF(listings); i++) {
        const ListingCase *row = &listings[i];
        Value code = compile(row->source, strlen(row->source), row->mode, row->optimize);
        if (!CHECK(!value_is_error(code))) {
            error_clear(thread);
            printf("source:\n%s\n", row->source);
            continue;
        }
        TextBuffer text = {0};
        describe(&text, value_as_code(code));
        if (!CHECK(hash_text(&text) == row->hash))
            printf("source:\n%s\nfound:\n%s\n", row->source, text_buffer_text(&text));
        text_buffer_free(&text);
    }
}

static int attribute(Value exception, const char *name) {
    Value value = object_get_attribute(thread, exception, str_intern_c(thread, name));
    return value_is_fixnum(value) ? (int)value_as_fixnum(value) : -1;
}

static void test_message(const MessageCase *row) {
    Value code = compile(row->source, strlen(row->source), COMPILE_EXEC, 0);
    if (!CHECK(value_is_error(code) && error_matches(thread, &exception_SyntaxError))) {
        printf("source:\n%s\n", row->source);
        error_clear(thread);
        return;
    }
    Value exception = error_take(thread);
    size_t size;
    Value message = object_get_attribute(thread, exception, NAMES(thread)->msg);
    bool same = CHECK_TEXT(str_as_utf8_lossy(thread, message, &size), row->message);
    same &= CHECK(attribute(exception, "lineno") == row->lineno);
    same &= CHECK(attribute(exception, "offset") == row->offset);
    same &= CHECK(attribute(exception, "end_lineno") == row->end_lineno);
    same &= CHECK(attribute(exception, "end_offset") == row->end_offset);
    Value arguments = value_as_exception(exception)->args;
    same &= CHECK((int)value_as_tuple(arguments)->length == row->arguments);
    if (!same) printf("source:\n%s\n", row->source);
}

// `head`, then `piece` again and again, then `tail`.
static Value compile_repeated(const char *head, const char *piece, int count, const char *tail) {
    TextBuffer text = {0};
    text_buffer_append_text(&text, head);
    for (int i = 0; i < count; i++) text_buffer_append_text(&text, piece);
    text_buffer_append_text(&text, tail);
    Value code = compile(text_buffer_text(&text), text.length, COMPILE_EXEC, 0);
    text_buffer_free(&text);
    return code;
}

static void test_long_sources(void) {
    static const struct {
        const char *head, *piece, *tail;
        int count;
    } rows[] = {
        {"x = 1", "+1", "\n", 500000},         {"x = a", "+a", "\n", 500000},
        {"x = 'a'", "+'a'", "\n", 100000},     {"x = a", ".b", "\n", 200000},
        {"x = a", "()", "\n", 200000},         {"x = a", ".b()", "\n", 100000},
        {"x = a", "[0]", "\n", 200000},        {"x = a", " and a", "\n", 200000},
        {"x = a", "<a", "\n", 100000},         {"if a: b\n", "elif a: b\n", "else: c\n", 50000},
        {"x = ", "a if b else ", "c\n", 2000},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Value code = compile_repeated(rows[i].head, rows[i].piece, rows[i].count, rows[i].tail);
        CHECK(value_is_code(code));
        error_clear(thread);
    }
}

static void test_deep_sources(void) {
    static const struct {
        const char *piece, *tail;
        int count;
    } rows[] = {
        {"-", "1\n", 200000},
        {"not ", "a\n", 200000},
        {"lambda: ", "a\n", 100000},
        {"a**", "a\n", 200000},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Value code = compile_repeated("x = ", rows[i].piece, rows[i].count, rows[i].tail);
        bool refused = value_is_error(code) && (error_matches(thread, &exception_RecursionError) ||
                                                error_matches(thread, &exception_MemoryError));
        CHECK(refused || value_is_code(code));
        error_clear(thread);
    }
}

int main(void) {
    RuntimeOptions options = {0};
    Runtime *runtime = runtime_new(&options);
    if (!CHECK(runtime != NULL)) return harness_finish();
    thread = runtime->main_thread;
    CHECK(code_initialize(thread));
    test_listings();
    for (size_t i = 0; i < COUNT_OF(messages); i++) test_message(&messages[i]);
    test_long_sources();
    test_deep_sources();
    runtime_delete(runtime);
    return harness_finish();
}
