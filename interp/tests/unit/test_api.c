// test_api.c — the embedding interface: custom evaluators, code from parts, values in and out.
#include "krait.h"
#include "harness.h"
#include <string.h>

typedef struct {
    int calls;
    char last[64];
} Seen;

static KraitResult watch(KraitRuntime *runtime, KraitFrame *frame, void *context) {
    Seen *seen = context;
    seen->calls++;
    snprintf(seen->last, sizeof seen->last, "%s", krait_frame_name(runtime, frame));
    return krait_evaluate_default(runtime, frame);
}

static KraitHandle *run(KraitRuntime *runtime, KraitHandle *globals, const char *text,
                        KraitMode mode) {
    KraitHandle *code = krait_compile(runtime, text, strlen(text), "<test>", mode);
    KraitHandle *result = code ? krait_eval(runtime, code, globals) : NULL;
    if (!result) krait_print_error(runtime);
    krait_release(runtime, code);
    return result;
}

static int64_t as_int(KraitRuntime *runtime, KraitHandle *value) {
    int64_t number = INT64_MIN;
    if (value && krait_as_int(runtime, value, &number) < 0) krait_print_error(runtime);
    krait_release(runtime, value);
    return number;
}

static const char program[] = "class Box:\n"
                              "    def __init__(self, value):\n"
                              "        self.value = value\n"
                              "    def get(self):\n"
                              "        return self.value\n"
                              "def inner(x):\n"
                              "    return Box(x).get() + 1\n"
                              "def outer(n):\n"
                              "    total = 0\n"
                              "    for i in range(n):\n"
                              "        total += inner(i)\n"
                              "    return total\n";

// Each turn of the loop calls inner, Box.__init__ and Box.get.
static void test_evaluator(const char *dispatch) {
    KraitOptions options;
    krait_options_initialize(&options);
    options.dispatch = dispatch;
    const char *error = NULL;
    KraitRuntime *runtime = krait_new(&options, &error);
    CHECK(runtime != NULL);
    if (!runtime) return;
    KraitHandle *globals = krait_globals(runtime, "test");
    krait_release(runtime, run(runtime, globals, program, KRAIT_EXEC));
    // Warm up first: specialised calls must see the evaluator as well.
    CHECK(as_int(runtime, run(runtime, globals, "outer(1000)", KRAIT_EVAL)) == 500500);
    Seen seen = {0};
    krait_set_evaluator(runtime, watch, &seen);
    CHECK(as_int(runtime, run(runtime, globals, "outer(10)", KRAIT_EVAL)) == 55);
    CHECK(seen.calls == 1 + 1 + 3 * 10); // the expression, outer, and the loop's
    CHECK(strcmp(seen.last, "Box.get") == 0);
    krait_set_evaluator(runtime, NULL, NULL);
    CHECK(as_int(runtime, run(runtime, globals, "outer(10)", KRAIT_EVAL)) == 55);
    CHECK(seen.calls == 32);
    krait_release(runtime, globals);
    CHECK(krait_delete(runtime) == 0);
}

static void test_code_from_parts(void) {
    KraitRuntime *runtime = krait_new(NULL, NULL);
    CHECK(runtime != NULL);
    if (!runtime) return;
    int resume = krait_opcode_number("RESUME"), load = krait_opcode_number("LOAD_FAST");
    int add = krait_opcode_number("BINARY_OP"), leave = krait_opcode_number("RETURN_VALUE");
    unsigned char code[] = {(unsigned char)resume,
                            0,
                            (unsigned char)load,
                            0,
                            (unsigned char)load,
                            1,
                            (unsigned char)add,
                            0,
                            0,
                            0,
                            (unsigned char)leave,
                            0};
    const char *const names[] = {"a", "b"};
    KraitCodeParts parts = {.size = sizeof parts,
                            .argcount = 2,
                            .stacksize = 2,
                            .flags = 3,
                            .firstlineno = 1,
                            .code = code,
                            .code_size = sizeof code,
                            .varnames = names,
                            .varname_count = 2,
                            .name = "add"};
    KraitHandle *globals = krait_globals(runtime, "test");
    KraitHandle *object = krait_code(runtime, &parts);
    CHECK(object != NULL);
    KraitHandle *function = krait_function(runtime, object, globals);
    KraitHandle *args[] = {krait_int(runtime, 20), krait_int(runtime, 22)};
    CHECK(as_int(runtime, krait_call(runtime, function, args, 2)) == 42);
    // The verifier refuses what would leave its stack.
    parts.stacksize = 1;
    CHECK(krait_code(runtime, &parts) == NULL && krait_error_pending(runtime));
    krait_clear_error(runtime);
    code[3] = 7;
    parts.stacksize = 2;
    CHECK(krait_code(runtime, &parts) == NULL);
    char text[256];
    krait_error_text(runtime, text, sizeof text);
    CHECK(strncmp(text, "ValueError: ", 12) == 0);
    krait_clear_error(runtime);
    krait_release(runtime, args[0]);
    krait_release(runtime, args[1]);
    krait_release(runtime, function);
    krait_release(runtime, object);
    krait_release(runtime, globals);
    CHECK(krait_delete(runtime) == 0);
}

static void test_options(void) {
    KraitOptions options;
    const char *error = NULL;
    krait_options_initialize(&options);
    options.dispatch = "guess";
    CHECK(krait_new(&options, &error) == NULL && error != NULL);
    memset(&options, 0, sizeof options);
    CHECK(krait_new(&options, &error) == NULL && error != NULL);
}

int main(void) {
    for (int i = 0; i < krait_engine_count(); i++) {
        char name[64];
        KraitEngine engine = krait_engine(i);
        snprintf(name, sizeof name, "%s:%s", engine.technique, engine.compiler);
        test_evaluator(name);
    }
    test_code_from_parts();
    test_options();
    return harness_finish();
}
