// memoryview_methods.c — the attributes and methods of memoryview, casts among them.
#include "objects/bytes_internal.h"
#include "objects/list.h"
#include "objects/memoryview.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <string.h>

// Attributes

static Value memoryview_py_get_obj(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    return value_as_memoryview(self)->owner;
}

static Value memoryview_py_get_nbytes(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    const Memoryview *view = value_as_memoryview(self);
    return value_from_fixnum((int64_t)(memoryview_count(view) * view->item_size));
}

static Value memoryview_py_get_readonly(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    return value_from_bool(value_as_memoryview(self)->read_only);
}

static Value memoryview_py_get_itemsize(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    return value_from_fixnum((int64_t)value_as_memoryview(self)->item_size);
}

static Value memoryview_py_get_format(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    return str_from_c(thread, value_as_memoryview(self)->format);
}

static Value memoryview_py_get_ndim(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    return value_from_fixnum((int64_t)value_as_memoryview(self)->dimensions);
}

static Value tuple_from_extents(Thread *thread, const ssize_t *extents, uint64_t count) {
    Value tuple = tuple_new(thread, count);
    if (value_is_error(tuple)) return tuple;
    for (uint64_t i = 0; i < count; i++)
        value_as_tuple(tuple)->items[i] = value_from_fixnum(extents[i]);
    return tuple;
}

static Value memoryview_py_get_shape(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    Memoryview *view = value_as_memoryview(self);
    return tuple_from_extents(thread, memoryview_shape(view), view->dimensions);
}

static Value memoryview_py_get_strides(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    Memoryview *view = value_as_memoryview(self);
    return tuple_from_extents(thread, memoryview_strides(view), view->dimensions);
}

static Value memoryview_py_get_suboffsets(Thread *thread, Value self) {
    return memoryview_check(thread, self) ? tuple_of(thread, 0) : VALUE_ERROR;
}

static Value memoryview_py_get_c_contiguous(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    return value_from_bool(memoryview_is_contiguous(value_as_memoryview(self), false));
}

static Value memoryview_py_get_f_contiguous(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    return value_from_bool(memoryview_is_contiguous(value_as_memoryview(self), true));
}

static Value memoryview_py_get_contiguous(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    const Memoryview *view = value_as_memoryview(self);
    return value_from_bool(memoryview_is_contiguous(view, false) ||
                           memoryview_is_contiguous(view, true));
}

// Copies

static Value memoryview_py_tobytes(Thread *thread, Value *args, int count) {
    (void)count;
    if (!memoryview_check(thread, args[0])) return VALUE_ERROR;
    const Memoryview *view = value_as_memoryview(args[0]);
    bool column_major = false;
    if (!value_is_absent(args[1]) && !value_is_none(args[1])) {
        if (!value_is_str(args[1]))
            return raise_type_error(
                thread, "tobytes() argument 'order' must be str or None, not %T", args[1]);
        const Str *order = value_as_str(args[1]);
        if (str_equals_c(order, "F"))
            column_major = true;
        else if (str_equals_c(order, "A"))
            column_major =
                !memoryview_is_contiguous(view, false) && memoryview_is_contiguous(view, true);
        else if (!str_equals_c(order, "C"))
            return raise_value_error(thread, "order must be 'C', 'F' or 'A'");
    }
    Value bytes = bytes_new(thread, NULL, memoryview_count(view) * view->item_size);
    if (!value_is_error(bytes))
        memoryview_copy_items(view, value_as_bytes(bytes)->data, column_major);
    return bytes;
}

static Value memoryview_py_hex(Thread *thread, Value *args, int count) {
    if (!memoryview_check(thread, args[0])) return VALUE_ERROR;
    Value bytes = memoryview_to_bytes(thread, args[0]);
    Value given[] = {bytes, args[1], args[2]};
    return value_is_error(bytes) ? bytes : bytes_py_hex(thread, given, count);
}

static Value list_items(Thread *thread, Memoryview *view, uint64_t axis,
                        const unsigned char *data) {
    if (axis == view->dimensions) return memoryview_unpack(thread, view->format, data);
    Value list = list_new(thread, (size_t)view->extents[axis]);
    for (ssize_t i = 0; i < view->extents[axis] && !value_is_error(list); i++) {
        ssize_t offset = i * memoryview_strides(view)[axis];
        Value item = list_items(thread, view, axis + 1, data + offset);
        if (value_is_error(item) || !list_append(thread, value_as_list(list), item))
            return VALUE_ERROR;
    }
    return list;
}

