// int_type.c — the type int: constructor, operators, and what Python sees of them.
//
// Operator slots get their operands in written order and answer only for two ints (bools and
// subclasses included); mixtures with float are float's business.
#include "objects/bytes_internal.h"
#include "objects/float.h"
#include "objects/format_spec.h"
#include "objects/int_internal.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

// Constructor

static Value exact(Thread *thread, Value value) {
    if (value_is_int_exact(value)) return value;
    uint64_t scratch;
    return int_from_view(thread, int_view(value, &scratch));
}

// What __int__ returned.
static Value check_converted(Thread *thread, Value result) {
    if (value_is_error(result) || value_is_int_exact(result)) return result;
    if (!value_is_int(result))
        return raise_type_error(thread, "__int__ returned non-int (type %T)", result);
    if (!warn(thread, &exception_DeprecationWarning,
              "__int__ returned non-int (type %T).  The ability to return an instance of a strict "
              "subclass of int is deprecated, and may not be supported in a future version of "
              "Python.",
              result))
        return VALUE_ERROR;
    return exact(thread, result);
}

static Value truncate(Thread *thread, Value method) {
    if (!warn(thread, &exception_DeprecationWarning,
              "The delegation of int() to __trunc__ is deprecated."))
        return VALUE_ERROR;
    Value result = object_call0(thread, method);
    if (value_is_error(result)) return result;
    if (!object_has_index(result))
        return raise_type_error(thread, "__trunc__ returned non-Integral (type %T)", result);
    return object_index(thread, result);
}

// int(value).
static Value convert(Thread *thread, Value value) {
    if (value_is_int_exact(value)) return value;
    if (value_is_str_exact(value)) return int_parse(thread, value, 10);
    Type *type = type_of(value);
    if (type->to_int) return check_converted(thread, type->to_int(thread, value));
    if (object_has_index(value)) return object_index(thread, value);
    Value method = object_find_special(thread, value, NAMES(thread)->__trunc__);
    if (value_is_error(method)) return method;
    if (!value_is_absent(method)) return truncate(thread, method);
    const unsigned char *data;
    size_t size;
    if (value_is_str(value)) return int_parse(thread, value, 10);
    if (bytes_view(value, &data, &size)) return int_parse_bytes(thread, value, 10);
    return raise_type_error(
        thread, "int() argument must be a string, a bytes-like object or a real number, not '%T'",
        value);
}

static Value convert_with_base(Thread *thread, Value value, Value base) {
    ssize_t number;
    if (value_is_absent(value)) return raise_type_error(thread, "int() missing string argument");
    if (!object_as_clamped(thread, base, &number)) return VALUE_ERROR;
    if ((number != 0 && number < 2) || number > 36)
        return raise_value_error(thread, "int() base must be >= 2 and <= 36, or 0");
    const unsigned char *data;
    size_t size;
    if (value_is_str(value)) return int_parse(thread, value, (int)number);
    if (bytes_view(value, &data, &size)) return int_parse_bytes(thread, value, (int)number);
    return raise_type_error(thread, "int() can't convert non-string with explicit base");
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    if (LIKELY(count == 1 && type == &int_type && value_is_absent(names)))
        return convert(thread, args[0]);
    Value bound[2];
    if (!arguments_bind(thread, "int", "x=0, /, base=10", args, count, names, bound))
        return VALUE_ERROR;
    Value number;
    if (!value_is_absent(bound[1]))
        number = convert_with_base(thread, bound[0], bound[1]);
    else
        number = value_is_absent(bound[0]) ? value_from_fixnum(0) : convert(thread, bound[0]);
    if (value_is_error(number) || type == &int_type) return number;
    uint64_t scratch;
    BigintView view = int_view(number, &scratch);
    Int *object = (Int *)type_allocate(thread, type, view.count * sizeof *view.limbs);
    if (!object) return VALUE_ERROR;
    if (view.count) memcpy(object->limbs, view.limbs, view.count * sizeof *view.limbs);
    object->count = view.count;
    object->header.kind = view.negative;
    return value_from_object(object);
}

// Operators

static Value repr(Thread *thread, Value self) { return int_to_str(thread, self, 10); }

