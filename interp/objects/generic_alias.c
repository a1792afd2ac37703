// generic_alias.c — list[int] (types.GenericAlias): a class with type arguments.
//
// Attributes are those of the origin, but for a few dunders; calling it calls the origin.
#include "objects/generic_alias.h"
#include "base/hash.h"
#include "objects/builtin_types.h"
#include "objects/containers.h"
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

// A list of arguments for a ParamSpec, without quotes around the names in it.
static Value repr_list(Thread *thread, Value list) {
    Value text = str_from_c(thread, "[");
    size_t length = 0;
    for (size_t i = 0; !value_is_error(text); i++) {
        const Value *items = sequence_items(list, &length);
        if (i >= length) break;
        Value item = generic_argument_repr(thread, items[i]);
        if (value_is_error(item)) return item;
        text = str_format(thread, "%U%s%U", text, i ? ", " : "", item);
    }
    return value_is_error(text) ? text : str_format(thread, "%U]", text);
}

// The same in an alias of a class that derives from Generic, where typing converts arguments.
static Value repr_class_argument(Thread *thread, Value arg) {
    if (value_same(arg, value_from_type(&none_type))) return str_from_c(thread, "NoneType");
    if (!value_is_tuple_exact(arg)) return generic_argument_repr(thread, arg);
    Value list = object_to_list(thread, arg);
    return value_is_error(list) ? list : repr_list(thread, list);
}

// One argument as typing shows it: names of classes, "..." for Ellipsis, repr for the rest.
Value generic_argument_repr(Thread *thread, Value arg) {
    if (value_same(arg, VALUE_ELLIPSIS)) return str_from_c(thread, "...");
    if (value_same(arg, value_from_type(&none_type)) || value_is_none(arg))
        return str_from_c(thread, "None");
    if (value_has_shape(arg, SHAPE_generic_alias)) return object_repr(thread, arg);
    if (value_is_list_exact(arg)) return repr_list(thread, arg);
    Value qualname = generic_find_attribute(thread, arg, "__qualname__");
    if (value_is_error(qualname)) return qualname;
    Value module = generic_find_attribute(thread, arg, "__module__");
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
        Value arg = alias->of_generic_class ? repr_class_argument(thread, args->items[i])
                                            : generic_argument_repr(thread, args->items[i]);
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

static Value get_item(Thread *thread, Value self, Value key) {
    GenericAlias *alias = as_alias(self);
    // Unpack[Ts] gives what Ts stands for; the caller puts all of it into the list of arguments.
    if (generic_is_unpacked_variable(self)) return object_to_tuple(thread, key);
    Value args = generic_substitute(thread, self, alias->args, alias->parameters, key);
    Value made = value_is_error(args) ? args : generic_alias_new(thread, alias->origin, args);
    if (value_is_error(made)) return made;
    as_alias(made)->starred = alias->starred;
    as_alias(made)->of_generic_class = alias->of_generic_class;
    return made;
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

static Value refuse_check(Thread *thread, Value self, const char *function) {
    if (as_alias(self)->of_generic_class)
        return raise_type_error(
            thread, "Subscripted generics cannot be used with class and instance checks");
    return raise_type_error(thread, "%s argument 2 cannot be a parameterized generic", function);
}

static Value generic_alias_py_instance_check(Thread *thread, Value *args, int count) {
    (void)count;
    return refuse_check(thread, args[0], "isinstance()");
}

static Value generic_alias_py_subclass_check(Thread *thread, Value *args, int count) {
    (void)count;
    return refuse_check(thread, args[0], "issubclass()");
}

static Value generic_alias_py_get_unpacked(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(as_alias(self)->starred);
}

// The items of *tuple[...], which take its place in a list of arguments.
static Value generic_alias_py_get_unpacked_args(Thread *thread, Value self) {
    (void)thread;
    bool is_tuple = value_same(as_alias(self)->origin, value_from_type(&tuple_type));
    return as_alias(self)->starred && is_tuple ? as_alias(self)->args : VALUE_NONE;
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
    {"__typing_unpacked_tuple_args__", generic_alias_py_get_unpacked_args, NULL, NULL},
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
