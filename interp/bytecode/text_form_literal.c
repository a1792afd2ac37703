// text_form_literal.c — tokens and constants of the text form of bytecode, both ways.
//
// Constants are Python literals, and four forms that Python has no literal for: inf, nan,
// complex(real, imaginary) and frozenset({...}).
#include <ctype.h>
#include <math.h>
#include <stdarg.h>

#include "base/float_text.h"
#include "base/utf8.h"
#include "bytecode/text_form_internal.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

bool text_reader_fail(const TextReader *reader, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Value reason = str_format_va(reader->thread, format, arguments);
    va_end(arguments);
    if (!value_is_error(reason))
        raise_value_error(reader->thread, "%U, line %d: %U", reader->filename, reader->line,
                          reason);
    return false;
}

static COLD Value fail(const TextReader *reader, const char *reason) {
    (void)text_reader_fail(reader, "%s", reason);
    return VALUE_ERROR;
}

void text_reader_skip_blanks(TextReader *reader) {
    while (reader->next < reader->end) {
        char c = *reader->next;
        if (c == '#')
            while (reader->next < reader->end && *reader->next != '\n') reader->next++;
        else if (c == ' ' || c == '\t' || c == '\r' || c == '\f')
            reader->next++;
        else
            return;
    }
}

bool text_reader_at_line_end(TextReader *reader) {
    text_reader_skip_blanks(reader);
    return reader->next == reader->end || *reader->next == '\n';
}

bool text_reader_take(TextReader *reader, const char *text) {
    text_reader_skip_blanks(reader);
    size_t length = strlen(text);
    if ((size_t)(reader->end - reader->next) < length || memcmp(reader->next, text, length) != 0)
        return false;
    reader->next += length;
    return true;
}

static bool is_word_character(unsigned char c) {
    return isalnum(c) || c == '_' || c == '.' || c == '<' || c == '>' || c >= 0x80;
}

size_t text_reader_take_word(TextReader *reader, const char **word) {
    text_reader_skip_blanks(reader);
    *word = reader->next;
    while (reader->next < reader->end && is_word_character((unsigned char)*reader->next))
        reader->next++;
    return (size_t)(reader->next - *word);
}

bool text_reader_get_number(TextReader *reader, int *number) {
    const char *word;
    size_t length = text_reader_take_word(reader, &word);
    int64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)word[i]) || value > INT32_MAX)
            return text_reader_fail(reader, "a number is expected, not '%.*s'", (int)length, word);
        value = value * 10 + (word[i] - '0');
    }
    if (length == 0 || value > INT32_MAX) return text_reader_fail(reader, "a number is expected");
    *number = (int)value;
    return true;
}

// The value of `digits` digits of an escape.
static bool read_digits(TextReader *reader, int digits, int base, uint32_t *value) {
    *value = 0;
    int count = 0;
    for (; count < digits && reader->next < reader->end; count++) {
        unsigned char c = (unsigned char)*reader->next;
        int digit = isdigit(c) ? c - '0' : isxdigit(c) ? (c | 0x20) - 'a' + 10 : base;
        if (digit >= base) break;
        *value = *value * (unsigned)base + (unsigned)digit;
        reader->next++;
    }
    return base == 8 ? count > 0 : count == digits;
}

// What stands behind a backslash; false: no such escape.
static bool read_escape(TextReader *reader, bool is_bytes, uint32_t *character) {
    static const char letters[] = "abfnrtv\\'\"", meanings[] = "\a\b\f\n\r\t\v\\'\"";
    if (reader->next == reader->end) return false;
    char c = *reader->next;
    const char *letter = c != '\0' ? strchr(letters, c) : NULL;
    if (letter != NULL) {
        reader->next++;
        *character = (unsigned char)meanings[letter - letters];
        return true;
    }
    if (c >= '0' && c <= '7')
        return read_digits(reader, 3, 8, character) && (!is_bytes || *character < 256);
    reader->next++;
    switch (c) {
    case 'x': return read_digits(reader, 2, 16, character);
    case 'u': return !is_bytes && read_digits(reader, 4, 16, character);
    case 'U': return !is_bytes && read_digits(reader, 8, 16, character) && *character <= 0x10ffff;
    default: return false;
    }
}

