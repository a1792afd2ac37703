// int.c — integers: making them, converting them, arithmetic on them.
//
// The one idea: an operation first tries 64- or 128-bit machine arithmetic; what does not fit goes
// to base/bigint over views of the operands, into a heap int that is made large enough beforehand.
// A result that fits a fixnum becomes one, so that equal exact ints have equal words or equal
// limbs.
#include "objects/int.h"
#include "base/bits.h"
#include "base/hash.h"
#include "objects/float.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include <math.h>

// Making

// A heap int with room for that many limbs: NULL with MemoryError.
static Int *allocate(Thread *thread, size_t limbs) {
    size_t size = sizeof(Int) + limbs * sizeof(uint64_t);
    if (UNLIKELY(limbs > BIGINT_MAX_LIMBS || (limbs > 256 && !heap_has_room(thread->heap, size)))) {
        raise_memory_error(thread);
        return NULL;
    }
    Int *number = (Int *)heap_allocate(thread->heap, size, SHAPE_int);
    if (UNLIKELY(!number)) raise_memory_error(thread);
    return number;
}

static Bigint target_of(Int *number) { return (Bigint){.limbs = number->limbs}; }

// Takes over what an operation left in the limbs of `number`.
static Value finish(Int *number, const Bigint *result) {
    if (result->count <= 1) {
        uint64_t magnitude = result->count ? result->limbs[0] : 0;
        if (magnitude <= (uint64_t)FIXNUM_MAX)
            return value_from_fixnum(result->negative ? -(int64_t)magnitude : (int64_t)magnitude);
        if (result->negative && magnitude == (uint64_t)FIXNUM_MAX + 1)
            return value_from_fixnum(FIXNUM_MIN);
    }
    number->count = result->count;
    number->header.kind = result->negative;
    return value_from_object(number);
}

static Value raise_status(Thread *thread, BigintStatus status) {
    switch (status) {
    case BIGINT_ZERO_DIVISION:
        return raise_error(thread, &exception_ZeroDivisionError, "division by zero");
    case BIGINT_OVERFLOW:
        return raise_error(thread, &exception_OverflowError,
                           "integer division result too large for a float");
    case BIGINT_NOT_INVERTIBLE:
        return raise_value_error(thread, "base is not invertible for the given modulus");
    default: return raise_memory_error(thread);
    }
}

static Value from_int128(Thread *thread, __int128 number) {
    if (LIKELY(number >= FIXNUM_MIN && number <= FIXNUM_MAX))
        return value_from_fixnum((int64_t)number);
    Int *object = allocate(thread, 2);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    bigint_from_int128(number, &target);
    return finish(object, &target);
}

Value int_from_int64(Thread *thread, int64_t number) {
    return LIKELY(value_fits_fixnum(number)) ? value_from_fixnum(number)
                                             : from_int128(thread, number);
}

Value int_from_uint64(Thread *thread, uint64_t number) {
    return LIKELY(number <= (uint64_t)FIXNUM_MAX) ? value_from_fixnum((int64_t)number)
                                                  : from_int128(thread, (__int128)number);
}

Value int_from_double(Thread *thread, double number) {
    if (LIKELY(number > -0x1p62 && number < 0x1p62)) return value_from_fixnum((int64_t)number);
    if (isnan(number)) return raise_value_error(thread, "cannot convert float NaN to integer");
    if (isinf(number))
        return raise_error(thread, &exception_OverflowError,
                           "cannot convert float infinity to integer");
    Int *object = allocate(thread, BIGINT_DOUBLE_LIMBS);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    bigint_from_double(number, &target);
    return finish(object, &target);
}

Value int_from_view(Thread *thread, BigintView view) {
    int64_t small;
    if (bigint_to_int64(view, &small) && value_fits_fixnum(small)) return value_from_fixnum(small);
    Int *object = allocate(thread, view.count);
    if (!object) return VALUE_ERROR;
    memcpy(object->limbs, view.limbs, view.count * sizeof *view.limbs);
    object->count = view.count;
    object->header.kind = view.negative;
    return value_from_object(object);
}

// Reading

// The number of a fixnum or bool.
ALWAYS_INLINE bool is_small(Value value) { return value_is_fixnum(value) || value_is_bool(value); }
ALWAYS_INLINE int64_t small_of(Value value) {
    return value_is_fixnum(value) ? value_as_fixnum(value) : value_as_bool(value);
}

BigintView int_view(Value value, uint64_t *scratch) {
    if (is_small(value)) return bigint_view_of_int64(small_of(value), scratch);
    Int *number = (Int *)value_as_object(value);
    return (BigintView){number->limbs, number->count, number->header.kind};
}

