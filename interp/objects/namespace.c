// namespace.c — types.SimpleNamespace: attributes from keyword arguments.
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

typedef struct {
    Object header;
    Value dict;
} SimpleNamespace;

static Value dict_of(Thread *thread, Value self) {
    return instance_dict(thread, value_as_object(self));
}

static Value make_namespace(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    (void)count;
    (void)names;
    Object *object = type_allocate(thread, type, 0);
    return object ? value_from_object(object) : VALUE_ERROR;
}

static bool initialize_namespace(Thread *thread, Value self, Value *args, int count, Value names) {
    if (count > 0) {
        raise_type_error(thread, "no positional arguments expected");
        return false;
    }
    Tuple *keywords = value_is_absent(names) ? NULL : value_as_tuple(names);
    for (size_t i = 0; keywords && i < keywords->length; i++) {
        Value name = str_intern(thread, keywords->items[i]);
        if (value_is_error(name) || !instance_set(thread, value_as_object(self), name, args[i]))
            return false;
    }
    return true;
}

static Value repr_items(Thread *thread, Value self, const char *name) {
    Value dict = dict_of(thread, self);
    if (value_is_error(dict)) return dict;
    StrBuilder builder;
    str_builder_start(&builder, thread);
    Value text = str_format(thread, "%s(", name);
    if (value_is_error(text) || !str_builder_append(&builder, text)) return VALUE_ERROR;
    size_t position = 0, shown = 0;
    Value key, value;
    while (dict_next(value_as_dict(dict), &position, &key, &value)) {
        if (!value_is_str(key) || value_as_str(key)->length == 0) continue;
        text = str_format(thread, "%s%U=%R", shown++ ? ", " : "", key, value);
        if (value_is_error(text) || !str_builder_append(&builder, text)) return VALUE_ERROR;
    }
    return str_builder_append_ascii(&builder, ")", 1) ? str_builder_finish(&builder) : VALUE_ERROR;
}

static Value repr_namespace(Thread *thread, Value self) {
    const char *name = type_of(self) == &simple_namespace_type ? "namespace" : type_of(self)->name;
    int entered = repr_enter(thread, self);
    if (entered < 0) return VALUE_ERROR;
    if (entered > 0) return str_format(thread, "%s(...)", name);
    Value text = repr_items(thread, self, name);
    repr_leave(thread, self);
    return text;
}

static Value compare_namespaces(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!type_is_subtype(type_of(self), &simple_namespace_type) ||
        !type_is_subtype(type_of(other), &simple_namespace_type))
        return VALUE_NOT_IMPLEMENTED;
    Value a = dict_of(thread, self), b = value_is_error(a) ? a : dict_of(thread, other);
    return value_is_error(b) ? b : object_compare(thread, a, b, op);
}

static const GetSetRow getsets[] = {
    {"__dict__", object_py_get_dict, NULL, NULL},
    {0},
};

Type simple_namespace_type = {
    TYPE_STATIC_HEADER(simple_namespace),
    .name = "types.SimpleNamespace",
    .documentation = "A simple attribute-based namespace.",
    .basic_size = sizeof(SimpleNamespace),
    .extension_offset = offsetof(SimpleNamespace, dict),
    .flags = TYPE_BASE | TYPE_DICTIONARY_INSTANCES,
    .getsets = getsets,
    .make = make_namespace,
    .initialize = initialize_namespace,
    .repr = repr_namespace,
    .compare = compare_namespaces,
};
