// str_percent.c — `format % args` for str and bytes.
//
// The one idea: bytes are formatted as the str of the same code points, with their own rules for
// %s, %b and %c, and turned back at the end; so there is one engine. Source of the rules:
// unicode_format in CPython's unicodeobject.c, _PyBytes_FormatEx.
#include "base/float_text.h"
#include "objects/bytes_internal.h"
#include "objects/containers.h"
#include "objects/float_internal.h"
#include "objects/int.h"
#include "objects/str_internal.h"
#include "runtime/protocols.h"

typedef struct {
    Thread *thread;
    StrBuilder builder;
    const Str *format;
    size_t place;
    Value args;    // a tuple, or the one argument
    Value mapping; // VALUE_ABSENT: %(key)s is not possible
    size_t next;   // of the arguments
    size_t given;
    bool of_bytes;
} Formatter;

// One conversion: %(key)-08.3lf
typedef struct {
    bool left, sign, blank, alternate, zero;
    ssize_t width, precision; // -1: none
    uint32_t code;
    bool numeric;
} Conversion;

static Value next_argument(Formatter *f) {
    if (f->next >= f->given)
        return raise_type_error(f->thread, "not enough arguments for format string");
    size_t index = f->next++;
    return value_is_tuple(f->args) ? value_as_tuple(f->args)->items[index] : f->args;
}

static bool read_character(Formatter *f, uint32_t *c) {
    if (f->place >= f->format->length) {
        raise_value_error(f->thread, "incomplete format");
        return false;
    }
    *c = str_at(f->format, f->place++);
    return true;
}

// Parsing

// Behind "%(": the value of the key becomes the one argument.
static bool read_key(Formatter *f) {
    if (value_is_absent(f->mapping)) {
        raise_type_error(f->thread, "format requires a mapping");
        return false;
    }
    size_t start = f->place, open = 1;
    while (open > 0 && f->place < f->format->length) {
        uint32_t c = str_at(f->format, f->place++);
        if (c == ')')
            open--;
        else if (c == '(')
            open++;
    }
    if (open > 0) {
        raise_value_error(f->thread, "incomplete format key");
        return false;
    }
    size_t size = f->place - 1 - start;
    const void *text = str_data_at(f->format, start);
    Value key = f->of_bytes ? bytes_new(f->thread, text, size)
                            : str_from_kind(f->thread, str_kind(f->format), text, size);
    if (value_is_error(key)) return false;
    Value value = object_get_item(f->thread, f->mapping, key);
    if (value_is_error(value)) return false;
    f->args = tuple_of(f->thread, 1, value);
    if (value_is_error(f->args)) return false;
    f->next = 0;
    f->given = 1;
    return true;
}

static bool read_flag(Conversion *how, uint32_t c) {
    switch (c) {
    case '-': return how->left = true;
    case '+': return how->sign = true;
    case ' ': return how->blank = true;
    case '#': return how->alternate = true;
    case '0': return how->zero = true;
    default: return false;
    }
}

// '*': the number is an argument. `c_type` is what a message says that it does not fit.
static bool read_star(Formatter *f, const char *c_type, ssize_t *number) {
    Value value = next_argument(f);
    if (value_is_error(value)) return false;
    if (!value_is_int(value)) {
        raise_type_error(f->thread, "* wants int");
        return false;
    }
    int64_t result;
    if (int_as_int64(value, &result)) {
        *number = (ssize_t)result;
        return true;
    }
    raise_error(f->thread, &exception_OverflowError, "Python int too large to convert to C %s",
                c_type);
    return false;
}

// Digits from *c on; *c becomes the character behind them.
static bool read_number(Formatter *f, uint32_t *c, ssize_t limit, const char *message,
                        ssize_t *number) {
    for (*number = 0; *c >= '0' && *c <= '9';) {
        int digit = (int)(*c - '0');
        if (*number > (limit - digit) / 10) {
            raise_value_error(f->thread, "%s", message);
            return false;
        }
        *number = *number * 10 + digit;
        if (!read_character(f, c)) return false;
    }
    return true;
}