static bool hash(Thread *thread, Value self, int64_t *result) {
    (void)thread;
    return int_hash(self, result);
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    if (!value_is_int(other)) return VALUE_NOT_IMPLEMENTED;
    int order = int_compare(self, other);
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

#define OPERATOR(name, expression)                                                                 \
    static Value name(Thread *thread, Value left, Value right) {                                   \
        if (UNLIKELY(!value_is_int(left) || !value_is_int(right))) return VALUE_NOT_IMPLEMENTED;   \
        return expression;                                                                         \
    }
OPERATOR(add, int_add(thread, left, right))
OPERATOR(subtract, int_subtract(thread, left, right))
OPERATOR(multiply, int_multiply(thread, left, right))
OPERATOR(floor_divide, int_floor_divide(thread, left, right))
OPERATOR(take_remainder, int_remainder(thread, left, right))
OPERATOR(true_divide, int_true_divide(thread, left, right))
OPERATOR(divide_both, int_divmod(thread, left, right))
OPERATOR(raise_power, int_power(thread, left, right, VALUE_ABSENT))
OPERATOR(shift_left, int_shift(thread, left, right, true))
OPERATOR(shift_right, int_shift(thread, left, right, false))
OPERATOR(bitwise_and, int_bitwise(thread, BINARY_AND, left, right))
OPERATOR(bitwise_or, int_bitwise(thread, BINARY_OR, left, right))
OPERATOR(bitwise_xor, int_bitwise(thread, BINARY_XOR, left, right))
#undef OPERATOR

static Value power(Thread *thread, Value base, Value exponent, Value modulus) {
    if (!value_is_int(base) || !value_is_int(exponent)) return VALUE_NOT_IMPLEMENTED;
    if (!value_is_int(modulus) && !value_is_none(modulus)) return VALUE_NOT_IMPLEMENTED;
    return int_power(thread, base, exponent, modulus);
}

static Value negate(Thread *thread, Value self) { return int_negate(thread, self); }

static Value absolute(Thread *thread, Value self) {
    return int_sign(self) < 0 ? int_negate(thread, self) : exact(thread, self);
}

static Value invert(Thread *thread, Value self) {
    Value negative = int_negate(thread, self);
    if (value_is_error(negative)) return negative;
    return int_subtract(thread, negative, value_from_fixnum(1));
}

static int truth(Thread *thread, Value self) {
    (void)thread;
    return int_sign(self) != 0;
}

static Value to_float(Thread *thread, Value self) {
    double number;
    return int_as_double(thread, self, &number) ? float_new(thread, number) : VALUE_ERROR;
}

// Methods

static Value get_zero(Thread *thread, Value self) {
    (void)thread, (void)self;
    return value_from_fixnum(0);
}

static Value get_one(Thread *thread, Value self) {
    (void)thread, (void)self;
    return value_from_fixnum(1);
}

static Value int_py_exact(Thread *thread, Value *args, int count) {
    (void)count;
    return exact(thread, args[0]);
}

// A fixnum takes as much as one limb would.
static Value int_py_sizeof(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    uint64_t scratch;
    size_t limbs = int_view(args[0], &scratch).count;
    return value_from_fixnum((int64_t)(sizeof(Int) + (limbs ? limbs : 1) * sizeof(uint64_t)));
}

static Value int_py_bit_length(Thread *thread, Value *args, int count) {
    (void)count, (void)thread;
    uint64_t scratch;
    return value_from_fixnum((int64_t)bigint_bit_length(int_view(args[0], &scratch)));
}

static Value int_py_bit_count(Thread *thread, Value *args, int count) {
    (void)count, (void)thread;
    uint64_t scratch;
    return value_from_fixnum((int64_t)bigint_bit_count(int_view(args[0], &scratch)));
}

static Value int_py_is_integer(Thread *thread, Value *args, int count) {
    (void)thread, (void)args, (void)count;
    return VALUE_TRUE;
}

static Value int_py_as_integer_ratio(Thread *thread, Value *args, int count) {
    (void)count;
    Value numerator = exact(thread, args[0]);
    if (value_is_error(numerator)) return numerator;
    return tuple_of(thread, 2, numerator, value_from_fixnum(1));
}

static Value int_py_getnewargs(Thread *thread, Value *args, int count) {
    (void)count;
    Value number = exact(thread, args[0]);
    return value_is_error(number) ? number : tuple_of(thread, 1, number);
}

// The argument `byteorder`: 1 for little, 0 for big, -1 with an exception.
static int read_order(Thread *thread, const char *function, Value order) {
    if (value_is_absent(order)) return 0;
    if (!value_is_str(order)) {
        raise_argument_error(thread, function, "argument 'byteorder'", "str", order);
        return -1;
    }
    if (str_equals_c(value_as_str(order), "little")) return 1;
    if (str_equals_c(value_as_str(order), "big")) return 0;
    raise_value_error(thread, "byteorder must be either 'little' or 'big'");
    return -1;
}

static Value int_py_to_bytes(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t length = 1;
    if (!value_is_absent(args[1]) && !object_as_size(thread, args[1], &length)) return VALUE_ERROR;
    int little = read_order(thread, "to_bytes", args[2]);
    if (little < 0) return VALUE_ERROR;
    int is_signed = value_is_absent(args[3]) ? 0 : object_is_true(thread, args[3]);
    if (is_signed < 0) return VALUE_ERROR;
    if (length < 0) return raise_value_error(thread, "length argument must be non-negative");
    return int_to_bytes(thread, args[0], (size_t)length, little, is_signed);
}

static Value int_py_from_bytes(Thread *thread, Value *args, int count) {
    (void)count;
    int little = read_order(thread, "from_bytes", args[2]);
    if (little < 0) return VALUE_ERROR;
    int is_signed = value_is_absent(args[3]) ? 0 : object_is_true(thread, args[3]);
    if (is_signed < 0) return VALUE_ERROR;
    Value bytes = bytes_from_object(thread, args[1]);
    if (value_is_error(bytes)) return bytes;
    Bytes *data = value_as_bytes(bytes);
    Value number = int_from_bytes(thread, data->data, data->length, little, is_signed);
    if (value_is_error(number) || value_as_type(args[0]) == &int_type) return number;
    return object_call1(thread, args[0], number);
}

// Rounds to a multiple of 10 ** digits, halves to even.
static Value round_to(Thread *thread, Value number, Value digits) {
    uint64_t scratch;
    int64_t zeros;
    if (!int_as_int64(digits, &zeros) ||
        (uint64_t)zeros > bigint_bit_length(int_view(number, &scratch)))
        return value_from_fixnum(0);
    Value unit = int_power(thread, value_from_fixnum(10), digits, VALUE_ABSENT);
    if (value_is_error(unit)) return unit;
    Value pair = int_divmod(thread, number, unit);
    if (value_is_error(pair)) return pair;
    Value quotient = value_as_tuple(pair)->items[0], rest = value_as_tuple(pair)->items[1];
    Value twice = int_add(thread, rest, rest);
    Value down = int_subtract(thread, number, rest);
    if (value_is_error(twice) || value_is_error(down)) return VALUE_ERROR;
    int order = int_compare(twice, unit);
    bool is_odd = bigint_is_odd(int_view(quotient, &scratch));
    return order > 0 || (order == 0 && is_odd) ? int_add(thread, down, unit) : down;
}

static Value int_py_round(Thread *thread, Value *args, int count) {
    (void)count;
    Value number = exact(thread, args[0]);
    if (value_is_error(number) || value_is_absent(args[1])) return number;
    Value digits = object_index(thread, args[1]);
    if (value_is_error(digits) || int_sign(digits) >= 0)
        return value_is_error(digits) ? digits : number;
    Value zeros = int_negate(thread, digits);
    return value_is_error(zeros) ? zeros : round_to(thread, number, zeros);
}

static Value int_py_format(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "__format__", "argument", "str", args[1]);
    return format_spec_int(thread, args[0], args[1]);
}

