// exception.c — BaseException and what all exceptions share; the list of classes.
//
// All exceptions have one struct; classes differ in the meaning of fields[]. Classes with fields or
// a constructor of their own get their slots from the *_prepare functions, the others have those of
// BaseException.
#include "objects/exception.h"
#include "objects/builtin_types.h"
#include "objects/exception_internal.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

static void trace_exception(Marker *marker, Object *object) {
    Exception *exception = (Exception *)object;
    mark_value(marker, exception->args);
    mark_value(marker, exception->traceback);
    mark_value(marker, exception->context);
    mark_value(marker, exception->cause);
    mark_values(marker, exception->fields, COUNT_OF(exception->fields));
}

// Making

bool exception_set_args(Thread *thread, Exception *exception, const Value *args, int count) {
    Value tuple = tuple_from_values(thread, args, (size_t)count);
    if (value_is_error(tuple)) return false;
    object_store(thread->heap, exception, &exception->args, tuple);
    return true;
}

void exception_set_field(Thread *thread, Exception *exception, int index, Value value) {
    object_store(thread->heap, exception, &exception->fields[index], value);
}

static Exception *allocate(Thread *thread, Type *type) {
    Exception *exception = (Exception *)type_allocate(thread, type, 0);
    if (exception) exception->traceback = exception->context = exception->cause = VALUE_NONE;
    return exception;
}

Value exception_make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)names;
    Exception *exception = allocate(thread, type);
    if (!exception || !exception_set_args(thread, exception, args, count)) return VALUE_ERROR;
    return value_from_object(exception);
}

bool exception_initialize(Thread *thread, Value self, Value *args, int count, Value names) {
    if (!value_is_absent(names) && value_as_tuple(names)->length) {
        raise_type_error(thread, "%T() takes no keyword arguments", self);
        return false;
    }
    return exception_set_args(thread, value_as_exception(self), args, count);
}

Value exception_new(Thread *thread, Type *type, Value args) {
    if (type->initialize == exception_initialize && type->make == exception_make) {
        Exception *exception = allocate(thread, type);
        if (!exception) return VALUE_ERROR;
        exception->args = args;
        return value_from_object(exception);
    }
    Tuple *tuple = value_as_tuple(args);
    return object_call(thread, value_from_type(type), tuple->items, (int)tuple->length,
                       VALUE_ABSENT);
}

// Matching

bool value_is_exception_class(Value value) {
    return value_is_type(value) && (value_as_type(value)->flags & TYPE_EXCEPTION_SUBCLASS);
}

static bool check_classes(Thread *thread, Value classes) {
    if (value_is_exception_class(classes)) return true;
    if (value_is_tuple(classes)) {
        Tuple *tuple = value_as_tuple(classes);
        for (size_t i = 0; i < tuple->length; i++)
            if (!value_is_exception_class(tuple->items[i])) goto fail;
        return true;
    }
fail:
    raise_type_error(thread,
                     "catching classes that do not inherit from BaseException is not allowed");
    return false;
}

int exception_matches(Thread *thread, Value exception, Value class_or_tuple) {
    if (!check_classes(thread, class_or_tuple)) return -1;
    Type *type = type_of(exception);
    if (value_is_type(class_or_tuple)) return type_is_subtype(type, value_as_type(class_or_tuple));
    Tuple *tuple = value_as_tuple(class_or_tuple);
    for (size_t i = 0; i < tuple->length; i++)
        if (type_is_subtype(type, value_as_type(tuple->items[i]))) return 1;
    return 0;
}

// Text

Value exception_str(Thread *thread, Value self) {
    Value args = value_as_exception(self)->args;
    Tuple *tuple = value_as_tuple(args);
    if (tuple->length == 0) return NAMES(thread)->empty;
    return object_str(thread, tuple->length == 1 ? tuple->items[0] : args);
}

