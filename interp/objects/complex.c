// complex.c — the type complex. Arithmetic gives CPython's results to the last bit: the same
// formulas, in the same order.
#include "base/float_text.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "objects/float_internal.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <math.h>

typedef struct {
    double real, imaginary;
} Pair;

static bool is_complex(Value value) {
    return value_is_object(value) && type_is_subtype(type_of(value), &complex_type);
}

static Pair pair_of(Value value) {
    Complex *object = (Complex *)value_as_object(value);
    return (Pair){object->real, object->imaginary};
}

static Value make_of_type(Thread *thread, Type *type, Pair pair) {
    Complex *object = type == &complex_type
                          ? (Complex *)heap_allocate(thread->heap, sizeof *object, SHAPE_complex)
                          : (Complex *)type_allocate(thread, type, 0);
    if (!object) return error_is_pending(thread) ? VALUE_ERROR : raise_memory_error(thread);
    object->real = pair.real;
    object->imaginary = pair.imaginary;
    return value_from_object(object);
}

Value complex_new(Thread *thread, double real, double imaginary) {
    return make_of_type(thread, &complex_type, (Pair){real, imaginary});
}

// 1; 0 when the value is no number; -1 with OverflowError.
static int convert(Thread *thread, Value value, Pair *pair) {
    if (is_complex(value)) {
        *pair = pair_of(value);
        return 1;
    }
    pair->imaginary = 0.0;
    return float_convert(thread, value, &pair->real);
}

// Arithmetic

static Pair multiply_pairs(Pair a, Pair b) {
    return (Pair){a.real * b.real - a.imaginary * b.imaginary,
                  a.real * b.imaginary + a.imaginary * b.real};
}

// Smith's algorithm (_Py_c_quot). False when the divisor is 0.
static bool divide_pairs(Pair a, Pair b, Pair *quotient) {
    double real_size = fabs(b.real), imaginary_size = fabs(b.imaginary);
    if (real_size >= imaginary_size) {
        if (real_size == 0.0) return false;
        double ratio = b.imaginary / b.real, divisor = b.real + b.imaginary * ratio;
        *quotient = (Pair){(a.real + a.imaginary * ratio) / divisor,
                           (a.imaginary - a.real * ratio) / divisor};
    } else if (imaginary_size >= real_size) {
        double ratio = b.real / b.imaginary, divisor = b.real * ratio + b.imaginary;
        *quotient = (Pair){(a.real * ratio + a.imaginary) / divisor,
                           (a.imaginary * ratio - a.real) / divisor};
    } else {
        *quotient = (Pair){NAN, NAN};
    }
    return true;
}

// By squaring (c_powi). False: 0 to a negative power.
static bool power_of_int(Pair base, long exponent, Pair *power) {
    Pair result = {1.0, 0.0}, square = base;
    long rest = exponent < 0 ? -exponent : exponent;
    for (long mask = 1; rest >= mask; mask <<= 1) {
        if (rest & mask) result = multiply_pairs(result, square);
        square = multiply_pairs(square, square);
    }
    if (exponent > 0) {
        *power = result;
        return true;
    }
    return divide_pairs((Pair){1.0, 0.0}, result, power);
}

// By polar coordinates (_Py_c_pow). False: 0 to a negative or complex power.
static bool power_of_complex(Pair base, Pair exponent, Pair *power) {
    if (base.real == 0.0 && base.imaginary == 0.0) {
        *power = (Pair){0.0, 0.0};
        return exponent.imaginary == 0.0 && exponent.real >= 0.0;
    }
    double absolute = hypot(base.real, base.imaginary);
    double length = pow(absolute, exponent.real);
    double angle = atan2(base.imaginary, base.real), phase = angle * exponent.real;
    if (exponent.imaginary != 0.0) {
        length /= exp(angle * exponent.imaginary);
        phase += exponent.imaginary * log(absolute);
    }
    *power = (Pair){length * cos(phase), length * sin(phase)};
    return true;
}

Value complex_power(Thread *thread, double real, double imaginary, double exponent_real,
                    double exponent_imaginary) {
    Pair base = {real, imaginary}, exponent = {exponent_real, exponent_imaginary}, power;
    bool small_int = exponent.imaginary == 0.0 && exponent.real == floor(exponent.real) &&
                     fabs(exponent.real) <= 100.0;
    bool defined = small_int ? power_of_int(base, (long)exponent.real, &power)
                             : power_of_complex(base, exponent, &power);
    if (!defined)
        return raise_error(thread, &exception_ZeroDivisionError,
                           "0.0 to a negative or complex power");
    if (isinf(power.real) || isinf(power.imaginary))
        return raise_error(thread, &exception_OverflowError, "complex exponentiation");
    return complex_new(thread, power.real, power.imaginary);
}

