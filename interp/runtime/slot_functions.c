// slot_functions.c — what stands in the slots of classes made by Python: each function looks its
// dunder up on the class (never on the instance) and calls it (CPython: typeobject.c, slot_tp_*).
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/slots.h"

enum { ARGUMENT_LIMIT = 8 };

// Calls `function`, found on the class, with self before the arguments.
static Value call_found(Thread *thread, Value function, Value self, Value *args, int count,
                        Value names) {
    Type *type = type_of(function);
    if (!(type->flags & TYPE_METHOD_DESCRIPTOR)) {
        if (type->descriptor_get) {
            function = type->descriptor_get(thread, function, self, value_from_type(type_of(self)));
            if (value_is_error(function)) return function;
        }
        return object_call(thread, function, args, count, names);
    }
    int given = count + (value_is_absent(names) ? 0 : (int)value_as_tuple(names)->length);
    Value small[ARGUMENT_LIMIT];
    if (given < ARGUMENT_LIMIT) {
        small[0] = self;
        if (given) memcpy(&small[1], args, (size_t)given * sizeof *args);
        return object_call(thread, function, small, count + 1, names);
    }
    Value window = tuple_new(thread, (size_t)given + 1);
    if (value_is_error(window)) return window;
    Value *items = value_as_tuple(window)->items;
    items[0] = self;
    memcpy(&items[1], args, (size_t)given * sizeof *args);
    return object_call(thread, function, items, count + 1, names);
}

Value special_call(Thread *thread, Value self, Value name, Value *args, int count) {
    Value function = type_find(type_of(self), name);
    if (value_is_absent(function)) return function;
    if (!stack_has_room(thread) && !thread_check_stack(thread, "")) return VALUE_ERROR;
    return call_found(thread, function, self, args, count, VALUE_ABSENT);
}

// The same for a dunder that must be there: AttributeError else.
static Value call_special(Thread *thread, Value self, Value name, Value *args, int count) {
    Value result = special_call(thread, self, name, args, count);
    if (value_is_absent(result)) return raise_error(thread, &exception_AttributeError, "%U", name);
    return result;
}

// Life

Value slot_make(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value function = object_get_attribute(thread, value_from_type(type), NAMES(thread)->__new__);
    if (value_is_error(function)) return function;
    int given = count + (value_is_absent(names) ? 0 : (int)value_as_tuple(names)->length);
    Value window = tuple_new(thread, (size_t)given + 1);
    if (value_is_error(window)) return window;
    Value *items = value_as_tuple(window)->items;
    items[0] = value_from_type(type);
    if (given) memcpy(&items[1], args, (size_t)given * sizeof *args);
    return object_call(thread, function, items, count + 1, names);
}

bool slot_initialize(Thread *thread, Value self, Value *args, int count, Value names) {
    Value function = type_find(type_of(self), NAMES(thread)->__init__);
    if (value_is_absent(function)) {
        Value error = raise_attribute_error(thread, self, NAMES(thread)->__init__);
        return !value_is_error(error);
    }
    if (!stack_has_room(thread) && !thread_check_stack(thread, "")) return false;
    Value result = call_found(thread, function, self, args, count, names);
    if (value_is_error(result)) return false;
    if (value_is_none(result)) return true;
    raise_type_error(thread, "__init__() should return None, not '%T'", result);
    return false;
}

bool slot_finalize(Thread *thread, Value self) {
    Value pending = error_take(thread);
    Value function = type_find(type_of(self), NAMES(thread)->__del__);
    if (!value_is_absent(function)) {
        Value result = call_found(thread, function, self, NULL, 0, VALUE_ABSENT);
        if (value_is_error(result)) error_write_unraisable(thread, function);
    }
    if (!value_is_absent(pending)) error_restore(thread, pending);
    return true;
}

Value slot_call(Thread *thread, Value callable, Value *args, int count, Value names) {
    Value function = type_find(type_of(callable), NAMES(thread)->__call__);
    if (value_is_absent(function))
        return raise_attribute_error(thread, callable, NAMES(thread)->__call__);
    if (!stack_has_room(thread) && !thread_check_stack(thread, " while calling a Python object"))
        return VALUE_ERROR;
    return call_found(thread, function, callable, args, count, names);
}