static Value repr_exception(Thread *thread, Value self) {
    const char *name = type_of(self)->name, *dot = strrchr(name, '.');
    if (dot) name = dot + 1;
    Value args = value_as_exception(self)->args;
    Tuple *tuple = value_as_tuple(args);
    if (tuple->length == 1) return str_format(thread, "%s(%R)", name, tuple->items[0]);
    return str_format(thread, "%s%R", name, args);
}

// Attributes

static bool refuse_deletion(Thread *thread, Value value, const char *name) {
    if (!value_is_absent(value)) return true;
    raise_type_error(thread, "%s may not be deleted", name);
    return false;
}

static Value exception_py_get_args(Thread *thread, Value self) {
    (void)thread;
    return value_as_exception(self)->args;
}

static bool exception_py_set_args(Thread *thread, Value self, Value value) {
    if (!refuse_deletion(thread, value, "args")) return false;
    Value tuple = object_to_tuple(thread, value);
    if (value_is_error(tuple)) return false;
    object_store(thread->heap, value_as_exception(self), &value_as_exception(self)->args, tuple);
    return true;
}

static Value exception_py_get_traceback(Thread *thread, Value self) {
    (void)thread;
    return value_as_exception(self)->traceback;
}

static bool exception_py_set_traceback(Thread *thread, Value self, Value value) {
    if (!refuse_deletion(thread, value, "__traceback__")) return false;
    if (!value_is_none(value) && !value_has_shape(value, SHAPE_traceback)) {
        raise_type_error(thread, "__traceback__ must be a traceback or None");
        return false;
    }
    Exception *exception = value_as_exception(self);
    object_store(thread->heap, exception, &exception->traceback, value);
    return true;
}

static Value exception_py_get_context(Thread *thread, Value self) {
    (void)thread;
    return value_as_exception(self)->context;
}

static bool check_link(Thread *thread, Value value, const char *what) {
    if (value_is_none(value) || value_is_exception(value)) return true;
    raise_type_error(thread, "exception %s must be None or derive from BaseException", what);
    return false;
}

static bool exception_py_set_context(Thread *thread, Value self, Value value) {
    if (!refuse_deletion(thread, value, "__context__") || !check_link(thread, value, "context"))
        return false;
    Exception *exception = value_as_exception(self);
    object_store(thread->heap, exception, &exception->context, value);
    return true;
}

static Value exception_py_get_cause(Thread *thread, Value self) {
    (void)thread;
    return value_as_exception(self)->cause;
}

static bool exception_py_set_cause(Thread *thread, Value self, Value value) {
    if (!refuse_deletion(thread, value, "__cause__") || !check_link(thread, value, "cause"))
        return false;
    Exception *exception = value_as_exception(self);
    object_store(thread->heap, exception, &exception->cause, value);
    exception->suppress_context = true;
    return true;
}

static Value exception_py_get_suppress(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(value_as_exception(self)->suppress_context);
}

static bool exception_py_set_suppress(Thread *thread, Value self, Value value) {
    if (value_is_absent(value) || !value_is_bool(value)) {
        raise_type_error(thread, value_is_absent(value) ? "can't delete numeric/char attribute"
                                                        : "attribute value type must be bool");
        return false;
    }
    value_as_exception(self)->suppress_context = value_as_bool(value);
    return true;
}

// Methods

static Value exception_py_with_traceback(Thread *thread, Value *args, int count) {
    (void)count;
    return exception_py_set_traceback(thread, args[0], args[1]) ? args[0] : VALUE_ERROR;
}

static bool add_note(Thread *thread, Value self, Value note) {
    Value notes = object_find_attribute(thread, self, NAMES(thread)->__notes__);
    if (value_is_error(notes)) return false;
    if (value_is_absent(notes)) {
        notes = list_new(thread, 1);
        if (value_is_error(notes) ||
            !object_set_attribute(thread, self, NAMES(thread)->__notes__, notes))
            return false;
    }
    if (value_is_list(notes)) return list_append(thread, value_as_list(notes), note);
    raise_type_error(thread, "Cannot add note: __notes__ is not a list");
    return false;
}

