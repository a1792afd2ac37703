// bytes_split.c — methods of bytes and bytearray that cut them apart and pad them.
#include "objects/bytes_internal.h"
#include "objects/list.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <string.h>

typedef struct {
    Value value;
    const unsigned char *data;
    size_t size;
} View;

static View view_of(Value value) {
    View view = {value, NULL, 0};
    bytes_view(value, &view.data, &view.size);
    return view;
}

static bool is_space_at(const View *view, size_t index) {
    return bytes_is_space(view->data[index]);
}

// [start, end) as an object; the whole of an exact bytes is itself.
static Value part_of(Thread *thread, const View *view, size_t start, size_t end) {
    if (start == 0 && end == view->size && value_is_bytes_exact(view->value)) return view->value;
    return bytes_new_like(thread, view->value, view->data + start, end - start);
}

static bool append_part(Thread *thread, Value list, const View *view, size_t start, size_t end) {
    Value part = part_of(thread, view, start, end);
    return !value_is_error(part) && list_append(thread, value_as_list(list), part);
}

// Splitting

static bool split_at_spaces(Thread *thread, Value list, const View *view, size_t limit) {
    size_t i = 0;
    for (;; limit--) {
        while (i < view->size && is_space_at(view, i)) i++;
        if (i == view->size) return true;
        size_t start = i;
        if (limit == 0) return append_part(thread, list, view, start, view->size);
        while (i < view->size && !is_space_at(view, i)) i++;
        if (!append_part(thread, list, view, start, i)) return false;
    }
}

static bool split_at(Thread *thread, Value list, const View *view, const View *separator,
                     size_t limit) {
    size_t start = 0;
    for (; limit > 0; limit--) {
        ssize_t place =
            bytes_find(view->data + start, view->size - start, separator->data, separator->size);
        if (place < 0) break;
        if (!append_part(thread, list, view, start, start + (size_t)place)) return false;
        start += (size_t)place + separator->size;
    }
    return append_part(thread, list, view, start, view->size);
}

static bool split_at_spaces_backwards(Thread *thread, Value list, const View *view, size_t limit) {
    size_t end = view->size;
    for (;; limit--) {
        while (end > 0 && is_space_at(view, end - 1)) end--;
        if (end == 0) return true;
        size_t start = limit == 0 ? 0 : end;
        while (start > 0 && !is_space_at(view, start - 1)) start--;
        if (!append_part(thread, list, view, start, end)) return false;
        if (limit == 0) return true;
        end = start;
    }
}

static bool split_backwards(Thread *thread, Value list, const View *view, const View *separator,
                            size_t limit) {
    size_t end = view->size;
    for (; limit > 0; limit--) {
        ssize_t place = bytes_find_last(view->data, end, separator->data, separator->size);
        if (place < 0) break;
        if (!append_part(thread, list, view, (size_t)place + separator->size, end)) return false;
        end = (size_t)place;
    }
    return append_part(thread, list, view, 0, end);
}

static Value split(Thread *thread, Value *args, bool backwards) {
    ssize_t most = -1;
    if (!value_is_absent(args[2]) && !object_as_size(thread, args[2], &most)) return VALUE_ERROR;
    size_t limit = most < 0 ? SIZE_MAX : (size_t)most;
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    bool at_spaces = value_is_absent(args[1]) || value_is_none(args[1]);
    View view = view_of(args[0]), separator = {VALUE_ABSENT, NULL, 0};
    if (!at_spaces) {
        if (!bytes_argument(thread, args[1], &separator.data, &separator.size)) return VALUE_ERROR;
        if (separator.size == 0) return raise_value_error(thread, "empty separator");
    }
    bool good;
    if (backwards)
        good = at_spaces ? split_at_spaces_backwards(thread, list, &view, limit)
                         : split_backwards(thread, list, &view, &separator, limit);
    else
        good = at_spaces ? split_at_spaces(thread, list, &view, limit)
                         : split_at(thread, list, &view, &separator, limit);
    if (!good) return VALUE_ERROR;
    if (backwards) list_reverse(thread, value_as_list(list));
    return list;
}

