// test_verify.c — each rule of the verifier by a code object that it refuses, with the message, and
// a near twin that it accepts.
//
// What the text form can say is written in it; the rest is bytes. With arguments, the program
// compiles the Python files that they name at each level of optimisation and verifies every code
// object instead.
#include "bytecode/code.h"
#include "bytecode/exception_table.h"
#include "bytecode/opcodes.h"
#include "compiler/compile.h"
#include "include/krait.h"
#include "objects/bytes.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "tests/unit/harness.h"

static Thread *thread;

// Forgets the pending exception; its text without what stands in front of the reason.
static void take_message(char *message, size_t size) {
    *message = '\0';
    if (!error_is_pending(thread)) return;
    Value exception = error_take(thread);
    Value text = str_format(thread, "%S", exception);
    size_t length;
    const char *bytes = value_is_error(text) ? NULL : str_as_utf8_lossy(thread, text, &length);
    if (bytes == NULL) {
        error_clear(thread);
        return;
    }
    const char *reason = strstr(bytes, "): ");
    snprintf(message, size, "%s", reason != NULL ? reason + 3 : bytes);
}

static const struct {
    const char *text, *message; // NULL: accepted
} texts[] = {
#define REFUSED(text, message) {text, message},
#define ACCEPTED(text)         {text, NULL},
#include "tests/unit/verify_cases.inc"
};

static void test_texts(void) {
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char message[256];
        Value filename = str_from_c(thread, "case");
        Value code = code_assemble(thread, texts[i].text, strlen(texts[i].text), filename);
        take_message(message, sizeof message);
        const char *wanted = texts[i].message != NULL ? texts[i].message : "";
        if (!CHECK(value_is_error(code) == (texts[i].message != NULL)) ||
            !CHECK_TEXT(message, wanted))
            printf("    in case %zu:\n%s    %s\n", i, texts[i].text, message);
    }
}

static CodeParts make_parts(Value code, Value exceptions, Value kinds) {
    Value names = list_new(thread, 0), no_bytes = bytes_new(thread, "", 0);
    size_t count = value_as_bytes(kinds)->length;
    for (size_t i = 0; i < count; i++)
        CHECK(list_append(thread, value_as_list(names), str_from_character(thread, 'a' + i)));
    Value text = str_from_c(thread, "f");
    return (CodeParts){.firstlineno = 1,
                       .stacksize = 4,
                       .code = code,
                       .consts = tuple_of(thread, 1, VALUE_NONE),
                       .names = tuple_from_values(thread, NULL, 0),
                       .localsplusnames = list_as_tuple(thread, value_as_list(names)),
                       .localspluskinds = kinds,
                       .filename = text,
                       .name = text,
                       .qualname = text,
                       .linetable = no_bytes,
                       .exceptiontable = exceptions};
}

static void check_parts(const CodeParts *parts, const char *wanted) {
    char message[256];
    Value code = code_new(thread, parts);
    bool good = !value_is_error(code) && code_verify(thread, value_as_code(code));
    take_message(message, sizeof message);
    CHECK(good == (wanted == NULL));
    CHECK_TEXT(message, wanted != NULL ? wanted : "");
}

static void check_bytes(const unsigned char *code, size_t size, const char *wanted) {
    CodeParts parts = make_parts(bytes_new(thread, code, size), bytes_new(thread, "", 0),
                                 bytes_new(thread, "", 0));
    check_parts(&parts, wanted);
}

#define BYTES(...)                                                                                 \
    (const unsigned char[]){__VA_ARGS__}, sizeof((const unsigned char[]){__VA_ARGS__})
#define RETURN_NONE OP_RETURN_CONST, 0

