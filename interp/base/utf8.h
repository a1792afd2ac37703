// utf8.h — UTF-8 and arrays of characters. A str is an array of characters of one width, 1, 2 or 4
// bytes, the least that holds its greatest code point; everything that enters or leaves the
// interpreter is UTF-8. These functions check, count, decode, encode and change widths; none of
// them allocates.
//
// Invariants: widths are 1, 2 or 4; "valid" means well-formed as Unicode's table 3-7 has it, so
// overlong forms, code points over U+10FFFF and (unless passed) surrogates are invalid.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_MAX_BYTES = 4, UTF8_MAX_CODE_POINT = 0x10FFFF };

// What becomes of the code points U+D800..U+DFFF, which well-formed UTF-8 cannot hold.
typedef enum {
    UTF8_STRICT,          // they are errors
    UTF8_PASS_SURROGATES, // they are three bytes like their neighbours ('surrogatepass')
} Utf8Mode;

// The first invalid sequence of a text; the three facts that UnicodeDecodeError reports.
typedef struct {
    size_t start;       // index of its first byte
    size_t end;         // one past its last byte
    const char *reason; // "invalid start byte", "invalid continuation byte",
                        // "unexpected end of data"
} Utf8Error;

// What a text holds, known after one pass over it.
typedef struct {
    size_t characters; // number of code points
    unsigned width;    // bytes a character: 1, 2 or 4
    bool ascii;        // no code point over U+007F
} Utf8Summary;

// Checks a whole text and says what it holds. Result: false with *error set to the first invalid
// sequence (cut as CPython cuts it, at the first byte that cannot continue it); *summary then
// describes the valid text before it. error may be NULL.
bool utf8_scan(const char *text, size_t length, Utf8Mode mode, Utf8Summary *summary,
               Utf8Error *error);

// Number of code points in valid UTF-8.
size_t utf8_count(const char *text, size_t length);

// Decodes valid UTF-8 (surrogates may be passed) to characters of the given width, which must be
// wide enough: utf8_scan's width, or more.
void utf8_decode(const char *text, size_t length, void *characters, unsigned width);

// Decodes the code point at *cursor in valid UTF-8 and moves *cursor past it.
uint32_t utf8_decode_one(const char **cursor);

// Decodes the code point at the start of unchecked bytes. Result: its length in bytes, or 0 when
// the bytes do not start with a valid sequence (also when length is 0).
unsigned utf8_decode_checked(const char *bytes, size_t length, Utf8Mode mode, uint32_t *code_point);

// Bytes that a code point takes in UTF-8: 1 to 4 (surrogates: 3).
unsigned utf8_size_of(uint32_t code_point);

// Writes a code point, also a surrogate, as UTF-8. Result: the bytes written, 1 to 4.
unsigned utf8_encode_one(uint32_t code_point, char *bytes);

// Bytes that the characters take in UTF-8, surrogates counted as 3.
size_t utf8_encoded_size(const void *characters, unsigned width, size_t count);

// Encodes characters as UTF-8 into a buffer of utf8_encoded_size bytes (no terminating NUL).
// Result: `count`, or under UTF8_STRICT the index of the first surrogate, where it stopped.
size_t utf8_encode(const void *characters, unsigned width, size_t count, Utf8Mode mode,
                   char *bytes);

// Index of the first surrogate among the characters; `count` if there is none.
size_t utf8_find_surrogate(const void *characters, unsigned width, size_t count);

// The least width, 1, 2 or 4, whose characters hold the code point.
static inline unsigned utf8_width_for(uint32_t code_point) {
    return code_point < 0x100 ? 1 : code_point < 0x10000 ? 2 : 4;
}

// The character at an index of an array of the given width.
static inline uint32_t utf8_character_at(const void *characters, unsigned width, size_t index) {
    switch (width) {
    case 1: return ((const uint8_t *)characters)[index];
    case 2: return ((const uint16_t *)characters)[index];
    default: return ((const uint32_t *)characters)[index];
    }
}

// Stores a character, which must fit the width.
static inline void utf8_store_character(void *characters, unsigned width, size_t index,
                                        uint32_t code_point) {
    switch (width) {
    case 1: ((uint8_t *)characters)[index] = (uint8_t)code_point; break;
    case 2: ((uint16_t *)characters)[index] = (uint16_t)code_point; break;
    default: ((uint32_t *)characters)[index] = code_point; break;
    }
}

// An upper bound on the code points that lies in the same class as their greatest: one of 0x7F,
// 0xFF, 0xFFFF, 0x10FFFF. utf8_width_for(bound) is the width that the characters need.
uint32_t utf8_bound_of(const void *characters, unsigned width, size_t count);

// Whether all bytes are below 0x80.
bool utf8_is_ascii(const char *bytes, size_t length);

// Copies characters from one width to another. Narrowing is allowed when each one fits; the arrays
// must not overlap.
void utf8_convert(const void *from, unsigned from_width, void *to, unsigned to_width, size_t count);
