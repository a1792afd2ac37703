// generic_class.c — Generic, the base of `class C[T]`: subscription of such classes, and the check
// of what they derive from. Both ask typing's own functions once that module is loaded.
#include "objects/builtin_types.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_variables.h"
#include "runtime/protocols.h"

Value generic_convert_argument(Value arg) {
    return value_is_none(arg) ? value_from_type(&none_type) : arg;
}

static bool is_type_variable(Value value) {
    return type_of(value) == &type_var_type || value_is_param_spec(value) ||
           value_is_type_var_tuple(value) || generic_is_unpacked_variable(value);
}

static bool is_generic_itself(Value class) {
    return value_same(class, value_from_type(&generic_type));
}

// An alias of a class that derives from Generic: it differs from list[int] in a few messages.
static Value make_class_alias(Thread *thread, Value class, Value args) {
    Value alias = generic_alias_new(thread, class, args);
    if (!value_is_error(alias)) ((GenericAlias *)value_as_object(alias))->of_generic_class = true;
    return alias;
}

Value generic_subscript(Thread *thread, Value parameters) {
    Value unpacked = type_var_tuples_unpack(thread, parameters);
    Value make = value_is_error(unpacked) ? unpacked : typing_find(thread, "_GenericAlias");
    if (value_is_error(make)) return make;
    Value generic = value_from_type(&generic_type);
    return value_is_absent(make) ? make_class_alias(thread, generic, unpacked)
                                 : object_call2(thread, make, generic, unpacked);
}

// Generic[T, U]: distinct type variables only.
static Value subscript_generic(Thread *thread, Value params) {
    const Tuple *tuple = value_as_tuple(params);
    if (tuple->length == 0)
        return raise_type_error(thread, "Parameter list to Generic[...] cannot be empty");
    for (size_t i = 0; i < tuple->length; i++) {
        if (!is_type_variable(tuple->items[i]))
            return raise_type_error(thread, "Parameters to Generic[...] must all be type variables "
                                            "or parameter specification variables.");
        for (size_t k = 0; k < i; k++)
            if (value_same(tuple->items[i], tuple->items[k]))
                return raise_type_error(thread, "Parameters to Generic[...] must all be unique");
    }
    return make_class_alias(thread, value_from_type(&generic_type), params);
}

// Lets each parameter arrange the arguments (ParamSpec and TypeVarTuple take several).
static Value prepare_arguments(Thread *thread, Value class, const Tuple *parameters, Value params) {
    for (size_t i = 0; i < parameters->length; i++) {
        Value prepare =
            generic_find_attribute(thread, parameters->items[i], "__typing_prepare_subst__");
        if (value_is_error(prepare)) return prepare;
        if (!value_is_absent(prepare)) params = object_call2(thread, prepare, class, params);
        if (value_is_error(params)) return params;
    }
    return params;
}

static Value subscript_class(Thread *thread, Value class, Value params) {
    Value found = generic_find_attribute(thread, class, "__parameters__");
    if (value_is_error(found)) return found;
    if (!value_is_tuple(found) || value_as_tuple(found)->length == 0)
        return raise_type_error(thread, "%R is not a generic class", class);
    const Tuple *parameters = value_as_tuple(found);
    params = prepare_arguments(thread, class, parameters, params);
    if (value_is_error(params)) return params;
    const Tuple *given = value_as_tuple(params);
    if (given->length != parameters->length)
        return raise_type_error(thread, "Too %s arguments for %R; actual %zu, expected %zu",
                                given->length > parameters->length ? "many" : "few", class,
                                (size_t)given->length, (size_t)parameters->length);
    Value list = list_new(thread, given->length);
    if (value_is_error(list)) return list;
    for (size_t i = 0; i < given->length; i++) {
        bool spread = value_is_type_var_tuple(parameters->items[i]);
        if (spread ? !list_extend(thread, value_as_list(list), given->items[i])
                   : !list_append(thread, value_as_list(list), given->items[i]))
            return VALUE_ERROR;
    }
    Value args = list_as_tuple(thread, value_as_list(list));
    return value_is_error(args) ? args : make_class_alias(thread, class, args);
}

Value generic_py_class_getitem(Thread *thread, Value *args, int count) {
    (void)count;
    Value hook = typing_find(thread, "_generic_class_getitem");
    if (value_is_error(hook)) return hook;
    if (!value_is_absent(hook)) return object_call2(thread, hook, args[0], args[1]);
    Value params = args[1];
    if (!value_is_tuple(params)) params = tuple_of(thread, 1, params);
    if (value_is_error(params)) return params;
    const Tuple *tuple = value_as_tuple(params);
    Value converted = tuple_from_values(thread, tuple->items, tuple->length);
    if (value_is_error(converted)) return converted;
    for (size_t i = 0; i < tuple->length; i++)
        object_store(thread->heap, value_as_object(converted), &value_as_tuple(converted)->items[i],
                     generic_convert_argument(tuple->items[i]));
    return is_generic_itself(args[0]) ? subscript_generic(thread, converted)
                                      : subscript_class(thread, args[0], converted);
}