static void test_units(void) {
    check_bytes(NULL, 0, "there is no instruction");
    check_bytes(BYTES(RETURN_NONE), NULL);
    check_bytes(BYTES(OP_CACHE, 0, RETURN_NONE), "unknown opcode 0");
    check_bytes(BYTES(OP_RESERVED, 0, RETURN_NONE), "unknown opcode 17");
    check_bytes(BYTES(OP_INTERPRETER_EXIT, 0, RETURN_NONE), "unknown opcode 3");
    check_bytes(BYTES(6, 0, RETURN_NONE), "unknown opcode 6");
    check_bytes(BYTES(255, 0, RETURN_NONE), "unknown opcode 255");
    check_bytes(BYTES(RETURN_NONE, OP_EXTENDED_ARG, 1), "EXTENDED_ARG without an instruction");
    check_bytes(BYTES(OP_EXTENDED_ARG, 0, OP_EXTENDED_ARG, 0, OP_EXTENDED_ARG, 0, OP_EXTENDED_ARG,
                      0, RETURN_NONE),
                "EXTENDED_ARG without an instruction");
    check_bytes(BYTES(OP_EXTENDED_ARG, 0, OP_EXTENDED_ARG, 0, OP_EXTENDED_ARG, 0, RETURN_NONE),
                NULL);
    check_bytes(BYTES(OP_EXTENDED_ARG, 0x10, OP_EXTENDED_ARG, 0, OP_EXTENDED_ARG, 0, RETURN_NONE),
                "the argument is too large");
    check_bytes(BYTES(OP_EXTENDED_ARG, 1, OP_NOP, 0, RETURN_NONE), NULL);
    // Caches.
    check_bytes(BYTES(OP_LOAD_CONST, 0, OP_COPY, 1, OP_BINARY_OP, 0, 0, 0, OP_RETURN_VALUE, 0),
                NULL);
    check_bytes(BYTES(OP_LOAD_CONST, 0, OP_COPY, 1, OP_BINARY_OP, 0, OP_RETURN_VALUE, 0),
                "its caches are missing");
    check_bytes(BYTES(OP_LOAD_CONST, 0, OP_COPY, 1, OP_BINARY_OP, 0), "its caches are missing");
    // Into a cache, between a prefix and its instruction, behind the end, before the start.
    check_bytes(BYTES(OP_JUMP_FORWARD, 3, OP_LOAD_CONST, 0, OP_COPY, 1, OP_BINARY_OP, 0, 0, 0,
                      OP_RETURN_VALUE, 0),
                "the jump leads into nowhere");
    check_bytes(BYTES(OP_JUMP_FORWARD, 1, OP_EXTENDED_ARG, 0, RETURN_NONE),
                "the jump leads into nowhere");
    check_bytes(BYTES(OP_JUMP_FORWARD, 0, OP_EXTENDED_ARG, 0, RETURN_NONE), NULL);
    check_bytes(BYTES(OP_JUMP_FORWARD, 1, RETURN_NONE), "the jump leads into nowhere");
    check_bytes(BYTES(OP_JUMP_BACKWARD, 2), "the jump leads into nowhere");
    check_bytes(BYTES(OP_JUMP_BACKWARD, 1), NULL);
    // FOR_ITER at the end of the code: what is behind the END_FOR must be there too.
    check_bytes(BYTES(OP_LOAD_CONST, 0, OP_FOR_ITER, 2, 0, 0, OP_POP_TOP, 0, OP_RETURN_VALUE, 0,
                      OP_END_FOR, 0),
                "the jump leads into nowhere");
    check_bytes(BYTES(OP_LOAD_CONST, 0, OP_FOR_ITER, 2, 0, 0, OP_POP_TOP, 0, OP_RETURN_VALUE, 0,
                      OP_END_FOR, 0, RETURN_NONE),
                NULL);
}

static void check_kinds(const char *kinds, size_t size, const char *wanted) {
    const unsigned char code[] = {RETURN_NONE};
    CodeParts parts = make_parts(bytes_new(thread, code, sizeof code), bytes_new(thread, "", 0),
                                 bytes_new(thread, kinds, size));
    check_parts(&parts, wanted);
}

static void test_kinds(void) {
    check_kinds("\x20\x60\x30\x70\x40\x80", 6, NULL);
    check_kinds("\x40\x20", 2, "malformed co_localspluskinds");
    check_kinds("\x80\x40", 2, "malformed co_localspluskinds");
    check_kinds("\xa0", 1, "malformed co_localspluskinds");
    check_kinds("\xc0", 1, "malformed co_localspluskinds");
    check_kinds("\x10", 1, "malformed co_localspluskinds");
    check_kinds("\x00", 1, "malformed co_localspluskinds");
    check_kinds("\x21", 1, "malformed co_localspluskinds");
}

static void test_sizes(void) {
    const unsigned char code[] = {RETURN_NONE};
    CodeParts parts = make_parts(bytes_new(thread, code, sizeof code), bytes_new(thread, "", 0),
                                 bytes_new(thread, "\x20", 1));
    parts.stacksize = CODE_MAX_STACK + 1;
    check_parts(&parts, "co_stacksize is too large");
    parts.stacksize = 0;
    check_parts(&parts, NULL);
    parts.argcount = 2;
    check_parts(&parts, "code: co_varnames is too small");
    parts.argcount = 0;
    parts.flags = CO_VARARGS;
    check_parts(&parts, NULL);
    parts.flags = CO_VARARGS | CO_VARKEYWORDS;
    check_parts(&parts, "code: co_varnames is too small");
    parts.flags = 0;
    parts.code = bytes_new(thread, "\x79\0\0", 3);
    check_parts(&parts, "code: co_code is malformed");
}

