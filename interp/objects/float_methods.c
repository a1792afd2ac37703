// float_methods.c — the methods of float: rounding, ratios, hexadecimal text, formatting.
//
// Rounding to decimal places goes through text, as in CPython: the digits of the exact value are
// rounded once, half to even, and the result is read back.
#include "base/float_text.h"
#include "objects/float_internal.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <math.h>
#include <stdlib.h>

static double self_of(Value *args) { return value_as_double(args[0]); }

static Value exact(Thread *thread, Value self) {
    return value_is_float_exact(self) ? self : float_new(thread, value_as_double(self));
}

static Value get_imaginary(Thread *thread, Value self) {
    (void)thread, (void)self;
    return VALUE_FLONUM_ZERO;
}

static Value float_py_exact(Thread *thread, Value *args, int count) {
    (void)count;
    return exact(thread, args[0]);
}

static Value float_py_trunc(Thread *thread, Value *args, int count) {
    (void)count;
    return int_from_double(thread, self_of(args));
}

static Value float_py_floor(Thread *thread, Value *args, int count) {
    (void)count;
    return int_from_double(thread, floor(self_of(args)));
}

static Value float_py_ceil(Thread *thread, Value *args, int count) {
    (void)count;
    return int_from_double(thread, ceil(self_of(args)));
}

static Value float_py_is_integer(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    double number = self_of(args);
    return value_from_bool(isfinite(number) && floor(number) == number);
}

// Rounding

// Reads back what the buffer holds.
static Value read_back(Thread *thread, TextBuffer *buffer) {
    double number = 0.0;
    FloatTextStatus status = FLOAT_TEXT_NO_MEMORY;
    if (!buffer->failed) status = float_text_parse(buffer->bytes, buffer->length, &number);
    text_buffer_free(buffer);
    if (status != FLOAT_TEXT_OK) return raise_memory_error(thread);
    if (isinf(number))
        return raise_error(thread, &exception_OverflowError,
                           "rounded value too large to represent");
    return float_new(thread, number);
}

// The number of digits before the point, and whether the value is more than half of the unit that
// is ten times its first digit's. All digits of a double fit EXACT_PRECISION.
static bool measure(double number, int *digits, bool *more_than_half) {
    enum { EXACT_PRECISION = 770 };
    TextBuffer buffer = {0};
    if (!float_text_format(&buffer, fabs(number), 'e', EXACT_PRECISION, 0)) {
        text_buffer_free(&buffer);
        return false;
    }
    char *text = buffer.bytes, *exponent = strchr(text, 'e');
    *digits = atoi(exponent + 1) + 1;
    *exponent = 0;
    *more_than_half =
        text[0] > '5' || (text[0] == '5' && strspn(text + 2, "0") != strlen(text + 2));
    text_buffer_free(&buffer);
    return true;
}

// digits < 0: round to a power of ten.
static Value round_to_unit(Thread *thread, double number, int digits) {
    int whole;
    bool more_than_half;
    if (!measure(number, &whole, &more_than_half)) return raise_memory_error(thread);
    int kept = whole + digits;
    TextBuffer buffer = {0};
    if (kept > 0) {
        float_text_format(&buffer, number, 'e', kept - 1, 0);
    } else if (kept == 0 && more_than_half) {
        text_buffer_append_format(&buffer, "%s1e%d", number < 0 ? "-" : "", whole);
    } else {
        return float_new(thread, copysign(0.0, number));
    }
    return read_back(thread, &buffer);
}

Value float_round(Thread *thread, double number, int digits) {
    if (number == 0.0) return float_new(thread, number);
    if (digits < 0) return round_to_unit(thread, number, digits);
    TextBuffer buffer = {0};
    float_text_format(&buffer, number, 'f', digits, 0);
    return read_back(thread, &buffer);
}

static Value float_py_round(Thread *thread, Value *args, int count) {
    (void)count;
    double number = self_of(args);
    if (value_is_absent(args[1]) || value_is_none(args[1]))
        return int_from_double(thread, isfinite(number) ? rint(number) : number);
    ssize_t digits;
    if (!object_as_clamped(thread, args[1], &digits)) return VALUE_ERROR;
    // Beyond these numbers of digits nothing, or everything, is rounded away.
    enum { MOST_DIGITS = 323, LEAST_DIGITS = -308 };
    if (!isfinite(number) || digits > MOST_DIGITS) return float_new(thread, number);
    if (digits < LEAST_DIGITS) return float_new(thread, 0.0 * number);
    return float_round(thread, number, (int)digits);
}

// Ratios and text

