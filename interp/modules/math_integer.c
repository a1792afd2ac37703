// math_integer.c — math's functions of whole numbers.
#include "modules/math_internal.h"
#include "objects/int.h"
#include "objects/tuple.h"
#include <limits.h>

// first * (first + 1) * ... * last by halves, so that the factors of a product are of like size.
static Value product_of_range(Thread *thread, Value first, uint64_t count) {
    enum { SHORT = 8 };
    if (!thread_poll_if_needed(thread)) return VALUE_ERROR;
    if (count <= SHORT) {
        Value product = value_from_fixnum(1);
        for (uint64_t i = 0; i < count && !value_is_error(product); i++) {
            product = int_multiply(thread, product, first);
            first = int_add(thread, first, value_from_fixnum(1));
            if (value_is_error(first)) return first;
        }
        return product;
    }
    uint64_t half = count / 2;
    Value middle = int_add(thread, first, value_from_fixnum((int64_t)half));
    if (value_is_error(middle)) return middle;
    Value low = product_of_range(thread, first, half);
    Value high = value_is_error(low) ? low : product_of_range(thread, middle, count - half);
    return value_is_error(high) ? high : int_multiply(thread, low, high);
}

Value math_py_factorial(Thread *thread, Value *args, int count) {
    (void)count;
    Value number = object_index(thread, args[0]);
    if (value_is_error(number)) return number;
    int64_t n;
    bool fits = int_as_int64(number, &n);
    if (int_sign(number) < 0)
        return raise_value_error(thread, "factorial() not defined for negative values");
    if (!fits)
        return raise_error(thread, &exception_OverflowError,
                           "factorial() argument should not exceed %ld", LONG_MAX);
    return product_of_range(thread, value_from_fixnum(1), (uint64_t)n);
}

// Two arguments that must not be negative.
static bool read_counts(Thread *thread, const Value *args, Value *n, Value *k) {
    *n = object_index(thread, args[0]);
    if (value_is_error(*n)) return false;
    *k = object_index(thread, args[1]);
    if (value_is_error(*k)) return false;
    const char *wrong = int_sign(*n) < 0 ? "n" : int_sign(*k) < 0 ? "k" : NULL;
    if (wrong) raise_value_error(thread, "%s must be a non-negative integer", wrong);
    return !wrong;
}

static Value falling_product(Thread *thread, Value n, int64_t k) {
    Value first = int_subtract(thread, n, value_from_fixnum(k - 1));
    return value_is_error(first) ? first : product_of_range(thread, first, (uint64_t)k);
}

Value math_py_perm(Thread *thread, Value *args, int count) {
    if (value_is_absent(args[1]) || value_is_none(args[1]))
        return math_py_factorial(thread, args, count);
    Value n, k;
    int64_t number;
    if (!read_counts(thread, args, &n, &k)) return VALUE_ERROR;
    if (int_compare(k, n) > 0) return value_from_fixnum(0);
    if (!int_as_int64(k, &number))
        return raise_error(thread, &exception_OverflowError, "k must not exceed %lld", LLONG_MAX);
    return number ? falling_product(thread, n, number) : value_from_fixnum(1);
}

Value math_py_comb(Thread *thread, Value *args, int count) {
    (void)count;
    Value n, k;
    int64_t number;
    if (!read_counts(thread, args, &n, &k)) return VALUE_ERROR;
    if (int_compare(k, n) > 0) return value_from_fixnum(0);
    Value other = int_subtract(thread, n, k);
    if (value_is_error(other)) return other;
    if (int_compare(other, k) < 0) k = other;
    if (!int_as_int64(k, &number))
        return raise_error(thread, &exception_OverflowError, "min(n - k, k) must not exceed %lld",
                           LLONG_MAX);
    if (number == 0) return value_from_fixnum(1);
    Value numerator = falling_product(thread, n, number);
    if (value_is_error(numerator)) return numerator;
    Value denominator = product_of_range(thread, value_from_fixnum(1), (uint64_t)number);
    return value_is_error(denominator) ? denominator
                                       : int_floor_divide(thread, numerator, denominator);
}

static Value absolute(Thread *thread, Value value) {
    return int_sign(value) < 0 ? int_negate(thread, value) : value;
}

// An int argument as an exact int: bool and subclasses become plain.
static Value plain_int(Thread *thread, Value value) {
    Value number = object_index(thread, value);
    if (value_is_error(number) || value_is_int_exact(number)) return number;
    return int_add(thread, number, value_from_fixnum(0));
}

Value math_py_gcd(Thread *thread, Value *args, int count) {
    Value result = value_from_fixnum(0);
    for (int i = 0; i < count; i++) {
        Value number = plain_int(thread, args[i]);
        result = value_is_error(number) ? number : int_gcd(thread, result, number);
        if (value_is_error(result)) return result;
    }
    return absolute(thread, result);
}

Value math_py_lcm(Thread *thread, Value *args, int count) {
    Value result = value_from_fixnum(1);
    for (int i = 0; i < count; i++) {
        Value number = plain_int(thread, args[i]);
        if (value_is_error(number)) return number;
        if (int_sign(result) == 0 || int_sign(number) == 0) {
            result = value_from_fixnum(0);
            continue;
        }
        Value divisor = int_gcd(thread, result, number);
        Value quotient =
            value_is_error(divisor) ? divisor : int_floor_divide(thread, result, divisor);
        result = value_is_error(quotient) ? quotient : int_multiply(thread, quotient, number);
        if (value_is_error(result)) return result;
        result = absolute(thread, result);
        if (value_is_error(result)) return result;
    }
    return result;
}

Value math_py_isqrt(Thread *thread, Value *args, int count) {
    (void)count;
    Value number = object_index(thread, args[0]);
    if (value_is_error(number)) return number;
    if (int_sign(number) < 0)
        return raise_value_error(thread, "isqrt() argument must be nonnegative");
    return int_isqrt(thread, number);
}
