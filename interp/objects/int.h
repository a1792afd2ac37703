// int.h — integers: fixnums in the word, heap ints (limbs inline) beyond 63 bits; and bool.
//
// Invariant: a number that fits a fixnum is never an exact heap int. Instances of subclasses of int
// are heap ints of any size; int_view reads every form.
#pragma once
#include "base/bigint.h"
#include "runtime/thread.h"

typedef struct {
    Object header;  // kind: 1 if negative
    uint64_t count; // limbs, normalised: no leading zero limb; zero has none
    uint64_t limbs[];
} Int;
extern Type int_type, bool_type;
ALWAYS_INLINE bool value_is_int_exact(Value value) {
    return value_is_fixnum(value) || value_has_shape(value, SHAPE_int);
}
// bool and subclasses included.
ALWAYS_INLINE bool value_is_int(Value value) {
    return value_is_fixnum(value) || value_is_bool(value) ||
           value_has_flag(value, TYPE_INT_SUBCLASS);
}
RAISES Value int_from_int64(Thread *thread, int64_t number);
RAISES Value int_from_uint64(Thread *thread, uint64_t number);
RAISES Value int_from_double(Thread *thread,
                             double number); // truncates; OverflowError, ValueError for inf, nan
// From digits that are known to be valid in that base (2..36), without sign or underscores.
RAISES Value int_from_text(Thread *thread, const char *digits, size_t size, int base);
// int(text, base): whitespace, sign, prefix, underscores; ValueError.
RAISES Value int_parse(Thread *thread, Value str, int base);
RAISES Value int_from_view(Thread *thread, BigintView view); // copies
// Any int as limbs; `scratch` holds the limb of a fixnum.
BigintView int_view(Value value, uint64_t *scratch);
bool int_as_int64(Value value, int64_t *result);   // false: does not fit; nothing raised
bool int_as_uint64(Value value, uint64_t *result); // the same
RAISES bool int_as_double(Thread *thread, Value value, double *result); // OverflowError
int int_sign(Value value);
RAISES Value int_to_str(Thread *thread, Value value,
                        int base); // no prefix; the int/str digit limit for base 10
bool int_hash(Value value, int64_t *hash);
// Arithmetic on any two ints (generic; fixnum fast paths are the caller's).
RAISES Value int_add(Thread *thread, Value a, Value b);
RAISES Value int_subtract(Thread *thread, Value a, Value b);
RAISES Value int_multiply(Thread *thread, Value a, Value b);
RAISES Value int_floor_divide(Thread *thread, Value a, Value b);
RAISES Value int_remainder(Thread *thread, Value a, Value b);
RAISES Value int_true_divide(Thread *thread, Value a, Value b);
RAISES Value int_power(Thread *thread, Value base, Value exponent,
                       Value modulus); // modulus ABSENT: none
RAISES Value int_shift(Thread *thread, Value a, Value b, bool left);
RAISES Value int_bitwise(Thread *thread, BinaryOperator op, Value a, Value b);
RAISES Value int_negate(Thread *thread, Value a);
RAISES Value int_divmod(Thread *thread, Value a, Value b); // tuple
int int_compare(Value a, Value b);
RAISES Value int_gcd(Thread *thread, Value a, Value b);
RAISES Value int_isqrt(Thread *thread, Value a);
