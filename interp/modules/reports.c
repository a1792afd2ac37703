// reports.c — what is told on sys.stderr without being raised: warnings, and exceptions from places
// that cannot pass them on.
#include "modules/modules.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/str.h"
#include "objects/tuple.h"

static bool is_usable(Value stream) { return !value_is_absent(stream) && !value_is_none(stream); }

// CPython's form: what it came from, then the traceback.
void unraisable_report(Thread *thread, Value exception, Value object) {
    Value file = sys_get(thread, "stderr");
    if (!is_usable(file)) return;
    Value text = VALUE_ABSENT;
    if (!value_is_absent(object) && !value_is_none(object)) {
        text = object_repr(thread, object);
        if (value_is_error(text)) {
            error_clear(thread);
            text = str_from_c(thread, "<object repr() failed>");
        }
        if (!value_is_error(text)) text = str_format(thread, "Exception ignored in: %U\n", text);
    }
    bool told =
        value_is_absent(text) || (!value_is_error(text) && stream_write(thread, file, text));
    if (!told || !exception_print(thread, exception, file)) error_clear(thread);
}

// One line a place, category and text: the default action of the warnings module.
static bool is_first(Thread *thread, Value key) {
    Dict *globals = thread->frame->function->globals;
    Value name = str_intern_c(thread, "__warningregistry__");
    if (value_is_error(name)) return false;
    Value registry = dict_find_str(thread, globals, name);
    if (!value_is_dict(registry)) {
        registry = dict_new(thread);
        if (value_is_error(registry) || !dict_set(thread, globals, name, registry)) return false;
    }
    int known = dict_contains(thread, value_as_dict(registry), key);
    return known == 0 && dict_set(thread, value_as_dict(registry), key, VALUE_TRUE);
}

bool warning_report(Thread *thread, Type *category, Value message) {
    // Shown by default only where the main program is the cause, as CPython's filters have it.
    static Type *const silent[] = {&exception_DeprecationWarning,
                                   &exception_PendingDeprecationWarning, &exception_ImportWarning,
                                   &exception_ResourceWarning, &exception_BytesWarning};
    bool has_frame = thread->frame >= thread->frame_base;
    Value module = VALUE_ABSENT;
    if (has_frame)
        module = dict_find_str(thread, thread->frame->function->globals, NAMES(thread)->__name__);
    bool in_main = value_is_str(module) && str_equals_c(value_as_str(module), "__main__");
    for (size_t i = 0; i < COUNT_OF(silent); i++)
        if (type_is_subtype(category, silent[i]) &&
            !(in_main && category == &exception_DeprecationWarning))
            return true;
    Value file = sys_get(thread, "stderr");
    if (!is_usable(file)) return true;
    int line = has_frame ? code_line(thread->frame->code, frame_unit(thread, thread->frame)) : 1;
    if (has_frame) {
        Value key =
            tuple_of(thread, 3, message, value_from_type(category), value_from_fixnum(line));
        if (value_is_error(key)) return false;
        if (!is_first(thread, key)) return !error_is_pending(thread);
    }
    Value name = has_frame ? thread->frame->code->co_filename : str_from_c(thread, "sys");
    Value text = value_is_error(name)
                     ? name
                     : str_format(thread, "%U:%d: %N: %U\n", name, line, category, message);
    return !value_is_error(text) && stream_write(thread, file, text);
}