// Basics

Value slot_repr(Thread *thread, Value self) {
    return call_special(thread, self, NAMES(thread)->__repr__, NULL, 0);
}

Value slot_str(Thread *thread, Value self) {
    return call_special(thread, self, NAMES(thread)->__str__, NULL, 0);
}

bool slot_hash(Thread *thread, Value self, int64_t *hash) {
    Value function = type_find(type_of(self), NAMES(thread)->__hash__);
    if (value_is_absent(function) || value_is_none(function)) {
        raise_type_error(thread, "unhashable type: '%T'", self);
        return false;
    }
    Value result = special_call(thread, self, NAMES(thread)->__hash__, NULL, 0);
    if (value_is_error(result)) return false;
    if (!value_is_int(result)) {
        raise_type_error(thread, "__hash__ method should return an integer");
        return false;
    }
    // A hash that fits is taken as it is; a larger one is folded as an int's hash.
    if (!int_as_int64(result, hash)) return int_hash(result, hash);
    if (*hash == -1) *hash = -2;
    return true;
}

static Value comparison_name(Thread *thread, CompareOperator op) {
    switch (op) {
    case COMPARE_LT: return NAMES(thread)->__lt__;
    case COMPARE_LE: return NAMES(thread)->__le__;
    case COMPARE_EQ: return NAMES(thread)->__eq__;
    case COMPARE_NE: return NAMES(thread)->__ne__;
    case COMPARE_GT: return NAMES(thread)->__gt__;
    default: return NAMES(thread)->__ge__;
    }
}

Value slot_compare(Thread *thread, Value self, Value other, CompareOperator op) {
    Value result = special_call(thread, self, comparison_name(thread, op), &other, 1);
    return value_is_absent(result) ? VALUE_NOT_IMPLEMENTED : result;
}

Value slot_get_attribute(Thread *thread, Value self, Value name) {
    Type *type = type_of(self);
    Value fallback = type_find(type, NAMES(thread)->__getattr__);
    Value getter = type_find(type, NAMES(thread)->__getattribute__);
    bool is_generic = value_has_shape(getter, SHAPE_slot_wrapper) &&
                      ((SlotWrapper *)value_as_object(getter))->function ==
                          (SlotFunction *)object_generic_get_attribute;
    Value found;
    if (is_generic)
        found = value_is_absent(fallback) ? object_generic_get_attribute(thread, self, name)
                                          : object_generic_find_attribute(thread, self, name);
    else
        found = call_special(thread, self, NAMES(thread)->__getattribute__, &name, 1);
    if (value_is_absent(fallback)) return found;
    if (value_is_error(found)) {
        if (!error_clear_if(thread, &exception_AttributeError)) return found;
    } else if (!value_is_absent(found)) {
        return found;
    }
    if (!stack_has_room(thread) && !thread_check_stack(thread, "")) return VALUE_ERROR;
    return call_found(thread, fallback, self, &name, 1, VALUE_ABSENT);
}

bool slot_set_attribute(Thread *thread, Value self, Value name, Value value) {
    Value args[2] = {name, value};
    Value result = value_is_absent(value)
                       ? call_special(thread, self, NAMES(thread)->__delattr__, args, 1)
                       : call_special(thread, self, NAMES(thread)->__setattr__, args, 2);
    return !value_is_error(result);
}

// Iteration

Value slot_iterate(Thread *thread, Value self) {
    Value function = type_find(type_of(self), NAMES(thread)->__iter__);
    if (value_is_none(function))
        return raise_type_error(thread, "'%T' object is not iterable", self);
    Value result = special_call(thread, self, NAMES(thread)->__iter__, NULL, 0);
    if (!value_is_absent(result)) return result;
    if (value_is_absent(type_find(type_of(self), NAMES(thread)->__getitem__)))
        return raise_type_error(thread, "'%T' object is not iterable", self);
    return sequence_iterator_new(thread, SHAPE_sequence_iterator, self);
}

Value slot_next(Thread *thread, Value self) {
    Value result = call_special(thread, self, NAMES(thread)->__next__, NULL, 0);
    if (LIKELY(!value_is_error(result))) return result;
    if (!error_matches(thread, &exception_StopIteration)) return result;
    thread->stop_value = value_as_exception(error_take(thread))->fields[0];
    return VALUE_ABSENT;
}

