// bytes_methods.c — methods of bytes and bytearray: searching, replacing, joining, decoding,
// hexadecimal text; and the two method tables.
#include "objects/bytes_internal.h"
#include "objects/containers.h"
#include "objects/native.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <string.h>

bool bytes_argument(Thread *thread, Value value, const unsigned char **data, size_t *size) {
    if (bytes_view(value, data, size)) return true;
    raise_type_error(thread, "a bytes-like object is required, not '%T'", value);
    return false;
}

// Searching

typedef struct {
    const unsigned char *text, *needle;
    size_t low, size, needle_size; // text[low : low + size)
    bool in_range;                 // start is not beyond the end
    unsigned char byte;
} Search;

// The arguments of find and its like: needle (bytes or an int), start, end. The struct holds the
// one byte of an int, so it must not be moved.
static bool read_search(Thread *thread, const char *name, const Value *raw, int count,
                        Search *search) {
    Value args[4];
    if (!text_search_arguments(thread, name, raw, count, args)) return false;
    if (!bytes_view(args[1], &search->needle, &search->needle_size)) {
        if (!object_has_index(args[1])) {
            raise_type_error(thread, "argument should be integer or bytes-like object, not '%T'",
                             args[1]);
            return false;
        }
        int byte = bytes_item(thread, args[1], "byte must be in range(0, 256)");
        if (byte < 0) return false;
        search->byte = (unsigned char)byte;
        search->needle = &search->byte;
        search->needle_size = 1;
    }
    size_t size, high;
    bytes_view(args[0], &search->text, &size);
    if (!text_bounds(thread, args[2], args[3], size, &search->low, &high)) return false;
    bytes_view(args[0], &search->text, &size);
    search->in_range = search->low <= high;
    search->size = search->in_range ? high - search->low : 0;
    return true;
}

static Value find(Thread *thread, const char *name, const Value *args, int count, bool backwards,
                  bool must_exist) {
    Search search;
    if (!read_search(thread, name, args, count, &search)) return VALUE_ERROR;
    ssize_t place = -1;
    if (search.in_range) {
        const unsigned char *text = search.text + search.low;
        place = backwards ? bytes_find_last(text, search.size, search.needle, search.needle_size)
                          : bytes_find(text, search.size, search.needle, search.needle_size);
    }
    if (place >= 0) return value_from_fixnum(place + (ssize_t)search.low);
    return must_exist ? raise_value_error(thread, "subsection not found") : value_from_fixnum(-1);
}

static Value bytes_py_find(Thread *thread, Value *args, int count) {
    return find(thread, "find", args, count, false, false);
}

static Value bytes_py_rfind(Thread *thread, Value *args, int count) {
    return find(thread, "rfind", args, count, true, false);
}

static Value bytes_py_index(Thread *thread, Value *args, int count) {
    return find(thread, "index", args, count, false, true);
}

static Value bytes_py_rindex(Thread *thread, Value *args, int count) {
    return find(thread, "rindex", args, count, true, true);
}

// Places that do not overlap.
static size_t count_places(const unsigned char *text, size_t size, const unsigned char *needle,
                           size_t needle_size) {
    if (needle_size == 0) return size + 1;
    size_t found = 0;
    for (;;) {
        ssize_t place = bytes_find(text, size, needle, needle_size);
        if (place < 0) return found;
        found++;
        text += (size_t)place + needle_size;
        size -= (size_t)place + needle_size;
    }
}

static Value bytes_py_count(Thread *thread, Value *args, int count) {
    Search search;
    if (!read_search(thread, "count", args, count, &search)) return VALUE_ERROR;
    if (!search.in_range) return value_from_fixnum(0);
    return value_from_fixnum((int64_t)count_places(search.text + search.low, search.size,
                                                   search.needle, search.needle_size));
}