static Value quotient_of(Thread *thread, Pair a, Pair b) {
    Pair quotient;
    if (!divide_pairs(a, b, &quotient))
        return raise_error(thread, &exception_ZeroDivisionError, "complex division by zero");
    return make_of_type(thread, &complex_type, quotient);
}

#define OPERATOR(name, expression)                                                                 \
    static Value name(Thread *thread, Value left, Value right) {                                   \
        Pair a, b;                                                                                 \
        int converted = convert(thread, left, &a);                                                 \
        if (converted > 0) converted = convert(thread, right, &b);                                 \
        if (converted <= 0) return converted ? VALUE_ERROR : VALUE_NOT_IMPLEMENTED;                \
        return expression;                                                                         \
    }
OPERATOR(add, complex_new(thread, a.real + b.real, a.imaginary + b.imaginary))
OPERATOR(subtract, complex_new(thread, a.real - b.real, a.imaginary - b.imaginary))
OPERATOR(multiply, make_of_type(thread, &complex_type, multiply_pairs(a, b)))
OPERATOR(true_divide, quotient_of(thread, a, b))
OPERATOR(raise_power, complex_power(thread, a.real, a.imaginary, b.real, b.imaginary))
#undef OPERATOR

static Value power(Thread *thread, Value base, Value exponent, Value modulus) {
    if (!value_is_none(modulus) && !value_is_absent(modulus))
        return raise_value_error(thread, "complex modulo");
    return raise_power(thread, base, exponent);
}

static Value negate(Thread *thread, Value self) {
    Pair pair = pair_of(self);
    return complex_new(thread, -pair.real, -pair.imaginary);
}

static Value exact(Thread *thread, Value self) {
    return value_has_shape(self, SHAPE_complex)
               ? self
               : make_of_type(thread, &complex_type, pair_of(self));
}

static Value absolute(Thread *thread, Value self) {
    Pair pair = pair_of(self);
    double length = hypot(pair.real, pair.imaginary);
    if (isinf(length) && isfinite(pair.real) && isfinite(pair.imaginary))
        return raise_error(thread, &exception_OverflowError, "absolute value too large");
    return float_new(thread, length);
}

static int truth(Thread *thread, Value self) {
    (void)thread;
    Pair pair = pair_of(self);
    return pair.real != 0.0 || pair.imaginary != 0.0;
}

static bool equal_to_real(Pair pair, Value other) {
    if (pair.imaginary != 0.0 || isnan(pair.real)) return false;
    if (value_is_float(other)) return pair.real == value_as_double(other);
    uint64_t scratch;
    return isfinite(pair.real) && bigint_compare_double(int_view(other, &scratch), pair.real) == 0;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    if (op != COMPARE_EQ && op != COMPARE_NE) return VALUE_NOT_IMPLEMENTED;
    Pair a = pair_of(self);
    bool equal;
    if (is_complex(other)) {
        Pair b = pair_of(other);
        equal = a.real == b.real && a.imaginary == b.imaginary;
    } else if (value_is_int(other) || value_is_float(other)) {
        equal = equal_to_real(a, other);
    } else {
        return VALUE_NOT_IMPLEMENTED;
    }
    return value_from_bool(equal == (op == COMPARE_EQ));
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    (void)thread;
    Pair pair = pair_of(self);
    int64_t real = isnan(pair.real) ? hash_address(self.bits) : hash_double(pair.real);
    int64_t imaginary =
        isnan(pair.imaginary) ? hash_address(self.bits) : hash_double(pair.imaginary);
    enum { IMAGINARY_FACTOR = 1000003 };
    *result =
        hash_avoid_minus_one((int64_t)((uint64_t)real + IMAGINARY_FACTOR * (uint64_t)imaginary));
    return true;
}

static Value repr(Thread *thread, Value self) {
    Pair pair = pair_of(self);
    bool alone = pair.real == 0.0 && !signbit(pair.real);
    TextBuffer buffer = {0};
    if (!alone) {
        text_buffer_append_byte(&buffer, '(');
        float_text_format(&buffer, pair.real, 'r', 0, 0);
    }
    float_text_format(&buffer, pair.imaginary, 'r', 0, alone ? 0 : FLOAT_TEXT_SIGN);
    text_buffer_append_text(&buffer, alone ? "j" : "j)");
    return float_take_text(thread, &buffer);
}