bool int_as_int64(Value value, int64_t *result) {
    if (LIKELY(is_small(value))) {
        *result = small_of(value);
        return true;
    }
    uint64_t scratch;
    return bigint_to_int64(int_view(value, &scratch), result);
}

bool int_as_uint64(Value value, uint64_t *result) {
    uint64_t scratch;
    BigintView view = int_view(value, &scratch);
    if (view.count > 1 || view.negative) return false;
    *result = view.count ? view.limbs[0] : 0;
    return true;
}

bool int_as_double(Thread *thread, Value value, double *result) {
    if (LIKELY(is_small(value))) {
        *result = (double)small_of(value);
        return true;
    }
    uint64_t scratch;
    if (bigint_to_double(int_view(value, &scratch), result)) return true;
    raise_error(thread, &exception_OverflowError, "int too large to convert to float");
    return false;
}

int int_sign(Value value) {
    if (is_small(value)) {
        int64_t number = small_of(value);
        return number < 0 ? -1 : number > 0;
    }
    Int *number = (Int *)value_as_object(value);
    return number->count == 0 ? 0 : number->header.kind ? -1 : 1;
}

bool int_hash(Value value, int64_t *hash) {
    if (LIKELY(is_small(value))) {
        *hash = hash_int64(small_of(value));
    } else {
        uint64_t scratch;
        *hash = bigint_hash(int_view(value, &scratch));
    }
    return true;
}

int int_compare(Value a, Value b) {
    if (LIKELY(is_small(a) && is_small(b))) {
        int64_t left = small_of(a), right = small_of(b);
        return left < right ? -1 : left > right;
    }
    uint64_t left, right;
    return bigint_compare(int_view(a, &left), int_view(b, &right));
}

// Addition, multiplication

typedef void BinaryFunction(BigintView a, BigintView b, Bigint *result);

static Value compute(Thread *thread, BigintView a, BigintView b, size_t limbs,
                     BinaryFunction *function) {
    Int *object = allocate(thread, limbs);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    function(a, b, &target);
    return finish(object, &target);
}

Value int_add(Thread *thread, Value a, Value b) {
    if (LIKELY(is_small(a) && is_small(b)))
        return int_from_int64(thread, small_of(a) + small_of(b));
    uint64_t left, right;
    BigintView x = int_view(a, &left), y = int_view(b, &right);
    return compute(thread, x, y, bigint_add_limbs(x, y), bigint_add);
}

Value int_subtract(Thread *thread, Value a, Value b) {
    if (LIKELY(is_small(a) && is_small(b)))
        return int_from_int64(thread, small_of(a) - small_of(b));
    uint64_t left, right;
    BigintView x = int_view(a, &left), y = int_view(b, &right);
    return compute(thread, x, y, bigint_add_limbs(x, y), bigint_subtract);
}

Value int_multiply(Thread *thread, Value a, Value b) {
    if (LIKELY(is_small(a) && is_small(b)))
        return from_int128(thread, (__int128)small_of(a) * small_of(b));
    uint64_t left, right;
    BigintView x = int_view(a, &left), y = int_view(b, &right);
    return compute(thread, x, y, bigint_multiply_limbs(x, y), bigint_multiply);
}

Value int_negate(Thread *thread, Value a) {
    if (LIKELY(is_small(a))) return int_from_int64(thread, -small_of(a));
    uint64_t scratch;
    BigintView view = int_view(a, &scratch);
    view.negative = view.count > 0 && !view.negative;
    return int_from_view(thread, view);
}

// Division

static COLD Value raise_zero_division(Thread *thread, bool modulo) {
    return raise_error(thread, &exception_ZeroDivisionError,
                       modulo ? "integer modulo by zero" : "integer division or modulo by zero");
}

// Quotient and remainder, of which one may be NULL. False with an exception.
static bool divide(Thread *thread, Value a, Value b, Value *quotient, Value *remainder) {
    uint64_t left, right;
    BigintView x = int_view(a, &left), y = int_view(b, &right);
    if (bigint_is_zero(y)) {
        raise_zero_division(thread, !quotient);
        return false;
    }
    Int *quotient_object = NULL, *remainder_object = NULL;
    Bigint quotient_target, remainder_target;
    if (quotient) {
        quotient_object = allocate(thread, bigint_quotient_limbs(x, y));
        if (!quotient_object) return false;
        quotient_target = target_of(quotient_object);
    }
    if (remainder) {
        remainder_object = allocate(thread, bigint_remainder_limbs(x, y));
        if (!remainder_object) return false;
        remainder_target = target_of(remainder_object);
    }
    BigintStatus status = bigint_floor_divide(x, y, quotient ? &quotient_target : NULL,
                                              remainder ? &remainder_target : NULL);
    if (status != BIGINT_OK) {
        raise_status(thread, status);
        return false;
    }
    if (quotient) *quotient = finish(quotient_object, &quotient_target);
    if (remainder) *remainder = finish(remainder_object, &remainder_target);
    return true;
}

