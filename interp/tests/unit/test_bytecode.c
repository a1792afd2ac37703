// test_bytecode.c — the opcode table, both code tables, constants, the flow graph on sequences
// written by hand, and what the verifier accepts and refuses.
#include "bytecode/code.h"
#include "bytecode/code_internal.h"
#include "bytecode/constant_key.h"
#include "bytecode/exception_table.h"
#include "bytecode/locations.h"
#include "bytecode/opcodes.h"
#include "compiler/assemble.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "tests/unit/harness.h"

static Thread *thread;

static Value str(const char *text) { return str_intern_c(thread, text); }

// Letters of a picture, '*' and what follows '>' not counted.
static int count_letters(const char *picture, char end, bool *repeats) {
    int count = 0;
    *repeats = false;
    for (const char *p = picture; *p != end && *p != '\0' && *p != '!' && *p != '|'; p++) {
        if (*p == '*')
            *repeats = true;
        else
            count++;
    }
    return count;
}

static void test_pictures(void) {
    for (int opcode = 0; opcode < OPCODE_LIMIT; opcode++) {
        if (!opcode_exists(opcode)) continue;
        const char *picture = opcode_table[opcode].stack, *after = strchr(picture, '>');
        bool repeats, special = picture[strlen(picture) - 1] == '!';
        if (!CHECK(after != NULL)) continue;
        int before = count_letters(picture, '>', &repeats);
        if (!repeats) CHECK(special || before == opcode_pops(opcode, 0));
        if (repeats) CHECK(before - 1 <= opcode_pops(opcode, 0));
        int behind = count_letters(after + 1, '\0', &repeats);
        if (!repeats && !special) CHECK(behind == opcode_pushes(opcode, 0));
    }
}

static void test_opcodes(void) {
    test_pictures();
    CHECK(OP_CALL == 171 && opcode_caches(OP_CALL) == 3);
    CHECK(opcode_stack_effect(OP_CALL, 2, false) == -3);
    CHECK(opcode_stack_effect(OP_SETUP_CLEANUP, 0, true) == 2);
    CHECK(opcode_stack_effect(OP_SETUP_WITH, 0, true) == 1);
    CHECK(opcode_stack_effect(OP_FOR_ITER, 5, false) == 1);
    CHECK(!opcode_has_arg(OP_POP_TOP) && opcode_has_arg(OP_LOAD_FAST));
    CHECK_TEXT(opcode_name(OP_BINARY_OP), "BINARY_OP");
    CHECK_TEXT(opcode_binary_symbol(13), "+=");
    CHECK_TEXT(opcode_compare_symbol(55), "!=");
    CHECK(opcode_compare_arg(COMPARE_GE) == 92);
    CHECK(!opcode_exists(6) && !opcode_exists(-1) && !opcode_exists(1000));
}

static CodeParts empty_parts(void) {
    Value none = tuple_from_values(thread, NULL, 0), no_bytes = bytes_new(thread, "", 0);
    return (CodeParts){
        .firstlineno = 10,
        .stacksize = 4,
        .code = no_bytes,
        .consts = none,
        .names = none,
        .localsplusnames = none,
        .localspluskinds = no_bytes,
        .filename = str("file"),
        .name = str("f"),
        .qualname = str("f"),
        .linetable = no_bytes,
        .exceptiontable = no_bytes,
    };
}

static Value buffer_bytes(TextBuffer *buffer) {
    Value bytes = bytes_new(thread, text_buffer_text(buffer), buffer->length);
    text_buffer_free(buffer);
    return bytes;
}

static bool same_position(CodePosition a, CodePosition b) { return memcmp(&a, &b, sizeof a) == 0; }

