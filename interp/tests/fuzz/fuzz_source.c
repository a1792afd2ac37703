// fuzz_source.c — bytes as Python source: whatever the compiler accepts passes the verifier, and
// its text form assembles to an equal code object.
#include <stdio.h>
#include <stdlib.h>

#include "bytecode/code_internal.h"
#include "compiler/compile.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "tests/fuzz/run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void verify_all(Thread *thread, CodeObject *code) {
    if (!code_verify(thread, code)) abort();
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++)
        if (value_is_code(constants->items[i]))
            verify_all(thread, value_as_code(constants->items[i]));
}

// Without memory the ways may part; nothing else may fail.
static void check_text(Thread *thread, CodeObject *code) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) return;
    bool written = code_write_text(thread, out, code);
    fclose(out);
    Value again =
        written ? code_assemble(thread, text, size, NAMES(thread)->__name__) : VALUE_ERROR;
    bool excused = value_is_error(again) && (error_matches(thread, &exception_MemoryError) ||
                                             error_matches(thread, &exception_RecursionError));
    if (!excused && (value_is_error(again) || !code_equal(thread, code, value_as_code(again)))) {
        fwrite(text, 1, size, stderr);
        abort();
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Thread *thread = fuzz_thread();
    static const CompileMode modes[] = {COMPILE_EXEC, COMPILE_EVAL, COMPILE_SINGLE};
    if (size == 0) return 0;
    Value code = compile_source(thread, (const char *)data + 1, size - 1, NAMES(thread)->__name__,
                                modes[data[0] % 3], 0, data[0] / 3 % 3);
    if (!value_is_error(code)) {
        verify_all(thread, value_as_code(code));
        check_text(thread, value_as_code(code));
    }
    fuzz_forget(thread);
    return 0;
}
