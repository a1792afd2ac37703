// builtins_attributes.c — builtins about attributes, classes and namespaces.
#include "modules/builtins_internal.h"
#include "objects/builtin_types.h"
#include "objects/list.h"
#include "objects/str.h"
#include "vm/traceback.h"

Value builtin_callable(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)count;
    return value_from_bool(object_is_callable(args[0]));
}

// Attribute names are interned, so that shapes and types find them by identity.
static Value attribute_name(Thread *thread, Value name) {
    if (!value_is_str(name))
        return raise_type_error(thread, "attribute name must be string, not '%T'", name);
    return str_intern(thread, name);
}

Value builtin_getattr(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = attribute_name(thread, args[1]);
    if (value_is_error(name)) return name;
    if (value_is_absent(args[2])) return object_get_attribute(thread, args[0], name);
    Value value = object_find_attribute(thread, args[0], name);
    return value_is_absent(value) ? args[2] : value;
}

Value builtin_hasattr(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = attribute_name(thread, args[1]);
    if (value_is_error(name)) return name;
    Value value = object_find_attribute(thread, args[0], name);
    return value_is_error(value) ? value : value_from_bool(!value_is_absent(value));
}

Value builtin_setattr(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = attribute_name(thread, args[1]);
    if (value_is_error(name)) return name;
    return object_set_attribute(thread, args[0], name, args[2]) ? VALUE_NONE : VALUE_ERROR;
}

Value builtin_delattr(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = attribute_name(thread, args[1]);
    if (value_is_error(name)) return name;
    return object_set_attribute(thread, args[0], name, VALUE_ABSENT) ? VALUE_NONE : VALUE_ERROR;
}

Value builtin_isinstance(Thread *thread, Value *args, int count) {
    (void)count;
    int result = object_is_instance(thread, args[0], args[1]);
    return result < 0 ? VALUE_ERROR : value_from_bool(result);
}

Value builtin_issubclass(Thread *thread, Value *args, int count) {
    (void)count;
    int result = object_is_subclass(thread, args[0], args[1]);
    return result < 0 ? VALUE_ERROR : value_from_bool(result);
}

static bool has_frame(const Thread *thread) { return thread->frame >= thread->frame_base; }

Value builtin_globals(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    if (!has_frame(thread)) return VALUE_NONE;
    return value_from_object(thread->frame->function->globals);
}

Value builtin_locals(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    if (!has_frame(thread))
        return raise_error(thread, &exception_SystemError, "frame does not exist");
    return frame_locals(thread, thread->frame);
}

// The list, sorted; VALUE_ERROR is passed through.
static Value sort_names(Thread *thread, Value list) {
    if (value_is_error(list)) return list;
    return list_sort(thread, value_as_list(list), VALUE_NONE, false) ? list : VALUE_ERROR;
}

Value builtin_dir(Thread *thread, Value *args, int count) {
    if (value_is_absent(args[0])) {
        Value names = builtin_locals(thread, NULL, 0);
        return value_is_error(names) ? names : sort_names(thread, object_to_list(thread, names));
    }
    (void)count;
    Value method = object_find_special(thread, args[0], NAMES(thread)->__dir__);
    if (value_is_error(method)) return method;
    if (value_is_absent(method)) return raise_type_error(thread, "object does not provide __dir__");
    Value names = object_call0(thread, method);
    return value_is_error(names) ? names : sort_names(thread, object_to_list(thread, names));
}

Value builtin_vars(Thread *thread, Value *args, int count) {
    if (value_is_absent(args[0])) return builtin_locals(thread, args, count);
    Value dict = object_find_attribute(thread, args[0], NAMES(thread)->__dict__);
    if (!value_is_absent(dict)) return dict;
    return raise_type_error(thread, "vars() argument must have __dict__ attribute");
}