static int has_affix(Thread *thread, Value self, Value affix, size_t low, size_t high,
                     bool at_end) {
    const unsigned char *data, *part;
    size_t size, part_size;
    if (!bytes_argument(thread, affix, &part, &part_size)) return -1;
    bytes_view(self, &data, &size);
    if (low > high || part_size > high - low) return 0;
    return memcmp(data + (at_end ? high - part_size : low), part, part_size) == 0;
}

static Value test_affix(Thread *thread, const Value *raw, int count, bool at_end,
                        const char *name) {
    Value args[4];
    if (!text_search_arguments(thread, name, raw, count, args)) return VALUE_ERROR;
    const unsigned char *data;
    size_t size, low, high;
    bytes_view(args[0], &data, &size);
    if (!text_bounds(thread, args[2], args[3], size, &low, &high)) return VALUE_ERROR;
    if (value_is_tuple(args[1])) {
        Tuple *tuple = value_as_tuple(args[1]);
        for (size_t i = 0; i < tuple->length; i++) {
            int has = has_affix(thread, args[0], tuple->items[i], low, high, at_end);
            if (has) return has < 0 ? VALUE_ERROR : VALUE_TRUE;
        }
        return VALUE_FALSE;
    }
    if (!bytes_view(args[1], &data, &size))
        return raise_type_error(thread, "%s first arg must be bytes or a tuple of bytes, not %T",
                                name, args[1]);
    int has = has_affix(thread, args[0], args[1], low, high, at_end);
    return has < 0 ? VALUE_ERROR : value_from_bool(has);
}

static Value bytes_py_startswith(Thread *thread, Value *args, int count) {
    return test_affix(thread, args, count, false, "startswith");
}

static Value bytes_py_endswith(Thread *thread, Value *args, int count) {
    return test_affix(thread, args, count, true, "endswith");
}

static Value remove_affix(Thread *thread, Value *args, bool at_end) {
    const unsigned char *data, *affix;
    size_t size, affix_size;
    bytes_view(args[0], &data, &size);
    int has = has_affix(thread, args[0], args[1], 0, size, at_end);
    if (has < 0) return VALUE_ERROR;
    if (!has && value_is_bytes_exact(args[0])) return args[0];
    bytes_view(args[1], &affix, &affix_size);
    if (!has) affix_size = 0;
    return bytes_new_like(thread, args[0], data + (at_end ? 0 : affix_size), size - affix_size);
}

static Value bytes_py_removeprefix(Thread *thread, Value *args, int count) {
    (void)count;
    return remove_affix(thread, args, false);
}

static Value bytes_py_removesuffix(Thread *thread, Value *args, int count) {
    (void)count;
    return remove_affix(thread, args, true);
}

// Replacing and joining

static Value bytes_py_replace(Thread *thread, Value *args, int count) {
    (void)count;
    const unsigned char *data, *old, *new;
    size_t size, old_size, new_size;
    ssize_t most = -1;
    if (!bytes_argument(thread, args[1], &old, &old_size) ||
        !bytes_argument(thread, args[2], &new, &new_size))
        return VALUE_ERROR;
    if (!value_is_absent(args[3]) && !object_as_size(thread, args[3], &most)) return VALUE_ERROR;
    bytes_view(args[0], &data, &size);
    size_t places = count_places(data, size, old, old_size);
    if (most >= 0 && places > (size_t)most) places = (size_t)most;
    if (places == 0)
        return value_is_bytes_exact(args[0]) ? args[0]
                                             : bytes_new_like(thread, args[0], data, size);
    size_t rest = size - places * old_size;
    if (old_size == 0) rest = size;
    if (new_size && places > ((size_t)PTRDIFF_MAX / 2 - rest) / new_size)
        return raise_error(thread, &exception_OverflowError, "replace bytes is too long");
    Value result = bytes_new_like(thread, args[0], NULL, rest + places * new_size);
    if (value_is_error(result)) return result;
    unsigned char *to = bytes_storage(result);
    const unsigned char *end = data + size;
    for (; places > 0; places--) {
        size_t before = (size_t)bytes_find(data, (size_t)(end - data), old, old_size);
        memcpy(to, data, before);
        to += before;
        data += before + old_size;
        if (new_size) memcpy(to, new, new_size);
        to += new_size;
        // An empty place is followed by one byte that is kept.
        if (old_size == 0 && data < end) *to++ = *data++;
    }
    if (data < end) memcpy(to, data, (size_t)(end - data));
    return result;
}

