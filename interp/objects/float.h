// float.h — floats that are no flonum, and the float type; complex beside it.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    double number;
} Float;
typedef struct {
    Object header;
    double real, imaginary;
} Complex;
extern Type float_type, complex_type;
RAISES Value float_new_object(Thread *thread, double number); // a heap float
ALWAYS_INLINE RAISES Value float_new(Thread *thread, double number) {
    Value value = value_try_flonum(number);
    return LIKELY(!value_is_absent(value)) ? value : float_new_object(thread, number);
}
ALWAYS_INLINE bool value_is_float_exact(Value value) {
    return value_is_flonum(value) || value_has_shape(value, SHAPE_float);
}
ALWAYS_INLINE bool value_is_float(Value value) {
    return value_is_flonum(value) || value_has_flag(value, TYPE_FLOAT_SUBCLASS);
}
ALWAYS_INLINE double value_as_double(Value value) {
    ASSERT(value_is_float(value));
    return value_is_flonum(value) ? value_as_flonum(value)
                                  : ((Float *)value_as_object(value))->number;
}
RAISES Value float_parse(Thread *thread, Value str); // float(text)
RAISES Value float_repr_text(Thread *thread, double number);
RAISES Value float_divmod(Thread *thread, double a, double b, double *quotient,
                          double *remainder); // None or error
RAISES Value float_floor_divide(Thread *thread, double a, double b);
RAISES Value float_remainder(Thread *thread, double a, double b);
RAISES Value float_power(Thread *thread, double a, double b); // may be complex
RAISES Value complex_new(Thread *thread, double real, double imaginary);
