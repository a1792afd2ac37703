// float.c — the type float: making, arithmetic, comparison, constructor.
//
// Doubles whose exponent is near 0 are flonums in the word; the others, and instances of
// subclasses, are heap objects. Slots get their operands in written order; an int operand is
// converted, except in comparisons, which are exact.
#include "objects/float.h"
#include "base/float_text.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "objects/array.h"
#include "objects/bytes.h"
#include "objects/exception.h"
#include "objects/float_internal.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <errno.h>
#include <math.h>

// Making

Value float_new_object(Thread *thread, double number) {
    Float *object = (Float *)heap_allocate(thread->heap, sizeof(Float), SHAPE_float);
    if (UNLIKELY(!object)) return raise_memory_error(thread);
    object->number = number;
    return value_from_object(object);
}

int float_convert(Thread *thread, Value value, double *result) {
    if (LIKELY(value_is_float(value))) {
        *result = value_as_double(value);
        return 1;
    }
    if (value_is_fixnum(value)) {
        *result = (double)value_as_fixnum(value);
        return 1;
    }
    if (!value_is_int(value)) return 0;
    return int_as_double(thread, value, result) ? 1 : -1;
}

Value float_repr_text(Thread *thread, double number) {
    char text[FLOAT_TEXT_REPR_SIZE];
    size_t size = float_text_repr(number, text);
    Str *str = str_new(thread, size, 0x7F);
    if (!str) return VALUE_ERROR;
    memcpy(str_data(str), text, size);
    return value_from_object(str);
}

Value float_take_text(Thread *thread, TextBuffer *buffer) {
    Value text = buffer->failed ? raise_memory_error(thread)
                                : str_from_utf8(thread, text_buffer_text(buffer), buffer->length);
    text_buffer_free(buffer);
    return text;
}

// Reading

const char *float_number_text(Thread *thread, Value value, size_t *size) {
    Str *str = value_as_str(value);
    *size = str->length;
    if (str_is_ascii(str)) return str_data(str);
    ByteBuffer *buffer = byte_buffer_new(thread, str->length + 1);
    if (!buffer) return NULL;
    unicode_to_number_text(str_data(str), str_kind(str), str->length, (char *)buffer->bytes);
    return (const char *)buffer->bytes;
}

static Value parse(Thread *thread, const char *text, size_t size, Value shown) {
    double number;
    switch (float_text_parse(text, size, &number)) {
    case FLOAT_TEXT_OK: return float_new(thread, number);
    case FLOAT_TEXT_NO_MEMORY: return raise_memory_error(thread);
    default: return raise_value_error(thread, "could not convert string to float: %R", shown);
    }
}

Value float_parse(Thread *thread, Value str) {
    size_t size;
    const char *text = float_number_text(thread, str, &size);
    return text ? parse(thread, text, size, str) : VALUE_ERROR;
}

static Value check_converted(Thread *thread, Value value, Value result) {
    if (value_is_error(result) || value_is_float_exact(result)) return result;
    if (!value_is_float(result))
        return raise_type_error(thread, "%T.__float__ returned non-float (type %T)", value, result);
    if (!warn(
            thread, &exception_DeprecationWarning,
            "%T.__float__ returned non-float (type %T).  The ability to return an instance of a "
            "strict subclass of float is deprecated, and may not be supported in a future version "
            "of Python.",
            value, result))
        return VALUE_ERROR;
    return float_new(thread, value_as_double(result));
}

// float(value).
static Value convert(Thread *thread, Value value) {
    if (value_is_float_exact(value)) return value;
    if (value_is_str(value)) return float_parse(thread, value);
    Type *type = type_of(value);
    if (type->to_float) return check_converted(thread, value, type->to_float(thread, value));
    double number;
    if (object_has_index(value))
        return object_as_double(thread, value, &number) ? float_new(thread, number) : VALUE_ERROR;
    const unsigned char *data;
    size_t size;
    if (bytes_view(value, &data, &size)) return parse(thread, (const char *)data, size, value);
    return raise_type_error(thread, "float() argument must be a string or a real number, not '%T'",
                            value);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value value;
    if (!arguments_bind(thread, "float", "x=0, /", args, count, names, &value)) return VALUE_ERROR;
    Value number = value_is_absent(value) ? VALUE_FLONUM_ZERO : convert(thread, value);
    if (value_is_error(number) || type == &float_type) return number;
    Float *object = (Float *)type_allocate(thread, type, 0);
    if (!object) return VALUE_ERROR;
    object->number = value_as_double(number);
    return value_from_object(object);
}

