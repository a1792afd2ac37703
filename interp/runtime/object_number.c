// object_number.c — arithmetic on any values, and conversions to C numbers (CPython: abstract.c).
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "runtime/protocols.h"

static const char *const symbols[BINARY_SLOT_COUNT] = {
    [BINARY_ADD] = "+",
    [BINARY_AND] = "&",
    [BINARY_FLOOR_DIVIDE] = "//",
    [BINARY_LSHIFT] = "<<",
    [BINARY_MATRIX_MULTIPLY] = "@",
    [BINARY_MULTIPLY] = "*",
    [BINARY_REMAINDER] = "%",
    [BINARY_OR] = "|",
    [BINARY_POWER] = "** or pow()",
    [BINARY_RSHIFT] = ">>",
    [BINARY_SUBTRACT] = "-",
    [BINARY_TRUE_DIVIDE] = "/",
    [BINARY_XOR] = "^",
    [BINARY_DIVMOD] = "divmod()",
};
static const char *const inplace_symbols[BINARY_SLOT_COUNT] = {
    [BINARY_ADD] = "+=",
    [BINARY_AND] = "&=",
    [BINARY_FLOOR_DIVIDE] = "//=",
    [BINARY_LSHIFT] = "<<=",
    [BINARY_MATRIX_MULTIPLY] = "@=",
    [BINARY_MULTIPLY] = "*=",
    [BINARY_REMAINDER] = "%=",
    [BINARY_OR] = "|=",
    [BINARY_POWER] = "**=",
    [BINARY_RSHIFT] = ">>=",
    [BINARY_SUBTRACT] = "-=",
    [BINARY_TRUE_DIVIDE] = "/=",
    [BINARY_XOR] = "^=",
};

static Value raise_unsupported(Thread *thread, const char *symbol, Value left, Value right) {
    bool is_print = strcmp(symbol, ">>") == 0 && value_has_shape(left, SHAPE_native_function) &&
                    strcmp(((NativeCallable *)value_as_object(left))->row->name, "print") == 0;
    return raise_type_error(
        thread, "unsupported operand type(s) for %s: '%T' and '%T'%s", symbol, left, right,
        is_print ? ". Did you mean \"print(<message>, file=<output_stream>)\"?" : "");
}

// The slots of both operands; a subclass on the right that has its own slot goes first.
static Value operate(Thread *thread, size_t index, Value left, Value right) {
    Type *left_type = type_of(left), *right_type = type_of(right);
    Value (*first)(Thread *, Value, Value) = left_type->binary[index];
    Value (*second)(Thread *, Value, Value) = right_type->binary[index];
    if (left_type == right_type || second == first) second = NULL;
    if (first) {
        if (second && type_is_subtype(right_type, left_type)) {
            Value result = second(thread, left, right);
            if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
            second = NULL;
        }
        Value result = first(thread, left, right);
        if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
    }
    return second ? second(thread, left, right) : VALUE_NOT_IMPLEMENTED;
}

typedef Value Repeat(Thread *thread, Value self, ssize_t count);

static Value repeat(Thread *thread, Repeat *function, Value sequence, Value times) {
    ssize_t count;
    if (!object_has_index(times))
        return raise_type_error(thread, "can't multiply sequence by non-int of type '%T'", times);
    if (!object_as_ssize(thread, times, &count)) return VALUE_ERROR;
    return function(thread, sequence, count);
}

// Types that CPython gives a table of sequence slots: in place, these are asked for * and no
// others.
static bool has_sequence_slots(const Type *type) {
    return (type->flags & TYPE_HEAP) || type->contains || type->concatenate;
}

// What sequences do for + and * when numbers declined.
static Value operate_on_sequences(Thread *thread, size_t index, bool inplace, Value left,
                                  Value right) {
    Type *left_type = type_of(left), *right_type = type_of(right);
    if (index == BINARY_ADD) {
        if (inplace && left_type->inplace_concatenate)
            return left_type->inplace_concatenate(thread, left, right);
        if (left_type->concatenate) return left_type->concatenate(thread, left, right);
    } else if (index == BINARY_MULTIPLY) {
        if (inplace && left_type->inplace_repeat)
            return repeat(thread, left_type->inplace_repeat, left, right);
        if (left_type->repeat) return repeat(thread, left_type->repeat, left, right);
        if (right_type->repeat && !(inplace && has_sequence_slots(left_type)))
            return repeat(thread, right_type->repeat, right, left);
    }
    const char *symbol = inplace ? inplace_symbols[index] : symbols[index];
    return raise_unsupported(thread, symbol, left, right);
}

Value object_binary_op(Thread *thread, int op, Value left, Value right) {
    bool inplace = op >= BINARY_INPLACE;
    size_t index = (size_t)(inplace ? op - BINARY_INPLACE : op);
    if (inplace) {
        Value (*slot)(Thread *, Value, Value) = type_of(left)->inplace[index];
        if (slot) {
            Value result = slot(thread, left, right);
            if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
        }
    }
    Value result = operate(thread, index, left, right);
    if (LIKELY(!value_same(result, VALUE_NOT_IMPLEMENTED))) return result;
    return operate_on_sequences(thread, index, inplace, left, right);
}

