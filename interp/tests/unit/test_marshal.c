// test_marshal.c — marshal: what is written comes back, and malformed data end in an exception:
// every prefix of good data, and good data with bytes changed at random (from a fixed seed). The
// heap is small, so that a size that lies cannot make a large object. Code that is read all the
// same must be fit for the verifier and for everything that looks at code objects.
#include "bytecode/code.h"
#include "bytecode/code_internal.h"
#include "bytecode/locations.h"
#include "bytecode/marshal.h"
#include "bytecode/pyc.h"
#include "compiler/compilation.h"
#include "compiler/compile.h"
#include "objects/bytes.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "tests/unit/harness.h"

enum { MUTATIONS = 30000, MAX_HEAP = 96 << 20 };

static Thread *thread;

static const char program[] =
    "import os.path as p\n"
    "from . import (x, y)\n"
    "class A(B, metaclass=M):\n"
    "    'doc'\n"
    "    z: int = 2 ** 100\n"
    "    def f(self, a, /, b=1.5, *c, d={1, 2}, **e) -> str:\n"
    "        nonlocal_ = a\n"
    "        def inner(): return nonlocal_ + __class__.z\n"
    "        try:\n"
    "            with open(f'{a!r:>{b}}') as g: yield from g\n"
    "        except (ValueError, TypeError) as error:\n"
    "            raise RuntimeError('\\u20ac \\U0001f600 \\xe9') from error\n"
    "        finally: print(...)\n"
    "        return a in {'u', 'v', b'w', 3, (4, 5j)}, -12345678901234567890, 1e300, None, True\n"
    "async def h(u):\n"
    "    async for v in u: await v\n"
    "    return [w async for w in u if w]\n"
    "match x:\n"
    "    case {'k': [1, *_]} | A(q=2): print('a' * 300)\n"
    "t = lambda *a, k=0: {m: n for m, n in a}\n"
    "while x < 10: x += 1; y[x:x + 1] = ~x\n";

static Value compile_text(const char *text) {
    return compile_source(thread, text, strlen(text), str_from_c(thread, "<test>"), COMPILE_EXEC,
                          COMPILE_IGNORE_COOKIE, 0);
}

static Value compile_value(const char *text) {
    Value code = compile_source(thread, text, strlen(text), str_from_c(thread, "<test>"),
                                COMPILE_EVAL, COMPILE_IGNORE_COOKIE, 0);
    const Tuple *constants = value_as_tuple(value_as_code(code)->co_consts);
    return constants->items[constants->length - 1];
}

static Value load(const unsigned char *data, size_t size) {
    // Malloc'ed, so that the address sanitizer sees a read beyond the end.
    unsigned char *copy = malloc(size ? size : 1);
    if (size) memcpy(copy, data, size);
    Value value = marshal_load(thread, copy, size);
    free(copy);
    return value;
}

static Value load_bytes(Value bytes) {
    size_t size;
    const unsigned char *data = code_bytes(bytes, &size);
    return load(data, size);
}

// An exception is pending exactly when the value says so; it is one of those that the reader
// raises.
static bool is_good_end(Value value) {
    if (!value_is_error(value)) return !error_is_pending(thread) && !value_is_absent(value);
    static const Type *const types[] = {&exception_EOFError,       &exception_ValueError,
                                        &exception_TypeError,      &exception_SystemError,
                                        &exception_RecursionError, &exception_OverflowError};
    bool known = false;
    for (size_t i = 0; i < COUNT_OF(types); i++) known = known || error_matches(thread, types[i]);
    error_clear(thread);
    return known;
}

// Everything that looks at a code object without running it.
static void inspect(Value value, int depth) {
    if (!value_is_code(value) || depth > 8) return;
    CodeObject *code = value_as_code(value);
    LocationReader reader;
    LocationEntry entry;
    CodeHandler handler;
    location_reader_start(&reader, code);
    while (location_reader_next(&reader, &entry)) {
    }
    for (int unit = 0; unit < code_unit_count(code); unit++)
        code_find_handler(code, unit, &handler);
    code_key_hash(thread, code);
    if (!code_verify(thread, code)) error_clear(thread);
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++) inspect(constants->items[i], depth + 1);
}

