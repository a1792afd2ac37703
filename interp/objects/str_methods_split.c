// str_methods_split.c — methods of str that cut it apart and pad it.
#include "base/unicode.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str_internal.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

// Splitting

static bool append_part(Thread *thread, Value list, Value self, size_t start, size_t end) {
    Value part = str_substring(thread, self, start, end);
    return !value_is_error(part) && list_append(thread, value_as_list(list), part);
}

static bool is_space_at(const Str *str, size_t index) {
    return unicode_is_space(str_at(str, index));
}

static Value split_at_spaces(Thread *thread, Value self, size_t limit) {
    Str *str = value_as_str(self);
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    size_t i = 0, length = str->length;
    for (;; limit--) {
        while (i < length && is_space_at(str, i)) i++;
        if (i == length) return list;
        size_t start = i;
        if (limit == 0) return append_part(thread, list, self, start, length) ? list : VALUE_ERROR;
        while (i < length && !is_space_at(str, i)) i++;
        if (!append_part(thread, list, self, start, i)) return VALUE_ERROR;
    }
}

static Value split_at(Thread *thread, Value self, const Str *separator, size_t limit) {
    Str *str = value_as_str(self);
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    size_t start = 0;
    for (; limit > 0; limit--) {
        ssize_t place = str_find(str, separator, start, str->length);
        if (place < 0) break;
        if (!append_part(thread, list, self, start, (size_t)place)) return VALUE_ERROR;
        start = (size_t)place + separator->length;
    }
    return append_part(thread, list, self, start, str->length) ? list : VALUE_ERROR;
}

static Value split_at_spaces_backwards(Thread *thread, Value self, size_t limit) {
    Str *str = value_as_str(self);
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    size_t end = str->length;
    for (;; limit--) {
        while (end > 0 && is_space_at(str, end - 1)) end--;
        if (end == 0) break;
        size_t start = limit == 0 ? 0 : end;
        while (start > 0 && !is_space_at(str, start - 1)) start--;
        if (!append_part(thread, list, self, start, end)) return VALUE_ERROR;
        if (limit == 0) break;
        end = start;
    }
    list_reverse(thread, value_as_list(list)); // from the end: the parts come in reverse order
    return list;
}

static Value split_backwards(Thread *thread, Value self, const Str *separator, size_t limit) {
    Str *str = value_as_str(self);
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    size_t end = str->length;
    for (; limit > 0; limit--) {
        ssize_t place = str_find_last(str, separator, 0, end);
        if (place < 0) break;
        if (!append_part(thread, list, self, (size_t)place + separator->length, end))
            return VALUE_ERROR;
        end = (size_t)place;
    }
    if (!append_part(thread, list, self, 0, end)) return VALUE_ERROR;
    list_reverse(thread, value_as_list(list)); // from the end: the parts come in reverse order
    return list;
}

static Value split(Thread *thread, Value *args, bool backwards) {
    ssize_t most = -1;
    if (!value_is_absent(args[2]) && !object_as_size(thread, args[2], &most)) return VALUE_ERROR;
    size_t limit = most < 0 ? SIZE_MAX : (size_t)most;
    if (value_is_absent(args[1]) || value_is_none(args[1]))
        return backwards ? split_at_spaces_backwards(thread, args[0], limit)
                         : split_at_spaces(thread, args[0], limit);
    if (!value_is_str(args[1]))
        return raise_type_error(thread, "must be str or None, not %T", args[1]);
    Str *separator = value_as_str(args[1]);
    if (separator->length == 0) return raise_value_error(thread, "empty separator");
    return backwards ? split_backwards(thread, args[0], separator, limit)
                     : split_at(thread, args[0], separator, limit);
}

Value str_py_split(Thread *thread, Value *args, int count) {
    (void)count;
    return split(thread, args, false);
}

Value str_py_rsplit(Thread *thread, Value *args, int count) {
    (void)count;
    return split(thread, args, true);
}