static Value bytes_py_join(Thread *thread, Value *args, int count) {
    (void)count;
    Value items = args[1];
    if (!sequence_is_plain(items)) {
        items = object_iterate(thread, items);
        if (value_is_error(items)) {
            if (!error_clear_if(thread, &exception_TypeError)) return VALUE_ERROR;
            return raise_type_error(thread, "can only join an iterable");
        }
        items = object_to_list(thread, items);
        if (value_is_error(items)) return items;
    }
    const unsigned char *separator, *data;
    size_t separator_size, size, length, total = 0;
    bytes_view(args[0], &separator, &separator_size);
    const Value *values = sequence_items(items, &length);
    for (size_t i = 0; i < length; i++) {
        if (!bytes_view(values[i], &data, &size))
            return raise_type_error(
                thread, "sequence item %zu: expected a bytes-like object, %T found", i, values[i]);
        total += size + (i ? separator_size : 0);
    }
    if (length == 1 && value_is_bytes(args[0]) && value_is_bytes_exact(values[0])) return values[0];
    Value result = bytes_new_like(thread, args[0], NULL, total);
    if (value_is_error(result) || total == 0) return result;
    unsigned char *to = bytes_storage(result);
    for (size_t i = 0; i < length; i++) {
        if (i) to = (unsigned char *)memcpy(to, separator, separator_size) + separator_size;
        bytes_view(values[i], &data, &size);
        to = (unsigned char *)memcpy(to, data, size) + size;
    }
    return result;
}

static Value bytes_py_translate(Thread *thread, Value *args, int count) {
    (void)count;
    const unsigned char *table = NULL, *deleted = NULL, *data;
    size_t table_size, deleted_size = 0, size;
    if (!value_is_none(args[1])) {
        if (!bytes_argument(thread, args[1], &table, &table_size)) return VALUE_ERROR;
        if (table_size != 256)
            return raise_value_error(thread, "translation table must be 256 characters long");
    }
    if (!value_is_absent(args[2]) && !bytes_argument(thread, args[2], &deleted, &deleted_size))
        return VALUE_ERROR;
    bytes_view(args[0], &data, &size);
    bool dropped[256] = {false};
    for (size_t i = 0; i < deleted_size; i++) dropped[deleted[i]] = true;
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) kept += !dropped[data[i]];
    Value result = bytes_new_like(thread, args[0], NULL, kept);
    if (value_is_error(result)) return result;
    unsigned char *to = bytes_storage(result);
    for (size_t i = 0; i < size; i++)
        if (!dropped[data[i]]) *to++ = table ? table[data[i]] : data[i];
    return result;
}

static Value bytes_py_maketrans(Thread *thread, Value *args, int count) {
    (void)count;
    const unsigned char *from, *to;
    size_t from_size, to_size;
    if (!bytes_argument(thread, args[0], &from, &from_size) ||
        !bytes_argument(thread, args[1], &to, &to_size))
        return VALUE_ERROR;
    if (from_size != to_size)
        return raise_value_error(thread, "maketrans arguments must have same length");
    Value table = bytes_new(thread, NULL, 256);
    if (value_is_error(table)) return table;
    unsigned char *bytes = value_as_bytes(table)->data;
    for (int i = 0; i < 256; i++) bytes[i] = (unsigned char)i;
    for (size_t i = 0; i < from_size; i++) bytes[from[i]] = to[i];
    return table;
}

// Text

