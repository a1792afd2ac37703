// slow_operators.c — BINARY_OP and comparisons in their generic form.
#include "objects/float.h"
#include "objects/int.h"
#include "vm/slow_paths.h"

// The common cases of two small ints or two floats, which the plain form of BINARY_OP meets as
// well; VALUE_ABSENT: not one of them.
static Value fixnum_binary_op(int op, Value left, Value right) {
    switch (op) {
    case BINARY_ADD: return fixnum_add(left, right);
    case BINARY_SUBTRACT: return fixnum_subtract(left, right);
    case BINARY_MULTIPLY: return fixnum_multiply(left, right);
    case BINARY_AND: return (Value){left.bits & right.bits};
    case BINARY_OR: return (Value){left.bits | right.bits};
    case BINARY_XOR: return (Value){(left.bits ^ right.bits) | 1};
    case BINARY_FLOOR_DIVIDE:
        return value_as_fixnum(right) > 0 ? fixnum_floor_divide(left, right) : VALUE_ABSENT;
    case BINARY_REMAINDER:
        return value_as_fixnum(right) > 0 ? fixnum_remainder(left, right) : VALUE_ABSENT;
    case BINARY_RSHIFT: {
        int64_t shift = value_as_fixnum(right);
        if (shift < 0) return VALUE_ABSENT;
        return value_from_fixnum(value_as_fixnum(left) >> (shift > 63 ? 63 : shift));
    }
    case BINARY_LSHIFT: {
        int64_t shift = value_as_fixnum(right), number = value_as_fixnum(left);
        if (shift < 0 || shift > 61) return VALUE_ABSENT;
        if (number > FIXNUM_MAX >> shift || number < FIXNUM_MIN >> shift) return VALUE_ABSENT;
        return value_from_fixnum((int64_t)((uint64_t)number << shift));
    }
    default: return VALUE_ABSENT;
    }
}

static Value flonum_binary_op(int op, double left, double right) {
    switch (op) {
    case BINARY_ADD: return value_try_flonum(left + right);
    case BINARY_SUBTRACT: return value_try_flonum(left - right);
    case BINARY_MULTIPLY: return value_try_flonum(left * right);
    case BINARY_TRUE_DIVIDE: return right != 0 ? value_try_flonum(left / right) : VALUE_ABSENT;
    default: return VALUE_ABSENT;
    }
}

// A float or int of a word as a double; an int is rounded as float(int) rounds it.
static bool small_number(Value value, double *number) {
    if (value_is_flonum(value))
        *number = value_as_flonum(value);
    else if (value_is_fixnum(value))
        *number = (double)value_as_fixnum(value);
    else
        return false;
    return true;
}

Value binary_op(Thread *thread, int op, Value left, Value right) {
    Value result = VALUE_ABSENT;
    double a, b;
    int plain_op = op >= BINARY_INPLACE ? op - BINARY_INPLACE : op;
    if (left.bits & right.bits & 1)
        result = fixnum_binary_op(plain_op, left, right);
    else if (small_number(left, &a) && small_number(right, &b))
        result = flonum_binary_op(plain_op, a, b);
    return LIKELY(!value_is_absent(result)) ? result : object_binary_op(thread, op, left, right);
}

int compare_is_true(Thread *thread, Value left, Value right, int operand) {
    if (value_is_flonum(left) && value_is_flonum(right))
        return double_compare(value_as_flonum(left), value_as_flonum(right), operand);
    Value result = object_compare(thread, left, right, (CompareOperator)(operand >> 4));
    if (value_is_bool(result)) return value_as_bool(result);
    return value_is_error(result) ? -1 : object_is_true(thread, result);
}
