// modules.c — the table of native modules, and making those ready that every program has.
#include "modules/modules.h"
#include "compiler/compile.h"
#include "objects/str.h"
#include "runtime/ports.h"

const NativeModule native_modules[] = {
    {"_imp", imp_module_new},
    {"_typing", typing_module_new},
    {"gc", gc_module_new},
    {"marshal", marshal_module_new},
    {"math", math_module_new},
    {"time", time_module_new},
    {NULL, NULL},
};

Value sys_get(Thread *thread, const char *name) {
    Value interned = str_intern_c(thread, name);
    if (value_is_error(interned)) {
        error_clear(thread);
        return VALUE_ABSENT;
    }
    return dict_find_str(thread, value_as_dict(thread->runtime->sys_dict), interned);
}

bool modules_initialize(Thread *thread) {
    ports.compile = compile_port;
    ports.import = import_module;
    unraisable_handler = unraisable_report;
    warning_handler = warning_report;
    source_warning_handler = source_warning_report;
    signals_initialize(thread);
    return text_files_initialize(thread) && !value_is_error(sys_module_new(thread)) &&
           !value_is_error(builtins_module_new(thread)) && import_initialize(thread);
}

void modules_finalize(Thread *thread) {
    (void)thread;
    signals_finalize();
    unraisable_handler = NULL;
    warning_handler = NULL;
    source_warning_handler = NULL;
}