Value str_py_splitlines(Thread *thread, Value *args, int count) {
    (void)count;
    int keep = value_is_absent(args[1]) ? 0 : object_is_true(thread, args[1]);
    if (keep < 0) return VALUE_ERROR;
    Str *str = value_as_str(args[0]);
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    for (size_t start = 0, i = 0; i < str->length; start = i) {
        while (i < str->length && !unicode_is_line_break(str_at(str, i))) i++;
        size_t end = i;
        if (i < str->length) {
            bool pair = str_at(str, i) == '\r' && i + 1 < str->length && str_at(str, i + 1) == '\n';
            i += pair ? 2 : 1;
        }
        if (!append_part(thread, list, args[0], start, keep ? i : end)) return VALUE_ERROR;
    }
    return list;
}

static Value partition(Thread *thread, Value *args, bool backwards) {
    if (!value_is_str(args[1])) return raise_type_error(thread, "must be str, not %T", args[1]);
    Str *str = value_as_str(args[0]), *separator = value_as_str(args[1]);
    if (separator->length == 0) return raise_value_error(thread, "empty separator");
    ssize_t place = backwards ? str_find_last(str, separator, 0, str->length)
                              : str_find(str, separator, 0, str->length);
    Value empty = NAMES(thread)->empty;
    if (place < 0) {
        return backwards ? tuple_of(thread, 3, empty, empty, args[0])
                         : tuple_of(thread, 3, args[0], empty, empty);
    }
    Value before = str_substring(thread, args[0], 0, (size_t)place);
    Value after = str_substring(thread, args[0], (size_t)place + separator->length, str->length);
    if (value_is_error(before) || value_is_error(after)) return VALUE_ERROR;
    return tuple_of(thread, 3, before, args[1], after);
}

Value str_py_partition(Thread *thread, Value *args, int count) {
    (void)count;
    return partition(thread, args, false);
}

Value str_py_rpartition(Thread *thread, Value *args, int count) {
    (void)count;
    return partition(thread, args, true);
}

// Stripping

// `set` NULL: white space.
static bool is_stripped(const Str *set, uint32_t c) {
    if (!set) return unicode_is_space(c);
    for (size_t i = 0; i < set->length; i++)
        if (str_at(set, i) == c) return true;
    return false;
}

static Value strip(Thread *thread, Value *args, bool left, bool right, const char *name) {
    Str *str = value_as_str(args[0]), *set = NULL;
    if (!value_is_absent(args[1]) && !value_is_none(args[1])) {
        if (!value_is_str(args[1]))
            return raise_type_error(thread, "%s arg must be None or str", name);
        set = value_as_str(args[1]);
    }
    size_t start = 0, end = str->length;
    if (left)
        while (start < end && is_stripped(set, str_at(str, start))) start++;
    if (right)
        while (end > start && is_stripped(set, str_at(str, end - 1))) end--;
    return str_substring(thread, args[0], start, end);
}

Value str_py_strip(Thread *thread, Value *args, int count) {
    (void)count;
    return strip(thread, args, true, true, "strip");
}

Value str_py_lstrip(Thread *thread, Value *args, int count) {
    (void)count;
    return strip(thread, args, true, false, "lstrip");
}

Value str_py_rstrip(Thread *thread, Value *args, int count) {
    (void)count;
    return strip(thread, args, false, true, "rstrip");
}

// Padding

static void fill(Str *str, size_t start, uint32_t c, size_t count) {
    if (str_kind(str) == 1)
        memset((char *)str_data(str) + start, (int)c, count);
    else
        for (size_t i = 0; i < count; i++)
            utf8_store_character(str_data(str), str_kind(str), start + i, c);
}

static Value pad(Thread *thread, Value self, size_t left, size_t right, uint32_t c) {
    Str *str = value_as_str(self);
    if (left + right == 0) return str_substring(thread, self, 0, str->length);
    if (left > (size_t)PTRDIFF_MAX - str->length ||
        right > (size_t)PTRDIFF_MAX - str->length - left)
        return raise_error(thread, &exception_OverflowError, "padded string is too long");
    uint32_t bound = c > str_bound(str) ? c : str_bound(str);
    Str *padded = str_new(thread, left + str->length + right, bound);
    if (!padded) return VALUE_ERROR;
    fill(padded, 0, c, left);
    str_put(padded, left, str);
    fill(padded, left + str->length, c, right);
    return value_from_object(padded);
}

