// fuzz_marshal.c — bytes as marshal data: what loads is written and read again, and every code
// object in it that the verifier accepts is run.
//
// The first byte chooses the arguments of the run.
#include <stdlib.h>

#include "bytecode/code_internal.h"
#include "bytecode/constant_key.h"
#include "bytecode/marshal.h"
#include "objects/bytes.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "tests/fuzz/run.h"

enum { MAX_CODES = 16, LOOKED_AT = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Runs the code objects in a value, no more than *left; a code object that holds itself is why.
static void run_all(Thread *thread, Value value, unsigned choice, int *left) {
    if (value_is_tuple(value)) {
        const Tuple *tuple = value_as_tuple(value);
        for (uint64_t i = 0; i<tuple->length && * left> 0; i++)
            if (value_is_code(tuple->items[i])) run_all(thread, tuple->items[i], choice, left);
        return;
    }
    if (!value_is_code(value) || *left <= 0) return;
    --*left;
    CodeObject *code = value_as_code(value);
    if (code->trusted) abort();
    if (code_verify(thread, code)) fuzz_run(thread, code, choice);
    fuzz_forget(thread);
    run_all(thread, code->co_consts, choice, left);
}

// What was loaded can be written, and what was written can be loaded.
static void write_again(Thread *thread, Value value) {
    Value data = marshal_dump(thread, value, MARSHAL_VERSION);
    if (!value_is_error(data)) {
        const Bytes *bytes = value_as_bytes(data);
        Value again = marshal_load(thread, bytes->data, bytes->length);
        if (value_is_error(again) && !error_matches(thread, &exception_MemoryError) &&
            !error_matches(thread, &exception_ValueError))
            abort();
    }
    fuzz_forget(thread);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Thread *thread = fuzz_thread();
    if (size == 0) return 0;
    Value value = marshal_load(thread, data + 1, size - 1);
    if (value_is_error(value)) {
        fuzz_forget(thread);
        return 0;
    }
    write_again(thread, value);
    // It takes long.
    if (value_is_code(value) && size < LOOKED_AT && data[0] % 8 == 0)
        fuzz_look_at(thread, value_as_code(value));
    int left = MAX_CODES;
    run_all(thread, value, data[0], &left);
    return 0;
}
