// object_compare.c — identity, truth, hash and rich comparison.
#include "objects/float.h"
#include "objects/int.h"
#include "runtime/protocols.h"

bool value_is_identical(Value a, Value b) {
    if (value_same(a, b)) return true;
    if (!value_is_object(a) || !value_is_object(b)) return false;
    uint32_t shape = value_as_object(a)->shape;
    if (shape != value_as_object(b)->shape) return false;
    if (shape == SHAPE_int) return int_compare(a, b) == 0;
    if (shape != SHAPE_float) return false;
    double x = value_as_double(a), y = value_as_double(b);
    return memcmp(&x, &y, sizeof x) == 0;
}

int object_is_true(Thread *thread, Value value) {
    if (value_is_bool(value)) return value_as_bool(value);
    if (value_is_none(value)) return 0;
    Type *type = type_of(value);
    if (type->truth) return type->truth(thread, value);
    if (!type->length) return 1;
    ssize_t length = type->length(thread, value);
    return length < 0 ? -1 : length > 0;
}

bool object_hash(Thread *thread, Value value, int64_t *hash) {
    Type *type = type_of(value);
    if (LIKELY(type->hash != NULL)) return type->hash(thread, value, hash);
    raise_type_error(thread, "unhashable type: '%s'", type->name);
    return false;
}

static const CompareOperator swapped[] = {
    [COMPARE_LT] = COMPARE_GT, [COMPARE_LE] = COMPARE_GE, [COMPARE_EQ] = COMPARE_EQ,
    [COMPARE_NE] = COMPARE_NE, [COMPARE_GT] = COMPARE_LT, [COMPARE_GE] = COMPARE_LE,
};
static const char *const symbols[] = {"<", "<=", "==", "!=", ">", ">="};

static Value compare(Thread *thread, Value a, Value b, CompareOperator op) {
    Type *left = type_of(a), *right = type_of(b);
    bool right_was_asked = false;
    if (left != right && right->compare && type_is_subtype(right, left)) {
        right_was_asked = true;
        Value result = right->compare(thread, b, a, swapped[op]);
        if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
    }
    if (left->compare) {
        Value result = left->compare(thread, a, b, op);
        if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
    }
    if (!right_was_asked && right->compare) {
        Value result = right->compare(thread, b, a, swapped[op]);
        if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
    }
    if (op == COMPARE_EQ) return value_from_bool(value_same(a, b));
    if (op == COMPARE_NE) return value_from_bool(!value_same(a, b));
    return raise_type_error(thread, "'%s' not supported between instances of '%T' and '%T'",
                            symbols[op], a, b);
}

Value object_compare(Thread *thread, Value a, Value b, CompareOperator op) {
    if (!stack_has_room(thread) && !thread_check_stack(thread, " in comparison"))
        return VALUE_ERROR;
    return compare(thread, a, b, op);
}

int object_compare_bool(Thread *thread, Value a, Value b, CompareOperator op) {
    if (value_same(a, b)) {
        if (op == COMPARE_EQ) return 1;
        if (op == COMPARE_NE) return 0;
    }
    Value result = object_compare(thread, a, b, op);
    if (value_is_error(result)) return -1;
    return value_is_bool(result) ? value_as_bool(result) : object_is_true(thread, result);
}

int object_equal(Thread *thread, Value a, Value b) {
    return object_compare_bool(thread, a, b, COMPARE_EQ);
}