// The missing characters and the fill character of center, ljust and rjust.
static bool read_padding(Thread *thread, Value *args, size_t *missing, uint32_t *c) {
    ssize_t width;
    size_t length = value_as_str(args[0])->length;
    if (!object_as_size(thread, args[1], &width)) return false;
    *missing = width > 0 && (size_t)width > length ? (size_t)width - length : 0;
    *c = ' ';
    if (value_is_absent(args[2])) return true;
    if (!value_is_str(args[2])) {
        raise_type_error(thread, "The fill character must be a unicode character, not %T", args[2]);
        return false;
    }
    if (value_as_str(args[2])->length != 1) {
        raise_type_error(thread, "The fill character must be exactly one character long");
        return false;
    }
    *c = str_at(value_as_str(args[2]), 0);
    return true;
}

Value str_py_center(Thread *thread, Value *args, int count) {
    (void)count;
    size_t missing;
    uint32_t c;
    if (!read_padding(thread, args, &missing, &c)) return VALUE_ERROR;
    // An odd rest goes to the left when the width is odd.
    size_t width = value_as_str(args[0])->length + missing;
    size_t left = missing / 2 + (missing & width & 1);
    return pad(thread, args[0], left, missing - left, c);
}

Value str_py_ljust(Thread *thread, Value *args, int count) {
    (void)count;
    size_t missing;
    uint32_t c;
    return read_padding(thread, args, &missing, &c) ? pad(thread, args[0], 0, missing, c)
                                                    : VALUE_ERROR;
}

Value str_py_rjust(Thread *thread, Value *args, int count) {
    (void)count;
    size_t missing;
    uint32_t c;
    return read_padding(thread, args, &missing, &c) ? pad(thread, args[0], missing, 0, c)
                                                    : VALUE_ERROR;
}

Value str_py_zfill(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t width;
    Str *str = value_as_str(args[0]);
    if (!object_as_size(thread, args[1], &width)) return VALUE_ERROR;
    if (width <= (ssize_t)str->length) return str_substring(thread, args[0], 0, str->length);
    size_t missing = (size_t)width - str->length;
    Value value = pad(thread, args[0], missing, 0, '0');
    if (value_is_error(value)) return value;
    Str *padded = value_as_str(value);
    uint32_t sign = str->length ? str_at(str, 0) : 0;
    if (sign == '+' || sign == '-') {
        utf8_store_character(str_data(padded), str_kind(padded), missing, '0');
        utf8_store_character(str_data(padded), str_kind(padded), 0, sign);
    }
    return value;
}

static bool append_spaces(StrBuilder *builder, size_t count) {
    static const char spaces[] = "                                ";
    for (; count >= sizeof spaces; count -= sizeof spaces - 1)
        if (!str_builder_append_ascii(builder, spaces, sizeof spaces - 1)) return false;
    return str_builder_append_ascii(builder, spaces, count);
}

Value str_py_expandtabs(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t size = 8;
    if (!value_is_absent(args[1])) {
        Value index = object_index(thread, args[1]);
        if (value_is_error(index)) return index;
        if (!int_as_int64(index, &size) || size > INT32_MAX || size < INT32_MIN)
            return raise_error(thread, &exception_OverflowError,
                               "Python int too large to convert to C int");
    }
    Str *str = value_as_str(args[0]);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    size_t column = 0;
    for (size_t start = 0, i = 0; i <= str->length; i++) {
        uint32_t c = i < str->length ? str_at(str, i) : '\t';
        if (c == '\n' || c == '\r')
            column = 0;
        else if (c != '\t')
            column++;
        if (c != '\t') continue;
        if (!str_builder_append_range(&builder, str, start, i)) return VALUE_ERROR;
        start = i + 1;
        if (i == str->length || size <= 0) continue;
        size_t spaces = (size_t)size - column % (size_t)size;
        if (!append_spaces(&builder, spaces)) return VALUE_ERROR;
        column += spaces;
    }
    return str_builder_finish(&builder);
}
