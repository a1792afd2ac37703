// bytes_internal.h — what the files bytes*.c share beyond bytes.h.
#pragma once
#include "objects/array.h"
#include "objects/bytes.h"

typedef struct {
    Object header;
    uint64_t length;
    ByteBuffer *buffer; // NULL when nothing was ever stored
} Bytearray;
ALWAYS_INLINE bool value_is_bytearray(Value value) {
    return value_is_object(value) && (type_of(value) == &bytearray_type ||
                                      type_is_subtype(type_of(value), &bytearray_type));
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
// An iterable of ints below 256.
RAISES Value bytes_from_iterable(Thread *thread, Value iterable) RUNS_PYTHON;
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
Value bytes_remainder(Thread *thread, Value left, Value right);

// First or last place of the needle in the text, -1 if there is none.
ssize_t bytes_find(const unsigned char *text, size_t size, const unsigned char *needle,
                   size_t needle_size);
ssize_t bytes_find_last(const unsigned char *text, size_t size, const unsigned char *needle,
                        size_t needle_size);