Value object_divmod(Thread *thread, Value left, Value right) {
    Value result = operate(thread, BINARY_DIVMOD, left, right);
    if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
    return raise_unsupported(thread, symbols[BINARY_DIVMOD], left, right);
}

Value object_power(Thread *thread, Value base, Value exponent, Value modulus) {
    if (value_is_none(modulus) || value_is_absent(modulus))
        return object_binary_op(thread, BINARY_POWER, base, exponent);
    Value operands[3] = {base, exponent, modulus};
    Value (*tried[3])(Thread *, Value, Value, Value) = {NULL};
    for (int i = 0; i < 3; i++) {
        tried[i] = type_of(operands[i])->power;
        if (!tried[i] || (i > 0 && tried[i] == tried[0]) || (i > 1 && tried[i] == tried[1]))
            continue;
        Value result = tried[i](thread, base, exponent, modulus);
        if (!value_same(result, VALUE_NOT_IMPLEMENTED)) return result;
    }
    return raise_type_error(thread, "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'",
                            base, exponent, modulus);
}

Value object_unary_op(Thread *thread, UnaryOperator op, Value value) {
    static const char *const names[] = {"unary -", "unary +", "unary ~", "abs()"};
    Value (*slot)(Thread *, Value) = type_of(value)->unary[op];
    if (slot) return slot(thread, value);
    return raise_type_error(thread, "bad operand type for %s: '%T'", names[op], value);
}

// Conversions

bool object_has_index(Value value) { return value_is_int(value) || type_of(value)->index; }

// An int without a subclass.
static Value exact_int(Thread *thread, Value value) {
    if (value_is_int_exact(value)) return value;
    uint64_t scratch;
    return int_from_view(thread, int_view(value, &scratch));
}

Value object_index(Thread *thread, Value value) {
    if (LIKELY(value_is_int_exact(value))) return value;
    if (value_is_int(value)) return exact_int(thread, value);
    Type *type = type_of(value);
    if (!type->index)
        return raise_type_error(thread, "'%T' object cannot be interpreted as an integer", value);
    Value result = type->index(thread, value);
    if (value_is_error(result) || value_is_int_exact(result)) return result;
    if (!value_is_int(result))
        return raise_type_error(thread, "__index__ returned non-int (type %T)", result);
    if (!warn(
            thread, &exception_DeprecationWarning,
            "__index__ returned non-int (type %T).  The ability to return an instance of a strict "
            "subclass of int is deprecated, and may not be supported in a future version of "
            "Python.",
            result))
        return VALUE_ERROR;
    return exact_int(thread, result);
}

bool object_as_int64(Thread *thread, Value value, int64_t *result) {
    Value index = object_index(thread, value);
    if (value_is_error(index)) return false;
    if (int_as_int64(index, result)) return true;
    raise_error(thread, &exception_OverflowError, "Python int too large to convert to C long");
    return false;
}

bool object_as_ssize(Thread *thread, Value value, ssize_t *result) {
    Value index = object_index(thread, value);
    if (value_is_error(index)) return false;
    int64_t number;
    if (int_as_int64(index, &number)) {
        *result = number;
        return true;
    }
    raise_error(thread, &exception_OverflowError, "cannot fit '%T' into an index-sized integer",
                value);
    return false;
}

bool object_as_size(Thread *thread, Value value, ssize_t *result) {
    Value index = object_index(thread, value);
    if (value_is_error(index)) return false;
    int64_t number;
    if (int_as_int64(index, &number)) {
        *result = number;
        return true;
    }
    raise_error(thread, &exception_OverflowError, "Python int too large to convert to C ssize_t");
    return false;
}

bool object_as_index(Thread *thread, Value value, ssize_t *result) {
    Value index = object_index(thread, value);
    if (value_is_error(index)) return false;
    int64_t number;
    if (int_as_int64(index, &number)) {
        *result = number;
        return true;
    }
    raise_error(thread, &exception_IndexError, "cannot fit '%T' into an index-sized integer",
                value);
    return false;
}

bool object_as_clamped(Thread *thread, Value value, ssize_t *result) {
    Value index = object_index(thread, value);
    if (value_is_error(index)) return false;
    int64_t number;
    if (int_as_int64(index, &number))
        *result = number;
    else
        *result = int_sign(index) < 0 ? PTRDIFF_MIN : PTRDIFF_MAX;
    return true;
}

bool object_as_double(Thread *thread, Value value, double *result) {
    if (value_is_float(value)) {
        *result = value_as_double(value);
        return true;
    }
    Type *type = type_of(value);
    if (type->to_float) {
        Value converted = type->to_float(thread, value);
        if (value_is_error(converted)) return false;
        if (!value_is_float(converted)) {
            raise_type_error(thread, "%T.__float__ returned non-float (type %T)", value, converted);
            return false;
        }
        *result = value_as_double(converted);
        return true;
    }
    if (!object_has_index(value)) {
        raise_type_error(thread, "must be real number, not %T", value);
        return false;
    }
    Value index = object_index(thread, value);
    return !value_is_error(index) && int_as_double(thread, index, result);
}