// Constructor

// Behind a number at the start of the text: sign, digits, point, exponent, or inf and nan. What is
// wrong inside, float_text_parse will say. NULL when there is none.
static const char *skip_number(const char *text, const char *end) {
    const char *p = text;
    if (p < end && (*p == '+' || *p == '-')) p++;
    static const char *const words[] = {"infinity", "inf", "nan"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t size = strlen(words[i]);
        if ((size_t)(end - p) >= size && strncasecmp(p, words[i], size) == 0) return p + size;
    }
    const char *digits = p;
    while (p < end && ((*p >= '0' && *p <= '9') || *p == '.' || *p == '_')) p++;
    if (p == digits) return NULL;
    if (p < end && (*p == 'e' || *p == 'E')) {
        const char *exponent = p + 1;
        if (exponent < end && (*exponent == '+' || *exponent == '-')) exponent++;
        if (exponent < end && *exponent >= '0' && *exponent <= '9') {
            p = exponent;
            while (p < end && ((*p >= '0' && *p <= '9') || *p == '_')) p++;
        }
    }
    return p;
}

// A number or a bare sign before 'j'; *text moves behind it.
static bool read_part(const char **text, const char *end, double *number) {
    const char *behind = skip_number(*text, end);
    if (behind) {
        bool good = float_text_parse(*text, (size_t)(behind - *text), number) == FLOAT_TEXT_OK;
        *text = behind;
        return good;
    }
    *number = 1.0;
    if (*text < end && (**text == '+' || **text == '-')) {
        if (**text == '-') *number = -1.0;
        (*text)++;
    }
    return *text < end && (**text == 'j' || **text == 'J');
}

static bool is_unit(const char *text, const char *end) {
    return text < end && (*text == 'j' || *text == 'J');
}

static const char *skip_spaces(const char *text, const char *end) {
    while (text < end && (*text == ' ' || (*text >= '\t' && *text <= '\r'))) text++;
    return text;
}

static bool read_pair(const char *text, const char *end, Pair *pair) {
    text = skip_spaces(text, end);
    bool bracketed = text < end && *text == '(';
    if (bracketed) text = skip_spaces(text + 1, end);
    *pair = (Pair){0.0, 0.0};
    double first;
    if (!read_part(&text, end, &first)) return false;
    if (is_unit(text, end)) {
        pair->imaginary = first;
        text++;
    } else {
        pair->real = first;
        if (text < end && (*text == '+' || *text == '-')) {
            if (!read_part(&text, end, &pair->imaginary) || !is_unit(text, end)) return false;
            text++;
        }
    }
    text = skip_spaces(text, end);
    if (bracketed) {
        if (text == end || *text != ')') return false;
        text = skip_spaces(text + 1, end);
    }
    return text == end;
}

static bool is_digit_at(const char *text, size_t size, size_t index) {
    return index < size && text[index] >= '0' && text[index] <= '9';
}

static bool underscores_fit(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (text[i] == '_' &&
            !(i && is_digit_at(text, size, i - 1) && is_digit_at(text, size, i + 1)))
            return false;
    return true;
}

static Value parse(Thread *thread, Type *type, Value str) {
    size_t size;
    const char *text = float_number_text(thread, str, &size);
    if (!text) return VALUE_ERROR;
    if (!underscores_fit(text, size))
        return raise_value_error(thread, "could not convert string to complex: %R", str);
    Pair pair;
    if (!read_pair(text, text + size, &pair))
        return raise_value_error(thread, "complex() arg is a malformed string");
    return make_of_type(thread, type, pair);
}

// value.__complex__(), VALUE_ABSENT if there is none.
static Value ask_for_complex(Thread *thread, Value value) {
    if (value_has_shape(value, SHAPE_complex) || !value_is_object(value)) return VALUE_ABSENT;
    Value method = object_find_special(thread, value, NAMES(thread)->dunder_complex);
    if (value_is_error(method) || value_is_absent(method)) return method;
    Value result = object_call0(thread, method);
    if (value_is_error(result) || is_complex(result)) return result;
    return raise_type_error(thread, "__complex__ returned non-complex (type %T)", result);
}

