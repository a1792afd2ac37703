// utf8.c — checking, decoding and encoding UTF-8, and arrays of characters of one width.
//
// One idea: runs of ASCII, which is nearly all text, go eight bytes at a time; the rest goes
// through one table-free decoder that follows Unicode's table 3-7 byte by byte.
#include "base/utf8.h"

#include <string.h>

#include "base/bits.h"
#include "base/config.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)

static uint64_t load_word(const void *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

// Length of the run of ASCII bytes at the start.
static size_t span_ascii(const char *bytes, size_t length) {
    size_t index = 0;
    for (; length - index >= 8; index += 8)
        if (load_word(bytes + index) & HIGH_BITS) break;
    while (index < length && (unsigned char)bytes[index] < 0x80) index++;
    return index;
}

// A sequence that starts with a byte from 0x80 up: its length, or 0 with the bytes to blame.
static unsigned decode_sequence(const unsigned char *bytes, size_t length, Utf8Mode mode,
                                uint32_t *code_point, size_t *blamed, const char **reason) {
    unsigned first = bytes[0];
    *blamed = 1;
    *reason = "invalid start byte";
    if (first < 0xC2 || first > 0xF4) return 0;
    unsigned size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    unsigned low = 0x80, high = 0xBF;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED && mode == UTF8_STRICT) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    uint32_t value = first & (0x7Fu >> size);
    for (unsigned i = 1; i < size; i++) {
        *blamed = i;
        if (i == length) {
            *reason = "unexpected end of data";
            return 0;
        }
        if (bytes[i] < low || bytes[i] > high) {
            *reason = "invalid continuation byte";
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *code_point = value;
    return size;
}

bool utf8_scan(const char *text, size_t length, Utf8Mode mode, Utf8Summary *summary,
               Utf8Error *error) {
    size_t index = 0, characters = 0;
    uint32_t bound = 0;
    bool valid = true;
    for (;;) {
        size_t run = span_ascii(text + index, length - index);
        index += run;
        characters += run;
        if (index == length) break;
        uint32_t code_point = 0;
        size_t blamed;
        const char *reason;
        unsigned size = decode_sequence((const unsigned char *)text + index, length - index, mode,
                                        &code_point, &blamed, &reason);
        if (size == 0) {
            if (error != NULL) *error = (Utf8Error){index, index + blamed, reason};
            valid = false;
            break;
        }
        bound |= code_point;
        index += size;
        characters++;
    }
    *summary = (Utf8Summary){characters, utf8_width_for(bound), bound == 0};
    return valid;
}

size_t utf8_count(const char *text, size_t length) {
    size_t continuations = 0, index = 0;
    for (; length - index >= 8; index += 8) {
        uint64_t word = load_word(text + index);
        if (word & HIGH_BITS) // a continuation byte has bit 7 and not bit 6
            continuations += bits_count_ones(word & ~(word << 1) & HIGH_BITS);
    }
    for (; index < length; index++) continuations += ((unsigned char)text[index] & 0xC0) == 0x80;
    return length - continuations;
}

uint32_t utf8_decode_one(const char **cursor) {
    const unsigned char *bytes = (const unsigned char *)*cursor;
    uint32_t first = bytes[0];
    if (first < 0x80) {
        *cursor += 1;
        return first;
    }
    if (first < 0xE0) {
        *cursor += 2;
        return (first & 0x1F) << 6 | (bytes[1] & 0x3F);
    }
    if (first < 0xF0) {
        *cursor += 3;
        return (first & 0x0F) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3F);
    }
    *cursor += 4;
    return (first & 0x07) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 |
           (bytes[3] & 0x3F);
}

void utf8_decode(const char *text, size_t length, void *characters, unsigned width) {
    const char *end = text + length;
    size_t index = 0;
    while (text < end) {
        size_t run = span_ascii(text, (size_t)(end - text));
        utf8_convert(text, 1, (char *)characters + index * width, width, run);
        text += run;
        index += run;
        while (text < end && (unsigned char)*text >= 0x80)
            utf8_store_character(characters, width, index++, utf8_decode_one(&text));
    }
}

unsigned utf8_decode_checked(const char *bytes, size_t length, Utf8Mode mode,
                             uint32_t *code_point) {
    if (length == 0) return 0;
    if ((unsigned char)bytes[0] < 0x80) {
        *code_point = (unsigned char)bytes[0];
        return 1;
    }
    size_t blamed;
    const char *reason;
    return decode_sequence((const unsigned char *)bytes, length, mode, code_point, &blamed,
                           &reason);
}

unsigned utf8_size_of(uint32_t code_point) {
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

unsigned utf8_encode_one(uint32_t code_point, char *bytes) {
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    unsigned size = utf8_size_of(code_point);
    for (unsigned i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    bytes[0] = (char)((0xF00u >> size & 0xFF) | code_point);
    return size;
}

size_t utf8_encoded_size(const void *characters, unsigned width, size_t count) {
    size_t size = count;
    if (width == 1) {
        const uint8_t *latin1 = characters;
        for (size_t i = 0; i < count; i++) size += latin1[i] >> 7;
    } else if (width == 2) {
        const uint16_t *units = characters;
        for (size_t i = 0; i < count; i++) size += (units[i] >= 0x80) + (units[i] >= 0x800);
    } else {
        const uint32_t *points = characters;
        for (size_t i = 0; i < count; i++)
            size += (points[i] >= 0x80) + (points[i] >= 0x800) + (points[i] >= 0x10000);
    }
    return size;
}

size_t utf8_encode(const void *characters, unsigned width, size_t count, Utf8Mode mode,
                   char *bytes) {
    size_t index = 0;
    while (index < count) {
        if (width == 1) {
            size_t run = span_ascii((const char *)characters + index, count - index);
            memcpy(bytes, (const char *)characters + index, run);
            bytes += run;
            index += run;
            if (index == count) break;
        }
        uint32_t code_point = utf8_character_at(characters, width, index);
        if (mode == UTF8_STRICT && (code_point & ~0x7FFu) == 0xD800) break;
        bytes += utf8_encode_one(code_point, bytes);
        index++;
    }
    return index;
}

size_t utf8_find_surrogate(const void *characters, unsigned width, size_t count) {
    if (width == 1) return count;
    size_t index = 0;
    while (index < count && (utf8_character_at(characters, width, index) & ~0x7FFu) != 0xD800)
        index++;
    return index;
}

uint32_t utf8_bound_of(const void *characters, unsigned width, size_t count) {
    uint32_t bits = 0;
    if (width == 1) return utf8_is_ascii(characters, count) ? 0x7F : 0xFF;
    if (width == 2) {
        const uint16_t *units = characters;
        for (size_t i = 0; i < count; i++) bits |= units[i];
    } else {
        const uint32_t *points = characters;
        for (size_t i = 0; i < count; i++) bits |= points[i];
    }
    return bits < 0x80 ? 0x7F : bits < 0x100 ? 0xFF : bits < 0x10000 ? 0xFFFF : UTF8_MAX_CODE_POINT;
}

bool utf8_is_ascii(const char *bytes, size_t length) { return span_ascii(bytes, length) == length; }

#define CONVERT(From, To)                                                                          \
    do {                                                                                           \
        const From *source = from;                                                                 \
        To *target = to;                                                                           \
        for (size_t i = 0; i < count; i++) target[i] = (To)source[i];                              \
    } while (0)

void utf8_convert(const void *from, unsigned from_width, void *to, unsigned to_width,
                  size_t count) {
    if (count == 0) return;
    if (from_width == to_width) {
        memcpy(to, from, count * from_width);
        return;
    }
    switch (from_width * 8 + to_width) {
    case 1 * 8 + 2: CONVERT(uint8_t, uint16_t); break;
    case 1 * 8 + 4: CONVERT(uint8_t, uint32_t); break;
    case 2 * 8 + 1: CONVERT(uint16_t, uint8_t); break;
    case 2 * 8 + 4: CONVERT(uint16_t, uint32_t); break;
    case 4 * 8 + 1: CONVERT(uint32_t, uint8_t); break;
    case 4 * 8 + 2: CONVERT(uint32_t, uint16_t); break;
    }
}