static bool read_width(Formatter *f, Conversion *how, uint32_t *c) {
    if (*c == '*') {
        if (!read_star(f, "ssize_t", &how->width)) return false;
        if (how->width < 0) {
            how->left = true;
            how->width = how->width == PTRDIFF_MIN ? PTRDIFF_MAX : -how->width;
        }
        return read_character(f, c);
    }
    if (*c < '0' || *c > '9') return true;
    return read_number(f, c, PTRDIFF_MAX, "width too big", &how->width);
}

static bool read_precision(Formatter *f, Conversion *how, uint32_t *c) {
    if (*c != '.') return true;
    if (!read_character(f, c)) return false;
    if (*c == '*') {
        if (!read_star(f, "int", &how->precision)) return false;
        if (how->precision < 0) how->precision = 0;
        return read_character(f, c);
    }
    return read_number(f, c, INT32_MAX, f->of_bytes ? "prec too big" : "precision too big",
                       &how->precision);
}

// Behind the '%'.
static bool read_conversion(Formatter *f, Conversion *how) {
    *how = (Conversion){.width = -1, .precision = -1};
    uint32_t c;
    if (f->place < f->format->length && str_at(f->format, f->place) == '(') {
        f->place++;
        if (!read_key(f)) return false;
    }
    do {
        if (!read_character(f, &c)) return false;
    } while (read_flag(how, c));
    if (!read_width(f, how, &c) || !read_precision(f, how, &c)) return false;
    if (c == 'h' || c == 'l' || c == 'L')
        if (!read_character(f, &c)) return false;
    how->code = c;
    return true;
}

// Conversions: each gives the text of an argument before padding

static Value refuse_number(Formatter *f, const Conversion *how, Value value) {
    bool exact = how->code == 'o' || (how->code | 32) == 'x';
    return raise_type_error(f->thread, "%%%c format: %s is required, not %T", (int)how->code,
                            exact ? "an integer" : "a real number", value);
}

static bool is_number(Value value) {
    Type *type = type_of(value);
    return type->to_int || type->index || type->to_float ||
           (value_is_object(value) && type_is_subtype(type, &complex_type));
}

// An int from any number: int() of it for %d, __index__ for %x.
static Value as_int(Formatter *f, const Conversion *how, Value value) {
    if (value_is_int(value)) return value;
    if (!is_number(value)) return refuse_number(f, how, value);
    bool exact = how->code == 'o' || (how->code | 32) == 'x';
    Value number = exact ? object_index(f->thread, value)
                         : object_call1(f->thread, value_from_type(&int_type), value);
    if (value_is_error(number) && error_clear_if(f->thread, &exception_TypeError))
        return refuse_number(f, how, value);
    return number;
}

// Sign, prefix, zeros up to the precision, digits.
static Value lay_out_int(Formatter *f, const Conversion *how, Value digits) {
    Str *str = value_as_str(digits);
    bool negative = str_at(str, 0) == '-';
    size_t count = str->length - negative;
    char prefix[2] = {'0', (char)how->code};
    size_t prefix_size = how->alternate && strchr("oxX", (int)how->code) ? 2 : 0;
    size_t zeros = how->precision > (ssize_t)count ? (size_t)how->precision - count : 0;
    if (!prefix_size && !zeros && how->code != 'X') return digits;
    Str *text = str_new(f->thread, negative + prefix_size + zeros + count, 0x7F);
    if (!text) return VALUE_ERROR;
    char *to = str_data(text);
    if (negative) *to++ = '-';
    memcpy(to, prefix, prefix_size);
    memset(to + prefix_size, '0', zeros);
    to += prefix_size + zeros;
    memcpy(to, (char *)str_data(str) + negative, count);
    if (how->code == 'X')
        for (size_t i = 0; i < count; i++)
            if (to[i] >= 'a') to[i] = (char)(to[i] - 32);
    return value_from_object(text);
}

static Value format_int(Formatter *f, const Conversion *how, Value value) {
    Value number = as_int(f, how, value);
    if (value_is_error(number)) return number;
    int base = how->code == 'o' ? 8 : (how->code | 32) == 'x' ? 16 : 10;
    Value digits = int_to_str(f->thread, number, base);
    return value_is_error(digits) ? digits : lay_out_int(f, how, digits);
}