static Value bytes_py_decode(Thread *thread, Value *args, int count) {
    (void)count;
    const char *encoding = "utf-8", *errors = "strict";
    if (!text_argument(thread, "decode", "encoding", args[1], &encoding) ||
        !text_argument(thread, "decode", "errors", args[2], &errors))
        return VALUE_ERROR;
    const unsigned char *data;
    size_t size;
    bytes_view(args[0], &data, &size);
    return str_decode(thread, data, size, encoding, errors);
}

// The one separator of hex(): false with an exception.
static bool read_separator(Thread *thread, Value value, char *separator) {
    ssize_t length = object_length(thread, value);
    if (length < 0) return false;
    if (length != 1) {
        raise_value_error(thread, "sep must be length 1.");
        return false;
    }
    const unsigned char *data;
    size_t size;
    uint32_t c;
    if (value_is_str(value)) {
        c = str_at(value_as_str(value), 0);
    } else if (bytes_view(value, &data, &size)) {
        c = data[0];
    } else {
        raise_type_error(thread, "sep must be str or bytes.");
        return false;
    }
    if (c >= 0x80) {
        raise_value_error(thread, "sep must be ASCII.");
        return false;
    }
    *separator = (char)c;
    return true;
}

Value bytes_py_hex(Thread *thread, Value *args, int count) {
    (void)count;
    static const char digits[] = "0123456789abcdef";
    char separator = 0;
    int64_t group = 1;
    if (!value_is_absent(args[2]) && !object_as_int64(thread, args[2], &group)) return VALUE_ERROR;
    if (!value_is_absent(args[1]) && !read_separator(thread, args[1], &separator))
        return VALUE_ERROR;
    const unsigned char *data;
    size_t size;
    bytes_view(args[0], &data, &size);
    // Groups are counted from the right, or from the left when their size is negative.
    size_t width = group < 0 ? -(uint64_t)group : (uint64_t)group;
    size_t breaks = separator && width && size ? (size - 1) / width : 0;
    if (size == 0) return NAMES(thread)->empty;
    Str *text = str_new(thread, size * 2 + breaks, 0x7F);
    if (!text) return VALUE_ERROR;
    char *to = str_data(text);
    for (size_t i = 0; i < size; i++) {
        size_t from_edge = group < 0 ? i : size - i;
        if (i && breaks && from_edge % width == 0) *to++ = separator;
        *to++ = digits[data[i] >> 4];
        *to++ = digits[data[i] & 15];
    }
    return value_from_object(text);
}

static int hex_value(uint32_t c) {
    if (c >= '0' && c <= '9') return (int)(c - '0');
    c |= 32;
    return c >= 'a' && c <= 'f' ? (int)(c - 'a') + 10 : -1;
}

static Value from_hex(Thread *thread, Type *type, Value text) {
    if (!value_is_str(text))
        return raise_argument_error(thread, "fromhex", "argument", "str", text);
    Str *str = value_as_str(text);
    ByteBuffer *buffer = byte_buffer_new(thread, str->length / 2 + 1);
    if (!buffer) return VALUE_ERROR;
    size_t count = 0, i = 0;
    for (;;) {
        while (i < str->length && str_at(str, i) < 0x80 &&
               bytes_is_space((unsigned char)str_at(str, i)))
            i++;
        if (i == str->length) break;
        int high = hex_value(str_at(str, i));
        int low = high >= 0 && i + 1 < str->length ? hex_value(str_at(str, i + 1)) : -1;
        if (low < 0)
            return raise_value_error(
                thread, "non-hexadecimal number found in fromhex() arg at position %zu",
                high < 0 ? i : i + 1);
        buffer->bytes[count++] = (unsigned char)(high << 4 | low);
        i += 2;
    }
    Value plain = type_is_subtype(type, &bytearray_type)
                      ? bytearray_new(thread, buffer->bytes, count)
                      : bytes_new(thread, buffer->bytes, count);
    if (value_is_error(plain) || type == &bytes_type || type == &bytearray_type) return plain;
    return object_call1(thread, value_from_type(type), plain);
}