static void test_locations(void) {
    static const struct {
        int units;
        CodePosition position;
    } runs[] = {
        {1, {10, 10, 0, 0}},
        {3, {10, 10, 79, 94}},
        {20, {10, 10, 80, 90}},
        {2, {12, 12, 127, 127}},
        {2, {12, 12, 128, 200}},
        {9, {-1, -1, -1, -1}},
        {1, {5, 7, 3, 1}},
        {4, {100000, 100000, -1, -1}},
        {1, {100000, 100003, -1, -1}},
        {1, {1, 1, 5, 4000}},
        {8, {4, 4, 0, 15}},
    };
    TextBuffer table = {0};
    int line = 10, unit = 0;
    for (size_t i = 0; i < COUNT_OF(runs); i++)
        location_table_append(&table, &line, runs[i].units, runs[i].position);
    CodeParts parts = empty_parts();
    parts.linetable = buffer_bytes(&table);
    Value code = code_new(thread, &parts);
    for (size_t i = 0; i < COUNT_OF(runs); i++)
        for (int k = 0; k < runs[i].units; k++, unit++)
            CHECK(same_position(code_position(value_as_code(code), unit), runs[i].position));
    CHECK(code_line(value_as_code(code), unit) == -1);
    // A cut-off table is read up to the cut only.
    Bytes *bytes = value_as_bytes(parts.linetable);
    for (size_t size = 0; size < bytes->length; size++) {
        CodeParts cut = empty_parts();
        cut.linetable = bytes_new(thread, bytes->data, size);
        code_position(value_as_code(code_new(thread, &cut)), 1000);
    }
}

// Lines and columns at the ends of their range, as no compiler writes them.
static void test_extreme_locations(void) {
    static const unsigned char tables[][16] = {
        {0xf0, 0x7e, 0x7f, 0x7f, 0x7f, 0x7f, 0x01, 0x00, 0x00, 0x00, 0xe0, 0x00, 0x00},
        {0xe8, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x03, 0xe0, 0x00, 0x00},
        {0xf0, 0x00, 0x40, 0x40, 0x40, 0x40, 0x40, 0x02, 0x40, 0x40, 0x40, 0x40, 0x40, 0x02, 0x00},
    };
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        CodeParts parts = empty_parts();
        parts.firstlineno = INT32_MAX;
        parts.linetable = bytes_new(thread, tables[i], sizeof tables[i]);
        Value code = code_new(thread, &parts);
        for (int unit = 0; unit < 64; unit++)
            CHECK(code_line(value_as_code(code), unit) ==
                  code_position(value_as_code(code), unit).line);
    }
}

static void test_exceptions(void) {
    enum { COUNT = 300 };
    TextBuffer table = {0};
    for (int i = 0; i < COUNT; i++) {
        ExceptionEntry entry = {i * 100 + 10, i * 100 + 60, {i * 77, i % 7, i % 2}};
        exception_table_append(&table, &entry);
    }
    CodeParts parts = empty_parts();
    parts.exceptiontable = buffer_bytes(&table);
    CodeObject *code = value_as_code(code_new(thread, &parts));
    CodeHandler handler;
    for (int unit = 0; unit < COUNT * 100; unit += 3) {
        bool covered = unit % 100 >= 10 && unit % 100 < 60;
        int i = unit / 100;
        bool found = code_find_handler(code, unit, &handler);
        CHECK(found == covered);
        if (found)
            CHECK(handler.target == i * 77 && handler.depth == i % 7 &&
                  handler.push_lasti == (i % 2 != 0));
    }
}

