// int_text.c — integers from and to text and bytes.
//
// The limit on decimal digits (sys.set_int_max_str_digits) is checked before the work that grows
// faster than the text; bases that are powers of two have none.
#include "objects/int.h"
#include "base/bits.h"
#include "base/unicode.h"
#include "objects/array.h"
#include "objects/bytes.h"
#include "objects/int_internal.h"
#include "objects/str.h"
#include "runtime/protocols.h"

enum { UNLIMITED_DIGITS = 640 }; // texts this short are always converted

static bool has_limit(int base) { return (base & (base - 1)) != 0; }

// To text

static COLD Value raise_limit(Thread *thread) {
    return raise_value_error(thread,
                             "Exceeds the limit (%d digits) for integer string conversion; use "
                             "sys.set_int_max_str_digits() to increase the limit",
                             thread->runtime->int_digit_limit);
}

static Value small_to_str(Thread *thread, int64_t number, unsigned base) {
    char digits[72];
    char *end = digits + sizeof digits, *first = end;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    if (base == 10) {
        do *--first = (char)('0' + rest % 10);
        while ((rest /= 10) != 0);
    } else {
        do *--first = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % base];
        while ((rest /= base) != 0);
    }
    if (number < 0) *--first = '-';
    size_t size = (size_t)(end - first);
    if (size == 1) return str_from_character(thread, (unsigned char)*first);
    Str *str = str_new(thread, size, 0x7F);
    if (!str) return VALUE_ERROR;
    memcpy(str_data(str), first, size);
    return value_from_object(str);
}

Value int_to_str(Thread *thread, Value value, int base) {
    int64_t small;
    if (LIKELY(int_as_int64(value, &small))) return small_to_str(thread, small, (unsigned)base);
    uint64_t scratch;
    BigintView view = int_view(value, &scratch);
    uint64_t limit = (uint64_t)thread->runtime->int_digit_limit;
    bool limited = limit && has_limit(base);
    // Ten bits are more than three digits.
    if (limited && bigint_bit_length(view) / 10 * 3 > limit) return raise_limit(thread);
    size_t size = bigint_to_text_size(view, (unsigned)base);
    ByteBuffer *buffer = byte_buffer_new(thread, size + 1);
    if (!buffer) return VALUE_ERROR;
    size_t length, sign = view.negative;
    buffer->bytes[0] = '-';
    if (bigint_to_text(view, (unsigned)base, (char *)buffer->bytes + sign, &length) != BIGINT_OK)
        return raise_memory_error(thread);
    if (limited && length > limit && length > UNLIMITED_DIGITS) return raise_limit(thread);
    Str *str = str_new(thread, length + sign, 0x7F);
    if (!str) return VALUE_ERROR;
    memcpy(str_data(str), buffer->bytes, length + sign);
    return value_from_object(str);
}

// From text

static Value from_parts(Thread *thread, const BigintText *parts) {
    uint64_t limbs[4];
    Bigint result = {.limbs = limbs};
    size_t needed = bigint_from_text_limbs(parts);
    if (needed > COUNT_OF(limbs)) {
        ByteBuffer *buffer = byte_buffer_new(thread, needed * sizeof(uint64_t));
        if (!buffer) return VALUE_ERROR;
        result.limbs = (uint64_t *)(void *)buffer->bytes;
    }
    if (bigint_from_text(parts, &result) != BIGINT_OK) return raise_memory_error(thread);
    return int_from_view(thread, bigint_view(&result));
}

Value int_from_text(Thread *thread, const char *digits, size_t size, int base) {
    BigintText parts = {
        .digits = digits, .length = size, .digit_count = size, .base = (unsigned)base};
    return from_parts(thread, &parts);
}

static COLD Value raise_invalid(Thread *thread, int base, Value shown) {
    Value quoted = object_repr(thread, shown);
    if (value_is_error(quoted)) return quoted;
    if (value_as_str(quoted)->length > 200) quoted = str_substring(thread, quoted, 0, 200);
    if (value_is_error(quoted)) return quoted;
    return raise_value_error(thread, "invalid literal for int() with base %d: %U", base, quoted);
}

// `shown` is what the message quotes.
static Value parse(Thread *thread, const char *text, size_t size, int base, Value shown) {
    BigintText parts;
    if (!bigint_scan_text(text, size, (unsigned)base, &parts))
        return raise_invalid(thread, base, shown);
    int limit = thread->runtime->int_digit_limit;
    if (parts.digit_count > UNLIMITED_DIGITS && limit && has_limit((int)parts.base) &&
        parts.digit_count > (size_t)limit)
        return raise_value_error(thread,
                                 "Exceeds the limit (%d digits) for integer string conversion: "
                                 "value has %zu digits; use sys.set_int_max_str_digits() to "
                                 "increase the limit",
                                 limit, parts.digit_count);
    return from_parts(thread, &parts);
}

// Up to 18 decimal digits without anything around them: VALUE_ABSENT if the text is anything else.
static Value parse_short(const char *text, size_t size) {
    if (size == 0 || size > 18) return VALUE_ABSENT;
    int64_t number = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned digit = (unsigned)(text[i] - '0');
        if (digit > 9) return VALUE_ABSENT;
        number = number * 10 + digit;
    }
    return value_from_fixnum(number);
}

Value int_parse(Thread *thread, Value value, int base) {
    Str *str = value_as_str(value);
    const char *text = str_data(str);
    if (str_is_ascii(str)) {
        Value number = base == 10 ? parse_short(text, str->length) : VALUE_ABSENT;
        return value_is_absent(number) ? parse(thread, text, str->length, base, value) : number;
    }
    ByteBuffer *buffer = byte_buffer_new(thread, str->length + 1);
    if (!buffer) return VALUE_ERROR;
    unicode_to_number_text(str_data(str), str_kind(str), str->length, (char *)buffer->bytes);
    return parse(thread, (char *)buffer->bytes, str->length, base, value);
}

Value int_parse_bytes(Thread *thread, Value value, int base) {
    const unsigned char *data;
    size_t size;
    bool is_bytes = bytes_view(value, &data, &size);
    ASSERT(is_bytes);
    (void)is_bytes;
    Value shown = value_is_bytes(value) ? value : bytes_new(thread, data, size);
    return value_is_error(shown) ? shown : parse(thread, (const char *)data, size, base, shown);
}

// Bytes

Value int_from_bytes(Thread *thread, const unsigned char *bytes, size_t size, bool little_endian,
                     bool is_signed) {
    uint64_t limbs[4];
    Bigint result = {.limbs = limbs};
    size_t needed = bigint_from_bytes_limbs(size);
    if (needed > COUNT_OF(limbs)) {
        ByteBuffer *buffer = byte_buffer_new(thread, needed * sizeof(uint64_t));
        if (!buffer) return VALUE_ERROR;
        result.limbs = (uint64_t *)(void *)buffer->bytes;
    }
    bigint_from_bytes(bytes, size, little_endian, is_signed, &result);
    return int_from_view(thread, bigint_view(&result));
}

Value int_to_bytes(Thread *thread, Value value, size_t size, bool little_endian, bool is_signed) {
    uint64_t scratch;
    BigintView view = int_view(value, &scratch);
    if (view.negative && !is_signed)
        return raise_error(thread, &exception_OverflowError,
                           "can't convert negative int to unsigned");
    Value result = bytes_new(thread, NULL, size);
    if (value_is_error(result)) return result;
    if (bigint_to_bytes(view, value_as_bytes(result)->data, size, little_endian, is_signed) !=
        BIGINT_OK)
        return raise_error(thread, &exception_OverflowError, "int too big to convert");
    return result;
}