static Value float_py_as_integer_ratio(Thread *thread, Value *args, int count) {
    (void)count;
    double number = self_of(args);
    if (isinf(number))
        return raise_error(thread, &exception_OverflowError,
                           "cannot convert Infinity to integer ratio");
    if (isnan(number)) return raise_value_error(thread, "cannot convert NaN to integer ratio");
    int exponent;
    double fraction = frexp(number, &exponent);
    while (fraction != floor(fraction)) {
        fraction *= 2.0;
        exponent--;
    }
    Value numerator = int_from_double(thread, fraction), denominator = value_from_fixnum(1);
    if (exponent > 0) {
        numerator = int_shift(thread, numerator, value_from_fixnum(exponent), true);
    } else {
        denominator = int_shift(thread, denominator, value_from_fixnum(-exponent), true);
    }
    if (value_is_error(numerator) || value_is_error(denominator)) return VALUE_ERROR;
    return tuple_of(thread, 2, numerator, denominator);
}

static Value float_py_hex(Thread *thread, Value *args, int count) {
    (void)count;
    char text[FLOAT_TEXT_HEX_SIZE];
    return str_from_utf8(thread, text, float_text_hex(self_of(args), text));
}

static Value float_py_fromhex(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_type_error(thread, "bad argument type for built-in operation");
    size_t size;
    const char *text = str_as_utf8(thread, args[1], &size);
    if (!text) return VALUE_ERROR;
    double number;
    switch (float_text_parse_hex(text, size, &number)) {
    case FLOAT_TEXT_OK: break;
    case FLOAT_TEXT_OVERFLOW:
        return raise_error(thread, &exception_OverflowError,
                           "hexadecimal value too large to represent as a float");
    default: return raise_value_error(thread, "invalid hexadecimal floating-point string");
    }
    Value result = float_new(thread, number);
    if (value_is_error(result) || value_as_type(args[0]) == &float_type) return result;
    return object_call1(thread, args[0], result);
}

static Value float_py_getnewargs(Thread *thread, Value *args, int count) {
    (void)count;
    Value number = exact(thread, args[0]);
    return value_is_error(number) ? number : tuple_of(thread, 1, number);
}

static Value float_py_getformat(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "__getformat__", "argument", "str", args[1]);
    Str *kind = value_as_str(args[1]);
    if (!str_equals_c(kind, "double") && !str_equals_c(kind, "float"))
        return raise_value_error(thread, "__getformat__() argument 1 must be 'double' or 'float'");
    uint16_t probe = 1;
    unsigned char first;
    memcpy(&first, &probe, 1);
    return str_from_c(thread, first ? "IEEE, little-endian" : "IEEE, big-endian");
}

static Value float_py_format(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "__format__", "argument", "str", args[1]);
    return format_spec_float(thread, args[0], args[1]);
}

const MethodRow float_methods[] = {
    {"conjugate", float_py_exact, "self, /", "Return self, the complex conjugate of any float.",
     METHOD_INSTANCE},
    {"__trunc__", float_py_trunc, "self, /", "Return the Integral closest to x between 0 and x.",
     METHOD_INSTANCE},
    {"__floor__", float_py_floor, "self, /", "Return the floor as an Integral.", METHOD_INSTANCE},
    {"__ceil__", float_py_ceil, "self, /", "Return the ceiling as an Integral.", METHOD_INSTANCE},
    {"__round__", float_py_round, "self, ndigits=None, /",
     "Return the Integral closest to x, rounding half toward even.\n\n"
     "When an argument is passed, work like built-in round(x, ndigits).",
     METHOD_INSTANCE},
    {"as_integer_ratio", float_py_as_integer_ratio, "self, /",
     "Return a pair of integers, whose ratio is exactly equal to the original float.",
     METHOD_INSTANCE},
    {"fromhex", float_py_fromhex, "type, string, /",
     "Create a floating-point number from a hexadecimal string.", METHOD_CLASS},
    {"hex", float_py_hex, "self, /",
     "Return a hexadecimal representation of a floating-point number.", METHOD_INSTANCE},
    {"is_integer", float_py_is_integer, "self, /", "Return True if the float is an integer.",
     METHOD_INSTANCE},
    {"__getnewargs__", float_py_getnewargs, "self, /", NULL, METHOD_INSTANCE},
    {"__getformat__", float_py_getformat, "type, typestr, /",
     "You probably don't want to use this function.", METHOD_CLASS},
    {"__format__", float_py_format, "self, format_spec, /",
     "Formats the float according to format_spec.", METHOD_INSTANCE},
    {0},
};

const GetSetRow float_getsets[] = {
    {"real", exact, NULL, "the real part of a complex number"},
    {"imag", get_imaginary, NULL, "the imaginary part of a complex number"},
    {0},
};