static Value bytes_py_fromhex(Thread *thread, Value *args, int count) {
    (void)count;
    return from_hex(thread, value_as_type(args[0]), args[1]);
}

static Value bytes_py_bytes(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_bytes_exact(args[0])) return args[0];
    return bytes_new(thread, value_as_bytes(args[0])->data, value_as_bytes(args[0])->length);
}

static Value bytes_py_getnewargs(Thread *thread, Value *args, int count) {
    Value plain = bytes_py_bytes(thread, args, count);
    return value_is_error(plain) ? plain : tuple_of(thread, 1, plain);
}

static Value bytes_py_sizeof(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    const unsigned char *data;
    size_t size;
    bytes_view(args[0], &data, &size);
    size_t own = value_is_bytes(args[0]) ? sizeof(Bytes) + 1 : sizeof(Bytearray);
    return value_from_fixnum((int64_t)(own + size));
}

// The rows that both tables have.
#define METHOD(name, signature, text)                                                              \
    { #name, bytes_py_##name, signature, text, METHOD_INSTANCE }
#define SHARED_METHODS                                                                             \
    METHOD(capitalize, "self, /",                                                                  \
           "B.capitalize() -> copy of B\n\nReturn a copy of B with only its first character "      \
           "capitalized (ASCII)\nand the rest lower-cased."),                                      \
        METHOD(center, "self, width, fillchar=b' ', /",                                            \
               "Return a centered string of length width.\n\n"                                     \
               "Padding is done using the specified fill character."),                             \
        METHOD(count, "self, *args",                                                               \
               "Return the number of non-overlapping occurrences of subsection sub."),             \
        METHOD(decode, "self, /, encoding='utf-8', errors='strict'",                               \
               "Decode the bytes using the codec registered for encoding."),                       \
        METHOD(endswith, "self, *args",                                                            \
               "Return True if B ends with the specified suffix, False otherwise."),               \
        METHOD(expandtabs, "self, /, tabsize=8",                                                   \
               "Return a copy where all tab characters are expanded using spaces."),               \
        METHOD(find, "self, *args",                                                                \
               "Return the lowest index where subsection sub is found, or -1."),                   \
        {"fromhex", bytes_py_fromhex, "type, string, /",                                           \
         "Create a bytes object from a string of hexadecimal numbers.", METHOD_CLASS},             \
        METHOD(hex, "self, /, sep=None, bytes_per_sep=1",                                          \
               "Create a string of hexadecimal numbers from a bytes object."),                     \
        {"__sizeof__", bytes_py_sizeof, "self, /", "Returns the size in memory, in bytes.",        \
         METHOD_INSTANCE},                                                                         \
        METHOD(index, "self, *args", "Return the lowest index where subsection sub is found."),    \
        METHOD(isalnum, "self, /", "Return True if all characters are alphanumeric."),             \
        METHOD(isalpha, "self, /", "Return True if all characters are alphabetic."),               \
        METHOD(isascii, "self, /", "Return True if all characters are ASCII."),                    \
        METHOD(isdigit, "self, /", "Return True if all characters are digits."),                   \
        METHOD(islower, "self, /", "Return True if all cased characters are lowercase."),          \
        METHOD(isspace, "self, /", "Return True if all characters are whitespace."),               \
        METHOD(istitle, "self, /", "Return True if B is a titlecased string."),                    \
        METHOD(isupper, "self, /", "Return True if all cased characters are uppercase."),          \
        METHOD(join, "self, iterable_of_bytes, /", "Concatenate any number of bytes objects."),    \
        METHOD(ljust, "self, width, fillchar=b' ', /",                                             \
               "Return a left-justified string of length width."),                                 \
        METHOD(lower, "self, /", "Return a copy with all ASCII characters in lowercase."),         \
        METHOD(lstrip, "self, bytes=None, /", "Strip leading bytes contained in the argument."),   \
        {"maketrans", bytes_py_maketrans, "frm, to, /",                                            \
         "Return a translation table usable for translate().", METHOD_STATIC},                     \
        METHOD(partition, "self, sep, /",                                                          \
               "Partition the bytes into three parts using the given separator."),                 \
        METHOD(removeprefix, "self, prefix, /",                                                    \
               "Return a bytes object with the given prefix string removed if present."),          \
        METHOD(removesuffix, "self, suffix, /",                                                    \
               "Return a bytes object with the given suffix string removed if present."),          \
        METHOD(replace, "self, old, new, count=-1, /",                                             \
               "Return a copy with all occurrences of substring old replaced by new."),            \
        METHOD(rfind, "self, *args",                                                               \
               "Return the highest index where subsection sub is found, or -1."),                  \
        METHOD(rindex, "self, *args", "Return the highest index where subsection sub is found."),  \
        METHOD(rjust, "self, width, fillchar=b' ', /",                                             \
               "Return a right-justified string of length width."),                                \
        METHOD(rpartition, "self, sep, /",                                                         \
               "Partition the bytes into three parts, searching from the end."),                   \
        METHOD(rsplit, "self, /, sep=None, maxsplit=-1",                                           \
               "Return a list of the sections in the bytes, starting at the end."),                \
        METHOD(rstrip, "self, bytes=None, /", "Strip trailing bytes contained in the argument."),  \
        METHOD(split, "self, /, sep=None, maxsplit=-1",                                            \
               "Return a list of the sections in the bytes, using sep as the delimiter."),         \
        METHOD(splitlines, "self, /, keepends=False",                                              \
               "Return a list of the lines in the bytes, breaking at line boundaries."),           \
        METHOD(startswith, "self, *args",                                                          \
               "Return True if B starts with the specified prefix, False otherwise."),             \
        METHOD(strip, "self, bytes=None, /",                                                       \
               "Strip leading and trailing bytes contained in the argument."),                     \
        METHOD(swapcase, "self, /", "Return a copy with the case of ASCII letters swapped."),      \
        METHOD(title, "self, /", "Return a titlecased version of B."),                             \
        METHOD(translate, "self, table, /, delete=b''",                                            \
               "Return a copy with each character mapped by the given translation table."),        \
        METHOD(upper, "self, /", "Return a copy with all ASCII characters in uppercase."),         \
        METHOD(zfill, "self, width, /",                                                            \
               "Pad a numeric string with zeros on the left, to fill a field of the width.")

const MethodRow bytes_methods[] = {
    SHARED_METHODS,
    {"__bytes__", bytes_py_bytes, "self, /", "Convert this value to exact type bytes.",
     METHOD_INSTANCE},
    {"__getnewargs__", bytes_py_getnewargs, "self, /", NULL, METHOD_INSTANCE},
    {0},
};

const MethodRow bytearray_methods[] = {
    SHARED_METHODS,
    {"append", bytearray_py_append, "self, item, /",
     "Append a single item to the end of the bytearray.", METHOD_INSTANCE},
    {"clear", bytearray_py_clear, "self, /", "Remove all items from the bytearray.",
     METHOD_INSTANCE},
    {"copy", bytearray_py_copy, "self, /", "Return a copy of B.", METHOD_INSTANCE},
    {"extend", bytearray_py_extend, "self, iterable_of_ints, /",
     "Append all the items from the iterator or sequence to the bytearray.", METHOD_INSTANCE},
    {"insert", bytearray_py_insert, "self, index, item, /",
     "Insert a single item into the bytearray before the given index.", METHOD_INSTANCE},
    {"pop", bytearray_py_pop, "self, index=-1, /", "Remove and return a single item from B.",
     METHOD_INSTANCE},
    {"remove", bytearray_py_remove, "self, value, /",
     "Remove the first occurrence of a value in the bytearray.", METHOD_INSTANCE},
    {"reverse", bytearray_py_reverse, "self, /", "Reverse the order of the values in B in place.",
     METHOD_INSTANCE},
    {0},
};
#undef SHARED_METHODS
#undef METHOD
