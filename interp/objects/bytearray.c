// bytearray.c — mutable byte strings.
//
// The bytes live in a ByteBuffer that is replaced when it is full. Whatever runs Python may change
// the array, so length and buffer are read again after it.
#include "objects/bytes_internal.h"
#include "objects/iterators.h"
#include "objects/native.h"
#include "objects/range.h"
#include "objects/text.h"
#include "runtime/protocols.h"
#include <string.h>

Value bytearray_new(Thread *thread, const void *data, size_t size) {
    Bytearray *array = (Bytearray *)heap_allocate(thread->heap, sizeof *array, SHAPE_bytearray);
    if (!array) return raise_memory_error(thread);
    if (size == 0) return value_from_object(array);
    ByteBuffer *buffer = byte_buffer_new(thread, size);
    if (!buffer) return VALUE_ERROR;
    if (data) memcpy(buffer->bytes, data, size);
    array->buffer = buffer;
    array->length = size;
    return value_from_object(array);
}

static void trace(Marker *marker, Object *object) {
    mark_object(marker, ((Bytearray *)object)->buffer);
}

// May the length change? Views that nobody refers to any more do not count.
static bool check_views(Thread *thread, const Bytearray *array) {
    if (LIKELY(array->views == 0)) return true;
    heap_collect(thread->heap);
    if (array->views == 0) return true;
    raise_error(thread, &exception_BufferError,
                "Existing exports of data: object cannot be re-sized");
    return false;
}

// Changes the length; new bytes behind the old ones are zero.
static bool resize(Thread *thread, Bytearray *array, size_t size) {
    size_t capacity = array->buffer ? array->buffer->capacity : 0;
    if (size != array->length && !check_views(thread, array)) return false;
    if (size > capacity) {
        if (size > PTRDIFF_MAX / 2) {
            raise_memory_error(thread);
            return false;
        }
        ByteBuffer *buffer = byte_buffer_new(thread, size + size / 8 + 16);
        if (!buffer) return false;
        if (array->length) memcpy(buffer->bytes, array->buffer->bytes, array->length);
        object_store_pointer(thread->heap, array, &array->buffer, buffer);
    } else if (size > array->length) {
        memset(array->buffer->bytes + array->length, 0, size - array->length);
    }
    array->length = size;
    return true;
}

// array[start:start + removed] = the bytes, which must not lie in the array.
static bool splice(Thread *thread, Bytearray *array, size_t start, size_t removed,
                   const unsigned char *bytes, size_t added) {
    size_t tail = array->length - start - removed, old_length = array->length;
    if (added != removed && !check_views(thread, array)) return false;
    if (added > removed && !resize(thread, array, old_length + added - removed)) return false;
    if (!array->buffer) return true;
    unsigned char *place = array->buffer->bytes + start;
    if (tail) memmove(place + added, place + removed, tail);
    if (added) memcpy(place, bytes, added);
    array->length = old_length + added - removed;
    return true;
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args, (void)count, (void)names;
    if (type == &bytearray_type) return bytearray_new(thread, NULL, 0);
    Object *array = type_allocate(thread, type, 0);
    return array ? value_from_object(array) : VALUE_ERROR;
}

static bool initialize(Thread *thread, Value self, Value *args, int count, Value names) {
    Value bound[3];
    if (!arguments_bind(thread, "bytearray", "source=b'', encoding='utf-8', errors='strict'", args,
                        count, names, bound))
        return false;
    Value bytes = bytes_from_arguments(thread, &bytearray_type, bound);
    if (value_is_error(bytes)) return false;
    Bytearray *array = value_as_bytearray(self);
    return splice(thread, array, 0, array->length, value_as_bytes(bytes)->data,
                  value_as_bytes(bytes)->length);
}

static Value repr(Thread *thread, Value self) {
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    Value text = bytes_repr(thread, data, size, true);
    return value_is_error(text) ? text : str_format(thread, "%T(%U)", self, text);
}

static Value iterate(Thread *thread, Value self) {
    return sequence_iterator_new(thread, SHAPE_bytearray_iterator, self);
}

// The bytes of a value as an exact bytes object that is not the array itself: buffers are copied.
static Value contents_of(Thread *thread, Value value, const char *message) {
    const unsigned char *data;
    size_t size;
    if (value_is_bytes_exact(value)) return value;
    if (bytes_view(value, &data, &size)) return bytes_new(thread, data, size);
    if (!type_of(value)->iterate && !type_of(value)->get_item)
        return raise_type_error(thread, message, value);
    return bytes_from_iterable(thread, value, "byte must be in range(0, 256)");
}

// Item and slice assignment

