// reports.c — exceptions from places that cannot pass them on, told on sys.stderr.
#include "modules/modules.h"
#include "objects/exception.h"
#include "objects/str.h"

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