static void test_round_trips(void) {
    static const char *const texts[] = {
        "(1, -1, 0, 2147483647, -2147483648, 2147483648, -2147483649, 2 ** 64, -2 ** 62, 2 ** 15)",
        "(1.5, -0.0, 1e400, 1j, -2.5j, True, False, None, ...)",
        "('', 'a', 'a b', '\\xe9', '\\u20ac', '\\U0001f600', b'', b'\\0\\xff')",
        "((), ((),), (1, (2, (3,))))",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        for (int version = 0; version <= MARSHAL_VERSION; version++) {
            Value value = compile_value(texts[i]);
            Value bytes = marshal_dump(thread, value, version);
            if (!CHECK(!value_is_error(bytes))) continue;
            CHECK(object_equal(thread, value, load_bytes(bytes)) == 1);
        }
    Value code = compile_text(program);
    for (int version = 0; version <= MARSHAL_VERSION; version++) {
        Value loaded = load_bytes(marshal_dump(thread, code, version));
        if (!CHECK(value_is_code(loaded))) continue;
        CHECK(code_equal(thread, value_as_code(code), value_as_code(loaded)));
        CHECK(code_key_hash(thread, value_as_code(code)) ==
              code_key_hash(thread, value_as_code(loaded)));
        inspect(loaded, 0);
    }
}

// Lists, dicts and sets that hold themselves, in data written by hand.
static void test_cycles(void) {
    static const char list[] = "\xdb\2\0\0\0r\0\0\0\0N", dict[] = "\xfb\xe9\1\0\0\0r\0\0\0\0"
                                                                  "0";
    Value value = load((const unsigned char *)list, sizeof list - 1);
    CHECK(value_is_list(value) && value_same(value_as_list(value)->items->items[0], value));
    CHECK(!value_is_error(marshal_dump(thread, value, MARSHAL_VERSION)));
    CHECK(is_good_end(marshal_dump(thread, value, 2)));
    CHECK(is_good_end(load((const unsigned char *)dict, sizeof dict - 1)));
    // A tuple that is a key, and a member, of what stands in itself.
    static const char key[] = "\xa9\2{r\0\0\0\0N0\xbc\1\0\0\0r\0\0\0\0";
    CHECK(is_good_end(load((const unsigned char *)key, sizeof key - 1)));
    // Constants that hold themselves.
    Value bytes = marshal_dump(thread, compile_text("a = ((1, 2), 3)\n"), MARSHAL_VERSION);
    size_t size;
    const unsigned char *data = code_bytes(bytes, &size);
    for (size_t i = 0; i + 5 < size; i++) {
        unsigned char *copy = malloc(size);
        memcpy(copy, data, size);
        for (unsigned char index = 0; index < 8; index++) {
            memcpy(copy + i, (const unsigned char[]){'r', index, 0, 0, 0}, 5);
            Value changed = load(copy, size);
            inspect(changed, 0);
            Value again = load(copy, size);
            if (value_is_code(changed) && value_is_code(again))
                code_equal(thread, value_as_code(changed), value_as_code(again));
            CHECK(is_good_end(changed));
            error_clear(thread);
        }
        free(copy);
    }
}

static void test_prefixes(const unsigned char *data, size_t size) {
    for (size_t length = 0; length < size; length++) {
        Value value = load(data, length);
        CHECK(value_is_error(value) && is_good_end(value));
    }
}

static uint64_t next_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void test_mutations(const unsigned char *data, size_t size) {
    static const unsigned char interesting[] = {0,   1,   0x7f, 0x80, 0xff, 'r',  '(',
                                                '[', '{', 'c',  0xe3, 0xa9, 0xdb, '0',
                                                '<', '>', 's',  'l',  'u'};
    uint64_t state = 20231002;
    unsigned char *copy = malloc(size);
    bool good = true;
    for (int i = 0; i < MUTATIONS; i++) {
        memcpy(copy, data, size);
        for (uint64_t n = next_random(&state) % 3 + 1; n > 0; n--) {
            uint64_t choice = next_random(&state);
            copy[next_random(&state) % size] = choice & 1
                                                   ? interesting[(choice >> 1) % sizeof interesting]
                                                   : (unsigned char)(choice >> 1);
        }
        Value value = load(copy, size);
        inspect(value, 0);
        good = is_good_end(value) && good;
    }
    CHECK(good);
    free(copy);
}

// Sizes beyond the data, for each type that has one.
static void test_lies(void) {
    static const char types[] = "sautA([<>lc(\xa8\xdb\xbe\xbc\xf3";
    static const unsigned char sizes[][4] = {
        {0xff, 0xff, 0xff, 0x7f}, {0xff, 0xff, 0xff, 0xff}, {0, 0, 0, 0x80}, {0, 0, 0, 0x10}};
    for (size_t i = 0; i < sizeof types - 1; i++)
        for (size_t j = 0; j < COUNT_OF(sizes); j++) {
            unsigned char data[16] = {(unsigned char)types[i]};
            memcpy(data + 1, sizes[j], 4);
            memset(data + 5, 'N', sizeof data - 5);
            Value value = load(data, sizeof data);
            bool may_be_good = types[i] == 'l'; // minus one digit
            CHECK((value_is_error(value) || may_be_good) && is_good_end(value));
        }
    unsigned char deep[5000];
    memset(deep, 0, sizeof deep);
    for (size_t i = 0; i + 1 < sizeof deep; i += 2) memcpy(deep + i, ")\1", 2);
    CHECK(is_good_end(load(deep, sizeof deep)));
}

static void test_headers(void) {
    Value name = str_from_c(thread, "name"), code = compile_text("a = 1\n");
    PycHeader header = {.mtime = 1234567890, .source_size = 6}, found;
    Value file = pyc_write(thread, code, &header);
    size_t size;
    const unsigned char *data = code_bytes(file, &size);
    CHECK(pyc_read_header(thread, data, size, name, name, &found));
    CHECK(found.mtime == header.mtime && found.source_size == 6 && !found.hash_based);
    Value loaded = pyc_read_code(thread, data, size, name, name, name);
    CHECK(value_is_code(loaded) && value_same(value_as_code(loaded)->co_filename, name));
    for (size_t length = 0; length < PYC_HEADER_SIZE; length++) {
        CHECK(!pyc_read_header(thread, data, length, name, name, &found));
        CHECK(error_matches(thread, length < PYC_MAGIC_SIZE ? &exception_ImportError
                                                            : &exception_EOFError));
        error_clear(thread);
    }
    unsigned char hash[PYC_HASH_SIZE];
    static const unsigned char wanted[] = {0x79, 0x4e, 0x96, 0x29, 0x57, 0xcf, 0x72, 0x64};
    pyc_source_hash("x = 66\n", 7, hash); // recorded from _imp.source_hash
    CHECK(memcmp(hash, wanted, sizeof hash) == 0);
}

int main(void) {
    RuntimeOptions options = {.heap = {.max_size = MAX_HEAP, .collect_enabled = true}};
    Runtime *runtime = runtime_new(&options);
    if (!CHECK(runtime != NULL)) return harness_finish();
    thread = runtime->main_thread;
    CHECK(code_initialize(thread));
    test_round_trips();
    test_cycles();
    test_lies();
    test_headers();
    size_t size;
    const unsigned char *data =
        code_bytes(marshal_dump(thread, compile_text(program), MARSHAL_VERSION), &size);
    test_prefixes(data, size);
    test_mutations(data, size);
    runtime_delete(runtime);
    return harness_finish();
}