static Value memoryview_py_tolist(Thread *thread, Value *args, int count) {
    (void)count;
    if (!memoryview_check(thread, args[0])) return VALUE_ERROR;
    Memoryview *view = value_as_memoryview(args[0]);
    return list_items(thread, view, 0, view->data);
}

// Other views

static Value memoryview_py_toreadonly(Thread *thread, Value *args, int count) {
    (void)count;
    Value made = memoryview_new(thread, args[0]);
    if (!value_is_error(made)) value_as_memoryview(made)->read_only = true;
    return made;
}

static bool is_byte_format(const char *format) {
    return strchr("Bbc", format[format[0] == '@']) != NULL;
}

static bool fail(Thread *thread, Type *type, const char *message) {
    raise_error(thread, type, "%s", message);
    return false;
}

// The lengths that a cast asks for; their product times the item size must be the whole.
static bool read_shape(Thread *thread, Value shape, ssize_t *lengths, size_t *count) {
    Value tuple = object_to_tuple(thread, shape);
    if (value_is_error(tuple)) return false;
    *count = value_as_tuple(tuple)->length;
    if (*count > MEMORYVIEW_DIMENSION_LIMIT)
        return fail(thread, &exception_ValueError,
                    "memoryview: number of dimensions must not exceed 64");
    for (size_t i = 0; i < *count; i++) {
        Value item = value_as_tuple(tuple)->items[i];
        if (!value_is_fixnum(item) && !value_has_flag(item, TYPE_INT_SUBCLASS))
            return fail(thread, &exception_TypeError,
                        "memoryview.cast(): elements of shape must be integers");
        if (!object_as_ssize(thread, item, &lengths[i])) return false;
        if (lengths[i] <= 0)
            return fail(thread, &exception_ValueError,
                        "memoryview.cast(): elements of shape must be integers > 0");
    }
    return true;
}

static bool check_cast(Thread *thread, const Memoryview *view, const char *format, Value shape) {
    if (!memoryview_is_contiguous(view, false))
        return fail(thread, &exception_TypeError,
                    "memoryview: casts are restricted to C-contiguous views");
    bool has_shape = !value_is_absent(shape);
    if ((has_shape || view->dimensions != 1) && memoryview_count(view) == 0)
        return fail(thread, &exception_TypeError,
                    "memoryview: cannot cast view with zeros in shape or strides");
    if (has_shape && !value_is_list(shape) && !value_is_tuple(shape))
        return fail(thread, &exception_TypeError, "shape must be a list or a tuple");
    if (has_shape && view->dimensions != 1) {
        size_t wanted =
            value_is_list(shape) ? value_as_list(shape)->length : value_as_tuple(shape)->length;
        if (wanted != 1)
            return fail(thread, &exception_TypeError,
                        "memoryview: cast must be 1D -> ND or ND -> 1D");
    }
    if (memoryview_item_size(format) == 0)
        return fail(thread, &exception_ValueError,
                    "memoryview: destination format must be a native single character format "
                    "prefixed with an optional '@'");
    if (!is_byte_format(view->format) && !is_byte_format(format))
        return fail(thread, &exception_TypeError,
                    "memoryview: cannot cast between two non-byte formats");
    return true;
}

static Value cast(Thread *thread, Memoryview *view, const char *format, Value shape) {
    if (!check_cast(thread, view, format, shape)) return VALUE_ERROR;
    size_t size = memoryview_count(view) * view->item_size;
    size_t item_size = memoryview_item_size(format), dimensions = 1;
    if (size % item_size)
        return raise_type_error(thread, "memoryview: length is not a multiple of itemsize");
    ssize_t lengths[MEMORYVIEW_DIMENSION_LIMIT] = {(ssize_t)(size / item_size)};
    if (!value_is_absent(shape)) {
        if (!read_shape(thread, shape, lengths, &dimensions)) return VALUE_ERROR;
        size_t product = item_size;
        for (size_t i = 0; i < dimensions; i++)
            if (__builtin_mul_overflow(product, (size_t)lengths[i], &product)) product = SIZE_MAX;
        if (product != size)
            return raise_type_error(thread, "memoryview: product(shape) * itemsize != buffer size");
    }
    Memoryview *made = memoryview_derive(thread, view, dimensions);
    if (!made) return VALUE_ERROR;
    made->item_size = item_size;
    strcpy(made->format, format);
    memcpy(made->extents, lengths, dimensions * sizeof(ssize_t));
    memoryview_set_strides(made);
    return value_from_object(made);
}

