// float_text.h — doubles as text and back, with the results of CPython's float: the shortest digits
// that read back as the same double (repr), correctly rounded formatting to a precision, C99
// hexadecimal, and correctly rounded reading.
//
// Invariants: nothing depends on the C locale; no allocation fails unseen; texts are ASCII.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/text_buffer.h"

enum {
    FLOAT_TEXT_MAX_DIGITS = 17, // significant digits that identify any double
    FLOAT_TEXT_REPR_SIZE = 32,  // bytes that any repr fits in, its NUL included
    FLOAT_TEXT_HEX_SIZE = 32,   // the same for float.hex
};

// The shortest decimal digits that round to the value, the nearest to it among those of that
// length. The value is finite and positive. digits gets no NUL; the value is 0.DIGITS * 10^*point.
// Result: the number of digits, 1 to 17. Source of the algorithm: Raffaello Giulietti, "The
// Schubfach way to render doubles", 2021.
unsigned float_text_shortest(double value, char digits[FLOAT_TEXT_MAX_DIGITS], int *point);

// repr(value): "1.0", "1e+16", "-0.0", "inf", "nan". Result: the length; a NUL stands behind it.
size_t float_text_repr(double value, char text[FLOAT_TEXT_REPR_SIZE]);

enum {
    FLOAT_TEXT_SIGN = 1 << 0,        // a '+' before values that have no '-'
    FLOAT_TEXT_ADD_DOT_0 = 1 << 1,   // ".0" behind what would look like an int
    FLOAT_TEXT_ALTERNATIVE = 1 << 2, // the '#' flag: keep the point, keep trailing zeros of 'g'
};

// Appends the value in a format as CPython's PyOS_double_to_string does: code is one of e, f, g, E,
// F, G (precision digits as in C; capitals also for INF and NAN) or r (repr; precision is ignored).
// "%" is 'f' of 100 times the value with "%" appended by the caller. False when memory is short.
bool float_text_format(TextBuffer *buffer, double value, char code, int precision, unsigned flags);

// float.hex(). Result: the length; a NUL stands behind it.
size_t float_text_hex(double value, char text[FLOAT_TEXT_HEX_SIZE]);

typedef enum {
    FLOAT_TEXT_OK,
    FLOAT_TEXT_INVALID,   // the text is no number: ValueError
    FLOAT_TEXT_OVERFLOW,  // float.fromhex: too large: OverflowError
    FLOAT_TEXT_NO_MEMORY, // MemoryError
} FloatTextStatus;

// Reads the text of a float as float(text) does: ASCII white space around it, sign, digits with
// single underscores between them, point, exponent, or inf, infinity, nan in any case. Values
// beyond the range become infinite or zero. The text need not end with NUL; a str goes through
// unicode_to_number_text first. Results: FLOAT_TEXT_OK,
// FLOAT_TEXT_INVALID, FLOAT_TEXT_NO_MEMORY.
FloatTextStatus float_text_parse(const char *text, size_t length, double *value);

// Reads hexadecimal text as float.fromhex(text) does, rounding once. Results: FLOAT_TEXT_OK,
// FLOAT_TEXT_INVALID, FLOAT_TEXT_OVERFLOW.
FloatTextStatus float_text_parse_hex(const char *text, size_t length, double *value);
