// builtins_site.c — help and breakpoint: builtins that hand on to a module or to sys.
#include "modules/builtins_internal.h"
#include "objects/str.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Calls a function of a module that is imported first.
static Value call_imported(Thread *thread, const char *module_name, const char *name, Value args,
                           Value keywords) {
    Value text = str_intern_c(thread, module_name), attribute = str_intern_c(thread, name);
    if (value_is_error(text) || value_is_error(attribute)) return VALUE_ERROR;
    Value module = import_module(thread, text);
    Value function =
        value_is_error(module) ? module : object_get_attribute(thread, module, attribute);
    return value_is_error(function) ? function
                                    : object_call_unpacked(thread, function, args, keywords);
}

Value builtin_help(Thread *thread, Value *args, int count) {
    (void)count;
    return call_imported(thread, "pydoc", "help", args[0], args[1]);
}

Value builtin_breakpoint(Thread *thread, Value *args, int count) {
    (void)count;
    Value hook = sys_get(thread, "breakpointhook");
    if (value_is_absent(hook))
        return raise_error(thread, &exception_RuntimeError, "lost sys.breakpointhook");
    return object_call_unpacked(thread, hook, args[0], args[1]);
}

// $PYTHONBREAKPOINT names the function (PEP 553): "0" none, without it pdb.set_trace.
Value builtin_breakpoint_hook(Thread *thread, Value *args, int count) {
    (void)count;
    const char *name = getenv("PYTHONBREAKPOINT");
    if (!name || !*name) name = "pdb.set_trace";
    if (strcmp(name, "0") == 0) return VALUE_NONE;
    const char *dot = strrchr(name, '.');
    char module[256] = "builtins";
    if (dot && (size_t)(dot - name) < sizeof module)
        snprintf(module, sizeof module, "%.*s", (int)(dot - name), name);
    Value text = str_intern_c(thread, module);
    Value attribute = value_is_error(text) ? text : str_intern_c(thread, dot ? dot + 1 : name);
    if (value_is_error(attribute)) return attribute;
    Value found = import_module(thread, text);
    Value hook = value_is_error(found) ? found : object_get_attribute(thread, found, attribute);
    if (!value_is_error(hook)) return object_call_unpacked(thread, hook, args[0], args[1]);
    if (!error_clear_if(thread, &exception_ImportError) &&
        !error_clear_if(thread, &exception_AttributeError))
        return VALUE_ERROR;
    Value message = str_format(thread, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"", name);
    if (value_is_error(message)) return message;
    return warning_report(thread, &exception_RuntimeWarning, message) ? VALUE_NONE : VALUE_ERROR;
}