// Descriptors

Value slot_descriptor_get(Thread *thread, Value self, Value object, Value owner) {
    Value args[2] = {value_is_absent(object) ? VALUE_NONE : object,
                     value_is_absent(owner) ? VALUE_NONE : owner};
    Value result = special_call(thread, self, NAMES(thread)->__get__, args, 2);
    return value_is_absent(result) ? self : result;
}

bool slot_descriptor_set(Thread *thread, Value self, Value object, Value value) {
    Value args[2] = {object, value};
    Value result = value_is_absent(value)
                       ? call_special(thread, self, NAMES(thread)->__delete__, args, 1)
                       : call_special(thread, self, NAMES(thread)->__set__, args, 2);
    return !value_is_error(result);
}

// Containers

static ssize_t check_length(Thread *thread, Value result) {
    result = object_index(thread, result);
    if (value_is_error(result)) return -1;
    if (int_sign(result) < 0) {
        raise_value_error(thread, "__len__() should return >= 0");
        return -1;
    }
    ssize_t length;
    return object_as_ssize(thread, result, &length) ? length : -1;
}

ssize_t slot_length(Thread *thread, Value self) {
    Value result = call_special(thread, self, NAMES(thread)->__len__, NULL, 0);
    return value_is_error(result) ? -1 : check_length(thread, result);
}

Value slot_get_item(Thread *thread, Value self, Value key) {
    return call_special(thread, self, NAMES(thread)->__getitem__, &key, 1);
}

bool slot_set_item(Thread *thread, Value self, Value key, Value value) {
    Value args[2] = {key, value};
    bool deletes = value_is_absent(value);
    Value result = deletes ? special_call(thread, self, NAMES(thread)->__delitem__, args, 1)
                           : special_call(thread, self, NAMES(thread)->__setitem__, args, 2);
    if (value_is_absent(result))
        result = raise_type_error(thread, "'%T' object does not support item %s", self,
                                  deletes ? "deletion" : "assignment");
    return !value_is_error(result);
}

int slot_contains(Thread *thread, Value self, Value item) {
    Value function = type_find(type_of(self), NAMES(thread)->__contains__);
    if (value_is_none(function)) {
        raise_type_error(thread, "'%T' object is not a container", self);
        return -1;
    }
    if (value_is_absent(function)) return object_search(thread, self, item);
    Value result = special_call(thread, self, NAMES(thread)->__contains__, &item, 1);
    return value_is_error(result) ? -1 : object_is_true(thread, result);
}

// Numbers

int slot_truth(Thread *thread, Value self) {
    Value result = special_call(thread, self, NAMES(thread)->__bool__, NULL, 0);
    if (value_is_error(result)) return -1;
    if (value_is_absent(result)) {
        result = special_call(thread, self, NAMES(thread)->__len__, NULL, 0);
        if (value_is_error(result)) return -1;
        if (value_is_absent(result)) return 1;
        ssize_t length = check_length(thread, result);
        return length < 0 ? -1 : length > 0;
    }
    if (value_is_bool(result)) return value_as_bool(result);
    raise_type_error(thread, "__bool__ should return bool, returned %T", result);
    return -1;
}

// Does the subclass on the right give its own answer to the reflected operation?
static int overrides(Thread *thread, Value left, Value right, Value name) {
    Value own = type_find(type_of(right), name);
    if (value_is_absent(own)) return 0;
    Value inherited = type_find(type_of(left), name);
    if (value_is_absent(inherited)) return 1;
    int equal = object_equal(thread, own, inherited);
    return equal < 0 ? -1 : !equal;
}

static Value call_or_decline(Thread *thread, Value self, Value name, Value argument) {
    Value result = special_call(thread, self, name, &argument, 1);
    return value_is_absent(result) ? VALUE_NOT_IMPLEMENTED : result;
}