// Deriving from Generic

static bool tuple_holds(const Tuple *tuple, Value value) {
    for (size_t i = 0; i < tuple->length; i++)
        if (value_same(tuple->items[i], value)) return true;
    return false;
}

// The names of those in `variables` that are not in `known` (NULL: of all), with commas.
static Value join_names(Thread *thread, const Tuple *variables, const Tuple *known) {
    Value text = NAMES(thread)->empty;
    bool first = true;
    for (size_t i = 0; i < variables->length && !value_is_error(text); i++) {
        if (known && tuple_holds(known, variables->items[i])) continue;
        text = str_format(thread, "%U%s%S", text, first ? "" : ", ", variables->items[i]);
        first = false;
    }
    return text;
}

// The type variables of a class from the bases as they were written.
static Value collect_parameters(Thread *thread, Value bases) {
    Value all = generic_parameters(thread, bases), listed = VALUE_ABSENT;
    if (value_is_error(all)) return all;
    const Tuple *tuple = value_as_tuple(bases);
    for (size_t i = 0; i < tuple->length; i++) {
        Value base = tuple->items[i];
        if (value_is_type(base) || !value_has_shape(base, SHAPE_generic_alias) ||
            !is_generic_itself(((GenericAlias *)value_as_object(base))->origin))
            continue;
        if (!value_is_absent(listed))
            return raise_type_error(thread, "Cannot inherit from Generic[...] multiple times.");
        listed = ((GenericAlias *)value_as_object(base))->parameters;
    }
    if (value_is_absent(listed)) return all;
    const Tuple *wanted = value_as_tuple(all), *known = value_as_tuple(listed);
    for (size_t i = 0; i < wanted->length; i++) {
        if (tuple_holds(known, wanted->items[i])) continue;
        Value missing = join_names(thread, wanted, known);
        Value given = value_is_error(missing) ? missing : join_names(thread, known, NULL);
        if (value_is_error(given)) return given;
        return raise_type_error(thread, "Some type variables (%U) are not listed in Generic[%U]",
                                missing, given);
    }
    return listed;
}

// The next __init_subclass__ behind Generic's.
static bool call_next(Thread *thread, Value class, Value positionals, Value keywords) {
    Value next = super_get_attribute(thread, value_from_type(&generic_type), class,
                                     NAMES(thread)->__init_subclass__, NULL);
    return !value_is_error(next) &&
           !value_is_error(object_call_unpacked(thread, next, positionals, keywords));
}

Value generic_py_init_subclass(Thread *thread, Value *args, int count) {
    (void)count;
    Value class = args[0];
    Value hook = typing_find(thread, "_generic_init_subclass");
    if (value_is_error(hook)) return hook;
    if (!value_is_absent(hook)) {
        Value positionals = tuple_of(thread, 1, class);
        if (!value_is_error(positionals))
            positionals = object_binary_op(thread, BINARY_ADD, positionals, args[1]);
        return value_is_error(positionals)
                   ? positionals
                   : object_call_unpacked(thread, hook, positionals, args[2]);
    }
    if (!call_next(thread, class, args[1], args[2])) return VALUE_ERROR;
    Dict *dict = value_as_dict(value_as_type(class)->dict);
    Value bases = dict_find_str(thread, dict, NAMES(thread)->__orig_bases__);
    bool written = value_is_tuple(bases);
    if (tuple_holds(value_as_tuple(written ? bases : value_as_type(class)->bases),
                    value_from_type(&generic_type)))
        return raise_type_error(thread, "Cannot inherit from plain Generic");
    Value parameters = written ? collect_parameters(thread, bases) : tuple_of(thread, 0);
    Value name = str_intern_c(thread, "__parameters__");
    if (value_is_error(parameters) || value_is_error(name)) return VALUE_ERROR;
    return object_set_attribute(thread, class, name, parameters) ? VALUE_NONE : VALUE_ERROR;
}

static const MethodRow generic_methods[] = {
    {"__class_getitem__", generic_py_class_getitem, "cls, params, /",
     "Parameterizes a generic class.", METHOD_CLASS},
    {"__init_subclass__", generic_py_init_subclass, "cls, *args, **kwargs",
     "Function to initialize subclasses.", METHOD_CLASS},
    {0},
};

Type generic_type = {
    TYPE_STATIC_HEADER(generic),
    .name = "typing.Generic",
    .documentation = "The base of generic classes: class C[T], or class C(Generic[T]).",
    .basic_size = sizeof(Object),
    .flags = TYPE_BASE,
    .methods = generic_methods,
};

Type unpack_type = {
    TYPE_STATIC_HEADER(unpack),
    .name = "typing.Unpack",
    .documentation = "Unpack[Ts] is what iterating over the TypeVarTuple Ts gives.",
    .basic_size = sizeof(Object),
};
