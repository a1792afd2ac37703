// builtins_output.c — print and input: builtins that use the standard streams.
#include "modules/builtins_internal.h"
#include "objects/str.h"
#include "objects/tuple.h"

// sep and end: VALUE_ABSENT where the default holds.
static bool check_separator(Thread *thread, Value *value, const char *name) {
    if (value_is_absent(*value) || value_is_none(*value)) {
        *value = VALUE_ABSENT;
        return true;
    }
    if (value_is_str(*value)) return true;
    raise_type_error(thread, "%s must be None or a string, not %T", name, *value);
    return false;
}

// A standard stream: VALUE_NONE if it was set to None, RuntimeError if it is gone.
static Value standard_stream(Thread *thread, const char *name) {
    Value file = sys_get(thread, name);
    if (value_is_absent(file))
        return raise_error(thread, &exception_RuntimeError, "lost sys.%s", name);
    return file;
}

static bool write_values(Thread *thread, Value file, const Tuple *values, Value separator) {
    for (size_t i = 0; i < values->length; i++) {
        if (i > 0 && !stream_write(thread, file, separator)) return false;
        Value text = values->items[i];
        if (!value_is_str_exact(text)) text = object_str(thread, text);
        if (value_is_error(text) || !stream_write(thread, file, text)) return false;
    }
    return true;
}

Value builtin_print(Thread *thread, Value *args, int count) {
    (void)count;
    Value separator = args[1], end = args[2], file = args[3];
    if (value_is_absent(file) || value_is_none(file)) {
        file = standard_stream(thread, "stdout");
        if (value_is_error(file) || value_is_none(file)) return file;
    }
    if (!check_separator(thread, &separator, "sep") || !check_separator(thread, &end, "end"))
        return VALUE_ERROR;
    if (value_is_absent(separator)) separator = NAMES(thread)->space;
    if (value_is_absent(end)) end = NAMES(thread)->newline;
    if (!write_values(thread, file, value_as_tuple(args[0]), separator) ||
        !stream_write(thread, file, end))
        return VALUE_ERROR;
    int flush = value_is_absent(args[4]) ? 0 : object_is_true(thread, args[4]);
    if (flush < 0 || (flush && !stream_flush(thread, file))) return VALUE_ERROR;
    return VALUE_NONE;
}

// A stream that input() cannot do without.
static Value input_stream(Thread *thread, const char *name) {
    Value file = sys_get(thread, name);
    if (value_is_absent(file) || value_is_none(file))
        return raise_error(thread, &exception_RuntimeError, "input(): lost sys.%s", name);
    return file;
}

Value builtin_input(Thread *thread, Value *args, int count) {
    (void)count;
    Value in = input_stream(thread, "stdin");
    if (value_is_error(in)) return in;
    Value out = input_stream(thread, "stdout");
    if (value_is_error(out)) return out;
    Value error = input_stream(thread, "stderr");
    if (value_is_error(error)) return error;
    if (!stream_flush(thread, error)) error_clear(thread);
    if (!value_is_absent(args[0])) {
        Value prompt = object_str(thread, args[0]);
        if (value_is_error(prompt) || !stream_write(thread, out, prompt)) return VALUE_ERROR;
    }
    if (!stream_flush(thread, out)) error_clear(thread);
    Value line = object_call_method(thread, in, NAMES(thread)->readline, NULL, 0);
    if (value_is_error(line)) return line;
    if (!value_is_str(line))
        return raise_type_error(thread, "object.readline() returned non-string");
    size_t length = value_as_str(line)->length;
    if (length == 0) return raise_error(thread, &exception_EOFError, "EOF when reading a line");
    if (str_at(value_as_str(line), length - 1) != '\n') return line;
    return str_substring(thread, line, 0, length - 1);
}