static bool read_quoted(TextReader *reader, bool is_bytes, TextBuffer *text) {
    char quote = *reader->next++;
    for (; reader->next < reader->end && *reader->next != '\n';) {
        char c = *reader->next++;
        if (c == quote) return true;
        if (c != '\\') {
            if (is_bytes && (unsigned char)c >= 0x80)
                return text_reader_fail(reader, "a bytes literal is ASCII only");
            text_buffer_append_byte(text, c);
            continue;
        }
        uint32_t character;
        if (!read_escape(reader, is_bytes, &character))
            return text_reader_fail(reader, "unknown escape in a string");
        if (is_bytes)
            text_buffer_append_byte(text, (char)(unsigned char)character);
        else
            text_buffer_append_code_point(text, character);
    }
    return text_reader_fail(reader, "the string does not end on its line");
}

static Value get_string(TextReader *reader, bool is_bytes) {
    TextBuffer text = {0};
    Value value = VALUE_ERROR;
    if (read_quoted(reader, is_bytes, &text)) {
        const char *bytes = text_buffer_text(&text);
        value = text.failed ? raise_memory_error(reader->thread)
                : is_bytes  ? bytes_new(reader->thread, bytes, text.length)
                            : str_from_utf8(reader->thread, bytes, text.length);
    }
    text_buffer_free(&text);
    return value;
}

static bool at_quote(const TextReader *reader) {
    return reader->next < reader->end && (*reader->next == '"' || *reader->next == '\'');
}

Value text_reader_get_name(TextReader *reader) {
    text_reader_skip_blanks(reader);
    if (at_quote(reader)) {
        Value name = get_string(reader, false);
        return value_is_error(name) ? name : str_intern(reader->thread, name);
    }
    const char *word;
    size_t length = text_reader_take_word(reader, &word);
    if (length == 0) return fail(reader, "a name is expected");
    Value name = str_from_utf8(reader->thread, word, length);
    return value_is_error(name) ? name : str_intern(reader->thread, name);
}

// Digits without their underscores, cut off in front.
static bool copy_digits(TextBuffer *text, const char *word, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (word[i] != '_') text_buffer_append_byte(text, word[i]);
    return !text->failed && text->length > 0;
}

static int prefix_base(const char *word, size_t length) {
    if (length < 2 || word[0] != '0') return 10;
    switch (word[1] | 0x20) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 10;
    }
}

static bool are_digits(const char *text, size_t length, int base) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        int digit = isdigit(c) ? c - '0' : isxdigit(c) ? (c | 0x20) - 'a' + 10 : base;
        if (digit >= base) return false;
    }
    return length > 0;
}

static Value get_int(TextReader *reader, const char *word, size_t length) {
    int base = prefix_base(word, length);
    size_t skipped = base == 10 ? 0 : 2;
    TextBuffer digits = {0};
    Value value = VALUE_ERROR;
    copy_digits(&digits, word + skipped, length - skipped);
    const char *text = text_buffer_text(&digits);
    if (digits.failed)
        raise_memory_error(reader->thread);
    else if (!are_digits(text, digits.length, base))
        (void)text_reader_fail(reader, "'%.*s' is no number", (int)length, word);
    else
        value = int_from_text(reader->thread, text, digits.length, base);
    text_buffer_free(&digits);
    return value;
}

// The characters of a number, with a sign behind the e of an exponent.
static size_t take_number(TextReader *reader, const char **word) {
    *word = reader->next;
    while (reader->next < reader->end) {
        unsigned char c = (unsigned char)*reader->next;
        bool exponent = reader->next > *word && (reader->next[-1] | 0x20) == 'e' &&
                        prefix_base(*word, (size_t)(reader->next - *word)) == 10;
        if (!isalnum(c) && c != '_' && c != '.' && !((c == '+' || c == '-') && exponent)) break;
        reader->next++;
    }
    return (size_t)(reader->next - *word);
}

static bool read_double(TextReader *reader, const char *word, size_t length, double *number) {
    if (float_text_parse(word, length, number) == FLOAT_TEXT_OK) return true;
    return text_reader_fail(reader, "'%.*s' is no number", (int)length, word);
}

// A float with its sign, as it stands in complex(...).
static bool get_double(TextReader *reader, double *number) {
    text_reader_skip_blanks(reader);
    bool negative = text_reader_take(reader, "-");
    const char *word;
    size_t length = take_number(reader, &word);
    if (!read_double(reader, word, length, number)) return false;
    if (negative) *number = copysign(*number, -1.0);
    return true;
}