static const MethodRow methods[] = {
    {"conjugate", int_py_exact, "self, /", "Returns self, the complex conjugate of any int.",
     METHOD_INSTANCE},
    {"__sizeof__", int_py_sizeof, "self, /", "Returns size in memory, in bytes.", METHOD_INSTANCE},
    {"bit_length", int_py_bit_length, "self, /",
     "Number of bits necessary to represent self in binary.\n\n"
     ">>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6",
     METHOD_INSTANCE},
    {"bit_count", int_py_bit_count, "self, /",
     "Number of ones in the binary representation of the absolute value of self.\n\n"
     "Also known as the population count.\n\n"
     ">>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3",
     METHOD_INSTANCE},
    {"to_bytes", int_py_to_bytes, "self, /, length=1, byteorder='big', *, signed=False",
     "Return an array of bytes representing an integer.", METHOD_INSTANCE},
    {"from_bytes", int_py_from_bytes, "type, /, bytes, byteorder='big', *, signed=False",
     "Return the integer represented by the given array of bytes.", METHOD_CLASS},
    {"as_integer_ratio", int_py_as_integer_ratio, "self, /",
     "Return a pair of integers, whose ratio is equal to the original int.", METHOD_INSTANCE},
    {"is_integer", int_py_is_integer, "self, /",
     "Returns True. Exists for duck type compatibility with float.is_integer.", METHOD_INSTANCE},
    {"__trunc__", int_py_exact, "self, /", "Truncating an Integral returns itself.",
     METHOD_INSTANCE},
    {"__floor__", int_py_exact, "self, /", "Flooring an Integral returns itself.", METHOD_INSTANCE},
    {"__ceil__", int_py_exact, "self, /", "Ceiling of an Integral returns itself.",
     METHOD_INSTANCE},
    {"__round__", int_py_round, "self, ndigits=None, /",
     "Rounding an Integral returns itself.\n\n"
     "Rounding with an ndigits argument also returns an integer.",
     METHOD_INSTANCE},
    {"__getnewargs__", int_py_getnewargs, "self, /", NULL, METHOD_INSTANCE},
    {"__format__", int_py_format, "self, format_spec, /",
     "Convert to a string according to format_spec.", METHOD_INSTANCE},
    {0},
};

