// union_type.c — int | None (types.UnionType): flat, without duplicates.
#include "base/hash.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

static UnionType *as_union(Value value) { return (UnionType *)value_as_object(value); }

static bool is_union(Value value) { return value_has_shape(value, SHAPE_union_type); }

static void trace_union(Marker *marker, Object *object) {
    mark_value(marker, ((UnionType *)object)->args);
    mark_value(marker, ((UnionType *)object)->parameters);
}

static bool is_unionable(Value value) {
    return value_is_none(value) || value_is_type(value) || is_union(value) ||
           value_has_shape(value, SHAPE_generic_alias) || value_has_shape(value, SHAPE_type_alias);
}

static bool add_member(Thread *thread, List *members, Value member) {
    for (size_t i = 0; i < members->length; i++) {
        Value known = members->items->items[i];
        bool comparable = !value_is_type(known) && !value_is_type(member);
        int equal = comparable ? object_equal(thread, known, member) : value_same(known, member);
        if (equal < 0) return false;
        if (equal) return true;
    }
    return list_append(thread, members, member);
}

static bool add_operand(Thread *thread, List *members, Value operand) {
    if (value_is_none(operand)) operand = value_from_type(&none_type);
    if (!is_union(operand)) return add_member(thread, members, operand);
    Tuple *args = value_as_tuple(as_union(operand)->args);
    for (size_t i = 0; i < args->length; i++)
        if (!add_member(thread, members, args->items[i])) return false;
    return true;
}

Value union_or(Thread *thread, Value left, Value right) {
    if (!is_unionable(left) || !is_unionable(right)) return VALUE_NOT_IMPLEMENTED;
    return union_new(thread, left, right);
}

Value union_new(Thread *thread, Value left, Value right) {
    Value list = list_new(thread, 2);
    if (value_is_error(list)) return list;
    List *members = value_as_list(list);
    if (!add_operand(thread, members, left) || !add_operand(thread, members, right))
        return VALUE_ERROR;
    if (members->length == 1) return members->items->items[0];
    Value args = list_as_tuple(thread, members);
    Value parameters = value_is_error(args) ? args : generic_parameters(thread, args);
    if (value_is_error(parameters)) return parameters;
    UnionType *made = (UnionType *)heap_allocate(thread->heap, sizeof *made, SHAPE_union_type);
    if (!made) return raise_memory_error(thread);
    made->args = args;
    made->parameters = parameters;
    return value_from_object(made);
}

static Value repr_union(Thread *thread, Value self) {
    Value text = NAMES(thread)->empty;
    Tuple *args = value_as_tuple(as_union(self)->args);
    for (size_t i = 0; i < args->length && !value_is_error(text); i++) {
        Value arg = generic_argument_repr(thread, args->items[i]);
        if (value_is_error(arg)) return arg;
        text = str_format(thread, "%U%s%U", text, i ? " | " : "", arg);
    }
    return text;
}

// The order of the members does not count.
static Value members_as_set(Thread *thread, Value self) {
    Tuple *args = value_as_tuple(as_union(self)->args);
    return frozenset_new(thread, args->items, args->length);
}

static bool hash_union(Thread *thread, Value self, int64_t *hash) {
    Value set = members_as_set(thread, self);
    return !value_is_error(set) && object_hash(thread, set, hash);
}

static Value compare_unions(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!is_union(other) || (op != COMPARE_EQ && op != COMPARE_NE)) return VALUE_NOT_IMPLEMENTED;
    Value a = members_as_set(thread, self);
    Value b = value_is_error(a) ? a : members_as_set(thread, other);
    return value_is_error(b) ? b : object_compare(thread, a, b, op);
}

static Value get_item(Thread *thread, Value self, Value key) {
    UnionType *of = as_union(self);
    Value substituted = generic_substitute(thread, self, of->args, of->parameters, key);
    if (value_is_error(substituted)) return substituted;
    Tuple *args = value_as_tuple(substituted);
    Value result = args->items[0];
    for (size_t i = 1; i < args->length && !value_is_error(result); i++)
        result = object_binary_op(thread, BINARY_OR, result, args->items[i]);
    return result;
}

typedef int Check(Thread *thread, Value value, Value class);

// A parameterized generic refuses, unless a member before it says yes.
static Value check_members(Thread *thread, Value self, Value value, Check *check) {
    Tuple *args = value_as_tuple(as_union(self)->args);
    for (size_t i = 0; i < args->length; i++) {
        int result = check(thread, value, args->items[i]);
        if (result != 0) return result < 0 ? VALUE_ERROR : VALUE_TRUE;
    }
    return VALUE_FALSE;
}

static Value union_type_py_instance_check(Thread *thread, Value *args, int count) {
    (void)count;
    return check_members(thread, args[0], args[1], object_is_instance);
}

static Value union_type_py_subclass_check(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_type(args[1]))
        return raise_type_error(thread, "issubclass() arg 1 must be a class");
    return check_members(thread, args[0], args[1], object_is_subclass);
}

static const MethodRow methods[] = {
    {"__instancecheck__", union_type_py_instance_check, "self, instance, /", NULL, METHOD_INSTANCE},
    {"__subclasscheck__", union_type_py_subclass_check, "self, subclass, /", NULL, METHOD_INSTANCE},
    {0},
};
static const MemberRow members[] = {
    {"__args__", offsetof(UnionType, args), true, false, NULL},
    {"__parameters__", offsetof(UnionType, parameters), true, false, NULL},
    {0},
};

Type union_type = {
    TYPE_STATIC_HEADER(union_type),
    .name = "types.UnionType",
    .documentation = "Represent a PEP 604 union type\n\nE.g. for int | str",
    .basic_size = sizeof(UnionType),
    .methods = methods,
    .members = members,
    .trace = trace_union,
    .repr = repr_union,
    .hash = hash_union,
    .compare = compare_unions,
    .get_item = get_item,
    .binary[BINARY_OR] = union_or,
};
