// slow_containers.c — displays, slices, unpacking and pattern matching.
#include "objects/bytes.h"
#include "vm/slow_paths.h"

// Where an end of a slice lies that is an int of a word, or None, which means `whole`; false for
// all others.
static bool plain_end(Value end, size_t length, size_t whole, size_t *place) {
    *place = whole;
    if (value_is_none(end)) return true;
    if (!value_is_fixnum(end)) return false;
    int64_t number = value_as_fixnum(end);
    if (number < 0) number += (int64_t)length;
    *place = number < 0 ? 0 : (uint64_t)number > length ? length : (size_t)number;
    return true;
}

static bool plain_ends(Value start, Value stop, size_t length, size_t *low, size_t *high) {
    if (!plain_end(start, length, 0, low) || !plain_end(stop, length, length, high)) return false;
    if (*high < *low) *high = *low;
    return true;
}

// Without a slice object where neither the container nor an end can tell.
static Value get_plain_slice(Thread *thread, Value container, Value start, Value stop) {
    size_t low, high;
    if (value_is_str_exact(container) &&
        plain_ends(start, stop, value_as_str(container)->length, &low, &high))
        return str_substring(thread, container, low, high);
    if (value_is_list_exact(container) &&
        plain_ends(start, stop, value_as_list(container)->length, &low, &high))
        return low == high ? list_new(thread, 0)
                           : list_from_values(thread, value_as_list(container)->items->items + low,
                                              high - low);
    if (value_is_tuple_exact(container) &&
        plain_ends(start, stop, value_as_tuple(container)->length, &low, &high))
        return high - low == value_as_tuple(container)->length
                   ? container
                   : tuple_from_values(thread, value_as_tuple(container)->items + low, high - low);
    return VALUE_ABSENT;
}

Value get_slice(Thread *thread, Value container, Value start, Value stop) {
    Value part = get_plain_slice(thread, container, start, stop);
    if (!value_is_absent(part)) return part;
    Value slice = slice_new(thread, start, stop, VALUE_NONE);
    return value_is_error(slice) ? slice : object_get_item(thread, container, slice);
}

bool set_slice(Thread *thread, Value container, Value start, Value stop, Value value) {
    Value slice = slice_new(thread, start, stop, VALUE_NONE);
    return !value_is_error(slice) && object_set_item(thread, container, slice, value);
}

Value build_set(Thread *thread, const Value *items, int count) {
    Value set = set_new(thread);
    if (value_is_error(set)) return set;
    for (int i = 0; i < count; i++)
        if (!set_add(thread, value_as_set(set), items[i])) return VALUE_ERROR;
    return set;
}

Value build_map(Thread *thread, const Value *items, int pairs) {
    Value dict = dict_new(thread);
    if (value_is_error(dict)) return dict;
    for (int i = 0; i < pairs; i++)
        if (!dict_set(thread, value_as_dict(dict), items[2 * i], items[2 * i + 1]))
            return VALUE_ERROR;
    return dict;
}

Value build_const_key_map(Thread *thread, const Value *values, int count, Value keys) {
    const Tuple *names = value_as_tuple(keys);
    if ((int)names->length != count)
        return raise_error(thread, &exception_SystemError, "bad BUILD_CONST_KEY_MAP keys argument");
    Value dict = dict_new(thread);
    if (value_is_error(dict)) return dict;
    for (int i = 0; i < count; i++)
        if (!dict_set(thread, value_as_dict(dict), names->items[i], values[i])) return VALUE_ERROR;
    return dict;
}

Value build_slice(Thread *thread, const Value *parts, int count) {
    return slice_new(thread, parts[0], parts[1], count == 3 ? parts[2] : VALUE_NONE);
}

Value format_value(Thread *thread, Value value, int conversion, Value specification) {
    if (!value_is_absent(specification) && !value_is_str(specification))
        return raise_error(thread, &exception_SystemError,
                           "Format specifier must be a string, not %T", specification);
    switch (conversion) {
    case 1: value = object_str(thread, value); break;
    case 2: value = object_repr(thread, value); break;
    case 3: value = object_ascii(thread, value); break;
    default: break;
    }
    if (value_is_error(value)) return value;
    if (value_is_str_exact(value) && value_is_absent(specification)) return value;
    return object_format(thread, value, specification);
}

