// bytes_internal.h — what the files bytes*.c share beyond bytes.h.
#pragma once
#include "objects/array.h"
#include "objects/bytes.h"

typedef struct {
    Object header;
    uint64_t length;
    ByteBuffer *buffer; // NULL when nothing was ever stored
    uint64_t views;     // memoryviews of it that are not released
} Bytearray;
ALWAYS_INLINE bool value_is_bytearray(Value value) {
    return value_is_object(value) &&
           (type_of(value) == &bytearray_type || type_is_subtype(type_of(value), &bytearray_type));
}
ALWAYS_INLINE Bytearray *value_as_bytearray(Value value) {
    ASSERT(value_is_bytearray(value));
    return (Bytearray *)value_as_object(value);
}

// A bytearray with a copy of the bytes (NULL: zero bytes).
RAISES Value bytearray_new(Thread *thread, const void *data, size_t size);
// The same in the type of `like`: bytearray if that is one, else bytes.
RAISES Value bytes_new_like(Thread *thread, Value like, const void *data, size_t size);
// The data of a new bytes or bytearray made by bytes_new_like with data NULL, to be filled.
unsigned char *bytes_storage(Value value);

// bytes(value) for a buffer, an object with __bytes__, or an iterable of ints (CPython:
// PyObject_Bytes); not for ints and strs. An exact bytes comes back as it is.
RAISES Value bytes_from_object(Thread *thread, Value value) RUNS_PYTHON;
// An iterable of ints below 256: a bytes object, or ValueError with that message.
RAISES Value bytes_from_iterable(Thread *thread, Value iterable, const char *message) RUNS_PYTHON;
// One byte from an int: -1 with ValueError "byte must be in range(0, 256)" or TypeError.
RAISES int bytes_item(Thread *thread, Value value, const char *message) RUNS_PYTHON;

// The constructor's arguments: source, encoding, errors.
RAISES Value bytes_from_arguments(Thread *thread, Type *type, Value *args) RUNS_PYTHON;

// Operators that bytes and bytearray share.
Value bytes_compare(Thread *thread, Value self, Value other, CompareOperator op);
int bytes_contains(Thread *thread, Value self, Value item);
Value bytes_concatenate(Thread *thread, Value self, Value other);
Value bytes_repeat(Thread *thread, Value self, ssize_t count);
Value bytes_get_item(Thread *thread, Value self, Value key);
ssize_t bytes_length(Thread *thread, Value self);

// First or last place of the needle in the text, -1 if there is none.
ssize_t bytes_find(const unsigned char *text, size_t size, const unsigned char *needle,
                   size_t needle_size);
ssize_t bytes_find_last(const unsigned char *text, size_t size, const unsigned char *needle,
                        size_t needle_size);

NativeFunction bytes_py_hex; // bytes_methods.c
// bytearray.c: the methods that bytes does not have.
NativeFunction bytearray_py_append, bytearray_py_clear, bytearray_py_copy, bytearray_py_extend,
    bytearray_py_insert, bytearray_py_pop, bytearray_py_remove, bytearray_py_reverse;
// bytes_split.c
NativeFunction bytes_py_split, bytes_py_rsplit, bytes_py_splitlines, bytes_py_partition,
    bytes_py_rpartition, bytes_py_strip, bytes_py_lstrip, bytes_py_rstrip, bytes_py_center,
    bytes_py_ljust, bytes_py_rjust, bytes_py_zfill, bytes_py_expandtabs;
// bytes_classes.c
NativeFunction bytes_py_capitalize, bytes_py_lower, bytes_py_swapcase, bytes_py_title,
    bytes_py_upper, bytes_py_isalnum, bytes_py_isalpha, bytes_py_isascii, bytes_py_isdigit,
    bytes_py_islower, bytes_py_isspace, bytes_py_istitle, bytes_py_isupper;

// The bytes of an argument: TypeError "a bytes-like object is required, not 'str'".
RAISES bool bytes_argument(Thread *thread, Value value, const unsigned char **data, size_t *size);
// What bytes.isspace and split take for white space.
static inline bool bytes_is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