// Arithmetic

static COLD Value raise_zero_division(Thread *thread, const char *message) {
    return raise_error(thread, &exception_ZeroDivisionError, "%s", message);
}

// The divisor is not 0. Source: _float_div_mod.
static void divide(double a, double b, double *quotient, double *remainder) {
    double rest = fmod(a, b);
    double exact = (a - rest) / b;
    if (rest != 0.0) {
        if ((b < 0.0) != (rest < 0.0)) {
            rest += b;
            exact -= 1.0;
        }
    } else {
        rest = copysign(0.0, b);
    }
    *remainder = rest;
    if (exact == 0.0) {
        *quotient = copysign(0.0, a / b);
        return;
    }
    *quotient = floor(exact);
    if (exact - *quotient > 0.5) *quotient += 1.0;
}

Value float_divmod(Thread *thread, double a, double b, double *quotient, double *remainder) {
    if (b == 0.0) return raise_zero_division(thread, "float divmod()");
    divide(a, b, quotient, remainder);
    return VALUE_NONE;
}

Value float_floor_divide(Thread *thread, double a, double b) {
    if (b == 0.0) return raise_zero_division(thread, "float floor division by zero");
    double quotient, remainder;
    divide(a, b, &quotient, &remainder);
    return float_new(thread, quotient);
}

Value float_remainder(Thread *thread, double a, double b) {
    if (b == 0.0) return raise_zero_division(thread, "float modulo");
    double rest = fmod(a, b);
    if (rest == 0.0) return float_new(thread, copysign(0.0, b));
    return float_new(thread, (b < 0.0) != (rest < 0.0) ? rest + b : rest);
}

static bool is_odd_integer(double number) { return fmod(fabs(number), 2.0) == 1.0; }

// Cases in which an operand is infinite or the base is 0.
static Value power_of_extremes(Thread *thread, double base, double exponent) {
    bool odd = is_odd_integer(exponent);
    if (isinf(exponent)) {
        double size = fabs(base);
        if (size == 1.0) return float_new(thread, 1.0);
        return float_new(thread, (exponent > 0.0) == (size > 1.0) ? INFINITY : 0.0);
    }
    if (isinf(base)) {
        if (exponent > 0.0) return float_new(thread, odd ? base : INFINITY);
        return float_new(thread, odd ? copysign(0.0, base) : 0.0);
    }
    if (exponent < 0.0)
        return raise_zero_division(thread, "0.0 cannot be raised to a negative power");
    return float_new(thread, odd ? base : 0.0);
}

static COLD Value raise_out_of_range(Thread *thread) {
    Value message = str_from_c(thread, "Numerical result out of range");
    if (value_is_error(message)) return message;
    Value args = tuple_of(thread, 2, value_from_fixnum(ERANGE), message);
    if (value_is_error(args)) return args;
    Value exception = exception_new(thread, &exception_OverflowError, args);
    return value_is_error(exception) ? exception : raise_value(thread, exception);
}

Value float_power(Thread *thread, double base, double exponent) {
    if (exponent == 0.0) return float_new(thread, 1.0);
    if (isnan(base)) return float_new(thread, base);
    if (isnan(exponent)) return float_new(thread, base == 1.0 ? 1.0 : exponent);
    if (isinf(exponent) || isinf(base) || base == 0.0)
        return power_of_extremes(thread, base, exponent);
    bool negate = false;
    if (base < 0.0) {
        if (exponent != floor(exponent)) return complex_power(thread, base, 0.0, exponent, 0.0);
        base = -base;
        negate = is_odd_integer(exponent);
    }
    double power = base == 1.0 ? 1.0 : pow(base, exponent);
    if (isinf(power)) return raise_out_of_range(thread);
    return float_new(thread, negate ? -power : power);
}

// Both operands as doubles: 1, 0 when one is no real number, -1 with OverflowError.
ALWAYS_INLINE int convert_both(Thread *thread, Value left, Value right, double *a, double *b) {
    if (LIKELY(value_is_flonum(left) && value_is_flonum(right))) {
        *a = value_as_flonum(left);
        *b = value_as_flonum(right);
        return 1;
    }
    int converted = float_convert(thread, left, a);
    return converted > 0 ? float_convert(thread, right, b) : converted;
}

#define OPERATOR(name, expression)                                                                 \
    static Value name(Thread *thread, Value left, Value right) {                                   \
        double a, b;                                                                               \
        int converted = convert_both(thread, left, right, &a, &b);                                 \
        if (UNLIKELY(converted <= 0)) return converted ? VALUE_ERROR : VALUE_NOT_IMPLEMENTED;      \
        return expression;                                                                         \
    }

