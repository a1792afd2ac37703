// float_internal.h — what float*.c and complex*.c share beyond float.h.
#pragma once
#include "base/text_buffer.h"
#include "objects/float.h"

// The number as a double: 1, 0 when it is neither float nor int, -1 with OverflowError.
RAISES int float_convert(Thread *thread, Value value, double *result);
// A str of what is in the buffer, which is freed; MemoryError when it failed.
RAISES Value float_take_text(Thread *thread, TextBuffer *buffer);
// Text as the parsers of numbers want it: ASCII, one byte a character, ended by NUL. NULL:
// MemoryError.
RAISES const char *float_number_text(Thread *thread, Value str, size_t *size);
// round(number, digits), correctly rounded: a float.
RAISES Value float_round(Thread *thread, double number, int digits);
// Powers of complex numbers: what float_power does for a negative base.
RAISES Value complex_power(Thread *thread, double real, double imaginary, double exponent_real,
                           double exponent_imaginary);
extern const MethodRow float_methods[];
extern const GetSetRow float_getsets[];
