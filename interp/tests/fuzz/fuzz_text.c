// fuzz_text.c — bytes as the text form of bytecode: what assembles is run.
#include "runtime/errors.h"
#include "tests/fuzz/run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Thread *thread = fuzz_thread();
    if (size == 0) return 0;
    Value code = code_assemble(thread, (const char *)data + 1, size - 1, NAMES(thread)->__name__);
    if (!value_is_error(code)) {
        if (data[0] % 8 == 0) fuzz_look_at(thread, value_as_code(code)); // it takes long
        fuzz_run(thread, value_as_code(code), data[0]);
    }
    fuzz_forget(thread);
    return 0;
}