bool extend_list(Thread *thread, Value list, Value iterable) {
    if (list_extend(thread, value_as_list(list), iterable)) return true;
    Type *type = type_of(iterable);
    if (!type->iterate && !type->get_item && error_clear_if(thread, &exception_TypeError))
        raise_type_error(thread, "Value after * must be an iterable, not %T", iterable);
    return false;
}

bool update_dict(Thread *thread, Value dict, Value mapping) {
    if (dict_merge(thread, value_as_dict(dict), mapping, true)) return true;
    if (error_clear_if(thread, &exception_AttributeError))
        raise_type_error(thread, "'%T' object is not a mapping", mapping);
    return false;
}

static COLD bool raise_cannot_unpack(Thread *thread, Value sequence) {
    const Type *type = type_of(sequence);
    if (!type->iterate && !type->get_item && error_clear_if(thread, &exception_TypeError))
        raise_type_error(thread, "cannot unpack non-iterable %T object", sequence);
    return false;
}

static bool unpack_items(Thread *thread, const Value *items, size_t length, int count,
                         Value *target) {
    if (length < (size_t)count) {
        raise_value_error(thread, "not enough values to unpack (expected %i, got %zu)", count,
                          length);
        return false;
    }
    if (length > (size_t)count) {
        raise_value_error(thread, "too many values to unpack (expected %i)", count);
        return false;
    }
    for (int i = 0; i < count; i++) target[count - 1 - i] = items[i];
    return true;
}

// Takes `count` items off an iterator onto the stack, first on top. `starred` words the error.
static bool unpack_iterator(Thread *thread, Value iterator, int count, Value *top, bool starred,
                            int expected) {
    for (int i = 0; i < count; i++) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return false;
        if (value_is_absent(item)) {
            raise_value_error(thread, "not enough values to unpack (expected %s%i, got %i)",
                              starred ? "at least " : "", expected, i);
            return false;
        }
        top[-i] = item;
    }
    return true;
}

bool unpack_sequence(Thread *thread, Value sequence, int count, Value *target) {
    if (value_is_tuple_exact(sequence)) {
        const Tuple *tuple = value_as_tuple(sequence);
        return unpack_items(thread, tuple->items, tuple->length, count, target);
    }
    if (value_is_list_exact(sequence)) {
        const List *list = value_as_list(sequence);
        return unpack_items(thread, list->length ? list->items->items : NULL, list->length, count,
                            target);
    }
    Value iterator = object_iterate(thread, sequence);
    if (value_is_error(iterator)) return raise_cannot_unpack(thread, sequence);
    if (!unpack_iterator(thread, iterator, count, target + count - 1, false, count)) return false;
    Value item = object_next(thread, iterator);
    if (!value_is_absent(item) && !value_is_error(item))
        raise_value_error(thread, "too many values to unpack (expected %i)", count);
    return value_is_absent(item);
}

bool unpack_starred(Thread *thread, Value sequence, int before, int after, Value *target) {
    Value iterator = object_iterate(thread, sequence);
    if (value_is_error(iterator)) return raise_cannot_unpack(thread, sequence);
    Value *top = target + before + after;
    if (!unpack_iterator(thread, iterator, before, top, true, before + after)) return false;
    Value value = object_to_list(thread, iterator);
    if (value_is_error(value)) return false;
    List *list = value_as_list(value);
    if (list->length < (size_t)after) {
        raise_value_error(thread, "not enough values to unpack (expected at least %i, got %zu)",
                          before + after, (size_t)before + list->length);
        return false;
    }
    top[-before] = value;
    for (int i = 0; i < after; i++) {
        size_t index = list->length - (size_t)after + (size_t)i;
        top[-before - 1 - i] = list->items->items[index];
    }
    for (int i = 0; i < after; i++) list->items->items[--list->length] = VALUE_ABSENT;
    return true;
}

Value get_length(Thread *thread, Value value) {
    ssize_t length = object_length(thread, value);
    return length < 0 ? VALUE_ERROR : value_from_fixnum(length);
}