static Value get_number_literal(TextReader *reader) {
    bool negative = text_reader_take(reader, "-");
    const char *word;
    size_t length = take_number(reader, &word);
    if (length == 0) return fail(reader, "a constant is expected");
    bool special = (length == 3 && (memcmp(word, "inf", 3) == 0 || memcmp(word, "nan", 3) == 0));
    bool imaginary = !special && (word[length - 1] | 0x20) == 'j';
    bool is_float = special || imaginary;
    for (size_t i = 0; i < length && prefix_base(word, length) == 10; i++)
        is_float |= word[i] == '.' || (word[i] | 0x20) == 'e';
    if (!is_float) {
        Value value = get_int(reader, word, length);
        return negative && !value_is_error(value) ? int_negate(reader->thread, value) : value;
    }
    double number;
    if (!read_double(reader, word, length - imaginary, &number)) return VALUE_ERROR;
    if (negative) number = copysign(number, -1.0);
    return imaginary ? complex_new(reader->thread, negative ? -0.0 : 0.0, number)
                     : float_new(reader->thread, number);
}

static Value get_complex(TextReader *reader) {
    double real, imaginary;
    if (!get_double(reader, &real)) return VALUE_ERROR;
    if (!text_reader_take(reader, ",")) return fail(reader, "',' is expected");
    if (!get_double(reader, &imaginary)) return VALUE_ERROR;
    if (!text_reader_take(reader, ")")) return fail(reader, "')' is expected");
    return complex_new(reader->thread, real, imaginary);
}

// Constants up to the closing bracket, in a list; a tuple of one item has a comma.
static Value get_items(TextReader *reader, const char *close, bool wants_comma) {
    Value items = list_new(reader->thread, 0);
    if (value_is_error(items) || !thread_check_stack(reader->thread, "")) return VALUE_ERROR;
    bool comma = true;
    while (!text_reader_take(reader, close)) {
        if (!comma) return fail(reader, "',' or a closing bracket is expected");
        Value item = text_reader_get_literal(reader);
        if (value_is_error(item) || !list_append(reader->thread, value_as_list(items), item))
            return VALUE_ERROR;
        comma = text_reader_take(reader, ",");
    }
    if (wants_comma && value_as_list(items)->length == 1 && !comma)
        return fail(reader, "a tuple of one item is written (item,)");
    return items;
}

static Value get_frozenset(TextReader *reader) {
    if (text_reader_take(reader, ")")) return frozenset_new(reader->thread, NULL, 0);
    if (!text_reader_take(reader, "{")) return fail(reader, "'{' is expected");
    Value items = get_items(reader, "}", false);
    if (value_is_error(items)) return items;
    if (!text_reader_take(reader, ")")) return fail(reader, "')' is expected");
    const List *list = value_as_list(items);
    return frozenset_new(reader->thread, list->length > 0 ? list->items->items : NULL,
                         list->length);
}

Value text_reader_get_literal(TextReader *reader) {
    const struct {
        const char *word;
        Value value;
    } singletons[] = {{"None", VALUE_NONE},
                      {"True", VALUE_TRUE},
                      {"False", VALUE_FALSE},
                      {"Ellipsis", VALUE_ELLIPSIS},
                      {"...", VALUE_ELLIPSIS}};
    text_reader_skip_blanks(reader);
    for (size_t i = 0; i < COUNT_OF(singletons); i++)
        if (text_reader_take(reader, singletons[i].word)) return singletons[i].value;
    if (at_quote(reader)) return get_string(reader, false);
    if (reader->end - reader->next > 1 && *reader->next == 'b' &&
        (reader->next[1] == '"' || reader->next[1] == '\'')) {
        reader->next++;
        return get_string(reader, true);
    }
    if (text_reader_take(reader, "complex(")) return get_complex(reader);
    if (text_reader_take(reader, "frozenset(")) return get_frozenset(reader);
    if (text_reader_take(reader, "(")) {
        Value items = get_items(reader, ")", true);
        return value_is_error(items) ? items : list_as_tuple(reader->thread, value_as_list(items));
    }
    return get_number_literal(reader);
}

// Writing

static void put_character(TextBuffer *text, uint32_t c) {
    if (c == '\n')
        text_buffer_append_text(text, "\\n");
    else if (c == '\\' || c == '\'')
        text_buffer_append_format(text, "\\%c", (char)c);
    else if (c >= ' ' && c < 0x7f)
        text_buffer_append_byte(text, (char)c);
    else if (c < 0x100)
        text_buffer_append_format(text, "\\x%02x", c);
    else if (c >= 0xd800 && c < 0xe000)
        text_buffer_append_format(text, "\\u%04x", c);
    else
        text_buffer_append_code_point(text, c);
}

void text_form_put_string(TextBuffer *text, const Str *str) {
    text_buffer_append_byte(text, '\'');
    for (uint64_t i = 0; i < str->length; i++) put_character(text, str_at(str, i));
    text_buffer_append_byte(text, '\'');
}

