// generic_alias.c — list[int] and its like (PEP 585): a class together with arguments for typing.
//
// Calling one makes an instance of the origin, and every attribute but its own is the origin's.
#include "objects/generic_alias.h"
#include "objects/containers.h"
#include "objects/native.h"

static GenericAlias *as_alias(Value value) { return (GenericAlias *)value_as_object(value); }

Value generic_alias_new(Thread *thread, Value origin, Value args) {
    if (!value_is_tuple(args)) args = tuple_of(thread, 1, args);
    if (value_is_error(args)) return args;
    GenericAlias *alias =
        (GenericAlias *)heap_allocate(thread->heap, sizeof(GenericAlias), SHAPE_generic_alias);
    if (!alias) return raise_memory_error(thread);
    alias->origin = origin;
    alias->args = args;
    return value_from_object(alias);
}

Value generic_alias_py_class_getitem(Thread *thread, Value *args, int count) {
    (void)count;
    return generic_alias_new(thread, args[0], args[1]);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    if (!value_is_absent(names) && value_as_tuple(names)->length)
        return raise_type_error(thread, "GenericAlias() takes no keyword arguments");
    if (count != 2)
        return raise_type_error(thread, "GenericAlias expected 2 arguments, got %d", count);
    return generic_alias_new(thread, args[0], args[1]);
}

static void trace(Marker *marker, Object *object) {
    mark_values(marker, &((GenericAlias *)object)->origin, 3);
}

static bool append_text(StrBuilder *builder, Value text) {
    return !value_is_error(text) && str_builder_append(builder, text);
}

static bool append_argument(StrBuilder *builder, Value argument) {
    Thread *thread = builder->thread;
    if (value_same(argument, VALUE_ELLIPSIS)) return str_builder_append_c(builder, "...");
    bool plain = value_has_shape(argument, SHAPE_generic_alias);
    Value name = plain ? VALUE_ABSENT
                       : object_find_attribute(thread, argument, NAMES(thread)->__qualname__);
    if (value_is_error(name)) return false;
    Value module = value_is_absent(name)
                       ? VALUE_ABSENT
                       : object_find_attribute(thread, argument, NAMES(thread)->__module__);
    if (value_is_error(module)) return false;
    if (value_is_absent(name) || value_is_absent(module) || !value_is_str(name) ||
        !value_is_str(module))
        return str_builder_append_repr(builder, argument);
    if (str_equals_c(value_as_str(module), "builtins")) return str_builder_append(builder, name);
    return append_text(builder, str_format(thread, "%U.%U", module, name));
}

static Value repr(Thread *thread, Value self) {
    GenericAlias *alias = as_alias(self);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    if (alias->starred && !str_builder_append_c(&builder, "*")) return VALUE_ERROR;
    if (!append_argument(&builder, alias->origin) || !str_builder_append_c(&builder, "["))
        return VALUE_ERROR;
    Tuple *args = value_as_tuple(alias->args);
    for (size_t i = 0; i < args->length; i++) {
        if (i && !str_builder_append_c(&builder, ", ")) return VALUE_ERROR;
        if (!append_argument(&builder, args->items[i])) return VALUE_ERROR;
    }
    if (args->length == 0 && !str_builder_append_c(&builder, "()")) return VALUE_ERROR;
    if (!str_builder_append_c(&builder, "]")) return VALUE_ERROR;
    return str_builder_finish(&builder);
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    int64_t origin, args;
    if (!object_hash(thread, as_alias(self)->origin, &origin)) return false;
    if (!object_hash(thread, as_alias(self)->args, &args)) return false;
    *result = origin ^ args;
    return true;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (op != COMPARE_EQ && op != COMPARE_NE) return VALUE_NOT_IMPLEMENTED;
    if (!value_has_shape(self, SHAPE_generic_alias) || !value_has_shape(other, SHAPE_generic_alias))
        return VALUE_NOT_IMPLEMENTED;
    GenericAlias *a = as_alias(self), *b = as_alias(other);
    int same = a->starred == b->starred;
    if (same) same = object_equal(thread, a->origin, b->origin);
    if (same > 0) same = object_equal(thread, a->args, b->args);
    return same < 0 ? VALUE_ERROR : value_from_bool(same == (op == COMPARE_EQ));
}

static Value call(Thread *thread, Value callable, Value *args, int count, Value names) {
    Value instance = object_call(thread, as_alias(callable)->origin, args, count, names);
    if (value_is_error(instance)) return instance;
    // Instances that take attributes remember what they were made by.
    Value name = str_intern_c(thread, "__orig_class__");
    if (value_is_error(name)) return name;
    if (!object_set_attribute(thread, instance, name, callable) &&
        !error_clear_if(thread, &exception_AttributeError) &&
        !error_clear_if(thread, &exception_TypeError))
        return VALUE_ERROR;
    return instance;
}

static bool is_own_attribute(const Str *name) {
    static const char *const own[] = {
        "__class__",       "__origin__",  "__args__",      "__parameters__", "__unpacked__",
        "__mro_entries__", "__reduce__",  "__reduce_ex__", "__copy__",       "__deepcopy__",
        "__call__",        "__getitem__", "__repr__",      "__eq__",         "__hash__",
        "__typing_unpacked_tuple_args__",
    };
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_equals_c(name, own[i])) return true;
    return false;
}

static Value get_attribute(Thread *thread, Value self, Value name) {
    if (is_own_attribute(value_as_str(name)))
        return object_generic_get_attribute(thread, self, name);
    return object_get_attribute(thread, as_alias(self)->origin, name);
}

static Value get_parameters(Thread *thread, Value self) {
    (void)self;
    return tuple_new(thread, 0);
}

static Value get_unpacked(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(as_alias(self)->starred);
}

static Value generic_alias_py_mro_entries(Thread *thread, Value *args, int count) {
    (void)count;
    return tuple_of(thread, 1, as_alias(args[0])->origin);
}

static Value get_item(Thread *thread, Value self, Value key) {
    (void)key;
    return raise_type_error(thread, "%R is not a generic class", self);
}

static const MethodRow methods[] = {
    {"__mro_entries__", generic_alias_py_mro_entries, "self, bases, /", NULL, METHOD_INSTANCE},
    {0},
};
static const MemberRow members[] = {
    {"__origin__", offsetof(GenericAlias, origin), true, false, NULL},
    {"__args__", offsetof(GenericAlias, args), true, false, NULL},
    {0},
};
static const GetSetRow getsets[] = {
    {"__parameters__", get_parameters, NULL, "Type variables in the GenericAlias."},
    {"__unpacked__", get_unpacked, NULL, NULL},
    {0},
};

Type generic_alias_type = {
    TYPE_STATIC_HEADER(generic_alias),
    .name = "types.GenericAlias",
    .documentation = "Represent a PEP 585 generic type\n\n"
                     "E.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    .basic_size = sizeof(GenericAlias),
    .methods = methods,
    .members = members,
    .getsets = getsets,
    .trace = trace,
    .make = make,
    .call = call,
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .get_attribute = get_attribute,
    .get_item = get_item,
};