// Ten thousand joins over a hundred thousand variables: refused before the memory is gone.
static void test_large(void) {
    enum { JOINS = 10000, SLOTS = 100000 };
    TextBuffer code = {0}, kinds = {0};
    for (int i = 0; i < JOINS; i++) text_buffer_append(&code, "\x6e\0", 2); // JUMP_FORWARD 0
    text_buffer_append(&code, "\x79\0", 2);
    text_buffer_append_fill(&kinds, CO_FAST_LOCAL, SLOTS);
    Value bytes = bytes_new(thread, text_buffer_text(&code), code.length);
    CodeParts parts = make_parts(bytes, bytes_new(thread, "", 0),
                                 bytes_new(thread, text_buffer_text(&kinds), 26));
    check_parts(&parts, NULL);
    Value names = tuple_new(thread, SLOTS);
    for (int i = 0; i < SLOTS; i++)
        value_as_tuple(names)->items[i] = value_as_tuple(parts.localsplusnames)->items[i % 26];
    parts.localsplusnames = names;
    parts.localspluskinds = bytes_new(thread, text_buffer_text(&kinds), SLOTS);
    check_parts(&parts, "the code is too large to be verified");
    text_buffer_free(&code);
    text_buffer_free(&kinds);
}

static void check_table(const unsigned char *table, size_t size, const char *wanted) {
    const unsigned char code[] = {OP_NOP,           0, OP_NOP,     0, RETURN_NONE,
                                  OP_PUSH_EXC_INFO, 0, OP_RERAISE, 0};
    CodeParts parts = make_parts(bytes_new(thread, code, sizeof code),
                                 bytes_new(thread, table, size), bytes_new(thread, "", 0));
    check_parts(&parts, wanted);
}

static void test_tables(void) {
    static const char malformed[] = "malformed exception table";
    check_table(BYTES(0x80, 2, 3, 0), NULL);
    check_table(BYTES(0x80, 1, 3, 0, 0x81, 1, 3, 0), NULL);
    check_table(BYTES(0x80, 2, 3), malformed);
    check_table(BYTES(0x00, 2, 3, 0), malformed);
    check_table(BYTES(0x80, 2, 3, 0, 0), malformed);
    check_table(BYTES(0x80, 0, 3, 0), malformed);
    check_table(BYTES(0x80, 9, 3, 0), malformed);
    check_table(BYTES(0x80, 2, 9, 0), malformed);
    check_table(BYTES(0x80, 2, 3, 0, 0x81, 1, 3, 0), malformed); // overlaps
    check_table(BYTES(0x81, 1, 3, 0, 0x80, 1, 3, 0), malformed); // not in order
    check_table(BYTES(0x80, 2, 3, 20), malformed);               // deeper than co_stacksize
    check_table(BYTES(0x80, 2, 0x83, 0), malformed);             // a mark inside an entry
    check_table(BYTES(0xc0, 0x80, 2, 3, 0), malformed);
    check_table(BYTES(0xc0, 0x00, 2, 3, 0), NULL);
    check_table(BYTES(0x80, 2, 0x5f, 0x7f, 0x7f, 0x7f, 0x3f, 0), malformed); // no code is so long
    check_table(BYTES(0x80, 0x42, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 3, 0), malformed);
}

static void verify_all(Value value, const char *name, int *count) {
    CodeObject *code = value_as_code(value);
    ++*count;
    if (!CHECK(code_verify(thread, code))) {
        char message[256];
        take_message(message, sizeof message);
        printf("    %s: %s\n", name, message);
    }
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++)
        if (value_is_code(constants->items[i])) verify_all(constants->items[i], name, count);
}

static void verify_file(const char *name) {
    FILE *file = fopen(name, "rb");
    if (!CHECK(file != NULL)) return;
    TextBuffer source = {0};
    char bytes[4096];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        text_buffer_append(&source, bytes, got);
    fclose(file);
    int count = 0;
    for (int level = 0; level < 3; level++) {
        Value code = compile_source(thread, text_buffer_text(&source), source.length,
                                    str_from_c(thread, name), COMPILE_EXEC, 0, level);
        if (value_is_error(code))
            error_clear(thread);
        else
            verify_all(code, name, &count);
    }
    printf("%s: %d code objects\n", name, count);
    text_buffer_free(&source);
}

int main(int argc, char **argv) {
    KraitRuntime *runtime = krait_new(NULL, NULL);
    if (runtime == NULL) return EXIT_FAILURE;
    thread = ((Runtime *)runtime)->main_thread;
    for (int i = 1; i < argc; i++) verify_file(argv[i]);
    if (argc == 1) {
        test_texts();
        test_units();
        test_kinds();
        test_sizes();
        test_large();
        test_tables();
    }
    krait_delete(runtime);
    return harness_finish();
}
