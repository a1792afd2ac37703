// format_spec.c — parses format specifications and lays numbers and texts out by them.
//
// The one idea: a number is taken apart into sign, prefix, digits, point and the rest behind it;
// the lengths of all parts are known before the result is allocated, so it is written once. Source
// of the rules: CPython's Python/formatter_unicode.c and _PyUnicode_InsertThousandsGrouping.
#include "objects/format_spec.h"
#include "base/float_text.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "objects/array.h"
#include "objects/float_internal.h"
#include "objects/int.h"
#include "objects/str.h"
#include "runtime/protocols.h"
#include <math.h>

typedef struct {
    uint32_t fill; // the character to pad with
    char align;    // '<', '>', '=' or '^'
    char sign;     // '+', '-', ' ' or 0
    bool no_negative_zero;
    bool alternate;
    char separator;    // ',', '_' or 0
    unsigned group;    // digits between separators
    ssize_t width;     // -1: none
    ssize_t precision; // -1: none
    uint32_t type;     // the presentation type, or 0
} Specification;

// Parsing

typedef struct {
    Thread *thread;
    const Str *str;
    size_t place;
} Reader;

static uint32_t peek(const Reader *reader, size_t ahead) {
    size_t place = reader->place + ahead;
    return place < reader->str->length ? str_at(reader->str, place) : 0;
}

static bool take(Reader *reader, uint32_t character) {
    if (reader->place >= reader->str->length || peek(reader, 0) != character) return false;
    reader->place++;
    return true;
}