static void test_constants(void) {
    Value one = value_from_fixnum(1), half = float_new(thread, 1.0);
    Value zero = float_new(thread, 0.0), minus_zero = float_new(thread, -0.0);
    CHECK(!constant_equal(thread, one, VALUE_TRUE) && !constant_equal(thread, one, half));
    CHECK(!constant_equal(thread, zero, minus_zero));
    Value a = tuple_of(thread, 2, one, str("x")), b = tuple_of(thread, 2, one, str("x"));
    Value c = tuple_of(thread, 2, VALUE_TRUE, str("x"));
    CHECK(constant_equal(thread, a, b) && !constant_equal(thread, a, c));
    CHECK(constant_hash(thread, a) == constant_hash(thread, b));
    CHECK(constant_equal(thread, bytes_new(thread, "ab", 2), bytes_new(thread, "ab", 2)));
    Value p[] = {one, str("x")}, q[] = {str("x"), one}, r[] = {VALUE_TRUE, str("x")};
    Value set = frozenset_new(thread, p, 2), same = frozenset_new(thread, q, 2);
    Value other = frozenset_new(thread, r, 2);
    CHECK(constant_equal(thread, set, same) && !constant_equal(thread, set, other));
    CHECK(constant_hash(thread, set) == constant_hash(thread, same));
    Arena arena = {0};
    AstContext context = {thread, &arena, VALUE_ABSENT};
    ConstantCache cache = {.context = &context};
    ConstantTable table = {.cache = &cache};
    CHECK(constant_table_add(&table, a) == 0 && constant_table_add(&table, c) == 1);
    CHECK(constant_table_add(&table, b) == 0 && constant_table_add(&table, one) == 2);
    for (int i = 0; i < 1000; i++)
        CHECK(constant_table_add(&table, value_from_fixnum(i * 3 + 100)) == i + 3);
    CHECK(constant_table_add(&table, value_from_fixnum(100)) == 3);
    arena_free_all(&arena);
}

// Verifies wordcode over one local `x`, constants (None, (), 1) and the name `n`.
static bool accepts(const char *code, size_t size, int parameters, int flags,
                    const ExceptionEntry *entry) {
    CodeParts parts = empty_parts();
    parts.code = bytes_new(thread, code, size);
    parts.argcount = parameters;
    parts.flags = flags;
    parts.consts =
        tuple_of(thread, 3, VALUE_NONE, tuple_from_values(thread, NULL, 0), value_from_fixnum(1));
    parts.names = tuple_of(thread, 1, str("n"));
    parts.localsplusnames = tuple_of(thread, 1, str("x"));
    parts.localspluskinds = bytes_new(thread, "\x20", 1);
    TextBuffer table = {0};
    if (entry != NULL) exception_table_append(&table, entry);
    parts.exceptiontable = buffer_bytes(&table);
    bool good = code_verify(thread, value_as_code(code_new(thread, &parts)));
    CHECK(good || error_clear_if(thread, &exception_ValueError));
    return good;
}

#define CODE(...)              (const char[]){__VA_ARGS__}, sizeof((const char[]){__VA_ARGS__})
#define ACCEPTS(...)           CHECK(accepts(CODE(__VA_ARGS__), 0, 0, NULL))
#define REFUSES(...)           CHECK(!accepts(CODE(__VA_ARGS__), 0, 0, NULL))
#define OPERATION(NAME, oparg) (char)OP_##NAME, (char)(oparg)
#define RETURN_NONE            OPERATION(RETURN_CONST, 0)

