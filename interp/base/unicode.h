// unicode.h — character classes, case mapping and normalisation, with CPython 3.12's definitions
// (Unicode 15). Most properties come from libutf8proc; what it lacks or defines otherwise (decimal,
// digit and numeric values, derived Lowercase and Uppercase, full case mappings, XID corrections)
// stands in unicode_tables.inc, which unicode_tables.py writes. Latin-1 is answered from one table.
//
// Invariants: code points up to 0x10FFFF are legal arguments, surrogates included; no function
// depends on the C locale.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A full case mapping turns one code point into at most this many.
enum { UNICODE_MAX_EXPANSION = 3 };

// Bits of unicode_latin1_classes; also what unicode_classes_of computes for any code point.
enum {
    UNICODE_ALPHA = 1 << 0,
    UNICODE_DECIMAL = 1 << 1,
    UNICODE_DIGIT = 1 << 2,
    UNICODE_NUMERIC = 1 << 3,
    UNICODE_SPACE = 1 << 4,
    UNICODE_PRINTABLE = 1 << 5,
    UNICODE_UPPER = 1 << 6,
    UNICODE_LOWER = 1 << 7,
    UNICODE_TITLE = 1 << 8,
    UNICODE_XID_START = 1 << 9,
    UNICODE_XID_CONTINUE = 1 << 10,
    UNICODE_LINE_BREAK = 1 << 11,
    UNICODE_CASED = 1 << 12,          // property Cased: what a final sigma may follow
    UNICODE_CASE_IGNORABLE = 1 << 13, // property Case_Ignorable, of what is not Cased
};

extern const uint16_t unicode_latin1_classes[256];

// All classes of a code point, by the bits above.
unsigned unicode_classes_of(uint32_t code_point);

// Whether the code point has the class, for example unicode_has(c, UNICODE_ALPHA).
static inline bool unicode_has(uint32_t code_point, unsigned class_bits) {
    if (code_point < 256) return (unicode_latin1_classes[code_point] & class_bits) != 0;
    return (unicode_classes_of(code_point) & class_bits) != 0;
}

// str.isalpha: general category Lm, Lt, Lu, Ll or Lo.
static inline bool unicode_is_alpha(uint32_t c) { return unicode_has(c, UNICODE_ALPHA); }
// str.isdecimal: has a decimal digit value (UnicodeData field 6).
static inline bool unicode_is_decimal(uint32_t c) { return unicode_has(c, UNICODE_DECIMAL); }
// str.isdigit: has a digit value (field 7).
static inline bool unicode_is_digit(uint32_t c) { return unicode_has(c, UNICODE_DIGIT); }
// str.isnumeric: has a numeric value (field 8, or Unihan's).
static inline bool unicode_is_numeric(uint32_t c) { return unicode_has(c, UNICODE_NUMERIC); }
// str.isalnum: alpha, decimal, digit or numeric.
static inline bool unicode_is_alnum(uint32_t c) {
    return unicode_has(c, UNICODE_ALPHA | UNICODE_DECIMAL | UNICODE_DIGIT | UNICODE_NUMERIC);
}
// str.isspace, str.split: bidirectional class WS, B or S, or category Zs.
static inline bool unicode_is_space(uint32_t c) { return unicode_has(c, UNICODE_SPACE); }
// str.isprintable, repr: neither "other" nor "separator", except the space.
static inline bool unicode_is_printable(uint32_t c) { return unicode_has(c, UNICODE_PRINTABLE); }
// str.isupper and islower: the derived properties Uppercase and Lowercase.
static inline bool unicode_is_upper(uint32_t c) { return unicode_has(c, UNICODE_UPPER); }
static inline bool unicode_is_lower(uint32_t c) { return unicode_has(c, UNICODE_LOWER); }
// Category Lt.
static inline bool unicode_is_title(uint32_t c) { return unicode_has(c, UNICODE_TITLE); }
// Upper, lower or title: what str.istitle, title and isupper take for cased.
static inline bool unicode_is_cased(uint32_t c) {
    return unicode_has(c, UNICODE_UPPER | UNICODE_LOWER | UNICODE_TITLE);
}
// What str.splitlines breaks at.
static inline bool unicode_is_line_break(uint32_t c) { return unicode_has(c, UNICODE_LINE_BREAK); }
// First and later characters of an identifier ('_' counts as both).
static inline bool unicode_is_identifier_start(uint32_t c) {
    return c == '_' || unicode_has(c, UNICODE_XID_START);
}
static inline bool unicode_is_identifier_part(uint32_t c) {
    return unicode_has(c, UNICODE_XID_CONTINUE);
}

// str.isidentifier over an array of characters: not empty, start, then parts.
bool unicode_is_identifier(const void *characters, unsigned width, size_t count);

// Decimal value 0..9; -1 if it has none. int() and float() accept exactly these as digits.
int unicode_decimal_value(uint32_t code_point);
// Digit value 0..9; -1 if it has none.
int unicode_digit_value(uint32_t code_point);
// Numeric value; false if it has none.
bool unicode_numeric_value(uint32_t code_point, double *value);

// Turns text that is to be read as a number into ASCII, one byte a character: other scripts'
// decimal digits become '0'..'9', white space beyond ASCII becomes ' ', what else is not ASCII '?'.
// Source: _PyUnicode_TransformDecimalAndSpaceToASCII.
void unicode_to_number_text(const void *characters, unsigned width, size_t count, char *text);

// Columns that a terminal gives the character: 0, 1 or 2 (carets under source lines).
unsigned unicode_column_width(uint32_t code_point);

// General category as unicodedata.category spells it, for example "Lu"; static storage.
const char *unicode_category(uint32_t code_point);

// Simple lower case, one code point to one (what the matcher of re ignores case by).
uint32_t unicode_simple_lower(uint32_t code_point);

// Full case mappings, as str.upper, lower, title and casefold apply them to each character; lower
// does not know the context that decides about a final sigma. Result: the number of code points
// written, 1 to UNICODE_MAX_EXPANSION.
unsigned unicode_full_upper(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]);
unsigned unicode_full_lower(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]);
unsigned unicode_full_title(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]);
unsigned unicode_full_casefold(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]);

// The lower case of the capital sigma U+03A3 at an index: U+03C2 when it ends a word (Unicode's
// Final_Sigma condition), else U+03C3.
uint32_t unicode_lower_sigma(const void *characters, unsigned width, size_t count, size_t index);

typedef enum {
    UNICODE_NFC,
    UNICODE_NFD,
    UNICODE_NFKC,
    UNICODE_NFKD,
} UnicodeForm;

// Normalises an array of characters. Result: code points in a block of malloc, which the caller
// frees, their number in *normal_count; NULL when memory is short. An empty array gives a block
// too.
uint32_t *unicode_normalize(UnicodeForm form, const void *characters, unsigned width, size_t count,
                            size_t *normal_count);
