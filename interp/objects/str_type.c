// str_type.c — the type str: constructor, repr, operators.
//
// Instances of subclasses have the layout of exact strs, so every reader takes both; results of
// operators are exact.
#include "base/unicode.h"
#include "objects/bytes.h"
#include "objects/iterators.h"
#include "objects/native.h"
#include "objects/range.h"
#include "objects/str_internal.h"
#include "runtime/protocols.h"

// Constructor

static Value decode(Thread *thread, Value object, Value encoding_argument, Value errors_argument) {
    const char *encoding = "utf-8", *errors = "strict";
    if (!text_argument(thread, "str", "encoding", encoding_argument, &encoding) ||
        !text_argument(thread, "str", "errors", errors_argument, &errors))
        return VALUE_ERROR;
    if (value_is_absent(object)) return NAMES(thread)->empty;
    if (value_is_str(object)) return raise_type_error(thread, "decoding str is not supported");
    const unsigned char *bytes;
    size_t size;
    if (!bytes_view(object, &bytes, &size))
        return raise_type_error(thread, "decoding to str: need a bytes-like object, %T found",
                                object);
    return str_decode(thread, bytes, size, encoding, errors);
}

static Value copy_into(Thread *thread, Type *type, Value text) {
    Str *from = value_as_str(text);
    size_t bytes = (from->length + 1) * str_kind(from);
    Str *str = (Str *)type_allocate(thread, type, bytes);
    if (!str) return VALUE_ERROR;
    str->header.kind = from->header.kind;
    str->header.data = from->header.data & STR_ASCII;
    str->length = from->length;
    str->hash = from->hash;
    memcpy(str_data(str), str_data(from), bytes);
    return value_from_object(str);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    if (LIKELY(count == 1 && type == &str_type && value_is_absent(names)))
        return object_str(thread, args[0]);
    Value bound[3];
    if (!arguments_bind(thread, "str", "object='', encoding='utf-8', errors='strict'", args, count,
                        names, bound))
        return VALUE_ERROR;
    Value text;
    if (!value_is_absent(bound[1]) || !value_is_absent(bound[2]))
        text = decode(thread, bound[0], bound[1], bound[2]);
    else
        text = value_is_absent(bound[0]) ? NAMES(thread)->empty : object_str(thread, bound[0]);
    return value_is_error(text) || type == &str_type ? text : copy_into(thread, type, text);
}

// repr

static const char hex_digits[] = "0123456789abcdef";

// Characters that the repr needs for one, and whether it must be escaped.
static size_t repr_size(uint32_t c, uint32_t quote) {
    if (c == '\\' || c == quote || c == '\n' || c == '\r' || c == '\t') return 2;
    if (c >= 0x20 && c < 0x7F) return 1;
    if (c >= 0x80 && unicode_is_printable(c)) return 1;
    return c < 0x100 ? 4 : c < 0x10000 ? 6 : 10;
}

static size_t write_escape(uint32_t c, size_t size, char *text) {
    text[0] = '\\';
    if (size == 2) {
        text[1] = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : (char)c;
        return size;
    }
    text[1] = size == 4 ? 'x' : size == 6 ? 'u' : 'U';
    for (size_t i = size - 1; i >= 2; i--, c >>= 4) text[i] = hex_digits[c & 15];
    return size;
}

static uint32_t choose_quote(const Str *str) {
    bool single = false, both = false;
    for (size_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        single |= c == '\'';
        both |= c == '"';
    }
    return single && !both ? '"' : '\'';
}

Value str_repr(Thread *thread, Value value) {
    Str *str = value_as_str(value);
    uint32_t quote = choose_quote(str), bound = 0x7F;
    size_t length = 2;
    for (size_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        size_t size = repr_size(c, quote);
        length += size;
        if (size == 1 && c > bound) bound = c;
    }
    Str *result = str_new(thread, length, bound);
    if (!result) return VALUE_ERROR;
    unsigned kind = str_kind(result);
    void *data = str_data(result);
    size_t place = 0;
    utf8_store_character(data, kind, place++, quote);
    if (length == str->length + 2) {
        str_put(result, place, str);
        place += str->length;
    } else {
        for (size_t i = 0; i < str->length; i++) {
            uint32_t c = str_at(str, i);
            size_t size = repr_size(c, quote);
            char escape[10];
            if (size == 1)
                utf8_store_character(data, kind, place, c);
            else
                utf8_convert(escape, 1, (char *)data + place * kind, kind,
                             write_escape(c, size, escape));
            place += size;
        }
    }
    utf8_store_character(data, kind, place, quote);
    return value_from_object(result);
}

// Operators

static Value as_exact(Thread *thread, Value self) {
    if (value_is_str_exact(self)) return self;
    Str *str = value_as_str(self);
    return str_from_kind(thread, str_kind(str), str_data(str), str->length);
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    *result = str_hash(thread, value_as_str(self));
    return true;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    if (!value_is_str(other)) return VALUE_NOT_IMPLEMENTED;
    Str *a = value_as_str(self), *b = value_as_str(other);
    switch (op) {
    case COMPARE_LT: return value_from_bool(str_compare(a, b) < 0);
    case COMPARE_LE: return value_from_bool(str_compare(a, b) <= 0);
    case COMPARE_EQ: return value_from_bool(str_equal(a, b));
    case COMPARE_NE: return value_from_bool(!str_equal(a, b));
    case COMPARE_GT: return value_from_bool(str_compare(a, b) > 0);
    case COMPARE_GE: return value_from_bool(str_compare(a, b) >= 0);
    }
    UNREACHABLE();
}