static Value quotient_of(Thread *thread, double a, double b) {
    if (UNLIKELY(b == 0.0)) return raise_zero_division(thread, "float division by zero");
    return float_new(thread, a / b);
}

static Value pair_of(Thread *thread, double a, double b) {
    double quotient, remainder;
    if (value_is_error(float_divmod(thread, a, b, &quotient, &remainder))) return VALUE_ERROR;
    Value first = float_new(thread, quotient), second = float_new(thread, remainder);
    if (value_is_error(first) || value_is_error(second)) return VALUE_ERROR;
    return tuple_of(thread, 2, first, second);
}

OPERATOR(add, float_new(thread, a + b))
OPERATOR(subtract, float_new(thread, a - b))
OPERATOR(multiply, float_new(thread, a *b))
OPERATOR(true_divide, quotient_of(thread, a, b))
OPERATOR(floor_divide, float_floor_divide(thread, a, b))
OPERATOR(take_remainder, float_remainder(thread, a, b))
OPERATOR(divide_both, pair_of(thread, a, b))
OPERATOR(raise_power, float_power(thread, a, b))
#undef OPERATOR

static Value power(Thread *thread, Value base, Value exponent, Value modulus) {
    if (!value_is_none(modulus) && !value_is_absent(modulus))
        return raise_type_error(thread,
                                "pow() 3rd argument not allowed unless all arguments are integers");
    return raise_power(thread, base, exponent);
}

static Value negate(Thread *thread, Value self) {
    return float_new(thread, -value_as_double(self));
}

static Value absolute(Thread *thread, Value self) {
    return float_new(thread, fabs(value_as_double(self)));
}

static Value exact(Thread *thread, Value self) {
    return value_is_float_exact(self) ? self : float_new(thread, value_as_double(self));
}

static Value to_int(Thread *thread, Value self) {
    return int_from_double(thread, value_as_double(self));
}

static int truth(Thread *thread, Value self) {
    (void)thread;
    return value_as_double(self) != 0.0;
}

// Comparison

static Value answer(CompareOperator op, int order) {
    switch (op) {
    case COMPARE_LT: return value_from_bool(order < 0);
    case COMPARE_LE: return value_from_bool(order <= 0);
    case COMPARE_EQ: return value_from_bool(order == 0);
    case COMPARE_NE: return value_from_bool(order != 0);
    case COMPARE_GT: return value_from_bool(order > 0);
    case COMPARE_GE: return value_from_bool(order >= 0);
    }
    UNREACHABLE();
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    double a = value_as_double(self);
    if (value_is_float(other)) {
        double b = value_as_double(other);
        if (UNLIKELY(isnan(a) || isnan(b))) return value_from_bool(op == COMPARE_NE);
        return answer(op, a < b ? -1 : a > b);
    }
    if (!value_is_int(other)) return VALUE_NOT_IMPLEMENTED;
    if (isnan(a)) return value_from_bool(op == COMPARE_NE);
    if (isinf(a)) return answer(op, a < 0.0 ? -1 : 1);
    uint64_t scratch;
    return answer(op, -bigint_compare_double(int_view(other, &scratch), a));
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    (void)thread;
    double number = value_as_double(self);
    *result = isnan(number) ? hash_address(self.bits) : hash_double(number);
    return true;
}

static Value repr(Thread *thread, Value self) {
    return float_repr_text(thread, value_as_double(self));
}

Type float_type = {
    TYPE_STATIC_HEADER(float),
    .name = "float",
    .documentation = "Convert a string or number to a floating point number, if possible.",
    .basic_size = sizeof(Float),
    .flags = TYPE_BASE,
    .methods = float_methods,
    .getsets = float_getsets,
    .make = make,
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .truth = truth,
    .unary = {[UNARY_NEGATIVE_] = negate, [UNARY_POSITIVE_] = exact, [UNARY_ABSOLUTE_] = absolute},
    .binary = {[BINARY_ADD] = add,
               [BINARY_SUBTRACT] = subtract,
               [BINARY_MULTIPLY] = multiply,
               [BINARY_TRUE_DIVIDE] = true_divide,
               [BINARY_FLOOR_DIVIDE] = floor_divide,
               [BINARY_REMAINDER] = take_remainder,
               [BINARY_DIVMOD] = divide_both,
               [BINARY_POWER] = raise_power},
    .power = power,
    .to_int = to_int,
    .to_float = exact,
};