static Value memoryview_py_cast(Thread *thread, Value *args, int count) {
    (void)count;
    if (!memoryview_check(thread, args[0])) return VALUE_ERROR;
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "cast", "argument 'format'", "str", args[1]);
    if (!str_is_ascii(value_as_str(args[1]))) return str_encode(thread, args[1], "ascii", "strict");
    size_t size;
    const char *format = str_as_utf8_lossy(thread, args[1], &size);
    return format ? cast(thread, value_as_memoryview(args[0]), format, args[2]) : VALUE_ERROR;
}

// Release

static Value memoryview_py_release(Thread *thread, Value *args, int count) {
    (void)count;
    return memoryview_release(thread, args[0]) ? VALUE_NONE : VALUE_ERROR;
}

static Value memoryview_py_enter(Thread *thread, Value *args, int count) {
    (void)count;
    return memoryview_check(thread, args[0]) ? args[0] : VALUE_ERROR;
}

static Value memoryview_py_from_flags(Thread *thread, Value *args, int count) {
    (void)count;
    return memoryview_new(thread, args[1]);
}

const MethodRow memoryview_methods[] = {
    {"release", memoryview_py_release, "self, /",
     "Release the underlying buffer exposed by the memoryview object.", METHOD_INSTANCE},
    {"tobytes", memoryview_py_tobytes, "self, /, order='C'",
     "Return the data in the buffer as a byte string.", METHOD_INSTANCE},
    {"hex", memoryview_py_hex, "self, /, sep=<unrepresentable>, bytes_per_sep=1",
     "Return the data in the buffer as a str of hexadecimal numbers.", METHOD_INSTANCE},
    {"tolist", memoryview_py_tolist, "self, /",
     "Return the data in the buffer as a list of elements.", METHOD_INSTANCE},
    {"cast", memoryview_py_cast, "self, /, format, shape=<unrepresentable>",
     "Cast a memoryview to a new format or shape.", METHOD_INSTANCE},
    {"toreadonly", memoryview_py_toreadonly, "self, /",
     "Return a readonly version of the memoryview.", METHOD_INSTANCE},
    {"_from_flags", memoryview_py_from_flags, "type, /, object, flags",
     "Create a new memoryview object which references the given object.", METHOD_CLASS},
    {"__enter__", memoryview_py_enter, "self, /", NULL, METHOD_INSTANCE},
    {"__exit__", memoryview_py_release, "self, *exception", NULL, METHOD_INSTANCE},
    {0},
};
const GetSetRow memoryview_getsets[] = {
    {"obj", memoryview_py_get_obj, NULL, "The underlying object of the memoryview."},
    {"nbytes", memoryview_py_get_nbytes, NULL, "The size in bytes of all items together."},
    {"readonly", memoryview_py_get_readonly, NULL, "Whether the memory is read only."},
    {"itemsize", memoryview_py_get_itemsize, NULL, "The size in bytes of each element."},
    {"format", memoryview_py_get_format, NULL, "The format of each element, as in struct."},
    {"ndim", memoryview_py_get_ndim, NULL, "The number of dimensions."},
    {"shape", memoryview_py_get_shape, NULL, "The lengths of the dimensions."},
    {"strides", memoryview_py_get_strides, NULL,
     "The bytes from one item to the next of each "
     "dimension."},
    {"suboffsets", memoryview_py_get_suboffsets, NULL, "Always empty."},
    {"c_contiguous", memoryview_py_get_c_contiguous, NULL, "Whether the memory is C contiguous."},
    {"f_contiguous", memoryview_py_get_f_contiguous, NULL,
     "Whether the memory is Fortran contiguous."},
    {"contiguous", memoryview_py_get_contiguous, NULL, "Whether the memory is contiguous."},
    {0},
};
