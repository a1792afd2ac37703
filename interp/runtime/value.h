// value.h — what the 64 bits of a Value mean.
//
//     ...1    fixnum: a 63-bit signed int, shifted left by one
//     ..10    flonum: a double whose exponent is near 0, rotated left by three so that the low bits
//             of the exponent make room for the tag (the scheme of CRuby's flonum); 0.0 is a word
//             of its own; NaN, infinities, -0.0, subnormals and far exponents are heap floats
//     .100    None, True, False, NotImplemented, Ellipsis, and VALUE_ERROR
//     .000    pointer to a heap object; all-zero is VALUE_ABSENT
//
// VALUE_ABSENT is the NULL of PUSH_NULL, an unbound local, an empty slot, "not found": fresh
// memory is absent. VALUE_ERROR says that thread->exception is set.
#pragma once
#include "memory/object.h"
#include <string.h>

#define VALUE_ABSENT          ((Value){0x00})
#define VALUE_FALSE           ((Value){0x04})
#define VALUE_TRUE            ((Value){0x0c})
#define VALUE_NONE            ((Value){0x14})
#define VALUE_NOT_IMPLEMENTED ((Value){0x1c})
#define VALUE_ELLIPSIS        ((Value){0x24})
#define VALUE_ERROR           ((Value){0x2c})
#define VALUE_FLONUM_ZERO     ((Value){0x8000000000000002u})

#define FIXNUM_MAX (INT64_MAX >> 1)
#define FIXNUM_MIN (INT64_MIN >> 1)

ALWAYS_INLINE bool value_same(Value a, Value b) { return a.bits == b.bits; }
ALWAYS_INLINE bool value_is_absent(Value value) { return value.bits == 0; }
ALWAYS_INLINE bool value_is_error(Value value) { return value.bits == VALUE_ERROR.bits; }
ALWAYS_INLINE bool value_is_none(Value value) { return value.bits == VALUE_NONE.bits; }
ALWAYS_INLINE bool value_is_bool(Value value) { return (value.bits & ~(uint64_t)8) == 0x04; }
ALWAYS_INLINE Value value_from_bool(bool truth) { return (Value){0x04 + ((uint64_t)truth << 3)}; }
ALWAYS_INLINE bool value_as_bool(Value value) {
    ASSERT(value_is_bool(value));
    return value.bits == VALUE_TRUE.bits;
}

// A small int. Not true of bools nor of heap ints: objects/int.h has the tests for those.
ALWAYS_INLINE bool value_is_fixnum(Value value) { return value.bits & 1; }
ALWAYS_INLINE bool value_fits_fixnum(int64_t number) {
    return number >= FIXNUM_MIN && number <= FIXNUM_MAX;
}
ALWAYS_INLINE Value value_from_fixnum(int64_t number) {
    ASSERT(value_fits_fixnum(number));
    return (Value){(uint64_t)number << 1 | 1};
}
ALWAYS_INLINE int64_t value_as_fixnum(Value value) {
    ASSERT(value_is_fixnum(value));
    return (int64_t)value.bits >> 1;
}
// Sum, difference, product of two fixnums; VALUE_ABSENT when it needs a heap int. They return a
// Value so that no handler takes the address of a local.
ALWAYS_INLINE Value fixnum_add(Value a, Value b) {
    int64_t sum;
    if (UNLIKELY(__builtin_add_overflow((int64_t)a.bits, (int64_t)(b.bits - 1), &sum)))
        return VALUE_ABSENT;
    return (Value){(uint64_t)sum};
}
ALWAYS_INLINE Value fixnum_subtract(Value a, Value b) {
    int64_t difference;
    if (UNLIKELY(__builtin_sub_overflow((int64_t)a.bits, (int64_t)(b.bits - 1), &difference)))
        return VALUE_ABSENT;
    return (Value){(uint64_t)difference};
}
ALWAYS_INLINE Value fixnum_multiply(Value a, Value b) {
    int64_t product;
    if (UNLIKELY(__builtin_mul_overflow((int64_t)(a.bits - 1), (int64_t)b.bits >> 1, &product)))
        return VALUE_ABSENT;
    return (Value){(uint64_t)product | 1};
}

// A double in the word itself. Heap floats: objects/float.h.
ALWAYS_INLINE bool value_is_flonum(Value value) { return (value.bits & 3) == 2; }
ALWAYS_INLINE double value_as_flonum(Value value) {
    ASSERT(value_is_flonum(value));
    if (UNLIKELY(value.bits == VALUE_FLONUM_ZERO.bits)) return 0.0;
    uint64_t bits = (2 - (value.bits >> 63)) | (value.bits & ~(uint64_t)3);
    bits = bits >> 3 | bits << 61;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}
// VALUE_ABSENT when the number has no flonum; float_new (objects/float.h) then makes an object.
ALWAYS_INLINE Value value_try_flonum(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    unsigned top = (unsigned)(bits >> 60) & 7;
    if (LIKELY(bits != 0x3000000000000000u && (top == 3 || top == 4)))
        return (Value){((bits << 3 | bits >> 61) & ~(uint64_t)3) | 2};
    return bits == 0 ? VALUE_FLONUM_ZERO : VALUE_ABSENT;
}