// A complex number or a real one. *is_complex_number says which.
static bool read_argument(Thread *thread, Value value, const char *message, Pair *pair,
                          bool *is_complex_number) {
    *is_complex_number = is_complex(value);
    if (*is_complex_number) {
        *pair = pair_of(value);
        return true;
    }
    pair->imaginary = 0.0;
    if (!value_is_float(value) && !type_of(value)->to_float && !object_has_index(value)) {
        raise_type_error(thread, message, value);
        return false;
    }
    return object_as_double(thread, value, &pair->real);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value bound[2];
    if (!arguments_bind(thread, "complex", "real=0, imag=0", args, count, names, bound))
        return VALUE_ERROR;
    Value real = bound[0], imaginary = bound[1];
    if (!value_is_absent(real) && value_is_str(real)) {
        if (!value_is_absent(imaginary))
            return raise_type_error(thread, "complex() can't take second arg if first is a string");
        return parse(thread, type, real);
    }
    if (!value_is_absent(imaginary) && value_is_str(imaginary))
        return raise_type_error(thread, "complex() second arg can't be a string");
    if (!value_is_absent(real)) {
        Value converted = ask_for_complex(thread, real);
        if (value_is_error(converted)) return converted;
        if (!value_is_absent(converted)) real = converted;
        if (type == &complex_type && value_is_absent(imaginary) &&
            value_has_shape(real, SHAPE_complex))
            return real;
    }
    Pair a = {0.0, 0.0}, b = {0.0, 0.0};
    bool first_is_complex = false, second_is_complex = false;
    if (!value_is_absent(real) &&
        !read_argument(thread, real,
                       "complex() first argument must be a string or a number, not '%T'", &a,
                       &first_is_complex))
        return VALUE_ERROR;
    if (!value_is_absent(imaginary) &&
        !read_argument(thread, imaginary, "complex() second argument must be a number, not '%T'",
                       &b, &second_is_complex))
        return VALUE_ERROR;
    // Signed zeros survive: only a complex part takes part in the sum.
    if (second_is_complex) a.real -= b.imaginary;
    if (first_is_complex && !value_is_absent(imaginary)) b.real += a.imaginary;
    if (value_is_absent(imaginary)) b.real = a.imaginary;
    return make_of_type(thread, type, (Pair){a.real, b.real});
}

// Methods

static Value get_real(Thread *thread, Value self) { return float_new(thread, pair_of(self).real); }

static Value get_imaginary(Thread *thread, Value self) {
    return float_new(thread, pair_of(self).imaginary);
}

static Value complex_py_conjugate(Thread *thread, Value *args, int count) {
    (void)count;
    Pair pair = pair_of(args[0]);
    return complex_new(thread, pair.real, -pair.imaginary);
}

static Value complex_py_complex(Thread *thread, Value *args, int count) {
    (void)count;
    return exact(thread, args[0]);
}

static Value complex_py_getnewargs(Thread *thread, Value *args, int count) {
    (void)count;
    Value real = get_real(thread, args[0]), imaginary = get_imaginary(thread, args[0]);
    if (value_is_error(real) || value_is_error(imaginary)) return VALUE_ERROR;
    return tuple_of(thread, 2, real, imaginary);
}

static Value complex_py_format(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "__format__", "argument", "str", args[1]);
    return format_spec_complex(thread, args[0], args[1]);
}

static const MethodRow methods[] = {
    {"conjugate", complex_py_conjugate, "self, /",
     "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.", METHOD_INSTANCE},
    {"__complex__", complex_py_complex, "self, /", "Convert this value to exact type complex.",
     METHOD_INSTANCE},
    {"__getnewargs__", complex_py_getnewargs, "self, /", NULL, METHOD_INSTANCE},
    {"__format__", complex_py_format, "self, format_spec, /",
     "Convert to a string according to format_spec.", METHOD_INSTANCE},
    {0},
};

static const GetSetRow getsets[] = {
    {"real", get_real, NULL, "the real part of a complex number"},
    {"imag", get_imaginary, NULL, "the imaginary part of a complex number"},
    {0},
};

Type complex_type = {
    TYPE_STATIC_HEADER(complex),
    .name = "complex",
    .documentation = "Create a complex number from a string or numbers.\n\n"
                     "If a string is given, parse it as a complex number.\n"
                     "If a single number is given, convert it to a complex number.\n"
                     "If the 'real' or 'imag' arguments are given, create a complex number\n"
                     "with the specified real and imaginary components.",
    .basic_size = sizeof(Complex),
    .flags = TYPE_BASE,
    .methods = methods,
    .getsets = getsets,
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
               [BINARY_POWER] = raise_power},
    .power = power,
};