Value bytes_py_split(Thread *thread, Value *args, int count) {
    (void)count;
    return split(thread, args, false);
}

Value bytes_py_rsplit(Thread *thread, Value *args, int count) {
    (void)count;
    return split(thread, args, true);
}

Value bytes_py_splitlines(Thread *thread, Value *args, int count) {
    (void)count;
    int keep = value_is_absent(args[1]) ? 0 : object_is_true(thread, args[1]);
    if (keep < 0) return VALUE_ERROR;
    View view = view_of(args[0]);
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    for (size_t start = 0, i = 0; i < view.size; start = i) {
        while (i < view.size && view.data[i] != '\n' && view.data[i] != '\r') i++;
        size_t end = i;
        if (i < view.size) {
            bool pair = view.data[i] == '\r' && i + 1 < view.size && view.data[i + 1] == '\n';
            i += pair ? 2 : 1;
        }
        if (!append_part(thread, list, &view, start, keep ? i : end)) return VALUE_ERROR;
    }
    return list;
}

static Value partition(Thread *thread, Value *args, bool backwards) {
    View view = view_of(args[0]), separator;
    separator.value = args[1];
    if (!bytes_argument(thread, args[1], &separator.data, &separator.size)) return VALUE_ERROR;
    if (separator.size == 0) return raise_value_error(thread, "empty separator");
    ssize_t found = backwards
                        ? bytes_find_last(view.data, view.size, separator.data, separator.size)
                        : bytes_find(view.data, view.size, separator.data, separator.size);
    Value parts[3];
    if (found < 0) {
        parts[backwards ? 2 : 0] =
            value_is_bytes(args[0]) ? args[0] : part_of(thread, &view, 0, view.size);
        parts[1] = bytes_new_like(thread, args[0], NULL, 0);
        parts[backwards ? 0 : 2] = bytes_new_like(thread, args[0], NULL, 0);
    } else {
        size_t place = (size_t)found;
        parts[0] = part_of(thread, &view, 0, place);
        parts[1] = value_is_bytes(args[0])
                       ? args[1]
                       : bytes_new_like(thread, args[0], separator.data, separator.size);
        parts[2] = part_of(thread, &view, place + separator.size, view.size);
    }
    for (int i = 0; i < 3; i++)
        if (value_is_error(parts[i])) return VALUE_ERROR;
    return tuple_from_values(thread, parts, 3);
}

Value bytes_py_partition(Thread *thread, Value *args, int count) {
    (void)count;
    return partition(thread, args, false);
}

Value bytes_py_rpartition(Thread *thread, Value *args, int count) {
    (void)count;
    return partition(thread, args, true);
}

// Stripping

static Value strip(Thread *thread, Value *args, bool left, bool right) {
    View view = view_of(args[0]), set = {VALUE_ABSENT, NULL, 0};
    bool spaces = value_is_absent(args[1]) || value_is_none(args[1]);
    if (!spaces && !bytes_argument(thread, args[1], &set.data, &set.size)) return VALUE_ERROR;
    bool stripped[256];
    for (int c = 0; c < 256; c++)
        stripped[c] = spaces ? bytes_is_space((unsigned char)c)
                             : set.size && memchr(set.data, c, set.size) != NULL;
    size_t start = 0, end = view.size;
    if (left)
        while (start < end && stripped[view.data[start]]) start++;
    if (right)
        while (end > start && stripped[view.data[end - 1]]) end--;
    return part_of(thread, &view, start, end);
}

Value bytes_py_strip(Thread *thread, Value *args, int count) {
    (void)count;
    return strip(thread, args, true, true);
}

Value bytes_py_lstrip(Thread *thread, Value *args, int count) {
    (void)count;
    return strip(thread, args, true, false);
}

Value bytes_py_rstrip(Thread *thread, Value *args, int count) {
    (void)count;
    return strip(thread, args, false, true);
}

