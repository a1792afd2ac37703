// generic_alias.c — list[int] (types.GenericAlias): a class with type arguments.
//
// Attributes are those of the origin, but for a few dunders; calling it calls the origin.
#include "objects/generic_alias.h"
#include "base/hash.h"
#include "objects/builtin_types.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

static GenericAlias *as_alias(Value value) { return (GenericAlias *)value_as_object(value); }

static void trace_alias(Marker *marker, Object *object) {
    GenericAlias *alias = (GenericAlias *)object;
    mark_value(marker, alias->origin);
    mark_value(marker, alias->args);
    mark_value(marker, alias->parameters);
}

static Value find_attribute_c(Thread *thread, Value object, const char *name) {
    Value interned = str_intern_c(thread, name);
    return value_is_error(interned) ? interned : object_find_attribute(thread, object, interned);
}

static bool append_unique(Thread *thread, List *list, Value item) {
    for (size_t i = 0; i < list->length; i++)
        if (value_same(list->items->items[i], item)) return true;
    return list_append(thread, list, item);
}

// Type variables among the arguments (they have __typing_subst__), each once, in order; nested
// aliases give theirs.
Value generic_parameters(Thread *thread, Value args) {
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    Tuple *tuple = value_as_tuple(args);
    for (size_t i = 0; i < tuple->length; i++) {
        Value arg = tuple->items[i];
        if (value_is_type(arg)) continue;
        Value substitute = find_attribute_c(thread, arg, "__typing_subst__");
        if (value_is_error(substitute)) return substitute;
        if (!value_is_absent(substitute)) {
            if (!append_unique(thread, value_as_list(list), arg)) return VALUE_ERROR;
            continue;
        }
        Value nested = find_attribute_c(thread, arg, "__parameters__");
        if (value_is_error(nested)) return nested;
        if (!value_is_tuple(nested)) continue;
        for (size_t k = 0; k < value_as_tuple(nested)->length; k++)
            if (!append_unique(thread, value_as_list(list), value_as_tuple(nested)->items[k]))
                return VALUE_ERROR;
    }
    return list_as_tuple(thread, value_as_list(list));
}

Value generic_alias_new(Thread *thread, Value origin, Value args) {
    if (!value_is_tuple(args)) args = tuple_of(thread, 1, args);
    if (value_is_error(args)) return args;
    Value parameters = generic_parameters(thread, args);
    if (value_is_error(parameters)) return parameters;
    GenericAlias *alias =
        (GenericAlias *)heap_allocate(thread->heap, sizeof *alias, SHAPE_generic_alias);
    if (!alias) return raise_memory_error(thread);
    alias->origin = origin;
    alias->args = args;
    alias->parameters = parameters;
    return value_from_object(alias);
}

Value generic_alias_py_class_getitem(Thread *thread, Value *args, int count) {
    (void)count;
    return generic_alias_new(thread, args[0], args[1]);
}

static Value make_alias(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value given[2];
    if (!arguments_bind(thread, "GenericAlias", "origin, args, /", args, count, names, given))
        return VALUE_ERROR;
    return generic_alias_new(thread, given[0], given[1]);
}

// One argument as typing shows it: names of classes, "..." for Ellipsis, repr for the rest.
Value generic_argument_repr(Thread *thread, Value arg) {
    if (value_same(arg, VALUE_ELLIPSIS)) return str_from_c(thread, "...");
    if (value_same(arg, value_from_type(&none_type)) || value_is_none(arg))
        return str_from_c(thread, "None");
    if (value_has_shape(arg, SHAPE_generic_alias)) return object_repr(thread, arg);
    Value qualname = find_attribute_c(thread, arg, "__qualname__");
    if (value_is_error(qualname)) return qualname;
    Value module = find_attribute_c(thread, arg, "__module__");
    if (value_is_error(module)) return module;
    if (value_is_absent(qualname) || value_is_absent(module) || value_is_none(module))
        return object_repr(thread, arg);
    if (value_is_str(module) && str_equals_c(value_as_str(module), "builtins"))
        return object_str(thread, qualname);
    return str_format(thread, "%S.%S", module, qualname);
}

static Value repr_alias(Thread *thread, Value self) {
    GenericAlias *alias = as_alias(self);
    Value text = generic_argument_repr(thread, alias->origin);
    if (value_is_error(text)) return text;
    text = str_format(thread, "%s%U[", alias->starred ? "*" : "", text);
    Tuple *args = value_as_tuple(alias->args);
    for (size_t i = 0; i < args->length && !value_is_error(text); i++) {
        Value arg = generic_argument_repr(thread, args->items[i]);
        if (value_is_error(arg)) return arg;
        text = str_format(thread, "%U%s%U", text, i ? ", " : "", arg);
    }
    if (value_is_error(text)) return text;
    return str_format(thread, "%U%s]", text, args->length ? "" : "()");
}

static bool hash_alias(Thread *thread, Value self, int64_t *hash) {
    int64_t origin, args;
    if (!object_hash(thread, as_alias(self)->origin, &origin) ||
        !object_hash(thread, as_alias(self)->args, &args))
        return false;
    *hash = hash_avoid_minus_one(origin ^ args);
    return true;
}

static Value compare_aliases(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!value_has_shape(other, SHAPE_generic_alias) || (op != COMPARE_EQ && op != COMPARE_NE))
        return VALUE_NOT_IMPLEMENTED;
    GenericAlias *a = as_alias(self), *b = as_alias(other);
    int equal = a->starred == b->starred ? object_equal(thread, a->origin, b->origin) : 0;
    if (equal > 0) equal = object_equal(thread, a->args, b->args);
    return equal < 0 ? VALUE_ERROR : value_from_bool((equal != 0) == (op == COMPARE_EQ));
}