static Value iterate(Thread *thread, Value self) {
    uint32_t shape =
        str_is_ascii(value_as_str(self)) ? SHAPE_str_ascii_iterator : SHAPE_str_iterator;
    return sequence_iterator_new(thread, shape, self);
}

static ssize_t length(Thread *thread, Value self) {
    (void)thread;
    return (ssize_t)value_as_str(self)->length;
}

static int contains(Thread *thread, Value self, Value item) {
    if (!value_is_str(item)) {
        raise_type_error(thread, "'in <string>' requires string as left operand, not %T", item);
        return -1;
    }
    return str_find(value_as_str(self), value_as_str(item), 0, SIZE_MAX) >= 0;
}

static Value get_slice(Thread *thread, Value self, Value slice) {
    Str *str = value_as_str(self);
    ssize_t start, stop, step, count;
    if (!slice_resolve(thread, slice, (ssize_t)str->length, &start, &stop, &step, &count))
        return VALUE_ERROR;
    if (count == 0) return NAMES(thread)->empty;
    if (step == 1) return str_substring(thread, self, (size_t)start, (size_t)(start + count));
    uint32_t bound = 0;
    if (!str_is_ascii(str))
        for (ssize_t i = 0; i < count; i++) bound |= str_at(str, (size_t)(start + i * step));
    if (count == 1) return str_from_character(thread, str_at(str, (size_t)start));
    Str *part =
        str_new(thread, (size_t)count, bound > UTF8_MAX_CODE_POINT ? UTF8_MAX_CODE_POINT : bound);
    if (!part) return VALUE_ERROR;
    for (ssize_t i = 0; i < count; i++)
        utf8_store_character(str_data(part), str_kind(part), (size_t)i,
                             str_at(str, (size_t)(start + i * step)));
    return value_from_object(part);
}

static Value get_item(Thread *thread, Value self, Value key) {
    Str *str = value_as_str(self);
    if (value_has_shape(key, SHAPE_slice)) return get_slice(thread, self, key);
    ssize_t index;
    if (LIKELY(value_is_fixnum(key))) {
        index = (ssize_t)value_as_fixnum(key);
    } else {
        if (!object_has_index(key))
            return raise_type_error(thread, "string indices must be integers, not '%T'", key);
        if (!object_as_index(thread, key, &index)) return VALUE_ERROR;
    }
    if (index < 0) index += (ssize_t)str->length;
    if (UNLIKELY(index < 0 || (size_t)index >= str->length))
        return raise_error(thread, &exception_IndexError, "string index out of range");
    return str_from_character(thread, str_at(str, (size_t)index));
}

static Value concatenate(Thread *thread, Value self, Value other) {
    if (UNLIKELY(!value_is_str(other)))
        return raise_type_error(thread, "can only concatenate str (not \"%T\") to str", other);
    return str_concatenate(thread, self, other);
}

static Value repeat(Thread *thread, Value self, ssize_t count) {
    Str *str = value_as_str(self);
    if (count <= 0 || str->length == 0) return NAMES(thread)->empty;
    if (count == 1) return as_exact(thread, self);
    if ((size_t)count > (size_t)PTRDIFF_MAX / str->length)
        return raise_error(thread, &exception_OverflowError, "repeated string is too long");
    size_t total = str->length * (size_t)count;
    unsigned kind = str_kind(str);
    if (total > PTRDIFF_MAX / 8 || !heap_has_room(thread->heap, total * kind))
        return raise_memory_error(thread);
    Str *product = str_new(thread, total, str_bound(str));
    if (!product) return VALUE_ERROR;
    char *data = str_data(product);
    if (str->length == 1 && kind == 1) {
        memset(data, (int)str_at(str, 0), total);
        return value_from_object(product);
    }
    size_t filled = str->length * kind, end = total * kind;
    memcpy(data, str_data(str), filled);
    while (filled < end) {
        size_t more = filled < end - filled ? filled : end - filled;
        memcpy(data + filled, data, more);
        filled += more;
    }
    return value_from_object(product);
}

static Value take_remainder(Thread *thread, Value left, Value right) {
    if (!value_is_str(left)) return VALUE_NOT_IMPLEMENTED;
    return str_percent_format(thread, left, right);
}

Type str_type = {
    TYPE_STATIC_HEADER(str),
    .name = "str",
    .documentation = "str(object='') -> str\n"
                     "str(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
                     "Create a new string object from the given object. If encoding or\n"
                     "errors is specified, then the object must expose a data buffer\n"
                     "that will be decoded using the given encoding and error handler.\n"
                     "Otherwise, returns the result of object.__str__() (if defined)\n"
                     "or repr(object).\n"
                     "encoding defaults to sys.getdefaultencoding().\n"
                     "errors defaults to 'strict'.",
    .basic_size = sizeof(Str),
    .flags = TYPE_BASE,
    .methods = str_methods,
    .make = make,
    .repr = str_repr,
    .str = as_exact,
    .hash = hash,
    .compare = compare,
    .iterate = iterate,
    .length = length,
    .get_item = get_item,
    .contains = contains,
    .concatenate = concatenate,
    .repeat = repeat,
    .binary = {[BINARY_REMAINDER] = take_remainder},
};
