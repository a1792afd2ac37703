// str_format.c — messages: printf's conversions of numbers and C texts, and those of Values.
//
// The result is built as a str, so that a message may hold any character of a user's name.
#include "objects/str.h"
#include "runtime/protocols.h"

// One conversion: flags and numbers of "%-5.200s".
typedef struct {
    bool left, zero;
    int width, precision; // -1: none
    enum { SIZE_INT, SIZE_LONG, SIZE_LONG_LONG, SIZE_Z } size;
    char conversion;
} Conversion;

// A wrapper, so that the list can be handed on by reference on every platform.
typedef struct {
    va_list list;
} Arguments;

// Digits, or '*' for an int among the arguments.
static int read_number(const char **format, Arguments *arguments) {
    if (**format == '*') {
        (*format)++;
        return va_arg(arguments->list, int);
    }
    int number = 0;
    while (**format >= '0' && **format <= '9') number = number * 10 + (*(*format)++ - '0');
    return number;
}

// `format` stands behind the '%'.
static Conversion read_conversion(const char **format, Arguments *arguments) {
    Conversion result = {.width = 0, .precision = -1};
    for (;; (*format)++) {
        if (**format == '-')
            result.left = true;
        else if (**format == '0')
            result.zero = true;
        else
            break;
    }
    result.width = read_number(format, arguments);
    if (**format == '.') {
        (*format)++;
        result.precision = read_number(format, arguments);
    }
    if (**format == 'z') {
        result.size = SIZE_Z;
        (*format)++;
    }
    for (; **format == 'l'; (*format)++)
        result.size = result.size == SIZE_INT ? SIZE_LONG : SIZE_LONG_LONG;
    result.conversion = *(*format)++;
    return result;
}

static bool append_fill(StrBuilder *builder, char c, int count) {
    for (int i = 0; i < count; i++)
        if (!str_builder_append_ascii(builder, &c, 1)) return false;
    return true;
}

static bool append_padded(StrBuilder *builder, const Conversion *how, const char *text,
                          size_t size) {
    int missing = how->width > (int)size ? how->width - (int)size : 0;
    if (!how->left && !append_fill(builder, how->zero ? '0' : ' ', missing)) return false;
    if (!str_builder_append_ascii(builder, text, size)) return false;
    return !how->left || append_fill(builder, ' ', missing);
}

static bool append_number(StrBuilder *builder, const Conversion *how, unsigned long long number,
                          bool negative) {
    char digits[32];
    char *end = digits + sizeof digits, *first = end;
    unsigned base = how->conversion == 'x' || how->conversion == 'p' ? 16 : 10;
    do *--first = "0123456789abcdef"[number % base];
    while ((number /= base) != 0);
    if (how->conversion == 'p') {
        *--first = 'x';
        *--first = '0';
    }
    if (negative) *--first = '-';
    return append_padded(builder, how, first, (size_t)(end - first));
}

static bool append_signed(StrBuilder *builder, const Conversion *how, Arguments *arguments) {
    long long number;
    switch (how->size) {
    case SIZE_INT: number = va_arg(arguments->list, int); break;
    case SIZE_LONG: number = va_arg(arguments->list, long); break;
    case SIZE_LONG_LONG: number = va_arg(arguments->list, long long); break;
    default: number = va_arg(arguments->list, ssize_t); break;
    }
    bool negative = number < 0;
    unsigned long long magnitude =
        negative ? -(unsigned long long)number : (unsigned long long)number;
    return append_number(builder, how, magnitude, negative);
}

static bool append_unsigned(StrBuilder *builder, const Conversion *how, Arguments *arguments) {
    unsigned long long number;
    switch (how->size) {
    case SIZE_INT: number = va_arg(arguments->list, unsigned); break;
    case SIZE_LONG: number = va_arg(arguments->list, unsigned long); break;
    case SIZE_LONG_LONG: number = va_arg(arguments->list, unsigned long long); break;
    default: number = va_arg(arguments->list, size_t); break;
    }
    return append_number(builder, how, number, false);
}

// UTF-8 of any origin; a precision counts bytes, as printf's.
static bool append_c_text(StrBuilder *builder, const Conversion *how, const char *text) {
    size_t size = how->precision >= 0 ? strnlen(text, (size_t)how->precision) : strlen(text);
    bool ascii = true;
    for (size_t i = 0; i < size && ascii; i++) ascii = (unsigned char)text[i] < 0x80;
    if (ascii) return append_padded(builder, how, text, size);
    Value str = str_decode_utf8(builder->thread, text, size, "replace");
    return !value_is_error(str) && str_builder_append(builder, str);
}

static bool append_value(StrBuilder *builder, const Conversion *how, Arguments *arguments) {
    Thread *thread = builder->thread;
    Value value = va_arg(arguments->list, Value);
    switch (how->conversion) {
    case 'R': value = object_repr(thread, value); break;
    case 'S': value = object_str(thread, value); break;
    case 'A': value = object_ascii(thread, value); break;
    case 'K':
        return append_c_text(builder, how, value_is_none(value) ? "None" : type_of(value)->name);
    case 'T': return append_c_text(builder, how, type_of(value)->name);
    default: break;
    }
    return !value_is_error(value) && str_builder_append(builder, value);
}

static bool append_conversion(StrBuilder *builder, const Conversion *how, Arguments *arguments) {
    switch (how->conversion) {
    case '%': return str_builder_append_ascii(builder, "%", 1);
    case 'c': return str_builder_append_character(builder, (uint32_t)va_arg(arguments->list, int));
    case 'd':
    case 'i': return append_signed(builder, how, arguments);
    case 'u':
    case 'x': return append_unsigned(builder, how, arguments);
    case 'p': return append_number(builder, how, (uintptr_t)va_arg(arguments->list, void *), false);
    case 's': return append_c_text(builder, how, va_arg(arguments->list, const char *));
    case 'N': return append_c_text(builder, how, va_arg(arguments->list, Type *)->name);
    default:
        ASSERT(strchr("RSAKTU", how->conversion));
        return append_value(builder, how, arguments);
    }
}

Value str_format_va(Thread *thread, const char *format, va_list arguments) {
    StrBuilder builder;
    str_builder_start(&builder, thread);
    Arguments copy;
    va_copy(copy.list, arguments);
    bool good = true;
    while (good && *format) {
        const char *percent = strchr(format, '%');
        size_t plain = percent ? (size_t)(percent - format) : strlen(format);
        Conversion literal = {.precision = (int)plain};
        good = plain == 0 || append_c_text(&builder, &literal, format);
        format += plain;
        if (!good || !percent) continue;
        format++;
        Conversion how = read_conversion(&format, &copy);
        good = append_conversion(&builder, &how, &copy);
    }
    va_end(copy.list);
    return good ? str_builder_finish(&builder) : VALUE_ERROR;
}

Value str_format(Thread *thread, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Value result = str_format_va(thread, format, arguments);
    va_end(arguments);
    return result;
}