static void test_verifier(void) {
    ACCEPTS(RETURN_NONE);
    REFUSES(OPERATION(NOP, 0));
    REFUSES(OPERATION(CACHE, 0), RETURN_NONE);
    REFUSES(OPERATION(RETURN_CONST, 3));
    REFUSES(OPERATION(LOAD_FAST, 0), OPERATION(RETURN_VALUE, 0));
    CHECK(accepts(CODE(OPERATION(LOAD_FAST, 0), OPERATION(RETURN_VALUE, 0)), 1, 0, NULL));
    REFUSES(OPERATION(LOAD_FAST, 1), OPERATION(RETURN_VALUE, 0));
    ACCEPTS(OPERATION(LOAD_FAST_CHECK, 0), OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(PUSH_NULL, 0), OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(LOAD_NAME, 1), OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(UNARY_NEGATIVE, 0), OPERATION(BINARY_OP, 0), 0, 0,
            OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(COPY, 1), OPERATION(BINARY_OP, 0),
            OPERATION(RETURN_VALUE, 0)); // no cache
    ACCEPTS(OPERATION(LOAD_CONST, 2), OPERATION(COPY, 1), OPERATION(BINARY_OP, 0), 0, 0,
            OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(COPY, 1), OPERATION(BINARY_OP, 26), 0, 0,
            OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(LOAD_DEREF, 0), OPERATION(RETURN_VALUE, 0));
    ACCEPTS(OPERATION(MAKE_CELL, 0), OPERATION(LOAD_DEREF, 0), OPERATION(RETURN_VALUE, 0));
    // Containers and code objects.
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(COPY, 1), OPERATION(LIST_APPEND, 1), RETURN_NONE);
    ACCEPTS(OPERATION(BUILD_LIST, 0), OPERATION(LOAD_CONST, 2), OPERATION(LIST_APPEND, 1),
            RETURN_NONE);
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(MAKE_FUNCTION, 0), OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(RERAISE, 0));
    // Stack: five values do not fit four; a loop that pushes has no depth.
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(LOAD_CONST, 2), OPERATION(LOAD_CONST, 2),
            OPERATION(LOAD_CONST, 2), OPERATION(LOAD_CONST, 2), RETURN_NONE);
    REFUSES(OPERATION(LOAD_CONST, 2), OPERATION(JUMP_BACKWARD, 2));
    ACCEPTS(OPERATION(NOP, 0), OPERATION(JUMP_BACKWARD, 2));
    REFUSES(OPERATION(NOP, 0), OPERATION(JUMP_BACKWARD, 3));
    REFUSES(OPERATION(JUMP_FORWARD, 1), RETURN_NONE);
    REFUSES(OPERATION(EXTENDED_ARG, 1));
    REFUSES(OPERATION(EXTENDED_ARG, 1), OPERATION(LOAD_CONST, 0), OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(KW_NAMES, 1), RETURN_NONE);
    // Generators.
    REFUSES(OPERATION(LOAD_CONST, 0), OPERATION(YIELD_VALUE, 0), OPERATION(RETURN_VALUE, 0));
    REFUSES(OPERATION(RETURN_GENERATOR, 0), OPERATION(POP_TOP, 0), RETURN_NONE);
    CHECK(accepts(
        CODE(OPERATION(RETURN_GENERATOR, 0), OPERATION(YIELD_VALUE, 0), OPERATION(RETURN_VALUE, 0)),
        0, CO_GENERATOR, NULL));
}

static void test_verifier_handlers(void) {
    ExceptionEntry entry = {0, 1, {3, 0, false}};
    CHECK(accepts(CODE(OPERATION(LOAD_NAME, 0), OPERATION(POP_TOP, 0), RETURN_NONE,
                       OPERATION(PUSH_EXC_INFO, 0), OPERATION(POP_TOP, 0), OPERATION(POP_EXCEPT, 0),
                       RETURN_NONE),
                  0, 0, &entry));
    // The handler wants a value that is not there.
    ExceptionEntry deep = {0, 1, {3, 1, false}};
    CHECK(!accepts(CODE(OPERATION(LOAD_NAME, 0), OPERATION(POP_TOP, 0), RETURN_NONE,
                        OPERATION(PUSH_EXC_INFO, 0), OPERATION(RERAISE, 0)),
                   0, 0, &deep));
    ExceptionEntry outside = {0, 9, {3, 0, false}};
    CHECK(!accepts(
        CODE(OPERATION(LOAD_NAME, 0), OPERATION(POP_TOP, 0), RETURN_NONE, OPERATION(RERAISE, 0)), 0,
        0, &outside));
    // RERAISE 1 needs the instruction index that only a handler with lasti has.
    ExceptionEntry lasti = {0, 1, {3, 0, true}}, plain = {0, 1, {3, 0, false}};
    CHECK(accepts(
        CODE(OPERATION(LOAD_NAME, 0), OPERATION(POP_TOP, 0), RETURN_NONE, OPERATION(RERAISE, 1)), 0,
        0, &lasti));
    CHECK(!accepts(
        CODE(OPERATION(LOAD_NAME, 0), OPERATION(POP_TOP, 0), RETURN_NONE, OPERATION(RERAISE, 1)), 0,
        0, &plain));
}

