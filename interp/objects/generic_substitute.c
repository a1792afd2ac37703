// generic_substitute.c — type variables in aliases: which there are, and putting arguments in their
// place (PEP 585, PEP 646).
//
// A type variable says by __typing_subst__ what it makes of an argument, and by
// __typing_prepare_subst__ how it groups the arguments; whatever has these two is one.
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_variables.h"
#include "runtime/protocols.h"

Value generic_find_attribute(Thread *thread, Value object, const char *name) {
    Value interned = str_intern_c(thread, name);
    return value_is_error(interned) ? interned : object_find_attribute(thread, object, interned);
}

bool generic_is_unpacked_variable(Value value) {
    if (!value_has_shape(value, SHAPE_generic_alias)) return false;
    const GenericAlias *alias = (const GenericAlias *)value_as_object(value);
    return value_same(alias->origin, value_from_type(&unpack_type)) &&
           value_as_tuple(alias->args)->length == 1 &&
           value_is_type_var_tuple(value_as_tuple(alias->args)->items[0]);
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
        Value substitute = generic_find_attribute(thread, arg, "__typing_subst__");
        if (value_is_error(substitute)) return substitute;
        if (!value_is_absent(substitute)) {
            if (!append_unique(thread, value_as_list(list), arg)) return VALUE_ERROR;
            continue;
        }
        Value nested = generic_find_attribute(thread, arg, "__parameters__");
        if (value_is_error(nested)) return nested;
        if (!value_is_tuple(nested)) continue;
        for (size_t k = 0; k < value_as_tuple(nested)->length; k++)
            if (!append_unique(thread, value_as_list(list), value_as_tuple(nested)->items[k]))
                return VALUE_ERROR;
    }
    return list_as_tuple(thread, value_as_list(list));
}

// Expands *tuple[int, str] among the arguments, but not *tuple[int, ...].
static Value unpack_arguments(Thread *thread, Value key) {
    if (!value_is_tuple(key)) key = tuple_of(thread, 1, key);
    Value list = value_is_error(key) ? key : list_new(thread, 0);
    if (value_is_error(list)) return list;
    const Tuple *tuple = value_as_tuple(key);
    for (size_t i = 0; i < tuple->length; i++) {
        Value item = tuple->items[i], inner = VALUE_ABSENT;
        if (!value_is_type(item))
            inner = generic_find_attribute(thread, item, "__typing_unpacked_tuple_args__");
        if (value_is_error(inner)) return inner;
        const Tuple *items = value_is_tuple(inner) ? value_as_tuple(inner) : NULL;
        bool open_ended =
            items && items->length && value_same(items->items[items->length - 1], VALUE_ELLIPSIS);
        bool done = items && !open_ended ? list_extend(thread, value_as_list(list), inner)
                                         : list_append(thread, value_as_list(list), item);
        if (!done) return VALUE_ERROR;
    }
    return list_as_tuple(thread, value_as_list(list));
}

static ssize_t find_parameter(const Tuple *parameters, Value value) {
    for (size_t i = 0; i < parameters->length; i++)
        if (value_same(parameters->items[i], value)) return (ssize_t)i;
    return -1;
}

// An argument that is generic itself gets the arguments of its own parameters.
static Value substitute_inside(Thread *thread, Value arg, const Tuple *parameters,
                               const Tuple *items) {
    Value nested = generic_find_attribute(thread, arg, "__parameters__");
    if (value_is_error(nested)) return nested;
    if (!value_is_tuple(nested) || value_as_tuple(nested)->length == 0) return arg;
    const Tuple *inner = value_as_tuple(nested);
    Value chosen = list_new(thread, inner->length);
    if (value_is_error(chosen)) return chosen;
    for (size_t i = 0; i < inner->length; i++) {
        ssize_t place = find_parameter(parameters, inner->items[i]);
        Value item = place < 0 ? inner->items[i] : items->items[place];
        bool spread = place >= 0 && type_of(inner->items[i])->iterate && value_is_tuple(item);
        if (spread ? !list_extend(thread, value_as_list(chosen), item)
                   : !list_append(thread, value_as_list(chosen), item))
            return VALUE_ERROR;
    }
    Value key = list_as_tuple(thread, value_as_list(chosen));
    return value_is_error(key) ? key : object_get_item(thread, arg, key);
}

static Value substitute(Thread *thread, Value arg, const Tuple *parameters, const Tuple *items) {
    if (value_is_type(arg)) return arg;
    Value replace = generic_find_attribute(thread, arg, "__typing_subst__");
    if (value_is_error(replace)) return replace;
    if (value_is_absent(replace) || value_is_none(replace))
        return substitute_inside(thread, arg, parameters, items);
    ssize_t place = find_parameter(parameters, arg);
    return place < 0 ? arg : object_call1(thread, replace, items->items[place]);
}

// 1: the result of substituting it belongs into the list item by item.
static int is_spread(Thread *thread, Value arg) {
    if (value_is_type(arg)) return 0;
    if (generic_is_unpacked_variable(arg)) return 1;
    Value mark = generic_find_attribute(thread, arg, "__typing_is_unpacked_typevartuple__");
    if (value_is_error(mark)) return -1;
    return value_is_absent(mark) ? 0 : object_is_true(thread, mark);
}

Value generic_substitute(Thread *thread, Value alias, Value args, Value parameters, Value key) {
    const Tuple *wanted = value_as_tuple(parameters);
    if (wanted->length == 0) return raise_type_error(thread, "%R is not a generic class", alias);
    Value given = unpack_arguments(thread, key);
    for (size_t i = 0; i < wanted->length && !value_is_error(given); i++) {
        Value prepare =
            generic_find_attribute(thread, wanted->items[i], "__typing_prepare_subst__");
        if (value_is_error(prepare)) return prepare;
        if (!value_is_absent(prepare) && !value_is_none(prepare))
            given = object_call2(thread, prepare, alias, given);
        if (!value_is_error(given) && !value_is_tuple(given)) given = tuple_of(thread, 1, given);
    }
    if (value_is_error(given)) return given;
    const Tuple *items = value_as_tuple(given);
    if (items->length != wanted->length)
        return raise_type_error(thread, "Too %s arguments for %R; actual %zu, expected %zu",
                                items->length > wanted->length ? "many" : "few", alias,
                                (size_t)items->length, (size_t)wanted->length);
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    for (size_t i = 0; i < value_as_tuple(args)->length; i++) {
        Value arg = value_as_tuple(args)->items[i];
        int spread = is_spread(thread, arg);
        Value made = spread < 0 ? VALUE_ERROR : substitute(thread, arg, wanted, items);
        if (value_is_error(made)) return made;
        bool done = spread && value_is_tuple(made) ? list_extend(thread, value_as_list(list), made)
                                                   : list_append(thread, value_as_list(list), made);
        if (!done) return VALUE_ERROR;
    }
    return list_as_tuple(thread, value_as_list(list));
}
