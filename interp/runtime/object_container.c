// object_container.c — length, items, membership and iteration of any value.
#include "objects/dict.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/slots.h"

ssize_t object_length(Thread *thread, Value value) {
    ssize_t (*length)(Thread *, Value) = type_of(value)->length;
    if (length) return length(thread, value);
    raise_type_error(thread, "object of type '%T' has no len()", value);
    return -1;
}

ssize_t object_length_hint(Thread *thread, Value value, ssize_t fallback) {
    if (type_of(value)->length) {
        ssize_t length = type_of(value)->length(thread, value);
        if (length >= 0 || !error_clear_if(thread, &exception_TypeError)) return length;
    }
    Value hint = special_call(thread, value, NAMES(thread)->__length_hint__, NULL, 0);
    if (value_is_error(hint)) return error_clear_if(thread, &exception_TypeError) ? fallback : -1;
    if (value_is_absent(hint) || value_same(hint, VALUE_NOT_IMPLEMENTED)) return fallback;
    if (!value_is_int(hint)) {
        raise_type_error(thread, "__length_hint__ must be an integer, not %T", hint);
        return -1;
    }
    if (int_sign(hint) < 0) {
        raise_value_error(thread, "__length_hint__() should return >= 0");
        return -1;
    }
    ssize_t length;
    return object_as_ssize(thread, hint, &length) ? length : -1;
}

// Class[item]
static Value get_class_item(Thread *thread, Value class, Value key) {
    if (value_as_type(class) == &type_type) return generic_alias_new(thread, class, key);
    Value method = object_find_attribute(thread, class, NAMES(thread)->__class_getitem__);
    if (value_is_error(method)) return method;
    if (!value_is_absent(method) && !value_is_none(method))
        return object_call1(thread, method, key);
    return raise_type_error(thread, "type '%s' is not subscriptable", value_as_type(class)->name);
}

Value object_get_item(Thread *thread, Value container, Value key) {
    Type *type = type_of(container);
    if (LIKELY(type->get_item != NULL)) return type->get_item(thread, container, key);
    if (value_is_type(container)) return get_class_item(thread, container, key);
    return raise_type_error(thread, "'%T' object is not subscriptable", container);
}

bool object_set_item(Thread *thread, Value container, Value key, Value value) {
    Type *type = type_of(container);
    if (LIKELY(type->set_item != NULL)) return type->set_item(thread, container, key, value);
    raise_type_error(thread, "'%T' object does not support item assignment", container);
    return false;
}

bool object_delete_item(Thread *thread, Value container, Value key) {
    Type *type = type_of(container);
    if (LIKELY(type->set_item != NULL)) return type->set_item(thread, container, key, VALUE_ABSENT);
    // CPython asks sequences in other words than the rest.
    bool is_sequence = type->length || type->get_item || (type->flags & TYPE_HEAP);
    raise_type_error(thread, "'%T' object %s support item deletion", container,
                     is_sequence ? "doesn't" : "does not");
    return false;
}

int object_search(Thread *thread, Value iterable, Value item) {
    Value iterator = object_iterate(thread, iterable);
    if (value_is_error(iterator)) {
        if (!error_clear_if(thread, &exception_TypeError)) return -1;
        raise_type_error(thread, "argument of type '%T' is not iterable", iterable);
        return -1;
    }
    for (;;) {
        Value candidate = object_next(thread, iterator);
        if (value_is_error(candidate)) return -1;
        if (value_is_absent(candidate)) return 0;
        int equal = object_equal(thread, candidate, item);
        if (equal != 0) return equal;
    }
}

int object_contains(Thread *thread, Value container, Value item) {
    int (*contains)(Thread *, Value, Value) = type_of(container)->contains;
    return contains ? contains(thread, container, item) : object_search(thread, container, item);
}

// Iteration

bool object_is_iterator(Value value) { return type_of(value)->next != NULL; }

Value object_iterate(Thread *thread, Value value) {
    Type *type = type_of(value);
    if (LIKELY(type->iterate != NULL)) {
        Value iterator = type->iterate(thread, value);
        if (value_is_error(iterator) || object_is_iterator(iterator)) return iterator;
        return raise_type_error(thread, "iter() returned non-iterator of type '%T'", iterator);
    }
    // A builtin type that takes keys without being a sequence (a union of types) is no iterable.
    if (type->get_item && (type->flags & TYPE_HEAP) && !(type->flags & TYPE_DICT_SUBCLASS))
        return sequence_iterator_new(thread, SHAPE_sequence_iterator, value);
    return raise_type_error(thread, "'%T' object is not iterable", value);
}

Value object_next(Thread *thread, Value iterator) {
    Value (*next)(Thread *, Value) = type_of(iterator)->next;
    if (LIKELY(next != NULL)) return next(thread, iterator);
    return raise_type_error(thread, "'%T' object is not an iterator", iterator);
}

Value object_to_list(Thread *thread, Value iterable) {
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    return list_extend(thread, value_as_list(list), iterable) ? list : VALUE_ERROR;
}

Value object_to_tuple(Thread *thread, Value iterable) {
    if (value_is_tuple_exact(iterable)) return iterable;
    if (value_is_list_exact(iterable)) return list_as_tuple(thread, value_as_list(iterable));
    Value list = object_to_list(thread, iterable);
    return value_is_error(list) ? list : list_as_tuple(thread, value_as_list(list));
}