static Value call_alias(Thread *thread, Value callable, Value *args, int count, Value names) {
    Value object = object_call(thread, as_alias(callable)->origin, args, count, names);
    if (value_is_error(object)) return object;
    // Objects that take no attributes do without.
    if (!object_set_attribute(thread, object, str_intern_c(thread, "__orig_class__"), callable) &&
        !error_clear_if(thread, &exception_AttributeError) &&
        !error_clear_if(thread, &exception_TypeError))
        return VALUE_ERROR;
    return object;
}

static Value get_attribute(Thread *thread, Value self, Value name) {
    static const char *const own[] = {
        "__class__",
        "__origin__",
        "__args__",
        "__parameters__",
        "__mro_entries__",
        "__reduce_ex__",
        "__reduce__",
        "__copy__",
        "__deepcopy__",
        "__unpacked__",
        "__typing_unpacked_tuple_args__",
    };
    if (value_is_str(name)) {
        for (size_t i = 0; i < COUNT_OF(own); i++)
            if (str_equals_c(value_as_str(name), own[i]))
                return object_generic_get_attribute(thread, self, name);
    }
    return object_get_attribute(thread, as_alias(self)->origin, name);
}

// Puts arguments in the place of type variables.
static Value substitute(Thread *thread, Value arg, Tuple *parameters, Tuple *items) {
    for (size_t i = 0; i < parameters->length; i++)
        if (value_same(arg, parameters->items[i])) return items->items[i];
    if (value_is_type(arg)) return arg;
    Value nested = find_attribute_c(thread, arg, "__parameters__");
    if (value_is_error(nested)) return nested;
    if (!value_is_tuple(nested) || value_as_tuple(nested)->length == 0) return arg;
    Tuple *inner = value_as_tuple(nested);
    Value chosen = tuple_new(thread, inner->length);
    if (value_is_error(chosen)) return chosen;
    for (size_t i = 0; i < inner->length; i++) {
        Value item = substitute(thread, inner->items[i], parameters, items);
        if (value_is_error(item)) return item;
        value_as_tuple(chosen)->items[i] = item;
    }
    return object_get_item(thread, arg, chosen);
}

static Value get_item(Thread *thread, Value self, Value key) {
    GenericAlias *alias = as_alias(self);
    Tuple *parameters = value_as_tuple(alias->parameters);
    if (parameters->length == 0) return raise_type_error(thread, "%R is not a generic class", self);
    if (!value_is_tuple(key)) key = tuple_of(thread, 1, key);
    if (value_is_error(key)) return key;
    Tuple *items = value_as_tuple(key), *args = value_as_tuple(alias->args);
    if (items->length != parameters->length)
        return raise_type_error(thread, "Too %s arguments for %R; actual %zu, expected %zu",
                                items->length > parameters->length ? "many" : "few", self,
                                (size_t)items->length, (size_t)parameters->length);
    Value replaced = tuple_new(thread, args->length);
    if (value_is_error(replaced)) return replaced;
    for (size_t i = 0; i < args->length; i++) {
        Value arg = substitute(thread, args->items[i], parameters, items);
        if (value_is_error(arg)) return arg;
        value_as_tuple(replaced)->items[i] = arg;
    }
    return generic_alias_new(thread, alias->origin, replaced);
}

// *tuple[int] in a list of arguments: an iterator over the starred alias alone.
static Value iterate(Thread *thread, Value self) {
    Value copy = generic_alias_new(thread, as_alias(self)->origin, as_alias(self)->args);
    if (value_is_error(copy)) return copy;
    as_alias(copy)->starred = true;
    Value tuple = tuple_of(thread, 1, copy);
    return value_is_error(tuple) ? tuple : object_iterate(thread, tuple);
}

static Value generic_alias_py_mro_entries(Thread *thread, Value *args, int count) {
    (void)count;
    return tuple_of(thread, 1, as_alias(args[0])->origin);
}

static Value generic_alias_py_instance_check(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return raise_type_error(thread, "isinstance() argument 2 cannot be a parameterized generic");
}

static Value generic_alias_py_subclass_check(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return raise_type_error(thread, "issubclass() argument 2 cannot be a parameterized generic");
}

static Value generic_alias_py_get_unpacked(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(as_alias(self)->starred);
}

static const MethodRow methods[] = {
    {"__mro_entries__", generic_alias_py_mro_entries, "self, bases, /", NULL, METHOD_INSTANCE},
    {"__instancecheck__", generic_alias_py_instance_check, "self, instance, /", NULL,
     METHOD_INSTANCE},
    {"__subclasscheck__", generic_alias_py_subclass_check, "self, subclass, /", NULL,
     METHOD_INSTANCE},
    {0},
};
static const GetSetRow getsets[] = {
    {"__unpacked__", generic_alias_py_get_unpacked, NULL, NULL},
    {0},
};
static const MemberRow members[] = {
    {"__origin__", offsetof(GenericAlias, origin), true, false, NULL},
    {"__args__", offsetof(GenericAlias, args), true, false, NULL},
    {"__parameters__", offsetof(GenericAlias, parameters), true, false, NULL},
    {0},
};

Type generic_alias_type = {
    TYPE_STATIC_HEADER(generic_alias),
    .name = "types.GenericAlias",
    .documentation =
        "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list "
        "and t.__args__ is (int,).",
    .basic_size = sizeof(GenericAlias),
    .methods = methods,
    .getsets = getsets,
    .members = members,
    .trace = trace_alias,
    .make = make_alias,
    .call = call_alias,
    .repr = repr_alias,
    .hash = hash_alias,
    .compare = compare_aliases,
    .get_attribute = get_attribute,
    .get_item = get_item,
    .iterate = iterate,
    .binary[BINARY_OR] = union_or,
};
