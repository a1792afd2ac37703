// program.c — running a whole program: arguments, the namespace of __main__, flushing at the end.
#include "compiler/compilation.h"
#include "compiler/compile.h"
#include "include/krait.h"
#include "modules/modules.h"
#include "objects/list.h"
#include "objects/str.h"

static Thread *thread_of(KraitRuntime *runtime) { return ((Runtime *)runtime)->main_thread; }

static Value decode_argument(Thread *thread, const char *text) {
    return str_decode_utf8(thread, text, strlen(text), "surrogateescape");
}

static bool set_list(Thread *thread, const char *name, Value list) {
    return !value_is_error(list) &&
           dict_set_c(thread, value_as_dict(thread->runtime->sys_dict), name, list);
}

int krait_set_arguments(KraitRuntime *runtime, int count, const char *const *arguments,
                        const char *first_path) {
    Thread *thread = thread_of(runtime);
    Value list = list_new(thread, (size_t)count);
    if (value_is_error(list)) return -1;
    for (int i = 0; i < count; i++) {
        Value argument = decode_argument(thread, arguments[i]);
        if (value_is_error(argument) || !list_append(thread, value_as_list(list), argument))
            return -1;
    }
    if (!set_list(thread, "argv", list)) return -1;
    if (!first_path) return 0;
    Value path = sys_get(thread, "path"), folder = decode_argument(thread, first_path);
    if (value_is_error(folder) || !value_is_list(path)) return -1;
    return list_insert(thread, value_as_list(path), 0, folder) ? 0 : -1;
}

int krait_add_warning_filter(KraitRuntime *runtime, const char *filter) {
    return warning_option_add(thread_of(runtime), filter) ? 0 : -1;
}

static int run_in(Thread *thread, Value code, Value globals) {
    Value result = eval_code(thread, value_as_code(code), value_as_dict(globals), VALUE_ABSENT);
    return value_is_error(result) ? -1 : 0;
}

int krait_run_source(KraitRuntime *runtime, const char *source, size_t size, const char *filename) {
    Thread *thread = thread_of(runtime);
    Value name = decode_argument(thread, filename);
    if (value_is_error(name)) return -1;
    Value globals = import_main_namespace(thread, filename[0] == '<' ? NULL : filename, false);
    if (value_is_error(globals)) return -1;
    int flags = strcmp(filename, "<string>") == 0 ? 0 : COMPILE_FROM_FILE;
    Value code = compile_source(thread, source, size, name, COMPILE_EXEC, flags, -1);
    return value_is_error(code) ? -1 : run_in(thread, code, globals);
}

int krait_run_code(KraitRuntime *runtime, KraitHandle *code, const char *filename) {
    Thread *thread = thread_of(runtime);
    Value globals = import_main_namespace(thread, filename[0] == '<' ? NULL : filename, false);
    return value_is_error(globals) ? -1 : run_in(thread, handle_get((Handle *)code), globals);
}

int krait_flush(KraitRuntime *runtime) {
    Thread *thread = thread_of(runtime);
    static const char *const streams[] = {"stdout", "stderr"};
    int result = 0;
    for (size_t i = 0; i < COUNT_OF(streams); i++) {
        Value stream = sys_get(thread, streams[i]);
        if (value_is_absent(stream) || value_is_none(stream) || stream_flush(thread, stream))
            continue;
        if (error_matches(thread, &exception_BrokenPipeError)) {
            error_clear(thread);
            continue;
        }
        result = -1;
        error_write_unraisable(thread, stream);
    }
    return result;
}