// Padding

static Value pad(Thread *thread, Value self, size_t left, size_t right, unsigned char fill) {
    View view = view_of(self);
    if (left + right == 0) return part_of(thread, &view, 0, view.size);
    Value padded = bytes_new_like(thread, self, NULL, left + view.size + right);
    if (value_is_error(padded)) return padded;
    unsigned char *to = bytes_storage(padded);
    memset(to, fill, left);
    memcpy(to + left, view.data, view.size);
    memset(to + left + view.size, fill, right);
    return padded;
}

static bool read_padding(Thread *thread, Value *args, const char *name, size_t *missing,
                         unsigned char *fill) {
    ssize_t width;
    size_t size = view_of(args[0]).size;
    if (!object_as_size(thread, args[1], &width)) return false;
    *missing = width > 0 && (size_t)width > size ? (size_t)width - size : 0;
    *fill = ' ';
    if (value_is_absent(args[2])) return true;
    const unsigned char *data;
    size_t length;
    if (bytes_view(args[2], &data, &length) && length == 1) {
        *fill = data[0];
        return true;
    }
    raise_type_error(thread, "%s() argument 2 must be a byte string of length 1, not %K", name,
                     args[2]);
    return false;
}

Value bytes_py_center(Thread *thread, Value *args, int count) {
    (void)count;
    size_t missing;
    unsigned char fill;
    if (!read_padding(thread, args, "center", &missing, &fill)) return VALUE_ERROR;
    size_t width = view_of(args[0]).size + missing;
    size_t left = missing / 2 + (missing & width & 1);
    return pad(thread, args[0], left, missing - left, fill);
}

Value bytes_py_ljust(Thread *thread, Value *args, int count) {
    (void)count;
    size_t missing;
    unsigned char fill;
    return read_padding(thread, args, "ljust", &missing, &fill)
               ? pad(thread, args[0], 0, missing, fill)
               : VALUE_ERROR;
}

Value bytes_py_rjust(Thread *thread, Value *args, int count) {
    (void)count;
    size_t missing;
    unsigned char fill;
    return read_padding(thread, args, "rjust", &missing, &fill)
               ? pad(thread, args[0], missing, 0, fill)
               : VALUE_ERROR;
}

Value bytes_py_zfill(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t width;
    if (!object_as_size(thread, args[1], &width)) return VALUE_ERROR;
    View view = view_of(args[0]);
    size_t missing = width > (ssize_t)view.size ? (size_t)width - view.size : 0;
    Value padded = pad(thread, args[0], missing, 0, '0');
    if (value_is_error(padded) || missing == 0 || view.size == 0) return padded;
    unsigned char *to = bytes_storage(padded), sign = to[missing];
    if (sign == '+' || sign == '-') {
        to[missing] = '0';
        to[0] = sign;
    }
    return padded;
}

// Columns are counted twice: for the size of the result, then to write it.
Value bytes_py_expandtabs(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t tab = 8;
    if (!value_is_absent(args[1]) && !object_as_size(thread, args[1], &tab)) return VALUE_ERROR;
    View view = view_of(args[0]);
    Value result = VALUE_ABSENT;
    for (unsigned char *to = NULL;;) {
        size_t column = 0, place = 0;
        for (size_t i = 0; i < view.size; i++) {
            unsigned char c = view.data[i];
            size_t width = c != '\t' ? 1 : tab > 0 ? (size_t)tab - column % (size_t)tab : 0;
            if (to) memset(to + place, c == '\t' ? ' ' : c, width);
            place += width;
            if (place > PTRDIFF_MAX / 2)
                return raise_error(thread, &exception_OverflowError, "result too long");
            column = c == '\n' || c == '\r' ? 0 : column + width;
        }
        if (to || !value_is_absent(result)) return result;
        result = bytes_new_like(thread, args[0], NULL, place);
        if (value_is_error(result)) return result;
        to = bytes_storage(result);
    }
}