static const GetSetRow getsets[] = {
    {"real", exact, NULL, "the real part of a complex number"},
    {"imag", get_zero, NULL, "the imaginary part of a complex number"},
    {"numerator", exact, NULL, "the numerator of a rational number in lowest terms"},
    {"denominator", get_one, NULL, "the denominator of a rational number in lowest terms"},
    {0},
};

Type int_type = {
    TYPE_STATIC_HEADER(int),
    .name = "int",
    .documentation = "int([x]) -> integer\n"
                     "int(x, base=10) -> integer\n\n"
                     "Convert a number or string to an integer, or return 0 if no arguments\n"
                     "are given.  If x is a number, return x.__int__().  For floating-point\n"
                     "numbers, this truncates towards zero.\n\n"
                     "If x is not a number or if base is given, then x must be a string,\n"
                     "bytes, or bytearray instance representing an integer literal in the\n"
                     "given base.  The literal can be preceded by '+' or '-' and be surrounded\n"
                     "by whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.\n"
                     "Base 0 means to interpret the base from the string as an integer literal.\n"
                     ">>> int('0b100', base=0)\n4",
    .basic_size = sizeof(Int),
    .flags = TYPE_BASE,
    .methods = methods,
    .getsets = getsets,
    .make = make,
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .truth = truth,
    .unary = {[UNARY_NEGATIVE_] = negate,
              [UNARY_POSITIVE_] = exact,
              [UNARY_INVERT_] = invert,
              [UNARY_ABSOLUTE_] = absolute},
    .binary = {[BINARY_ADD] = add,
               [BINARY_SUBTRACT] = subtract,
               [BINARY_MULTIPLY] = multiply,
               [BINARY_FLOOR_DIVIDE] = floor_divide,
               [BINARY_REMAINDER] = take_remainder,
               [BINARY_TRUE_DIVIDE] = true_divide,
               [BINARY_DIVMOD] = divide_both,
               [BINARY_POWER] = raise_power,
               [BINARY_LSHIFT] = shift_left,
               [BINARY_RSHIFT] = shift_right,
               [BINARY_AND] = bitwise_and,
               [BINARY_OR] = bitwise_or,
               [BINARY_XOR] = bitwise_xor},
    .power = power,
    .to_int = exact,
    .to_float = to_float,
    .index = exact,
};
