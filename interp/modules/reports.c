// reports.c — exceptions from places that cannot pass them on, told on sys.stderr.
#include "modules/modules.h"
#include "modules/struct_sequence.h"
#include "objects/exception.h"
#include "objects/str.h"

static bool is_usable(Value stream) { return !value_is_absent(stream) && !value_is_none(stream); }

// What sys.unraisablehook gets.
static const MemberRow args_fields[] = {
    STRUCT_SEQUENCE_FIELD(0, "exc_type", "Exception type"),
    STRUCT_SEQUENCE_FIELD(1, "exc_value", "Exception value"),
    STRUCT_SEQUENCE_FIELD(2, "exc_traceback", "Exception traceback"),
    STRUCT_SEQUENCE_FIELD(3, "err_msg", "Error message"),
    STRUCT_SEQUENCE_FIELD(4, "object", "Object causing the exception"),
    {NULL, 0, false, false, NULL},
};
static Type unraisable_args_type = STRUCT_SEQUENCE(
    unraisable_args, "UnraisableHookArgs", args_fields, "What sys.unraisablehook is called with.");

bool unraisable_initialize(Thread *thread) {
    if (!struct_sequence_ready(thread, &unraisable_args_type)) return false;
    unraisable_args_type.flags |= TYPE_NO_NEW;
    return true;
}

static void write_line(Thread *thread, Value file, Value text) {
    if (value_is_error(text) || !stream_write(thread, file, text)) error_clear(thread);
}

// CPython's form: what it came from, then the traceback.
static void print_unraisable(Thread *thread, Value exception, Value object) {
    Value file = sys_get(thread, "stderr");
    if (!is_usable(file)) return;
    if (!value_is_absent(object) && !value_is_none(object)) {
        Value text = object_repr(thread, object);
        if (value_is_error(text)) {
            error_clear(thread);
            text = str_from_c(thread, "<object repr() failed>");
        }
        if (!value_is_error(text)) text = str_format(thread, "Exception ignored in: %U\n", text);
        write_line(thread, file, text);
    }
    if (!exception_print(thread, exception, file)) error_clear(thread);
}

Value sys_py_unraisablehook(Thread *thread, Value *args, int count) {
    (void)count;
    if (type_of(args[0]) != &unraisable_args_type)
        return raise_type_error(thread,
                                "sys.unraisablehook argument type must be UnraisableHookArgs");
    const Value *items = value_as_tuple(args[0])->items;
    if (value_is_exception(items[1])) print_unraisable(thread, items[1], items[4]);
    return VALUE_NONE;
}

// The program's own hook; VALUE_ABSENT when it is the one that sys began with.
static Value find_hook(Thread *thread) {
    Value hook = sys_get(thread, "unraisablehook");
    if (!is_usable(hook) || value_same(hook, sys_get(thread, "__unraisablehook__")))
        return VALUE_ABSENT;
    return hook;
}

void unraisable_report(Thread *thread, Value exception, Value object) {
    Value hook = find_hook(thread);
    if (value_is_absent(hook)) {
        print_unraisable(thread, exception, object);
        return;
    }
    Value traceback = value_as_exception(exception)->traceback;
    const Value values[] = {value_from_type(type_of(exception)), exception,
                            value_is_absent(traceback) ? VALUE_NONE : traceback, VALUE_NONE,
                            value_is_absent(object) ? VALUE_NONE : object};
    Value arguments = struct_sequence_new(thread, &unraisable_args_type, values);
    if (!value_is_error(arguments) && !value_is_error(object_call1(thread, hook, arguments)))
        return;
    Value second = error_take(thread), file = sys_get(thread, "stderr");
    if (!is_usable(file)) return;
    write_line(thread, file, str_from_c(thread, "Exception ignored in sys.unraisablehook: "));
    write_line(thread, file, object_repr(thread, hook));
    write_line(thread, file, NAMES(thread)->newline);
    if (!exception_print(thread, second, file)) error_clear(thread);
}