// Rounds down; the divisor is not 0. FIXNUM_MIN / -1 fits an int64.
static int64_t floor_quotient(int64_t a, int64_t b) {
    int64_t quotient = a / b;
    return quotient - ((a % b != 0) & ((a ^ b) < 0));
}

static int64_t floor_remainder(int64_t a, int64_t b) {
    int64_t remainder = a % b;
    return remainder != 0 && (remainder ^ b) < 0 ? remainder + b : remainder;
}

Value int_floor_divide(Thread *thread, Value a, Value b) {
    if (LIKELY(is_small(a) && is_small(b))) {
        if (UNLIKELY(small_of(b) == 0)) return raise_zero_division(thread, false);
        return int_from_int64(thread, floor_quotient(small_of(a), small_of(b)));
    }
    Value quotient;
    return divide(thread, a, b, &quotient, NULL) ? quotient : VALUE_ERROR;
}

Value int_remainder(Thread *thread, Value a, Value b) {
    if (LIKELY(is_small(a) && is_small(b))) {
        if (UNLIKELY(small_of(b) == 0)) return raise_zero_division(thread, true);
        return value_from_fixnum(floor_remainder(small_of(a), small_of(b)));
    }
    Value remainder;
    return divide(thread, a, b, NULL, &remainder) ? remainder : VALUE_ERROR;
}

Value int_divmod(Thread *thread, Value a, Value b) {
    Value quotient, remainder;
    if (LIKELY(is_small(a) && is_small(b))) {
        int64_t x = small_of(a), y = small_of(b);
        if (UNLIKELY(y == 0)) return raise_zero_division(thread, false);
        quotient = int_from_int64(thread, floor_quotient(x, y));
        if (value_is_error(quotient)) return quotient;
        remainder = value_from_fixnum(floor_remainder(x, y));
    } else if (!divide(thread, a, b, &quotient, &remainder)) {
        return VALUE_ERROR;
    }
    return tuple_of(thread, 2, quotient, remainder);
}

Value int_true_divide(Thread *thread, Value a, Value b) {
    // Both are exact as doubles, so the quotient is rounded once.
    enum { EXACT_BITS = 53 };
    if (LIKELY(is_small(a) && is_small(b))) {
        int64_t x = small_of(a), y = small_of(b), limit = (int64_t)1 << EXACT_BITS;
        if (UNLIKELY(y == 0))
            return raise_error(thread, &exception_ZeroDivisionError, "division by zero");
        if (LIKELY(x >= -limit && x <= limit && y >= -limit && y <= limit))
            return float_new(thread, (double)x / (double)y);
    }
    uint64_t left, right;
    double quotient;
    BigintStatus status = bigint_true_divide(int_view(a, &left), int_view(b, &right), &quotient);
    return status == BIGINT_OK ? float_new(thread, quotient) : raise_status(thread, status);
}

// Power

static Value power_modulo(Thread *thread, Value base, Value exponent, Value modulus) {
    uint64_t scratch[3];
    BigintView x = int_view(base, &scratch[0]), y = int_view(exponent, &scratch[1]),
               z = int_view(modulus, &scratch[2]);
    if (bigint_is_zero(z)) return raise_value_error(thread, "pow() 3rd argument cannot be 0");
    Int *object = allocate(thread, z.count);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    BigintStatus status = bigint_power_modulo(x, y, z, &target);
    return status == BIGINT_OK ? finish(object, &target) : raise_status(thread, status);
}

// Squares while the power fits 64 bits; VALUE_ABSENT when it does not.
static Value small_power(int64_t base, uint64_t exponent) {
    int64_t power = 1;
    for (;;) {
        if ((exponent & 1) && __builtin_mul_overflow(power, base, &power)) return VALUE_ABSENT;
        exponent >>= 1;
        if (exponent == 0) break;
        if (__builtin_mul_overflow(base, base, &base)) return VALUE_ABSENT;
    }
    return value_fits_fixnum(power) ? value_from_fixnum(power) : VALUE_ABSENT;
}

// The exponent does not fit 64 bits: only 0, 1 and -1 have such powers.
static Value huge_power(Thread *thread, Value base, Value exponent) {
    uint64_t scratch;
    int64_t number;
    if (!int_as_int64(base, &number) || number < -1 || number > 1)
        return raise_memory_error(thread);
    return value_from_fixnum(number == -1 && !bigint_is_odd(int_view(exponent, &scratch)) ? 1
                                                                                          : number);
}

