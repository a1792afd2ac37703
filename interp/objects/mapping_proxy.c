// mapping_proxy.c — a read-only view of a mapping, such as the __dict__ of a class.
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/generic_alias.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"

typedef struct {
    Object header;
    Value mapping;
} MappingProxy;

static Value mapping_of(Value value) { return ((MappingProxy *)value_as_object(value))->mapping; }

Value mapping_proxy_new(Thread *thread, Value mapping) {
    MappingProxy *proxy =
        (MappingProxy *)heap_allocate(thread->heap, sizeof *proxy, SHAPE_mapping_proxy);
    if (!proxy) return raise_memory_error(thread);
    proxy->mapping = mapping;
    return value_from_object(proxy);
}

static void trace_proxy(Marker *marker, Object *object) {
    mark_value(marker, ((MappingProxy *)object)->mapping);
}

static Value make_proxy(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value mapping;
    if (!arguments_bind(thread, "mappingproxy", "mapping", args, count, names, &mapping))
        return VALUE_ERROR;
    if (!type_of(mapping)->get_item ||
        value_has_flag(mapping, TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS))
        return raise_type_error(thread, "mappingproxy() argument must be a mapping, not %T",
                                mapping);
    return mapping_proxy_new(thread, mapping);
}

static Value repr_proxy(Thread *thread, Value self) {
    return str_format(thread, "mappingproxy(%R)", mapping_of(self));
}

static Value str_proxy(Thread *thread, Value self) { return object_str(thread, mapping_of(self)); }

static Value compare_proxies(Thread *thread, Value self, Value other, CompareOperator op) {
    if (value_has_shape(other, SHAPE_mapping_proxy)) other = mapping_of(other);
    return object_compare(thread, mapping_of(self), other, op);
}

static bool hash_proxy(Thread *thread, Value self, int64_t *hash) {
    return object_hash(thread, mapping_of(self), hash);
}

static ssize_t length_of_proxy(Thread *thread, Value self) {
    return object_length(thread, mapping_of(self));
}

static Value get_item(Thread *thread, Value self, Value key) {
    return object_get_item(thread, mapping_of(self), key);
}

static int contains(Thread *thread, Value self, Value key) {
    return object_contains(thread, mapping_of(self), key);
}

static Value iterate(Thread *thread, Value self) {
    return object_iterate(thread, mapping_of(self));
}

static Value operate_or(Thread *thread, Value left, Value right) {
    if (value_has_shape(left, SHAPE_mapping_proxy)) left = mapping_of(left);
    if (value_has_shape(right, SHAPE_mapping_proxy)) right = mapping_of(right);
    return object_binary_op(thread, BINARY_OR, left, right);
}

static Value inplace_or(Thread *thread, Value left, Value right) {
    (void)right;
    return raise_type_error(thread, "'|=' is not supported by %T; use '|' instead", left);
}

static Value mapping_proxy_py_get(Thread *thread, Value *args, int count) {
    (void)count;
    Value given[2] = {args[1], value_is_absent(args[2]) ? VALUE_NONE : args[2]};
    return object_call_method(thread, mapping_of(args[0]), NAMES(thread)->get, given, 2);
}

static Value mapping_proxy_py_keys(Thread *thread, Value *args, int count) {
    (void)count;
    return object_call_method(thread, mapping_of(args[0]), NAMES(thread)->keys, NULL, 0);
}

static Value mapping_proxy_py_values(Thread *thread, Value *args, int count) {
    (void)count;
    return object_call_method(thread, mapping_of(args[0]), NAMES(thread)->values, NULL, 0);
}

static Value mapping_proxy_py_items(Thread *thread, Value *args, int count) {
    (void)count;
    return object_call_method(thread, mapping_of(args[0]), NAMES(thread)->items, NULL, 0);
}

static Value mapping_proxy_py_copy(Thread *thread, Value *args, int count) {
    (void)count;
    return object_call_method(thread, mapping_of(args[0]), NAMES(thread)->copy, NULL, 0);
}

static Value mapping_proxy_py_reversed(Thread *thread, Value *args, int count) {
    (void)count;
    return object_call_method(thread, mapping_of(args[0]), NAMES(thread)->__reversed__, NULL, 0);
}

static const MethodRow methods[] = {
    {"get", mapping_proxy_py_get, "self, key, default=None, /",
     "Return the value for key if key is in the mapping, else default.", METHOD_INSTANCE},
    {"keys", mapping_proxy_py_keys, "self, /", "a set-like object providing a view on the keys",
     METHOD_INSTANCE},
    {"values", mapping_proxy_py_values, "self, /", "an object providing a view on the values",
     METHOD_INSTANCE},
    {"items", mapping_proxy_py_items, "self, /", "a set-like object providing a view on the items",
     METHOD_INSTANCE},
    {"copy", mapping_proxy_py_copy, "self, /", "a shallow copy of the mapping", METHOD_INSTANCE},
    {"__reversed__", mapping_proxy_py_reversed, "self, /", "reverse iterator", METHOD_INSTANCE},
    {"__class_getitem__", generic_alias_py_class_getitem, "type, item, /", "See PEP 585",
     METHOD_CLASS},
    {0},
};

Type mapping_proxy_type = {
    TYPE_STATIC_HEADER(mapping_proxy),
    .name = "mappingproxy",
    .documentation = "Read-only proxy of a mapping.",
    .basic_size = sizeof(MappingProxy),
    .flags = TYPE_MAPPING,
    .methods = methods,
    .trace = trace_proxy,
    .make = make_proxy,
    .repr = repr_proxy,
    .str = str_proxy,
    .hash = hash_proxy,
    .compare = compare_proxies,
    .length = length_of_proxy,
    .get_item = get_item,
    .contains = contains,
    .iterate = iterate,
    .binary[BINARY_OR] = operate_or,
    .inplace[BINARY_OR] = inplace_or,
};