static Value exception_py_add_note(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_type_error(thread, "note must be a str, not '%T'", args[1]);
    return add_note(thread, args[0], args[1]) ? VALUE_NONE : VALUE_ERROR;
}

void exception_add_note(Thread *thread, const char *format, ...) {
    Value exception = error_take(thread);
    va_list arguments;
    va_start(arguments, format);
    Value note = str_format_va(thread, format, arguments);
    va_end(arguments);
    if (!value_is_error(note) && !add_note(thread, exception, note)) error_clear(thread);
    error_restore(thread, exception);
}

static Value exception_py_reduce(Thread *thread, Value *args, int count) {
    (void)count;
    Value type = value_from_type(type_of(args[0])), values = value_as_exception(args[0])->args;
    Value dict = instance_dict(thread, value_as_object(args[0]));
    if (value_is_error(dict)) return dict;
    if (value_as_dict(dict)->length == 0) return tuple_of(thread, 2, type, values);
    return tuple_of(thread, 3, type, values, dict);
}

static Value exception_py_set_state(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_none(args[1])) return VALUE_NONE;
    if (!value_is_dict(args[1])) return raise_type_error(thread, "state is not a dictionary");
    size_t position = 0;
    Value key, value;
    while (dict_next(value_as_dict(args[1]), &position, &key, &value))
        if (!object_set_attribute(thread, args[0], key, value)) return VALUE_ERROR;
    return VALUE_NONE;
}

static const MethodRow methods[] = {
    {"with_traceback", exception_py_with_traceback, "self, tb, /",
     "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self.",
     METHOD_INSTANCE},
    {"add_note", exception_py_add_note, "self, note, /",
     "Exception.add_note(note) --\n    add a note to the exception", METHOD_INSTANCE},
    {"__reduce__", exception_py_reduce, "self, /", NULL, METHOD_INSTANCE},
    {"__setstate__", exception_py_set_state, "self, state, /", NULL, METHOD_INSTANCE},
    {0},
};
static const GetSetRow getsets[] = {
    {"__dict__", object_py_get_dict, object_py_set_dict, NULL},
    {"args", exception_py_get_args, exception_py_set_args, NULL},
    {"__traceback__", exception_py_get_traceback, exception_py_set_traceback, NULL},
    {"__context__", exception_py_get_context, exception_py_set_context, NULL},
    {"__cause__", exception_py_get_cause, exception_py_set_cause, NULL},
    {"__suppress_context__", exception_py_get_suppress, exception_py_set_suppress, NULL},
    {0},
};

// The classes

#define exception_object object_type
#define EXCEPTION(class_name, base_name, text)                                                     \
    Type exception_##class_name = {                                                                \
        .header = {.shape = SHAPE_type, .flags = OBJECT_STATIC},                                   \
        .name = #class_name,                                                                       \
        .documentation = text,                                                                     \
        .base = &exception_##base_name,                                                            \
        .basic_size = sizeof(Exception),                                                           \
        .extension_offset = offsetof(Exception, extension),                                        \
        .flags = TYPE_BASE | TYPE_EXCEPTION_SUBCLASS,                                              \
    };
#include "runtime/exceptions.def"
#undef EXCEPTION
#undef exception_object

static Type *const classes[] = {
#define EXCEPTION(name, base, ...) &exception_##name,
#include "runtime/exceptions.def"
#undef EXCEPTION
};

bool exceptions_initialize(Thread *thread) {
    Type *base = &exception_BaseException;
    base->documentation = "Common base class for all exceptions";
    base->methods = methods;
    base->getsets = getsets;
    base->trace = trace_exception;
    base->make = exception_make;
    base->initialize = exception_initialize;
    base->repr = repr_exception;
    base->str = exception_str;
    exception_details_prepare();
    os_errors_prepare();
    exception_groups_prepare();
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (!type_ready(thread, classes[i])) return false;
    Exception *memory_error = allocate(thread, &exception_MemoryError);
    if (!memory_error) return false;
    thread->runtime->memory_error = value_from_object(memory_error);
    return exception_set_args(thread, memory_error, NULL, 0);
}
