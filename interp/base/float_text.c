// float_text.c — doubles as text and back.
//
// One idea: every decimal text is laid out from a string of digits and the place of its point, as
// CPython's dtoa clients do; the digits come from Schubfach (shortest) or from the C library's
// printf (a given precision), which is correctly rounded.
#define _GNU_SOURCE // strtod_l
#include "base/float_text.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/config.h"
#include "base/rounding.h"

enum {
    MANTISSA_BITS = 52,
    EXPONENT_MASK = 0x7FF,
    EXPONENT_BIAS = 1075, // of the double read as an integer of 53 bits times a power of two
    LEAST_POWER = -292,
};

typedef struct {
    uint64_t high;
    uint64_t low;
} PowerOfTen;

static const PowerOfTen POWERS_OF_TEN[] = {
#include "base/float_powers.inc"
};

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

// Shortest digits

// floor(2^-127 * power * factor), its lowest bit set when the product is not whole ("round to
// odd").
static uint64_t multiply_to_odd(PowerOfTen power, uint64_t factor) {
    BitsUint128 product = (BitsUint128)power.high * factor + bits_multiply_high(power.low, factor);
    return (uint64_t)(product >> 64) | ((uint64_t)product > 1);
}

// The decimal digits * 10^exponent that stands for mantissa * 2^exponent2. Names as in the paper,
// where s is the truncated decimal with all useful digits, and a factor of 4 keeps halves whole.
static uint64_t choose_decimal(uint64_t mantissa, int exponent2, bool closer_below,
                               int *exponent10) {
    bool even = (mantissa & 1) == 0;
    int k = (exponent2 * 1262611 - (closer_below ? 524031 : 0)) >> 22;
    int h = exponent2 + ((-k * 1741647) >> 19) + 1;
    PowerOfTen power = POWERS_OF_TEN[-k - LEAST_POWER];
    uint64_t value = multiply_to_odd(power, 4 * mantissa << h);
    uint64_t lower = multiply_to_odd(power, (4 * mantissa - 2 + closer_below) << h) + !even;
    uint64_t upper = multiply_to_odd(power, (4 * mantissa + 2) << h) - !even;
    uint64_t s = value / 4;
    if (s >= 10) {
        uint64_t shorter = s / 10;
        bool below_inside = lower <= 40 * shorter;
        bool above_inside = 40 * shorter + 40 <= upper;
        if (below_inside != above_inside) {
            *exponent10 = k + 1;
            return shorter + above_inside;
        }
    }
    *exponent10 = k;
    bool below_inside = lower <= 4 * s;
    bool above_inside = 4 * s + 4 <= upper;
    if (below_inside != above_inside) return s + above_inside;
    uint64_t middle = 4 * s + 2;
    return s + (value > middle || (value == middle && (s & 1)));
}

unsigned float_text_shortest(double value, char digits[FLOAT_TEXT_MAX_DIGITS], int *point) {
    uint64_t bits = bits_of(value);
    uint64_t fraction = bits & ((UINT64_C(1) << MANTISSA_BITS) - 1);
    int biased = (int)(bits >> MANTISSA_BITS) & EXPONENT_MASK;
    uint64_t mantissa = biased == 0 ? fraction : fraction | UINT64_C(1) << MANTISSA_BITS;
    int exponent2 = (biased == 0 ? 1 : biased) - EXPONENT_BIAS;
    uint64_t decimal;
    int exponent10 = 0;
    if (exponent2 <= 0 && exponent2 > -53 && (mantissa & ((UINT64_C(1) << -exponent2) - 1)) == 0)
        decimal = mantissa >> -exponent2; // an integer below 2^53
    else
        decimal = choose_decimal(mantissa, exponent2, fraction == 0 && biased > 1, &exponent10);
    char reversed[20];
    unsigned count = 0;
    while (decimal != 0) {
        reversed[count++] = (char)('0' + decimal % 10);
        decimal /= 10;
    }
    *point = exponent10 + (int)count;
    unsigned zeros = 0;
    while (zeros < count && reversed[zeros] == '0') zeros++;
    for (unsigned i = zeros; i < count; i++) digits[count - 1 - i] = reversed[i];
    return count - zeros;
}