// NULL is a word of its own where names stand.
void text_form_put_name(TextBuffer *text, Value name) {
    const Str *str = value_as_str(name);
    bool bare = str->length > 0 && !str_equals_c(str, "NULL");
    for (uint64_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        bare &=
            c < 0x80 ? is_word_character((unsigned char)c) : c > 0xff && (c < 0xd800 || c > 0xdfff);
    }
    if (!bare) {
        text_form_put_string(text, str);
        return;
    }
    for (uint64_t i = 0; i < str->length; i++) text_buffer_append_code_point(text, str_at(str, i));
}

static void put_bytes(TextBuffer *text, const Bytes *bytes) {
    text_buffer_append_text(text, "b'");
    for (uint64_t i = 0; i < bytes->length; i++) {
        unsigned char c = bytes->data[i];
        if (c < 0x80)
            put_character(text, c);
        else
            text_buffer_append_format(text, "\\x%02x", c);
    }
    text_buffer_append_byte(text, '\'');
}

static void put_double(TextBuffer *text, double number) {
    char digits[FLOAT_TEXT_REPR_SIZE];
    if (isnan(number) && signbit(number)) text_buffer_append_byte(text, '-');
    text_buffer_append(text, digits, float_text_repr(number, digits));
}

// Hexadecimal beyond 64 bits: there is no limit to the number of digits.
static void put_int(TextBuffer *text, Value value) {
    int64_t number;
    if (int_as_int64(value, &number)) {
        text_buffer_append_format(text, "%lld", (long long)number);
        return;
    }
    uint64_t scratch;
    BigintView view = int_view(value, &scratch);
    text_buffer_append_format(text, "%s0x%llx", view.negative ? "-" : "",
                              (unsigned long long)view.limbs[view.count - 1]);
    for (size_t i = view.count - 1; i-- > 0;)
        text_buffer_append_format(text, "%016llx", (unsigned long long)view.limbs[i]);
}

static bool put_tuple(Thread *thread, TextBuffer *text, const Tuple *tuple) {
    text_buffer_append_text(text, "(");
    for (uint64_t i = 0; i < tuple->length; i++) {
        if (i > 0) text_buffer_append_text(text, ", ");
        if (!text_form_put_literal(thread, text, tuple->items[i])) return false;
    }
    text_buffer_append_text(text, tuple->length == 1 ? ",)" : ")");
    return true;
}

static bool put_frozenset(Thread *thread, TextBuffer *text, const Set *set) {
    const char *separator = "{";
    text_buffer_append_text(text, "frozenset(");
    size_t position = 0;
    Value item;
    for (; set_next(set, &position, &item); separator = ", ") {
        text_buffer_append_text(text, separator);
        if (!text_form_put_literal(thread, text, item)) return false;
    }
    text_buffer_append_text(text, set->length > 0 ? "})" : ")");
    return true;
}

bool text_form_put_literal(Thread *thread, TextBuffer *text, Value constant) {
    if (!thread_check_stack(thread, "")) return false;
    if (value_is_none(constant)) {
        text_buffer_append_text(text, "None");
    } else if (value_is_bool(constant)) {
        text_buffer_append_text(text, value_as_bool(constant) ? "True" : "False");
    } else if (value_same(constant, VALUE_ELLIPSIS)) {
        text_buffer_append_text(text, "Ellipsis");
    } else if (value_is_int_exact(constant)) {
        put_int(text, constant);
    } else if (value_is_float_exact(constant)) {
        put_double(text, value_as_double(constant));
    } else if (value_has_shape(constant, SHAPE_complex)) {
        const Complex *number = (Complex *)value_as_object(constant);
        text_buffer_append_text(text, "complex(");
        put_double(text, number->real);
        text_buffer_append_text(text, ", ");
        put_double(text, number->imaginary);
        text_buffer_append_text(text, ")");
    } else if (value_is_str_exact(constant)) {
        text_form_put_string(text, value_as_str(constant));
    } else if (value_is_bytes_exact(constant)) {
        put_bytes(text, value_as_bytes(constant));
    } else if (value_is_tuple_exact(constant)) {
        return put_tuple(thread, text, value_as_tuple(constant));
    } else if (value_has_shape(constant, SHAPE_frozenset)) {
        return put_frozenset(thread, text, value_as_set(constant));
    } else {
        raise_type_error(thread, "cannot write a constant of type '%T'", constant);
        return false;
    }
    return true;
}
