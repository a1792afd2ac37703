// method_wrappers.c — classmethod and staticmethod.
//
// Both take over name, docstring and such from what they wrap into their own __dict__, so that they
// look like the function (CPython 3.10 and later).
#include "objects/builtin_types.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"

Value (*bound_method_new)(Thread *thread, Value function, Value self);

static WrappedMethod *as_wrapped(Value value) { return (WrappedMethod *)value_as_object(value); }

static void trace_wrapped(Marker *marker, Object *object) {
    mark_value(marker, ((WrappedMethod *)object)->callable);
}

static Value make_wrapped(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    (void)count;
    (void)names;
    Object *object = type_allocate(thread, type, 0);
    if (!object) return VALUE_ERROR;
    ((WrappedMethod *)object)->callable = VALUE_NONE;
    return value_from_object(object);
}

static bool copy_attributes(Thread *thread, Value self, Value callable) {
    const Value names[] = {NAMES(thread)->__module__, NAMES(thread)->__name__,
                           NAMES(thread)->__qualname__, NAMES(thread)->__doc__};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        Value value = object_find_attribute(thread, callable, names[i]);
        if (value_is_error(value)) return false;
        if (!value_is_absent(value) &&
            !instance_set(thread, value_as_object(self), names[i], value))
            return false;
    }
    return true;
}

static bool wrap(Thread *thread, Value self, Value callable) {
    WrappedMethod *wrapped = as_wrapped(self);
    object_store(thread->heap, wrapped, &wrapped->callable, callable);
    return copy_attributes(thread, self, callable);
}

static bool initialize_as(Thread *thread, const char *name, Value self, Value *args, int count,
                          Value names) {
    // The form "f expected 1 argument, got n" belongs to two parameters or more in signature_bind.
    if (count != 1 && value_is_absent(names)) {
        raise_type_error(thread, "%s expected 1 argument, got %d", name, count);
        return false;
    }
    Value callable;
    if (!arguments_bind(thread, name, "function, /", args, count, names, &callable)) return false;
    return wrap(thread, self, callable);
}

static bool initialize_classmethod(Thread *thread, Value self, Value *args, int count,
                                   Value names) {
    return initialize_as(thread, "classmethod", self, args, count, names);
}

static bool initialize_staticmethod(Thread *thread, Value self, Value *args, int count,
                                    Value names) {
    return initialize_as(thread, "staticmethod", self, args, count, names);
}

static Value new_wrapped(Thread *thread, Type *type, Value callable) {
    Value self = make_wrapped(thread, type, NULL, 0, VALUE_ABSENT);
    return value_is_error(self) || wrap(thread, self, callable) ? self : VALUE_ERROR;
}

Value staticmethod_new(Thread *thread, Value callable) {
    return new_wrapped(thread, &staticmethod_type, callable);
}

Value classmethod_new(Thread *thread, Value callable) {
    return new_wrapped(thread, &classmethod_type, callable);
}

static Value get_classmethod(Thread *thread, Value self, Value object, Value owner) {
    Value callable = as_wrapped(self)->callable;
    if (value_is_absent(owner)) owner = value_from_type(type_of(object));
    Value (*get)(Thread *, Value, Value, Value) = type_of(callable)->descriptor_get;
    if (get) return get(thread, callable, owner, owner);
    return bound_method_new(thread, callable, owner);
}

static Value get_staticmethod(Thread *thread, Value self, Value object, Value owner) {
    (void)thread;
    (void)object;
    (void)owner;
    return as_wrapped(self)->callable;
}

static Value call_staticmethod(Thread *thread, Value callable, Value *args, int count,
                               Value names) {
    return object_call(thread, as_wrapped(callable)->callable, args, count, names);
}

static Value repr_classmethod(Thread *thread, Value self) {
    return str_format(thread, "<classmethod(%R)>", as_wrapped(self)->callable);
}

static Value repr_staticmethod(Thread *thread, Value self) {
    return str_format(thread, "<staticmethod(%R)>", as_wrapped(self)->callable);
}

static Value wrapped_py_get_abstract(Thread *thread, Value self) {
    Value mark = object_find_attribute(thread, as_wrapped(self)->callable,
                                       NAMES(thread)->__isabstractmethod__);
    if (value_is_error(mark)) return mark;
    int truth = value_is_absent(mark) ? 0 : object_is_true(thread, mark);
    return truth < 0 ? VALUE_ERROR : value_from_bool(truth);
}

static const GetSetRow getsets[] = {
    {"__isabstractmethod__", wrapped_py_get_abstract, NULL, NULL},
    {"__dict__", object_py_get_dict, object_py_set_dict, NULL},
    {0},
};
static const MemberRow members[] = {
    {"__func__", offsetof(WrappedMethod, callable), true, true, NULL},
    {"__wrapped__", offsetof(WrappedMethod, callable), true, true, NULL},
    {0},
};

Type classmethod_type = {
    TYPE_STATIC_HEADER(classmethod),
    .name = "classmethod",
    .documentation = "Convert a function to be a class method.",
    .basic_size = sizeof(WrappedMethod),
    .extension_offset = offsetof(WrappedMethod, extension),
    .flags = TYPE_BASE,
    .getsets = getsets,
    .members = members,
    .trace = trace_wrapped,
    .make = make_wrapped,
    .initialize = initialize_classmethod,
    .repr = repr_classmethod,
    .descriptor_get = get_classmethod,
};

Type staticmethod_type = {
    TYPE_STATIC_HEADER(staticmethod),
    .name = "staticmethod",
    .documentation = "Convert a function to be a static method.",
    .basic_size = sizeof(WrappedMethod),
    .extension_offset = offsetof(WrappedMethod, extension),
    .flags = TYPE_BASE,
    .getsets = getsets,
    .members = members,
    .trace = trace_wrapped,
    .make = make_wrapped,
    .initialize = initialize_staticmethod,
    .call = call_staticmethod,
    .repr = repr_staticmethod,
    .descriptor_get = get_staticmethod,
};