static Value format_float(Formatter *f, const Conversion *how, Value value) {
    double number;
    if (f->of_bytes && !is_number(value))
        return raise_type_error(f->thread, "float argument required, not %T", value);
    if (!object_as_double(f->thread, value, &number)) return VALUE_ERROR;
    int precision = how->precision < 0 ? 6 : (int)how->precision;
    TextBuffer buffer = {0};
    float_text_format(&buffer, number, (char)how->code, precision,
                      how->alternate ? FLOAT_TEXT_ALTERNATIVE : 0);
    return float_take_text(f->thread, &buffer);
}

static Value format_character(Formatter *f, Value value) {
    const unsigned char *data;
    size_t size;
    if (f->of_bytes && bytes_view(value, &data, &size) && size == 1)
        return str_from_character(f->thread, data[0]);
    if (!f->of_bytes && value_is_str(value)) {
        if (value_as_str(value)->length == 1) return value;
        return raise_type_error(f->thread, "%%c requires int or char");
    }
    const char *message = f->of_bytes ? "%%c requires an integer in range(256) or a single byte"
                                      : "%%c requires int or char";
    if (!object_has_index(value)) return raise_type_error(f->thread, message);
    Value index = object_index(f->thread, value);
    if (value_is_error(index)) return index;
    int64_t c;
    if (!int_as_int64(index, &c) || c < 0 || c > (f->of_bytes ? 255 : UTF8_MAX_CODE_POINT))
        return raise_error(f->thread, &exception_OverflowError,
                           f->of_bytes ? "%%c arg not in range(256)"
                                       : "%%c arg not in range(0x110000)");
    return str_from_character(f->thread, (uint32_t)c);
}

// %s and %b of bytes: their code points.
static Value text_of_bytes(Formatter *f, Value value) {
    const unsigned char *data;
    size_t size;
    if (!bytes_view(value, &data, &size)) {
        Value method = object_find_special(f->thread, value, NAMES(f->thread)->__bytes__);
        if (value_is_error(method)) return method;
        if (value_is_absent(method))
            return raise_type_error(f->thread,
                                    "%%b requires a bytes-like object, or an object that "
                                    "implements __bytes__, not '%T'",
                                    value);
        value = bytes_from_object(f->thread, value);
        if (value_is_error(value)) return value;
        bytes_view(value, &data, &size);
    }
    return str_from_kind(f->thread, 1, data, size);
}

static Value format_text(Formatter *f, const Conversion *how, Value value) {
    Value text;
    if (f->of_bytes && (how->code == 's' || how->code == 'b'))
        text = text_of_bytes(f, value);
    else if (how->code == 's')
        text = object_str(f->thread, value);
    else if (how->code == 'r' && !f->of_bytes)
        text = object_repr(f->thread, value);
    else
        text = object_ascii(f->thread, value);
    if (value_is_error(text) || how->precision < 0) return text;
    size_t length = value_as_str(text)->length;
    return (size_t)how->precision < length
               ? str_substring(f->thread, text, 0, (size_t)how->precision)
               : text;
}

// Padding

static bool append_fill(Formatter *f, char c, size_t count) {
    char block[64];
    memset(block, c, sizeof block);
    if (count <= sizeof block) return str_builder_append_ascii(&f->builder, block, count);
    // In one piece, so that a width beyond the memory fails at once.
    Str *fill = str_new(f->thread, count, 0x7F);
    if (!fill) return false;
    memset(str_data(fill), c, count);
    return str_builder_append(&f->builder, value_from_object(fill));
}

static bool append_number(Formatter *f, const Conversion *how, const Str *text) {
    size_t start = 0;
    char sign = 0;
    uint32_t first = text->length ? str_at(text, 0) : 0;
    if (first == '-' || first == '+') {
        sign = (char)first;
        start = 1;
    } else if (how->sign) {
        sign = '+';
    } else if (how->blank) {
        sign = ' ';
    }
    size_t length = text->length - start + (sign != 0);
    size_t missing = how->width > (ssize_t)length ? (size_t)how->width - length : 0;
    bool zeros = how->zero && !how->left;
    if (!how->left && !zeros && !append_fill(f, ' ', missing)) return false;
    if (sign && !str_builder_append_ascii(&f->builder, &sign, 1)) return false;
    if (zeros) {
        if (how->alternate && strchr("oxX", (int)how->code)) {
            if (!str_builder_append_range(&f->builder, text, start, start + 2)) return false;
            start += 2;
        }
        if (!append_fill(f, '0', missing)) return false;
    }
    if (!str_builder_append_range(&f->builder, text, start, text->length)) return false;
    return !how->left || append_fill(f, ' ', missing);
}

