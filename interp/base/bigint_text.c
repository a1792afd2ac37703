// bigint_text.c — integers of any size from and to text and bytes.
//
// One idea: GMP converts between limbs and arrays of digit values (subquadratically); this file
// maps digit values to characters, and does the short cases itself.
#include "base/bigint.h"

#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/config.h"

static const char DIGITS[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static void settle(Bigint *result, size_t count, bool negative) {
    while (count > 0 && result->limbs[count - 1] == 0) count--;
    result->count = count;
    result->negative = negative && count > 0;
}

static unsigned digit_value(char character) {
    if (character >= '0' && character <= '9') return (unsigned)(character - '0');
    char lower = (char)(character | 0x20);
    if (lower >= 'a' && lower <= 'z') return (unsigned)(lower - 'a') + 10;
    return 99;
}

static bool is_space(char character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
}

static unsigned prefix_base(char letter) {
    switch (letter | 0x20) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 0;
    }
}

bool bigint_scan_text(const char *text, size_t length, unsigned base, BigintText *parts) {
    const char *end = text + length;
    while (text < end && is_space(*text)) text++;
    while (text < end && is_space(end[-1])) end--;
    parts->negative = text < end && *text == '-';
    if (text < end && (*text == '-' || *text == '+')) text++;
    bool only_zeros = false;
    if (end - text >= 2 && text[0] == '0') {
        unsigned prefixed = prefix_base(text[1]);
        // In base 16, "0b1" is a number of three digits.
        if (prefixed != 0 && (base == 0 || base == prefixed)) {
            base = prefixed;
            text += 2;
            if (text < end && *text == '_') text++;
        } else if (base == 0) {
            only_zeros = true;
        }
    }
    if (base == 0) base = 10;
    parts->digits = text;
    parts->length = (size_t)(end - text);
    parts->base = base;
    parts->digit_count = 0;
    bool after_digit = false;
    for (; text < end; text++) {
        if (*text == '_' && after_digit) {
            after_digit = false;
            continue;
        }
        unsigned digit = digit_value(*text);
        if (digit >= base || (only_zeros && digit != 0)) return false;
        parts->digit_count++;
        after_digit = true;
    }
    return after_digit;
}

// Bits that a digit carries, rounded up to a 32nd: ceil(32 * log2(base)).
static unsigned bits_of_digit(unsigned base) {
    static const uint8_t bits[37] = {0,   0,   32,  51,  64,  75,  83,  90,  96,  102,
                                     107, 111, 115, 119, 122, 126, 128, 131, 134, 136,
                                     139, 141, 143, 145, 147, 149, 151, 153, 154, 156,
                                     158, 159, 160, 162, 163, 165, 166};
    return bits[base];
}

size_t bigint_from_text_limbs(const BigintText *parts) {
    return parts->digit_count / (64 * 32) * bits_of_digit(parts->base) +
           (parts->digit_count % (64 * 32) * bits_of_digit(parts->base)) / (64 * 32) + 2;
}

BigintStatus bigint_from_text(const BigintText *parts, Bigint *result) {
    if (parts->digit_count <= 12) { // 36^12 < 2^64
        uint64_t value = 0;
        for (size_t i = 0; i < parts->length; i++)
            if (parts->digits[i] != '_')
                value = value * parts->base + digit_value(parts->digits[i]);
        bigint_from_uint64(value, result);
        result->negative = parts->negative && value != 0;
        return BIGINT_OK;
    }
    unsigned char *values = malloc(parts->digit_count);
    if (values == NULL) return BIGINT_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < parts->length; i++)
        if (parts->digits[i] != '_') values[count++] = (unsigned char)digit_value(parts->digits[i]);
    // mpn_set_str wants a non-zero first digit.
    size_t first = 0;
    while (first < count && values[first] == 0) first++;
    size_t limbs = 0;
    if (first < count)
        limbs = (size_t)mpn_set_str(result->limbs, values + first, count - first, (int)parts->base);
    settle(result, limbs, parts->negative);
    free(values);
    return BIGINT_OK;
}