// SLOT1BINFULL of CPython: the right operand goes first if its class is a subclass that overrides
// the reflected method.
static Value operate(Thread *thread, Value left, Value right, Value name, Value reflected,
                     size_t index, BinarySlot *slot) {
    Type *left_type = type_of(left), *right_type = type_of(right);
    bool try_right = left_type != right_type && right_type->binary[index] == slot;
    if (left_type->binary[index] == slot) {
        if (try_right && type_is_subtype(right_type, left_type)) {
            int overridden = overrides(thread, left, right, reflected);
            if (overridden < 0) return VALUE_ERROR;
            if (overridden) {
                Value result = call_or_decline(thread, right, reflected, left);
                if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
                try_right = false;
            }
        }
        Value result = call_or_decline(thread, left, name, right);
        if (!value_same(result, VALUE_NOT_IMPLEMENTED) || left_type == right_type) return result;
    }
    return try_right ? call_or_decline(thread, right, reflected, left) : VALUE_NOT_IMPLEMENTED;
}

#define BINARY(function, index, dunder, reflected)                                                 \
    Value function(Thread *thread, Value left, Value right) {                                      \
        return operate(thread, left, right, NAMES(thread)->dunder, NAMES(thread)->reflected,       \
                       index, function);                                                           \
    }
BINARY(slot_add, BINARY_ADD, __add__, __radd__)
BINARY(slot_and, BINARY_AND, __and__, __rand__)
BINARY(slot_floordiv, BINARY_FLOOR_DIVIDE, __floordiv__, __rfloordiv__)
BINARY(slot_lshift, BINARY_LSHIFT, __lshift__, __rlshift__)
BINARY(slot_matmul, BINARY_MATRIX_MULTIPLY, __matmul__, __rmatmul__)
BINARY(slot_mul, BINARY_MULTIPLY, __mul__, __rmul__)
BINARY(slot_mod, BINARY_REMAINDER, __mod__, __rmod__)
BINARY(slot_or, BINARY_OR, __or__, __ror__)
BINARY(slot_pow, BINARY_POWER, __pow__, __rpow__)
BINARY(slot_rshift, BINARY_RSHIFT, __rshift__, __rrshift__)
BINARY(slot_sub, BINARY_SUBTRACT, __sub__, __rsub__)
BINARY(slot_truediv, BINARY_TRUE_DIVIDE, __truediv__, __rtruediv__)
BINARY(slot_xor, BINARY_XOR, __xor__, __rxor__)
BINARY(slot_divmod, BINARY_DIVMOD, __divmod__, __rdivmod__)
#undef BINARY

#define INPLACE(function, dunder)                                                                  \
    Value function(Thread *thread, Value left, Value right) {                                      \
        return call_or_decline(thread, left, NAMES(thread)->dunder, right);                        \
    }
INPLACE(slot_iadd, __iadd__)
INPLACE(slot_iand, __iand__)
INPLACE(slot_ifloordiv, __ifloordiv__)
INPLACE(slot_ilshift, __ilshift__)
INPLACE(slot_imatmul, __imatmul__)
INPLACE(slot_imul, __imul__)
INPLACE(slot_imod, __imod__)
INPLACE(slot_ior, __ior__)
INPLACE(slot_ipow, __ipow__)
INPLACE(slot_irshift, __irshift__)
INPLACE(slot_isub, __isub__)
INPLACE(slot_itruediv, __itruediv__)
INPLACE(slot_ixor, __ixor__)
#undef INPLACE

Value slot_power(Thread *thread, Value base, Value exponent, Value modulus) {
    Value args[2] = {exponent, modulus};
    if (type_of(base)->power != slot_power) return VALUE_NOT_IMPLEMENTED;
    return call_special(thread, base, NAMES(thread)->__pow__, args, 2);
}

#define UNARY(function, dunder)                                                                    \
    Value function(Thread *thread, Value self) {                                                   \
        return call_special(thread, self, NAMES(thread)->dunder, NULL, 0);                         \
    }
UNARY(slot_neg, __neg__)
UNARY(slot_pos, __pos__)
UNARY(slot_invert, __invert__)
UNARY(slot_abs, __abs__)
UNARY(slot_to_int, __int__)
UNARY(slot_to_float, __float__)
UNARY(slot_index, __index__)
UNARY(slot_await, __await__)
UNARY(slot_async_iterate, __aiter__)
UNARY(slot_async_next, __anext__)
#undef UNARY