static bool delete_range(Thread *thread, Bytearray *array, ssize_t start, ssize_t step,
                         ssize_t count) {
    if (!check_views(thread, array)) return false;
    if (step < 0) {
        start += (count - 1) * step;
        step = -step;
    }
    unsigned char *bytes = array->buffer->bytes;
    size_t kept = (size_t)start;
    ssize_t gone = 0;
    for (size_t i = (size_t)start; i < array->length; i++) {
        if (gone < count && i == (size_t)(start + gone * step))
            gone++;
        else
            bytes[kept++] = bytes[i];
    }
    array->length = kept;
    return true;
}

static bool set_slice(Thread *thread, Value self, Value slice, Value value) {
    Bytearray *array = value_as_bytearray(self);
    ssize_t start, stop, step;
    Value bytes = VALUE_ABSENT;
    if (!value_is_absent(value)) {
        if (value_is_str(value) || object_has_index(value)) {
            raise_type_error(thread, "can assign only bytes, buffers, or iterables of ints in "
                                     "range(0, 256)");
            return false;
        }
        bytes = contents_of(
            thread, value, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
        if (value_is_error(bytes)) return false;
    }
    if (!slice_unpack(thread, slice, &start, &stop, &step)) return false;
    ssize_t count = slice_adjust((ssize_t)array->length, &start, &stop, step);
    if (value_is_absent(bytes)) {
        return !count || delete_range(thread, array, start, step, count);
    }
    Bytes *from = value_as_bytes(bytes);
    if (step == 1)
        return splice(thread, array, (size_t)start, (size_t)count, from->data, from->length);
    if (from->length == 0) {
        return !count || delete_range(thread, array, start, step, count);
    }
    if (from->length != (size_t)count) {
        raise_value_error(thread,
                          "attempt to assign bytes of size %zu to extended slice of size %zd",
                          (size_t)from->length, count);
        return false;
    }
    for (ssize_t i = 0; i < count; i++) array->buffer->bytes[start + i * step] = from->data[i];
    return true;
}

static bool set_item(Thread *thread, Value self, Value key, Value value) {
    if (value_has_shape(key, SHAPE_slice)) return set_slice(thread, self, key, value);
    if (!object_has_index(key)) {
        raise_type_error(thread, "bytearray indices must be integers or slices, not %T", key);
        return false;
    }
    ssize_t index;
    if (!object_as_index(thread, key, &index)) return false;
    int byte = 0;
    if (!value_is_absent(value)) {
        byte = bytes_item(thread, value, "byte must be in range(0, 256)");
        if (byte < 0) return false;
    }
    Bytearray *array = value_as_bytearray(self);
    if (index < 0) index += (ssize_t)array->length;
    if (index < 0 || (size_t)index >= array->length) {
        raise_error(thread, &exception_IndexError, "bytearray index out of range");
        return false;
    }
    if (value_is_absent(value)) return splice(thread, array, (size_t)index, 1, NULL, 0);
    array->buffer->bytes[index] = (unsigned char)byte;
    return true;
}

static bool extend(Thread *thread, Value self, Value value, const char *message) {
    Value bytes = contents_of(thread, value, message);
    if (value_is_error(bytes)) return false;
    Bytearray *array = value_as_bytearray(self);
    return splice(thread, array, array->length, 0, value_as_bytes(bytes)->data,
                  value_as_bytes(bytes)->length);
}

static Value inplace_concatenate(Thread *thread, Value self, Value other) {
    const unsigned char *data;
    size_t size;
    if (!bytes_view(other, &data, &size))
        return raise_type_error(thread, "can't concat %T to %T", other, self);
    if (value_same(self, other))
        return raise_error(thread, &exception_BufferError,
                           "Existing exports of data: object cannot be re-sized");
    return extend(thread, self, other, "") ? self : VALUE_ERROR;
}

static Value inplace_repeat(Thread *thread, Value self, ssize_t count) {
    Value product = bytes_repeat(thread, self, count);
    if (value_is_error(product)) return product;
    Bytearray *array = value_as_bytearray(self), *from = value_as_bytearray(product);
    if (from->length != array->length && !check_views(thread, array)) return VALUE_ERROR;
    object_store_pointer(thread->heap, array, &array->buffer, from->buffer);
    array->length = from->length;
    return self;
}

static Value take_remainder(Thread *thread, Value left, Value right) {
    if (!value_is_bytearray(left)) return VALUE_NOT_IMPLEMENTED;
    return bytes_percent_format(thread, left, right);
}

// Methods of bytearray alone

Value bytearray_py_append(Thread *thread, Value *args, int count) {
    (void)count;
    int byte = bytes_item(thread, args[1], "byte must be in range(0, 256)");
    if (byte < 0) return VALUE_ERROR;
    Bytearray *array = value_as_bytearray(args[0]);
    if (!resize(thread, array, array->length + 1)) return VALUE_ERROR;
    array->buffer->bytes[array->length - 1] = (unsigned char)byte;
    return VALUE_NONE;
}

Value bytearray_py_extend(Thread *thread, Value *args, int count) {
    (void)count;
    return extend(thread, args[0], args[1], "can't extend bytearray with %T") ? VALUE_NONE
                                                                              : VALUE_ERROR;
}

Value bytearray_py_insert(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t index;
    if (!object_as_size(thread, args[1], &index)) return VALUE_ERROR;
    int byte = bytes_item(thread, args[2], "byte must be in range(0, 256)");
    if (byte < 0) return VALUE_ERROR;
    Bytearray *array = value_as_bytearray(args[0]);
    ssize_t length = (ssize_t)array->length;
    if (index < 0) index = index + length < 0 ? 0 : index + length;
    if (index > length) index = length;
    unsigned char item = (unsigned char)byte;
    return splice(thread, array, (size_t)index, 0, &item, 1) ? VALUE_NONE : VALUE_ERROR;
}

Value bytearray_py_pop(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t index = -1;
    if (!value_is_absent(args[1]) && !object_as_size(thread, args[1], &index)) return VALUE_ERROR;
    Bytearray *array = value_as_bytearray(args[0]);
    if (array->length == 0)
        return raise_error(thread, &exception_IndexError, "pop from empty bytearray");
    if (index < 0) index += (ssize_t)array->length;
    if (index < 0 || (size_t)index >= array->length)
        return raise_error(thread, &exception_IndexError, "pop index out of range");
    Value item = value_from_fixnum(array->buffer->bytes[index]);
    return splice(thread, array, (size_t)index, 1, NULL, 0) ? item : VALUE_ERROR;
}

Value bytearray_py_remove(Thread *thread, Value *args, int count) {
    (void)count;
    int byte = bytes_item(thread, args[1], "byte must be in range(0, 256)");
    if (byte < 0) return VALUE_ERROR;
    Bytearray *array = value_as_bytearray(args[0]);
    unsigned char *found = array->length ? memchr(array->buffer->bytes, byte, array->length) : NULL;
    if (!found) return raise_value_error(thread, "value not found in bytearray");
    size_t index = (size_t)(found - array->buffer->bytes);
    return splice(thread, array, index, 1, NULL, 0) ? VALUE_NONE : VALUE_ERROR;
}

Value bytearray_py_reverse(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    Bytearray *array = value_as_bytearray(args[0]);
    for (size_t low = 0, high = array->length; low + 1 < high; low++) {
        unsigned char *bytes = array->buffer->bytes, last = bytes[--high];
        bytes[high] = bytes[low];
        bytes[low] = last;
    }
    return VALUE_NONE;
}

Value bytearray_py_clear(Thread *thread, Value *args, int count) {
    (void)count;
    if (!check_views(thread, value_as_bytearray(args[0]))) return VALUE_ERROR;
    value_as_bytearray(args[0])->length = 0;
    value_as_bytearray(args[0])->buffer = NULL;
    return VALUE_NONE;
}

Value bytearray_py_copy(Thread *thread, Value *args, int count) {
    (void)count;
    const unsigned char *data;
    size_t size;
    bytes_view(args[0], &data, &size);
    return bytearray_new(thread, data, size);
}

Type bytearray_type = {
    TYPE_STATIC_HEADER(bytearray),
    .name = "bytearray",
    .documentation =
        "bytearray(iterable_of_ints) -> bytearray\n"
        "bytearray(string, encoding[, errors]) -> bytearray\n"
        "bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n"
        "bytearray(int) -> bytes array of size given by the parameter initialized with null "
        "bytes\n"
        "bytearray() -> empty bytes array\n\n"
        "Construct a mutable bytearray object from:\n"
        "  - an iterable yielding integers in range(256)\n"
        "  - a text string encoded using the specified encoding\n"
        "  - a bytes or a buffer object\n"
        "  - any object implementing the buffer API.\n"
        "  - an integer",
    .basic_size = sizeof(Bytearray),
    .flags = TYPE_BASE,
    .methods = bytearray_methods,
    .trace = trace,
    .make = make,
    .initialize = initialize,
    .repr = repr,
    .compare = bytes_compare,
    .iterate = iterate,
    .length = bytes_length,
    .get_item = bytes_get_item,
    .set_item = set_item,
    .contains = bytes_contains,
    .concatenate = bytes_concatenate,
    .repeat = bytes_repeat,
    .inplace_concatenate = inplace_concatenate,
    .inplace_repeat = inplace_repeat,
    .binary = {[BINARY_REMAINDER] = take_remainder},
};