// Layout

typedef struct {
    const char *digits;
    int count;
    int point;   // the value is 0.DIGITS * 10^point
    int shown;   // digits to show, from the first one; zeros are added behind the last
    bool scaled; // with an exponent
    char letter; // of the exponent
    bool negative;
} Layout;

// Writes digits from place `from` up to `to`; places outside the digits are zeros.
static void append_digits(TextBuffer *buffer, const Layout *layout, int from, int to) {
    if (from < 0 && from < to) {
        int zeros = (to < 0 ? to : 0) - from;
        text_buffer_append_fill(buffer, '0', (size_t)zeros);
        from += zeros;
    }
    int end = to < layout->count ? to : layout->count;
    if (from < end) {
        text_buffer_append(buffer, layout->digits + from, (size_t)(end - from));
        from = end;
    }
    if (from < to) text_buffer_append_fill(buffer, '0', (size_t)(to - from));
}

static void append_sign(TextBuffer *buffer, bool negative, unsigned flags) {
    if (negative)
        text_buffer_append_byte(buffer, '-');
    else if (flags & FLOAT_TEXT_SIGN)
        text_buffer_append_byte(buffer, '+');
}

static void append_layout(TextBuffer *buffer, const Layout *layout, unsigned flags) {
    int point = layout->scaled ? 1 : layout->point;
    int end = layout->shown;
    if (end < point) end = point;
    if ((flags & FLOAT_TEXT_ADD_DOT_0) && !layout->scaled && end < point + 1) end = point + 1;
    append_sign(buffer, layout->negative, flags);
    append_digits(buffer, layout, point <= 0 ? point - 1 : 0, point);
    if (end > point || (flags & FLOAT_TEXT_ALTERNATIVE)) text_buffer_append_byte(buffer, '.');
    append_digits(buffer, layout, point, end);
    if (layout->scaled)
        text_buffer_append_format(buffer, "%c%+03d", layout->letter, layout->point - 1);
}

// Infinity and NaN. False when the value is finite.
static bool append_special(TextBuffer *buffer, double value, bool capital, unsigned flags) {
    if (isfinite(value)) return false;
    append_sign(buffer, isinf(value) && value < 0, flags);
    if (isnan(value))
        text_buffer_append_text(buffer, capital ? "NAN" : "nan");
    else
        text_buffer_append_text(buffer, capital ? "INF" : "inf");
    return true;
}

static void append_repr(TextBuffer *buffer, double value, unsigned flags) {
    char digits[FLOAT_TEXT_MAX_DIGITS] = "0";
    Layout layout = {digits, 1, 1, 1, false, 'e', signbit(value) != 0};
    if (value != 0.0) {
        layout.count = (int)float_text_shortest(fabs(value), digits, &layout.point);
        layout.shown = layout.count;
        layout.scaled = layout.point <= -4 || layout.point > 16;
    }
    append_layout(buffer, &layout, flags);
}

size_t float_text_repr(double value, char text[FLOAT_TEXT_REPR_SIZE]) {
    // A buffer with room enough never reallocates, so it may borrow the caller's array.
    TextBuffer buffer = {text, 0, FLOAT_TEXT_REPR_SIZE, false};
    if (!append_special(&buffer, value, false, 0))
        append_repr(&buffer, value, FLOAT_TEXT_ADD_DOT_0);
    return buffer.length;
}

// Formatting to a precision

// Bytes of a value's integral part, its sign, and a decimal separator of any locale.
enum { FIXED_ROOM = 310 + 16 };