static bool append_padded(Formatter *f, const Conversion *how, Value value) {
    Str *text = value_as_str(value);
    if (how->numeric) return append_number(f, how, text);
    size_t length = text->length;
    size_t missing = how->width > (ssize_t)length ? (size_t)how->width - length : 0;
    if (!how->left && !append_fill(f, ' ', missing)) return false;
    return str_builder_append(&f->builder, value) && (!how->left || append_fill(f, ' ', missing));
}

// The engine

static Value format_value(Formatter *f, Conversion *how, Value value) {
    switch (how->code) {
    case 's':
    case 'r':
    case 'a': return format_text(f, how, value);
    case 'c': return format_character(f, value);
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': how->numeric = true; return format_int(f, how, value);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': how->numeric = true; return format_float(f, how, value);
    case 'b':
        if (f->of_bytes) return format_text(f, how, value);
        break;
    default: break;
    }
    return raise_value_error(f->thread, "unsupported format character '%c' (0x%x) at index %zd",
                             how->code > 30 && how->code < 127 ? (int)how->code : '?',
                             (unsigned)how->code, (ssize_t)f->place - 1);
}

static bool append_conversion(Formatter *f) {
    Conversion how;
    if (f->place < f->format->length && str_at(f->format, f->place) == '%') {
        f->place++;
        return str_builder_append_ascii(&f->builder, "%", 1);
    }
    if (!read_conversion(f, &how)) return false;
    Value value = next_argument(f);
    if (value_is_error(value)) return false;
    Value text = format_value(f, &how, value);
    if (value_is_error(text)) return false;
    if (how.width < 0 && !how.numeric) return str_builder_append(&f->builder, text);
    return append_padded(f, &how, text);
}

static bool run(Formatter *f) {
    const Str *percent = value_as_str(str_from_character(f->thread, '%'));
    while (f->place < f->format->length) {
        ssize_t found = str_find(f->format, percent, f->place, f->format->length);
        size_t end = found < 0 ? f->format->length : (size_t)found;
        if (!str_builder_append_range(&f->builder, f->format, f->place, end)) return false;
        if (found < 0) break;
        f->place = end + 1;
        if (!append_conversion(f)) return false;
    }
    if (f->next >= f->given || !value_is_absent(f->mapping)) return true;
    raise_type_error(f->thread, "not all arguments converted during %s formatting",
                     f->of_bytes ? "bytes" : "string");
    return false;
}

static Value format(Thread *thread, Value text, Value args, bool of_bytes) {
    Formatter f = {.thread = thread,
                   .format = value_as_str(text),
                   .args = args,
                   .mapping = VALUE_ABSENT,
                   .given = 1,
                   .of_bytes = of_bytes};
    const unsigned char *data;
    size_t size;
    if (value_is_tuple(args))
        f.given = value_as_tuple(args)->length;
    else if (type_of(args)->get_item && !value_is_str(args) &&
             !(of_bytes && bytes_view(args, &data, &size)))
        f.mapping = args;
    str_builder_start(&f.builder, thread);
    return run(&f) ? str_builder_finish(&f.builder) : VALUE_ERROR;
}

Value str_percent_format(Thread *thread, Value text, Value args) {
    return format(thread, text, args, false);
}

Value bytes_percent_format(Thread *thread, Value self, Value args) {
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    Value text = str_from_kind(thread, 1, data, size);
    if (value_is_error(text)) return text;
    Value result = format(thread, text, args, true);
    if (value_is_error(result)) return result;
    Str *str = value_as_str(result);
    return bytes_new_like(thread, self, str_data(str), str->length);
}