static bool is_alignment(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// A number, -1 when there is none. False with ValueError when it is too large.
static bool read_number(Reader *reader, ssize_t *number) {
    *number = -1;
    while (reader->place < reader->str->length) {
        int digit = unicode_decimal_value(str_at(reader->str, reader->place));
        if (digit < 0) break;
        if (*number < 0) *number = 0;
        if (*number > (PTRDIFF_MAX - digit) / 10) {
            raise_value_error(reader->thread, "Too many decimal digits in format string");
            return false;
        }
        *number = *number * 10 + digit;
        reader->place++;
    }
    return true;
}

// Reports a presentation type that a message quotes.
static COLD bool refuse_type(Thread *thread, const char *start, uint32_t type, const char *end,
                             const char *type_name) {
    char shown[16];
    if (type > 32 && type < 128)
        snprintf(shown, sizeof shown, "%c", (char)type);
    else
        snprintf(shown, sizeof shown, "\\x%x", (unsigned)type);
    raise_value_error(thread, "%s '%s'%s%s%s", start, shown, end, type_name,
                      *type_name ? "'" : ".");
    return false;
}

static bool refuse_unknown(Thread *thread, uint32_t type, Value value) {
    return refuse_type(thread, "Unknown format code", type, " for object of type '",
                       type_of(value)->name);
}

static bool read_separators(Reader *reader, Specification *spec) {
    if (take(reader, ',')) spec->separator = ',';
    if (take(reader, '_')) {
        if (spec->separator) goto both;
        spec->separator = '_';
    }
    if (peek(reader, 0) == ',' && spec->separator == '_') goto both;
    return true;
both:
    raise_value_error(reader->thread, "Cannot specify both ',' and '_'.");
    return false;
}

static bool check_separator(Thread *thread, Specification *spec) {
    if (!spec->separator) return true;
    spec->group = 3;
    if (spec->type == 0 || (spec->type < 128 && strchr("defgEG%F", (int)spec->type))) return true;
    if (spec->separator == '_' && spec->type < 128 && strchr("boxX", (int)spec->type)) {
        spec->group = 4;
        return true;
    }
    return refuse_type(
        thread, spec->separator == ',' ? "Cannot specify ',' with" : "Cannot specify '_' with",
        spec->type, "", "");
}

static void read_alignment(Reader *reader, Specification *spec, bool *fill_given,
                           bool *align_given) {
    if (reader->str->length - reader->place >= 2 && is_alignment(peek(reader, 1))) {
        spec->fill = peek(reader, 0);
        spec->align = (char)peek(reader, 1);
        reader->place += 2;
        *fill_given = *align_given = true;
    } else if (is_alignment(peek(reader, 0))) {
        spec->align = (char)peek(reader, 0);
        reader->place++;
        *align_given = true;
    }
}

// `value` is what will be formatted; messages name its type.
static bool parse(Thread *thread, Value specification, Value value, char default_type,
                  char default_align, Specification *spec) {
    Reader reader = {thread, value_as_str(specification), 0};
    *spec = (Specification){.fill = ' ', .align = default_align, .type = (uint32_t)default_type};
    bool fill_given = false, align_given = false;
    read_alignment(&reader, spec, &fill_given, &align_given);
    uint32_t next = peek(&reader, 0);
    if (next == '+' || next == '-' || next == ' ') {
        spec->sign = (char)next;
        reader.place++;
    }
    spec->no_negative_zero = take(&reader, 'z');
    spec->alternate = take(&reader, '#');
    if (!fill_given && take(&reader, '0')) {
        spec->fill = '0';
        if (!align_given && default_align == '>') spec->align = '=';
    }
    if (!read_number(&reader, &spec->width) || !read_separators(&reader, spec)) return false;
    spec->precision = -1;
    if (take(&reader, '.')) {
        if (!read_number(&reader, &spec->precision)) return false;
        if (spec->precision < 0) {
            raise_value_error(thread, "Format specifier missing precision");
            return false;
        }
    }
    size_t left = reader.str->length - reader.place;
    if (left > 1) {
        raise_value_error(thread, "Invalid format specifier '%U' for object of type '%T'",
                          specification, value);
        return false;
    }
    if (left == 1) spec->type = peek(&reader, 0);
    return check_separator(thread, spec);
}

static bool is_empty(Value specification) { return value_as_str(specification)->length == 0; }

// Writing

typedef struct {
    Str *str;
    size_t place;
} Writer;

static void put_fill(Writer *writer, uint32_t c, size_t count) {
    unsigned kind = str_kind(writer->str);
    if (kind == 1)
        memset((char *)str_data(writer->str) + writer->place, (int)c, count);
    else
        for (size_t i = 0; i < count; i++)
            utf8_store_character(str_data(writer->str), kind, writer->place + i, c);
    writer->place += count;
}

static void put_characters(Writer *writer, const void *from, unsigned from_kind, size_t count) {
    unsigned kind = str_kind(writer->str);
    char *to = (char *)str_data(writer->str) + writer->place * kind;
    utf8_convert(from, from_kind, to, kind, count);
    writer->place += count;
}

// A number in parts: sign, prefix, digits that may be grouped, point, the rest.
typedef struct {
    bool negative;
    const char *prefix;
    size_t prefix_size;
    const char *digits;
    size_t digit_count;
    bool has_point;
    const char *rest;
    size_t rest_size;
    uint32_t character; // of the type 'c': stands in place of the digits
    bool is_character;
} Number;

// Length of the digits with leading zeros up to min_width and separators; written when `writer` is
// given, from the end.
static size_t group_digits(const Number *number, const Specification *spec, ssize_t min_width,
                           Writer *writer) {
    ssize_t remaining = (ssize_t)number->digit_count;
    size_t group = spec->separator ? spec->group : 0;
    size_t total = 0;
    const char *from = number->digits + number->digit_count;
    bool separate = false;
    for (;;) {
        ssize_t wanted = remaining > min_width ? remaining : min_width;
        ssize_t length = group && wanted > (ssize_t)group ? (ssize_t)group : wanted;
        if (length < 1) length = 1;
        ssize_t taken = remaining < length ? remaining : length;
        if (separate) {
            total++;
            if (writer)
                utf8_store_character(str_data(writer->str), str_kind(writer->str),
                                     writer->place - total, (unsigned char)spec->separator);
        }
        for (ssize_t i = 0; i < length; i++) {
            total++;
            if (!writer) continue;
            uint32_t digit = i < taken ? (unsigned char)*--from : '0';
            utf8_store_character(str_data(writer->str), str_kind(writer->str),
                                 writer->place - total, digit);
        }
        remaining -= taken;
        min_width -= length;
        if (remaining <= 0 && min_width <= 0) return total;
        min_width -= 1;
        separate = true;
    }
}

static char sign_of(const Number *number, const Specification *spec) {
    if (number->negative) return '-';
    return spec->sign == '+' || spec->sign == ' ' ? spec->sign : 0;
}

// The greatest character of the result.
static uint32_t bound_for(uint32_t c) {
    return c < 0x80 ? 0x7F : c < 0x100 ? 0xFF : c < 0x10000 ? 0xFFFF : UTF8_MAX_CODE_POINT;
}

typedef struct {
    size_t left, inner, right;
} Padding;

static Padding pad(const Specification *spec, size_t length) {
    Padding padding = {0, 0, 0};
    if (spec->width < 0 || (size_t)spec->width <= length) return padding;
    size_t missing = (size_t)spec->width - length;
    switch (spec->align) {
    case '<': padding.right = missing; break;
    case '^':
        padding.left = missing / 2;
        padding.right = missing - padding.left;
        break;
    case '=': padding.inner = missing; break;
    default: padding.left = missing; break;
    }
    return padding;
}

static Value write_number(Thread *thread, const Number *number, const Specification *spec) {
    char sign = sign_of(number, spec);
    size_t others = (sign != 0) + number->prefix_size + number->has_point + number->rest_size +
                    number->is_character;
    ssize_t min_width = spec->fill == '0' && spec->align == '=' ? spec->width - (ssize_t)others : 0;
    size_t grouped = number->digit_count ? group_digits(number, spec, min_width, NULL) : 0;
    Padding padding = pad(spec, others + grouped);
    size_t padded = padding.left + padding.inner + padding.right;
    uint32_t bound = bound_for(number->is_character ? number->character : 0);
    if (padded && bound_for(spec->fill) > bound) bound = bound_for(spec->fill);
    Str *str = str_new(thread, padded + others + grouped, bound);
    if (!str) return VALUE_ERROR;
    Writer writer = {str, 0};
    put_fill(&writer, spec->fill, padding.left);
    if (sign) put_fill(&writer, (unsigned char)sign, 1);
    put_characters(&writer, number->prefix, 1, number->prefix_size);
    put_fill(&writer, spec->fill, padding.inner);
    writer.place += grouped;
    if (grouped) group_digits(number, spec, min_width, &writer);
    if (number->is_character) put_fill(&writer, number->character, 1);
    if (number->has_point) put_fill(&writer, '.', 1);
    put_characters(&writer, number->rest, 1, number->rest_size);
    put_fill(&writer, spec->fill, padding.right);
    return value_from_object(str);
}

// str

static Value refuse(Thread *thread, const char *what, const char *where) {
    return raise_value_error(thread, "%s not allowed in %s", what, where);
}

Value format_spec_str(Thread *thread, Value value, Value specification) {
    if (is_empty(specification)) return object_str(thread, value);
    Specification spec;
    if (!parse(thread, specification, value, 's', '<', &spec)) return VALUE_ERROR;
    if (spec.type != 's') {
        refuse_unknown(thread, spec.type, value);
        return VALUE_ERROR;
    }
    static const char where[] = "string format specifier";
    if (spec.sign) return refuse(thread, spec.sign == ' ' ? "Space" : "Sign", where);
    if (spec.no_negative_zero) return refuse(thread, "Negative zero coercion (z)", where);
    if (spec.alternate) return refuse(thread, "Alternate form (#)", where);
    if (spec.align == '=') return refuse(thread, "'=' alignment", where);
    Str *str = value_as_str(value);
    size_t length = str->length;
    if (spec.precision >= 0 && (size_t)spec.precision < length) length = (size_t)spec.precision;
    Padding padding = pad(&spec, length);
    if (padding.left + padding.right == 0)
        return length == str->length ? value : str_substring(thread, value, 0, length);
    uint32_t bound = utf8_bound_of(str_data(str), str_kind(str), length);
    if (bound_for(spec.fill) > bound) bound = bound_for(spec.fill);
    Str *result = str_new(thread, padding.left + length + padding.right, bound);
    if (!result) return VALUE_ERROR;
    Writer writer = {result, 0};
    put_fill(&writer, spec.fill, padding.left);
    put_characters(&writer, str_data(str), str_kind(str), length);
    put_fill(&writer, spec.fill, padding.right);
    return value_from_object(result);
}

// int

static Value format_character(Thread *thread, Value value, const Specification *spec) {
    if (spec->sign)
        return raise_value_error(thread, "Sign not allowed with integer format specifier 'c'");
    if (spec->alternate)
        return raise_value_error(
            thread, "Alternate form (#) not allowed with integer format specifier 'c'");
    int64_t character;
    if (!object_as_int64(thread, value, &character)) return VALUE_ERROR;
    if (character < 0 || character > UTF8_MAX_CODE_POINT)
        return raise_error(thread, &exception_OverflowError, "%%c arg not in range(0x110000)");
    Number number = {.character = (uint32_t)character, .is_character = true};
    return write_number(thread, &number, spec);
}

static Value format_int(Thread *thread, Value value, const Specification *spec) {
    static const char where[] = "integer format specifier";
    if (spec->precision >= 0) return refuse(thread, "Precision", where);
    if (spec->no_negative_zero) return refuse(thread, "Negative zero coercion (z)", where);
    if (spec->type == 'c') return format_character(thread, value, spec);
    int base = spec->type == 'b' ? 2 : spec->type == 'o' ? 8 : (spec->type | 32) == 'x' ? 16 : 10;
    Value text = int_to_str(thread, value, base);
    if (value_is_error(text)) return text;
    Str *str = value_as_str(text);
    bool negative = str_at(str, 0) == '-';
    Number number = {.negative = negative,
                     .digits = (const char *)str_data(str) + negative,
                     .digit_count = str->length - negative};
    if (spec->type == 'X') {
        ByteBuffer *upper = byte_buffer_new(thread, number.digit_count);
        if (!upper) return VALUE_ERROR;
        for (size_t i = 0; i < number.digit_count; i++) {
            char digit = number.digits[i];
            upper->bytes[i] = (unsigned char)(digit >= 'a' ? digit - 32 : digit);
        }
        number.digits = (const char *)upper->bytes;
    }
    char prefix[2] = {'0', (char)spec->type};
    if (spec->alternate && base != 10) {
        number.prefix = prefix;
        number.prefix_size = 2;
    }
    return write_number(thread, &number, spec);
}

// float

// Whether the text, behind its sign, shows nothing but zeros.
static bool shows_zero(const char *text, size_t size) {
    for (size_t i = 0; i < size && text[i] != 'e' && text[i] != 'E'; i++)
        if (text[i] != '0' && text[i] != '.' && text[i] != '%') return false;
    return true;
}

// Splits the text of a number, sign included.
static Number split(const char *text, size_t size, bool no_negative_zero) {
    Number number = {.negative = size > 0 && *text == '-'};
    text += number.negative;
    size -= number.negative;
    if (number.negative && no_negative_zero && shows_zero(text, size)) number.negative = false;
    number.digits = text;
    while (number.digit_count < size && text[number.digit_count] >= '0' &&
           text[number.digit_count] <= '9')
        number.digit_count++;
    number.has_point = number.digit_count < size && text[number.digit_count] == '.';
    number.rest = text + number.digit_count + number.has_point;
    number.rest_size = size - number.digit_count - number.has_point;
    return number;
}

// Appends the digits of one double; what float_text_format calls 'r' depends on the precision.
static bool append_double(TextBuffer *buffer, double number, const Specification *spec,
                          unsigned flags) {
    char code = (char)spec->type;
    ssize_t precision = spec->precision;
    if (spec->alternate) flags |= FLOAT_TEXT_ALTERNATIVE;
    if (code == 'n') code = 'g';
    if (code == '%') {
        code = 'f';
        number *= 100.0;
    }
    if (code == 0) code = precision < 0 ? 'r' : 'g';
    if (precision < 0) precision = 6;
    return float_text_format(buffer, number, code, (int)precision, flags);
}

static bool is_float_type(uint32_t type) {
    return type == 0 || (type < 128 && strchr("eEfFgGn%", (int)type));
}

static Value format_double(Thread *thread, double number, const Specification *spec) {
    if (spec->precision > INT32_MAX) return raise_value_error(thread, "precision too big");
    TextBuffer buffer = {0};
    append_double(&buffer, number, spec, spec->type == 0 ? FLOAT_TEXT_ADD_DOT_0 : 0);
    if (spec->type == '%') text_buffer_append_byte(&buffer, '%');
    Value result = VALUE_ERROR;
    if (buffer.failed) {
        raise_memory_error(thread);
    } else {
        Number parts = split(buffer.bytes, buffer.length, spec->no_negative_zero);
        result = write_number(thread, &parts, spec);
    }
    text_buffer_free(&buffer);
    return result;
}

Value format_spec_int(Thread *thread, Value value, Value specification) {
    if (is_empty(specification))
        return value_is_int_exact(value) ? int_to_str(thread, value, 10)
                                         : object_str(thread, value);
    Specification spec;
    if (!parse(thread, specification, value, 'd', '>', &spec)) return VALUE_ERROR;
    if (spec.type < 128 && spec.type && strchr("bcdoxXn", (int)spec.type))
        return format_int(thread, value, &spec);
    double number;
    if (spec.type && spec.type != 'n' && is_float_type(spec.type))
        return int_as_double(thread, value, &number) ? format_double(thread, number, &spec)
                                                     : VALUE_ERROR;
    refuse_unknown(thread, spec.type, value);
    return VALUE_ERROR;
}

Value format_spec_float(Thread *thread, Value value, Value specification) {
    if (is_empty(specification)) return object_str(thread, value);
    Specification spec;
    if (!parse(thread, specification, value, 0, '>', &spec)) return VALUE_ERROR;
    if (is_float_type(spec.type)) return format_double(thread, value_as_double(value), &spec);
    refuse_unknown(thread, spec.type, value);
    return VALUE_ERROR;
}

// complex

// Appends one part with its grouping but without padding.
static bool append_part(StrBuilder *builder, double number, const Specification *spec, char sign) {
    Specification part = *spec;
    part.fill = 0;
    part.align = '<';
    part.width = -1;
    part.sign = sign;
    TextBuffer buffer = {0};
    append_double(&buffer, number, &part, 0);
    Value text = VALUE_ERROR;
    if (buffer.failed) {
        raise_memory_error(builder->thread);
    } else {
        Number parts = split(buffer.bytes, buffer.length, spec->no_negative_zero);
        text = write_number(builder->thread, &parts, &part);
    }
    text_buffer_free(&buffer);
    return !value_is_error(text) && str_builder_append(builder, text);
}

static Value format_pair(Thread *thread, const Complex *pair, Specification *spec) {
    if (spec->precision > INT32_MAX) return raise_value_error(thread, "precision too big");
    if (spec->fill == '0')
        return raise_value_error(thread, "Zero padding is not allowed in complex format specifier");
    if (spec->align == '=')
        return raise_value_error(thread,
                                 "'=' alignment flag is not allowed in complex format specifier");
    bool alone = spec->type == 0 && pair->real == 0.0 && !signbit(pair->real);
    bool bracketed = spec->type == 0 && !alone;
    StrBuilder builder;
    str_builder_start(&builder, thread);
    if (bracketed && !str_builder_append_ascii(&builder, "(", 1)) return VALUE_ERROR;
    if (!alone && !append_part(&builder, pair->real, spec, spec->sign)) return VALUE_ERROR;
    if (!append_part(&builder, pair->imaginary, spec, alone ? spec->sign : '+') ||
        !str_builder_append_ascii(&builder, "j)", bracketed ? 2 : 1))
        return VALUE_ERROR;
    Value text = str_builder_finish(&builder);
    if (value_is_error(text)) return text;
    Str *str = value_as_str(text);
    Padding padding = pad(spec, str->length);
    Str *result =
        str_new(thread, padding.left + str->length + padding.right, bound_for(spec->fill));
    if (!result) return VALUE_ERROR;
    Writer writer = {result, 0};
    put_fill(&writer, spec->fill, padding.left);
    put_characters(&writer, str_data(str), 1, str->length);
    put_fill(&writer, spec->fill, padding.right);
    return value_from_object(result);
}

Value format_spec_complex(Thread *thread, Value value, Value specification) {
    if (is_empty(specification)) return object_str(thread, value);
    Specification spec;
    if (!parse(thread, specification, value, 0, '>', &spec)) return VALUE_ERROR;
    if (is_float_type(spec.type) && spec.type != '%')
        return format_pair(thread, (Complex *)value_as_object(value), &spec);
    refuse_unknown(thread, spec.type, value);
    return VALUE_ERROR;
}