// Appends printf's text with the locale's decimal separator turned into a point.
static bool append_printed(TextBuffer *buffer, const char *format, int precision, double value) {
    if (!text_buffer_reserve(buffer, (size_t)precision + FIXED_ROOM)) return false;
    size_t room = (size_t)precision + FIXED_ROOM;
    char *start = buffer->bytes + buffer->length;
    int length = snprintf(start, room, format, precision, value);
    if (length < 0 || (size_t)length >= room) {
        *start = '\0';
        buffer->failed = true;
        return false;
    }
    char *out = start;
    bool in_separator = false;
    for (const char *in = start; *in != '\0'; in++) {
        bool plain = (*in >= '0' && *in <= '9') || strchr("+-eE", *in) != NULL;
        if (plain)
            *out++ = *in;
        else if (!in_separator)
            *out++ = '.';
        in_separator = !plain;
    }
    *out = '\0';
    buffer->length += (size_t)(out - start);
    return true;
}

// 'g': as many digits as the precision says, then fixed or scaled by the size of the exponent.
static bool append_general(TextBuffer *buffer, double value, bool capital, int precision,
                           unsigned flags) {
    if (precision == 0) precision = 1;
    TextBuffer printed = {0};
    if (!append_printed(&printed, "%.*e", precision - 1, fabs(value))) {
        text_buffer_free(&printed);
        buffer->failed = true;
        return false;
    }
    char *exponent = strchr(printed.bytes, 'e');
    int point = atoi(exponent + 1) + 1;
    if (value == 0.0) point = 1;
    if (precision > 1) printed.bytes[1] = printed.bytes[0]; // closes the gap of the point
    const char *digits = printed.bytes + (precision > 1);
    int count = precision;
    while (count > 1 && digits[count - 1] == '0') count--;
    int limit = precision - ((flags & FLOAT_TEXT_ADD_DOT_0) != 0);
    Layout layout = {
        .digits = digits,
        .count = count,
        .point = point,
        .shown = flags & FLOAT_TEXT_ALTERNATIVE ? precision : count,
        .scaled = point <= -4 || point > limit,
        .letter = capital ? 'E' : 'e',
        .negative = signbit(value) != 0,
    };
    append_layout(buffer, &layout, flags);
    text_buffer_free(&printed);
    return !buffer->failed;
}

bool float_text_format(TextBuffer *buffer, double value, char code, int precision, unsigned flags) {
    bool capital = code >= 'A' && code <= 'Z';
    bool alternative = (flags & FLOAT_TEXT_ALTERNATIVE) != 0;
    if (append_special(buffer, value, capital, flags)) return !buffer->failed;
    switch (code) {
    case 'e':
    case 'E':
        append_sign(buffer, signbit(value) != 0, flags);
        if (capital)
            return append_printed(buffer, alternative ? "%#.*E" : "%.*E", precision, fabs(value));
        return append_printed(buffer, alternative ? "%#.*e" : "%.*e", precision, fabs(value));
    case 'f':
    case 'F':
        append_sign(buffer, signbit(value) != 0, flags);
        if (!append_printed(buffer, alternative ? "%#.*f" : "%.*f", precision, fabs(value)))
            return false;
        if (precision == 0 && (flags & FLOAT_TEXT_ADD_DOT_0))
            text_buffer_append_text(buffer, alternative ? "0" : ".0");
        return !buffer->failed;
    case 'g':
    case 'G': return append_general(buffer, value, capital, precision, flags);
    default: append_repr(buffer, value, flags); return !buffer->failed;
    }
}

size_t float_text_hex(double value, char text[FLOAT_TEXT_HEX_SIZE]) {
    if (!isfinite(value)) return float_text_repr(value, text);
    uint64_t bits = bits_of(value);
    int biased = (int)(bits >> MANTISSA_BITS) & EXPONENT_MASK;
    uint64_t fraction = bits & ((UINT64_C(1) << MANTISSA_BITS) - 1);
    const char *sign = signbit(value) ? "-" : "";
    int length;
    if (value == 0.0)
        length = snprintf(text, FLOAT_TEXT_HEX_SIZE, "%s0x0.0p+0", sign);
    else
        length = snprintf(text, FLOAT_TEXT_HEX_SIZE, "%s0x%d.%013llxp%+d", sign, biased != 0,
                          (unsigned long long)fraction, (biased == 0 ? 1 : biased) - 1023);
    return (size_t)length;
}

