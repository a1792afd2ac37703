// os_error.c — OSError: picks the subclass by errno, keeps errno and file names.
//
// OSError(errno, strerror, filename) is made by __new__, so that the subclass can be chosen; a
// subclass in Python that overrides __init__ alone leaves that to the __init__ it calls (CPython:
// oserror_use_init).
#include "objects/dict.h"
#include "objects/exception_internal.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <errno.h>

enum { OS_ERRNO, OS_STRERROR, OS_FILENAME, OS_WRITTEN, OS_FILENAME2 };

static Type *class_of_errno(Value value) {
    int64_t number;
    if (!value_is_int(value) || !int_as_int64(value, &number)) return &exception_OSError;
    switch (number) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS: return &exception_BlockingIOError;
    case EPIPE:
    case ESHUTDOWN: return &exception_BrokenPipeError;
    case ECHILD: return &exception_ChildProcessError;
    case ECONNABORTED: return &exception_ConnectionAbortedError;
    case ECONNREFUSED: return &exception_ConnectionRefusedError;
    case ECONNRESET: return &exception_ConnectionResetError;
    case EEXIST: return &exception_FileExistsError;
    case ENOENT: return &exception_FileNotFoundError;
    case EISDIR: return &exception_IsADirectoryError;
    case ENOTDIR: return &exception_NotADirectoryError;
    case EINTR: return &exception_InterruptedError;
    case EACCES:
    case EPERM: return &exception_PermissionError;
    case ESRCH: return &exception_ProcessLookupError;
    case ETIMEDOUT: return &exception_TimeoutError;
    default: return &exception_OSError;
    }
}

static bool initialize_os_error(Thread *thread, Value self, Value *args, int count, Value names);

static bool is_number(Value value) {
    return object_has_index(value) || type_of(value)->to_int || type_of(value)->to_float;
}

// How much was written before the error: an int, absent at first.
static Value os_error_py_get_written(Thread *thread, Value self) {
    Value written = value_as_exception(self)->fields[OS_WRITTEN];
    if (!value_is_absent(written)) return written;
    return raise_error(thread, &exception_AttributeError, "characters_written");
}

static bool os_error_py_set_written(Thread *thread, Value self, Value value) {
    if (value_is_absent(value)) {
        if (value_is_error(os_error_py_get_written(thread, self))) return false;
    } else {
        value = object_index(thread, value);
        if (value_is_error(value)) return false;
    }
    exception_set_field(thread, value_as_exception(self), OS_WRITTEN, value);
    return true;
}

static bool set_fields(Thread *thread, Value self, const Value *args, int count) {
    Exception *error = value_as_exception(self);
    bool detailed = count >= 2 && count <= 5;
    bool has_filename = detailed && count >= 3 && !value_is_none(args[2]);
    if (has_filename && type_of(self) == &exception_BlockingIOError && is_number(args[2])) {
        if (!os_error_py_set_written(thread, self, args[2])) return false;
        has_filename = false;
    }
    if (!exception_set_args(thread, error, args, has_filename ? 2 : count)) return false;
    if (!detailed) return true;
    exception_set_field(thread, error, OS_ERRNO, args[0]);
    exception_set_field(thread, error, OS_STRERROR, args[1]);
    if (has_filename) exception_set_field(thread, error, OS_FILENAME, args[2]);
    if (count == 5 && !value_is_none(args[4]))
        exception_set_field(thread, error, OS_FILENAME2, args[4]);
    return true;
}

static bool refuse_keywords(Thread *thread, const Type *type, Value names) {
    if (value_is_absent(names) || value_as_tuple(names)->length == 0) return true;
    raise_type_error(thread, "%N() takes no keyword arguments", type);
    return false;
}

static Value make_os_error(Thread *thread, Type *type, Value *args, int count, Value names) {
    bool by_init = type->initialize != initialize_os_error;
    if (!by_init) {
        if (!refuse_keywords(thread, type, names)) return VALUE_ERROR;
        if (type == &exception_OSError && count >= 2 && count <= 5) type = class_of_errno(args[0]);
    }
    Value self = exception_make(thread, type, NULL, 0, VALUE_ABSENT);
    if (value_is_error(self) || by_init) return self;
    return set_fields(thread, self, args, count) ? self : VALUE_ERROR;
}

static bool initialize_os_error(Thread *thread, Value self, Value *args, int count, Value names) {
    Type *type = type_of(self);
    if (type->initialize == initialize_os_error && type->make == make_os_error) return true;
    return refuse_keywords(thread, type, names) && set_fields(thread, self, args, count);
}

static Value str_os_error(Thread *thread, Value self) {
    const Value *fields = value_as_exception(self)->fields;
    if (value_is_absent(fields[OS_ERRNO]) && value_is_absent(fields[OS_FILENAME]))
        return exception_str(thread, self);
    Value number = value_is_absent(fields[OS_ERRNO]) ? VALUE_NONE : fields[OS_ERRNO];
    Value text = value_is_absent(fields[OS_STRERROR]) ? VALUE_NONE : fields[OS_STRERROR];
    if (value_is_absent(fields[OS_FILENAME]))
        return str_format(thread, "[Errno %S] %S", number, text);
    if (value_is_absent(fields[OS_FILENAME2]))
        return str_format(thread, "[Errno %S] %S: %R", number, text, fields[OS_FILENAME]);
    return str_format(thread, "[Errno %S] %S: %R -> %R", number, text, fields[OS_FILENAME],
                      fields[OS_FILENAME2]);
}

// args without the file names that they were made with.
static Value os_error_py_reduce(Thread *thread, Value *args, int count) {
    (void)count;
    const Exception *error = value_as_exception(args[0]);
    Value values = error->args;
    const Value *fields = error->fields;
    if (value_as_tuple(values)->length == 2 && !value_is_absent(fields[OS_FILENAME])) {
        const Value *items = value_as_tuple(values)->items;
        bool second = !value_is_absent(fields[OS_FILENAME2]);
        values = second ? tuple_of(thread, 5, items[0], items[1], fields[OS_FILENAME], VALUE_NONE,
                                   fields[OS_FILENAME2])
                        : tuple_of(thread, 3, items[0], items[1], fields[OS_FILENAME]);
        if (value_is_error(values)) return values;
    }
    Value type = value_from_type(type_of(args[0]));
    Value dict = instance_dict(thread, value_as_object(args[0]));
    if (value_is_error(dict)) return dict;
    if (value_as_dict(dict)->length == 0) return tuple_of(thread, 2, type, values);
    return tuple_of(thread, 3, type, values, dict);
}

#define FIELD(index) (offsetof(Exception, fields) + (index) * sizeof(Value))
static const MemberRow members[] = {
    {"errno", FIELD(OS_ERRNO), false, true, "POSIX exception code"},
    {"strerror", FIELD(OS_STRERROR), false, true, "exception strerror"},
    {"filename", FIELD(OS_FILENAME), false, true, "exception filename"},
    {"filename2", FIELD(OS_FILENAME2), false, true, "second exception filename"},
    {0},
};
static const GetSetRow getsets[] = {
    {"characters_written", os_error_py_get_written, os_error_py_set_written, NULL},
    {0},
};
static const MethodRow methods[] = {
    {"__reduce__", os_error_py_reduce, "self, /", NULL, METHOD_INSTANCE},
    {0},
};

void os_errors_prepare(void) {
    Type *type = &exception_OSError;
    type->members = members;
    type->getsets = getsets;
    type->methods = methods;
    type->make = make_os_error;
    type->initialize = initialize_os_error;
    type->str = str_os_error;
}