// None when a key is missing. Keys are looked up by get(), so that a defaultdict makes no entries.
Value match_keys(Thread *thread, Value subject, Value keys) {
    const Tuple *names = value_as_tuple(keys);
    Value values = tuple_new(thread, names->length), seen = set_new(thread);
    if (value_is_error(values) || value_is_error(seen)) return VALUE_ERROR;
    Value get =
        names->length ? object_get_attribute(thread, subject, NAMES(thread)->get) : VALUE_NONE;
    if (value_is_error(get)) return get;
    Value marker = list_new(thread, 0);
    if (value_is_error(marker)) return marker;
    for (size_t i = 0; i < names->length; i++) {
        int duplicate = set_contains(thread, value_as_set(seen), names->items[i]);
        if (duplicate < 0 || !set_add(thread, value_as_set(seen), names->items[i]))
            return VALUE_ERROR;
        if (duplicate)
            return raise_value_error(thread, "mapping pattern checks duplicate key (%R)",
                                     names->items[i]);
        Value value = object_call2(thread, get, names->items[i], marker);
        if (value_is_error(value)) return value;
        if (value_same(value, marker)) return VALUE_NONE;
        value_as_tuple(values)->items[i] = value;
    }
    return values;
}

typedef struct {
    Thread *thread;
    Value subject, type, seen, values;
} ClassMatch;

// One attribute for the result; 0: the subject has none, -1: error.
static int match_attribute(ClassMatch *match, Value name) {
    Thread *thread = match->thread;
    int duplicate = set_contains(thread, value_as_set(match->seen), name);
    if (duplicate < 0) return -1;
    if (duplicate) {
        raise_type_error(thread, "%N() got multiple sub-patterns for attribute %R",
                         value_as_type(match->type), name);
        return -1;
    }
    if (!set_add(thread, value_as_set(match->seen), name)) return -1;
    Value value = object_find_attribute(thread, match->subject, name);
    if (value_is_error(value)) return -1;
    if (value_is_absent(value)) return 0;
    return list_append(thread, value_as_list(match->values), value) ? 1 : -1;
}

// Types whose single positional sub-pattern matches the subject itself (PEP 634).
static bool matches_self(const Type *type) {
    if (type_is_subtype(type, &bytearray_type)) return true;
    return type->flags & (TYPE_INT_SUBCLASS | TYPE_FLOAT_SUBCLASS | TYPE_STR_SUBCLASS |
                          TYPE_BYTES_SUBCLASS | TYPE_TUPLE_SUBCLASS | TYPE_LIST_SUBCLASS |
                          TYPE_DICT_SUBCLASS | TYPE_SET_SUBCLASS | TYPE_FROZENSET_SUBCLASS);
}

static int match_positional(ClassMatch *match, int positional) {
    Thread *thread = match->thread;
    Type *type = value_as_type(match->type);
    Value names = object_find_attribute(thread, match->type, NAMES(thread)->__match_args__);
    if (value_is_error(names)) return -1;
    bool self = value_is_absent(names) && matches_self(type);
    if (!value_is_absent(names) && !value_is_tuple_exact(names)) {
        raise_type_error(thread, "%N.__match_args__ must be a tuple (got %T)", type, names);
        return -1;
    }
    int allowed = self ? 1 : value_is_absent(names) ? 0 : (int)value_as_tuple(names)->length;
    if (allowed < positional) {
        raise_type_error(thread, "%N() accepts %i positional sub-pattern%s (%i given)", type,
                         allowed, allowed == 1 ? "" : "s", positional);
        return -1;
    }
    if (self) return list_append(thread, value_as_list(match->values), match->subject) ? 1 : -1;
    for (int i = 0; i < positional; i++) {
        Value name = value_as_tuple(names)->items[i];
        if (!value_is_str(name)) {
            raise_type_error(thread, "__match_args__ elements must be strings (got %T)", name);
            return -1;
        }
        int matched = match_attribute(match, name);
        if (matched <= 0) return matched;
    }
    return 1;
}

Value match_class(Thread *thread, Value subject, Value type, int positional, Value names) {
    if (!value_is_type(type))
        return raise_type_error(thread, "called match pattern must be a class");
    int is_instance = object_is_instance(thread, subject, type);
    if (is_instance <= 0) return is_instance < 0 ? VALUE_ERROR : VALUE_NONE;
    ClassMatch match = {thread, subject, type, set_new(thread), list_new(thread, 4)};
    if (value_is_error(match.seen) || value_is_error(match.values)) return VALUE_ERROR;
    int matched = positional ? match_positional(&match, positional) : 1;
    const Tuple *keywords = value_as_tuple(names);
    for (size_t i = 0; matched > 0 && i < keywords->length; i++)
        matched = match_attribute(&match, keywords->items[i]);
    if (matched <= 0) return matched < 0 ? VALUE_ERROR : VALUE_NONE;
    return list_as_tuple(thread, value_as_list(match.values));
}