// Reading

static bool is_space(char character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
}

static bool is_digit(char character) { return character >= '0' && character <= '9'; }

static void strip_spaces(const char **text, const char **end) {
    while (*text < *end && is_space(**text)) ++*text;
    while (*text < *end && is_space((*end)[-1])) --*end;
}

static bool equals_ignoring_case(const char *text, const char *end, const char *lower) {
    for (; text < end && *lower != '\0'; text++, lower++)
        if ((*text | 0x20) != *lower) return false;
    return text == end && *lower == '\0';
}

// The sign, and then perhaps the name of a value that is not finite.
static bool read_sign(const char **text, const char *end) {
    bool negative = *text < end && **text == '-';
    if (*text < end && (**text == '-' || **text == '+')) ++*text;
    return negative;
}

static bool read_special(const char *text, const char *end, bool negative, double *value) {
    if (equals_ignoring_case(text, end, "inf") || equals_ignoring_case(text, end, "infinity"))
        *value = INFINITY;
    else if (equals_ignoring_case(text, end, "nan"))
        *value = (double)NAN;
    else
        return false;
    *value = copysign(*value, negative ? -1.0 : 1.0);
    return true;
}

// What a decimal's text says, while it fits.
typedef struct {
    char *clean;       // the text without underscores, ended by NUL
    uint64_t mantissa; // its digits as an integer
    int64_t exponent;  // the value is mantissa * 10^exponent
    int significant;   // digits in the mantissa behind leading zeros
} Decimal;

// Digits with single underscores between them; false when an underscore stands elsewhere.
static bool read_digits(const char **text, const char *end, char **clean, Decimal *decimal,
                        bool fraction, bool *any) {
    const char *next = *text;
    bool after_digit = false;
    *any = false;
    for (; next < end && (is_digit(*next) || *next == '_'); next++) {
        if (*next == '_') {
            if (!after_digit) return false;
            after_digit = false;
            continue;
        }
        after_digit = true;
        *any = true;
        *(*clean)++ = *next;
        if (decimal == NULL) continue;
        decimal->significant += decimal->significant > 0 || *next != '0';
        if (decimal->significant <= 19) {
            decimal->mantissa = decimal->mantissa * 10 + (uint64_t)(*next - '0');
            decimal->exponent -= fraction;
        }
    }
    *text = next;
    return after_digit || !*any;
}

// Checks the syntax of a decimal and takes it apart. `clean` has room for the text and a NUL.
static bool read_decimal(const char *text, const char *end, Decimal *decimal) {
    char *clean = decimal->clean;
    bool any_whole, any_fraction = false, any_exponent;
    if (!read_digits(&text, end, &clean, decimal, false, &any_whole)) return false;
    if (text < end && *text == '.') {
        *clean++ = *text++;
        if (text < end && *text == '_') return false;
        if (!read_digits(&text, end, &clean, decimal, true, &any_fraction)) return false;
    }
    if (!any_whole && !any_fraction) return false;
    if (text < end && (*text | 0x20) == 'e') {
        *clean++ = *text++;
        const char *sign = text;
        bool negative = read_sign(&text, end);
        if (text > sign) *clean++ = *sign;
        const char *digits = clean;
        if (text < end && *text == '_') return false;
        if (!read_digits(&text, end, &clean, NULL, false, &any_exponent) || !any_exponent)
            return false;
        *clean = '\0';
        if (clean - digits <= 4)
            decimal->exponent += negative ? -atoi(digits) : atoi(digits);
        else
            decimal->significant = 20; // out of the fast case
    }
    *clean = '\0';
    return text == end;
}