Value int_power(Thread *thread, Value base, Value exponent, Value modulus) {
    if (!value_is_absent(modulus) && !value_is_none(modulus))
        return power_modulo(thread, base, exponent, modulus);
    if (int_sign(exponent) < 0) {
        double x, y;
        if (!int_as_double(thread, base, &x) || !int_as_double(thread, exponent, &y))
            return VALUE_ERROR;
        return float_power(thread, x, y);
    }
    int64_t times;
    if (!int_as_int64(exponent, &times)) return huge_power(thread, base, exponent);
    if (is_small(base)) {
        Value power = small_power(small_of(base), (uint64_t)times);
        if (!value_is_absent(power)) return power;
    }
    uint64_t scratch;
    BigintView view = int_view(base, &scratch);
    size_t limbs = bigint_power_limbs(view, (uint64_t)times);
    Int *object = allocate(thread, limbs);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    BigintStatus status = bigint_power(view, (uint64_t)times, &target);
    return status == BIGINT_OK ? finish(object, &target) : raise_status(thread, status);
}

// Bits

static Value shift_left(Thread *thread, Value a, uint64_t bits) {
    if (is_small(a) && bits < 62) {
        int64_t number = small_of(a), limit = FIXNUM_MAX >> bits;
        if (number >= -limit && number <= limit)
            return value_from_fixnum((int64_t)((uint64_t)number << bits));
    }
    uint64_t scratch;
    BigintView view = int_view(a, &scratch);
    size_t limbs = bigint_shift_left_limbs(view, bits);
    Int *object = allocate(thread, limbs);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    bigint_shift_left(view, bits, &target);
    return finish(object, &target);
}

static Value shift_right(Thread *thread, Value a, uint64_t bits) {
    if (is_small(a)) return value_from_fixnum(small_of(a) >> (bits < 63 ? bits : 63));
    uint64_t scratch;
    BigintView view = int_view(a, &scratch);
    Int *object = allocate(thread, bigint_shift_right_limbs(view, bits));
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    bigint_shift_right(view, bits, &target);
    return finish(object, &target);
}

Value int_shift(Thread *thread, Value a, Value b, bool left) {
    if (int_sign(b) < 0) return raise_value_error(thread, "negative shift count");
    int64_t bits;
    if (!int_as_int64(b, &bits)) {
        if (int_sign(a) == 0) return value_from_fixnum(0);
        if (!left) return value_from_fixnum(int_sign(a) < 0 ? -1 : 0);
        return raise_error(thread, &exception_OverflowError, "too many digits in integer");
    }
    return left ? shift_left(thread, a, (uint64_t)bits) : shift_right(thread, a, (uint64_t)bits);
}

Value int_bitwise(Thread *thread, BinaryOperator op, Value a, Value b) {
    if (LIKELY(is_small(a) && is_small(b))) {
        int64_t x = small_of(a), y = small_of(b);
        return value_from_fixnum(op == BINARY_AND ? (x & y) : op == BINARY_OR ? (x | y) : (x ^ y));
    }
    uint64_t left, right;
    BigintView x = int_view(a, &left), y = int_view(b, &right);
    BinaryFunction *function = op == BINARY_AND  ? bigint_and
                               : op == BINARY_OR ? bigint_or
                                                 : bigint_xor;
    return compute(thread, x, y, bigint_bitwise_limbs(x, y), function);
}

// Number theory

Value int_gcd(Thread *thread, Value a, Value b) {
    if (is_small(a) && is_small(b)) {
        int64_t x = small_of(a), y = small_of(b);
        while (y != 0) {
            int64_t rest = x % y;
            x = y;
            y = rest;
        }
        return int_from_int64(thread, x < 0 ? -x : x);
    }
    uint64_t left, right;
    BigintView x = int_view(a, &left), y = int_view(b, &right);
    Int *object = allocate(thread, x.count > y.count ? x.count : y.count);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    BigintStatus status = bigint_gcd(x, y, &target);
    return status == BIGINT_OK ? finish(object, &target) : raise_status(thread, status);
}

Value int_isqrt(Thread *thread, Value a) {
    uint64_t scratch;
    BigintView view = int_view(a, &scratch);
    if (view.negative) return raise_value_error(thread, "isqrt() argument must be nonnegative");
    Int *object = allocate(thread, (view.count + 1) / 2);
    if (!object) return VALUE_ERROR;
    Bigint target = target_of(object);
    BigintStatus status = bigint_square_root(view, &target);
    return status == BIGINT_OK ? finish(object, &target) : raise_status(thread, status);
}