// def f(x):
//     while x: n(x)
static void emit_loop(InstructionSequence *code, int x, int n, int none) {
    Location first = {1, 1, 0, 0}, test = {2, 2, 10, 11}, call = {2, 2, 13, 17};
    Label body = sequence_new_label(code), end = sequence_new_label(code);
    sequence_emit(code, OP_RESUME, 0, first);
    sequence_emit(code, OP_LOAD_FAST, x, test);
    sequence_emit_jump(code, OP_POP_JUMP_IF_FALSE, end, test);
    sequence_place_label(code, body);
    sequence_emit(code, OP_PUSH_NULL, 0, call);
    sequence_emit_name(code, OP_LOAD_GLOBAL, n, call);
    sequence_emit(code, OP_LOAD_FAST, x, call);
    sequence_emit(code, OP_CALL, 1, call);
    sequence_emit(code, OP_POP_TOP, 0, NO_LOCATION);
    sequence_emit(code, OP_LOAD_FAST, x, test);
    sequence_emit_jump(code, OP_POP_JUMP_IF_TRUE, body, test);
    sequence_place_label(code, end);
    sequence_emit(code, OP_LOAD_CONST, none, NO_LOCATION);
    sequence_emit(code, OP_RETURN_VALUE, 0, NO_LOCATION);
}

static Value assemble_loop(void) {
    Arena arena = {0};
    AstContext context = {thread, &arena, VALUE_ABSENT};
    ConstantCache cache = {.context = &context};
    CodeUnit unit = {
        .instructions = {.context = &context},
        .constants = {.cache = &cache},
        .name = str("f"),
        .qualname = str("f"),
        .filename = str("file"),
        .argument_count = 1,
        .parameter_count = 1,
        .flags = CO_OPTIMIZED | CO_NEWLOCALS,
        .first_line = 1,
    };
    int x = name_table_add(&context, &unit.varnames, str("x"));
    int n = name_table_add(&context, &unit.names, str("n"));
    emit_loop(&unit.instructions, x, n, constant_table_add(&unit.constants, VALUE_NONE));
    AssemblyMemory memory = {0};
    Value code = assemble_code(&context, &memory, &unit);
    assembly_memory_free(&memory);
    arena_free_all(&arena);
    return code;
}

// The last condition is reversed, as there are no conditional jumps backwards; both ways out get
// their own return with a line.
static void test_assembler(void) {
    Value value = assemble_loop();
    if (!CHECK(!value_is_error(value))) return;
    static const unsigned char wanted[] = {OP_RESUME,
                                           0,
                                           OP_LOAD_FAST,
                                           0,
                                           OP_POP_JUMP_IF_FALSE,
                                           15,
                                           OP_LOAD_GLOBAL,
                                           1,
                                           0,
                                           0,
                                           0,
                                           0,
                                           0,
                                           0,
                                           0,
                                           0,
                                           OP_LOAD_FAST,
                                           0,
                                           OP_CALL,
                                           1,
                                           0,
                                           0,
                                           0,
                                           0,
                                           0,
                                           0,
                                           OP_POP_TOP,
                                           0,
                                           OP_LOAD_FAST,
                                           0,
                                           OP_POP_JUMP_IF_FALSE,
                                           1,
                                           OP_JUMP_BACKWARD,
                                           14,
                                           OP_RETURN_CONST,
                                           0,
                                           OP_RETURN_CONST,
                                           0};
    size_t size;
    const unsigned char *found = code_bytes(value_as_code(value)->co_code, &size);
    CHECK(size == sizeof wanted && memcmp(found, wanted, size) == 0);
    CHECK(value_as_code(value)->co_stacksize == 3);
    CHECK(code_verify(thread, value_as_code(value)));
    CHECK(code_line(value_as_code(value), 1) == 2);
}

int main(void) {
    RuntimeOptions options = {0};
    Runtime *runtime = runtime_new(&options);
    if (runtime == NULL) return EXIT_FAILURE;
    thread = runtime->main_thread;
    CHECK(code_initialize(thread));
    test_opcodes();
    test_locations();
    test_extreme_locations();
    test_exceptions();
    test_constants();
    test_verifier();
    test_verifier_handlers();
    test_assembler();
    runtime_delete(runtime);
    return harness_finish();
}
