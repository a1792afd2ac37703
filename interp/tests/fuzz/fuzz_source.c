// fuzz_source.c — bytes as Python source: whatever the compiler accepts passes the verifier, and
// its text form assembles to an equal code object.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

// The text form of a code object; NULL when there is no memory for it.
static char *text_of(Thread *thread, CodeObject *code, size_t *size) {
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    if (out == NULL) return NULL;
    bool written = code_write_text(thread, out, code);
    fclose(out);
    if (written) return text;
    free(text);
    return NULL;
}

// A NaN equals nothing, so what holds one is compared by its text.
static bool same_code(Thread *thread, CodeObject *code, CodeObject *again, const char *text) {
    if (code_equal(thread, code, again)) return true;
    size_t size;
    char *second = strstr(text, "nan") != NULL ? text_of(thread, again, &size) : NULL;
    bool same = second != NULL && strcmp(text, second) == 0;
    free(second);
    return same;
}

// Without memory the ways may part; nothing else may fail.
static void check_text(Thread *thread, CodeObject *code) {
    size_t size = 0;
    char *text = text_of(thread, code, &size);
    Value again =
        text != NULL ? code_assemble(thread, text, size, NAMES(thread)->__name__) : VALUE_ERROR;
    bool excused = value_is_error(again) && (error_matches(thread, &exception_MemoryError) ||
                                             error_matches(thread, &exception_RecursionError));
    if (!excused &&
        (value_is_error(again) || !same_code(thread, code, value_as_code(again), text))) {
        if (text != NULL) fwrite(text, 1, size, stderr);
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