size_t bigint_to_text_size(BigintView value, unsigned base) {
    if (value.count == 0) return 1;
    mpz_t number;
    mpz_roinit_n(number, value.limbs, (mp_size_t)value.count);
    return mpz_sizeinbase(number, (int)base);
}

static size_t write_word(uint64_t word, unsigned base, char *digits) {
    char reversed[64];
    size_t length = 0;
    do {
        reversed[length++] = DIGITS[word % base];
        word /= base;
    } while (word != 0);
    for (size_t i = 0; i < length; i++) digits[i] = reversed[length - 1 - i];
    return length;
}

BigintStatus bigint_to_text(BigintView value, unsigned base, char *digits, size_t *length) {
    if (value.count <= 1) {
        *length = write_word(value.count == 0 ? 0 : value.limbs[0], base, digits);
        return BIGINT_OK;
    }
    // mpn_get_str destroys its operand, and may write a digit more than there are.
    size_t room = bigint_to_text_size(value, base) + 1;
    uint64_t *copy = malloc((value.count + 1) * sizeof(uint64_t) + room);
    if (copy == NULL) return BIGINT_NO_MEMORY;
    memcpy(copy, value.limbs, value.count * sizeof(uint64_t));
    unsigned char *values = (unsigned char *)(copy + value.count + 1);
    size_t count = mpn_get_str(values, (int)base, copy, (mp_size_t)value.count);
    size_t first = 0;
    while (first + 1 < count && values[first] == 0) first++;
    *length = count - first;
    for (size_t i = first; i < count; i++) digits[i - first] = DIGITS[values[i]];
    free(copy);
    return BIGINT_OK;
}

size_t bigint_from_bytes_limbs(size_t size) { return size / 8 + 1; }

// The byte of the given significance: 0 is the least.
static size_t place_of(size_t significance, size_t size, bool little_endian) {
    return little_endian ? significance : size - 1 - significance;
}

void bigint_from_bytes(const uint8_t *bytes, size_t size, bool little_endian, bool is_signed,
                       Bigint *result) {
    bool negative =
        is_signed && size > 0 && (bytes[place_of(size - 1, size, little_endian)] & 0x80) != 0;
    size_t count = size / 8 + (size % 8 != 0);
    uint64_t carry = negative;
    for (size_t i = 0; i < count; i++) {
        uint64_t limb = 0;
        for (size_t j = 0; j < 8 && i * 8 + j < size; j++) {
            uint8_t byte = bytes[place_of(i * 8 + j, size, little_endian)];
            limb |= (uint64_t)(negative ? (uint8_t)~byte : byte) << (8 * j);
        }
        result->limbs[i] = limb + carry;
        carry = carry && result->limbs[i] == 0;
    }
    if (carry) result->limbs[count++] = 1;
    settle(result, count, negative);
}

BigintStatus bigint_to_bytes(BigintView value, uint8_t *bytes, size_t size, bool little_endian,
                             bool is_signed) {
    if (value.negative && !is_signed) return BIGINT_OVERFLOW;
    uint64_t bits = bigint_bit_length(value);
    if (is_signed) {
        // -2^(n-1) is the one value whose magnitude needs all n bits.
        bool extreme = value.negative && bigint_trailing_zeros(value) == bits - 1;
        bits += !extreme;
        // CPython lets -1, all of whose bits are sign, fit no bytes at all.
        bool minus_one = value.negative && bits == 1;
        if (value.count == 0 || (minus_one && size == 0)) bits = 0;
    }
    if (bits > (uint64_t)size * 8) return BIGINT_OVERFLOW;
    uint64_t carry = value.negative;
    for (size_t i = 0; i * 8 < size; i++) {
        uint64_t limb = i < value.count ? value.limbs[i] : 0;
        if (value.negative) {
            limb = ~limb + carry;
            carry = carry && limb == 0;
        }
        for (size_t j = 0; j < 8 && i * 8 + j < size; j++)
            bytes[place_of(i * 8 + j, size, little_endian)] = (uint8_t)(limb >> (8 * j));
    }
    return BIGINT_OK;
}