static double convert_decimal(const Decimal *decimal) {
    static const double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                          1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    // Both operands are exact, so one operation rounds once (Clinger's fast case).
    if (decimal->significant <= 19 && decimal->mantissa <= UINT64_C(1) << 53) {
        if (decimal->exponent >= 0 && decimal->exponent <= 22)
            return (double)decimal->mantissa * exact_powers[decimal->exponent];
        if (decimal->exponent < 0 && decimal->exponent >= -22)
            return (double)decimal->mantissa / exact_powers[-decimal->exponent];
    }
    // The C library knows its "C" locale statically: nothing to free, nothing to fail.
    return strtod_l(decimal->clean, NULL, newlocale(LC_ALL_MASK, "C", (locale_t)0));
}

FloatTextStatus float_text_parse(const char *text, size_t length, double *value) {
    const char *end = text + length;
    strip_spaces(&text, &end);
    bool negative = read_sign(&text, end);
    if (read_special(text, end, negative, value)) return FLOAT_TEXT_OK;
    char small[128];
    Decimal decimal = {small, 0, 0, 0};
    size_t room = (size_t)(end - text) + 1;
    if (room > sizeof small) {
        decimal.clean = malloc(room);
        if (decimal.clean == NULL) return FLOAT_TEXT_NO_MEMORY;
    }
    bool valid = read_decimal(text, end, &decimal);
    if (valid) {
        *value = convert_decimal(&decimal);
        if (negative) *value = -*value;
    }
    if (decimal.clean != small) free(decimal.clean);
    return valid ? FLOAT_TEXT_OK : FLOAT_TEXT_INVALID;
}

static int hex_value(char character) {
    if (is_digit(character)) return character - '0';
    char lower = (char)(character | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Hexadecimal digits with a point, as 0.TOP * 2^exponent with a sticky low bit. False when there is
// no digit.
static bool read_hex_digits(const char **text, const char *end, uint64_t *top, int64_t *exponent) {
    bool any = false, in_fraction = false;
    uint64_t bits = 0;
    int64_t scale = 0;
    for (; *text < end; ++*text) {
        if (**text == '.' && !in_fraction) {
            in_fraction = true;
            continue;
        }
        int digit = hex_value(**text);
        if (digit < 0) break;
        any = true;
        if (bits >> 60 == 0) {
            bits = bits << 4 | (uint64_t)digit;
            scale -= in_fraction ? 4 : 0;
        } else {
            bits |= digit != 0;
            scale += in_fraction ? 0 : 4;
        }
    }
    *top = bits;
    *exponent = scale + 64;
    if (bits != 0) {
        unsigned zeros = bits_leading_zeros(bits);
        *top = bits << zeros;
        *exponent -= zeros;
    }
    return any;
}

// The binary exponent behind 'p', cut to a size that cannot overflow the sum.
static bool read_binary_exponent(const char **text, const char *end, int64_t *exponent) {
    *exponent = 0;
    if (*text == end || (**text | 0x20) != 'p') return true;
    ++*text;
    bool negative = read_sign(text, end), any = false;
    for (; *text < end && is_digit(**text); ++*text) {
        any = true;
        if (*exponent < INT64_C(1) << 58) *exponent = *exponent * 10 + (**text - '0');
    }
    if (negative) *exponent = -*exponent;
    return any;
}

FloatTextStatus float_text_parse_hex(const char *text, size_t length, double *value) {
    const char *end = text + length;
    strip_spaces(&text, &end);
    bool negative = read_sign(&text, end);
    if (read_special(text, end, negative, value)) return FLOAT_TEXT_OK;
    if (end - text >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x') text += 2;
    uint64_t top;
    int64_t scale, exponent;
    if (!read_hex_digits(&text, end, &top, &scale) || !read_binary_exponent(&text, end, &exponent))
        return FLOAT_TEXT_INVALID;
    double magnitude = top == 0 ? 0.0 : rounding_compose(top, scale + exponent);
    // CPython tells of overflow even when other text follows the number.
    if (isinf(magnitude)) return FLOAT_TEXT_OVERFLOW;
    if (text != end) return FLOAT_TEXT_INVALID;
    *value = negative ? -magnitude : magnitude;
    return FLOAT_TEXT_OK;
}
