// type_alias.c — TypeAliasType: what `type Name = value` binds. The value is computed when first
// asked for, so that it may name what is defined later, itself included.
#include "objects/builtin_types.h"
#include "objects/generic_alias.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "objects/type_variables.h"
#include "runtime/protocols.h"

static TypeAlias *as_alias(Value value) { return (TypeAlias *)value_as_object(value); }

static void trace_alias(Marker *marker, Object *object) {
    TypeAlias *alias = (TypeAlias *)object;
    mark_value(marker, alias->name);
    mark_value(marker, alias->type_parameters);
    mark_value(marker, alias->compute);
    mark_value(marker, alias->value);
    mark_value(marker, alias->module);
}

static TypeAlias *allocate(Thread *thread, Value name, Value type_parameters) {
    TypeAlias *alias = (TypeAlias *)heap_allocate(thread->heap, sizeof *alias, SHAPE_type_alias);
    if (!alias) {
        raise_memory_error(thread);
        return NULL;
    }
    alias->name = name;
    alias->type_parameters = type_parameters;
    alias->compute = alias->value = alias->module = VALUE_ABSENT;
    return alias;
}

Value type_alias_new(Thread *thread, Value parts) {
    const Value *items = value_as_tuple(parts)->items;
    TypeAlias *alias =
        allocate(thread, items[0], value_is_none(items[1]) ? VALUE_ABSENT : items[1]);
    if (!alias) return VALUE_ERROR;
    alias->compute = items[2];
    return value_from_object(alias);
}

static Value make_alias(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value given[3];
    if (!arguments_bind(thread, "typealias", "name, value, *, type_params=()", args, count, names,
                        given))
        return VALUE_ERROR;
    if (!value_is_str(given[0]))
        return raise_argument_error(thread, "typealias", "argument 'name'", "str", given[0]);
    if (!value_is_absent(given[2]) && !value_is_tuple(given[2]))
        return raise_type_error(thread, "type_params must be a tuple");
    Value globals = running_globals ? running_globals(thread) : VALUE_ABSENT;
    Value module = VALUE_ABSENT;
    if (value_is_dict(globals))
        module = dict_find_str(thread, value_as_dict(globals), NAMES(thread)->__name__);
    TypeAlias *alias = allocate(thread, given[0], given[2]);
    if (!alias) return VALUE_ERROR;
    alias->value = given[1];
    alias->module = module;
    return value_from_object(alias);
}

static Value type_alias_py_get_value(Thread *thread, Value self) {
    TypeAlias *alias = as_alias(self);
    if (!value_is_absent(alias->value)) return alias->value;
    Value value = object_call0(thread, alias->compute);
    if (!value_is_error(value)) object_store(thread->heap, alias, &alias->value, value);
    return value;
}

static Value type_alias_py_get_type_parameters(Thread *thread, Value self) {
    Value parameters = as_alias(self)->type_parameters;
    return value_is_absent(parameters) ? tuple_of(thread, 0) : parameters;
}

static Value type_alias_py_get_parameters(Thread *thread, Value self) {
    Value parameters = as_alias(self)->type_parameters;
    return value_is_absent(parameters) ? tuple_of(thread, 0)
                                       : type_var_tuples_unpack(thread, parameters);
}

static Value type_alias_py_get_module(Thread *thread, Value self) {
    TypeAlias *alias = as_alias(self);
    if (!value_is_absent(alias->module)) return alias->module;
    if (value_is_absent(alias->compute)) return VALUE_NONE;
    return object_get_attribute(thread, alias->compute, NAMES(thread)->__module__);
}

static Value type_alias_py_reduce(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)count;
    return as_alias(args[0])->name;
}

static Value repr_alias(Thread *thread, Value self) {
    (void)thread;
    return as_alias(self)->name;
}

static Value get_item(Thread *thread, Value self, Value key) {
    if (value_is_absent(as_alias(self)->type_parameters))
        return raise_type_error(thread, "Only generic type aliases are subscriptable");
    return generic_alias_new(thread, self, key);
}

static const MethodRow methods[] = {
    {"__reduce__", type_alias_py_reduce, "self, /", NULL, METHOD_INSTANCE},
    {0},
};
static const GetSetRow getsets[] = {
    {"__parameters__", type_alias_py_get_parameters, NULL, NULL},
    {"__type_params__", type_alias_py_get_type_parameters, NULL, NULL},
    {"__value__", type_alias_py_get_value, NULL, NULL},
    {"__module__", type_alias_py_get_module, NULL, NULL},
    {0},
};
static const MemberRow members[] = {
    {"__name__", offsetof(TypeAlias, name), true, false, NULL},
    {0},
};

Type type_alias_type = {
    TYPE_STATIC_HEADER(type_alias),
    .name = "typing.TypeAliasType",
    .documentation = "The name of a type, as `type Name = value` makes it.",
    .basic_size = sizeof(TypeAlias),
    .flags = TYPE_HAS_WEAK_REFERENCES,
    .methods = methods,
    .getsets = getsets,
    .members = members,
    .trace = trace_alias,
    .make = make_alias,
    .repr = repr_alias,
    .get_item = get_item,
    .binary[BINARY_OR] = union_or,
};
