// bytes.h — immutable byte strings, and bytearray.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    uint64_t length;
    int64_t hash;         // 0: not yet computed
    unsigned char data[]; // a zero byte behind the last
} Bytes;
extern Type bytes_type, bytearray_type;
ALWAYS_INLINE bool value_is_bytes_exact(Value value) { return value_has_shape(value, SHAPE_bytes); }
ALWAYS_INLINE bool value_is_bytes(Value value) {
    return value_has_flag(value, TYPE_BYTES_SUBCLASS);
}
ALWAYS_INLINE Bytes *value_as_bytes(Value value) {
    ASSERT(value_is_bytes(value));
    return (Bytes *)value_as_object(value);
}
RAISES Value bytes_new(Thread *thread, const void *data,
                       size_t size); // data NULL: zero bytes to fill
// The bytes of bytes, bytearray or another buffer: false if the value is none (nothing raised).
bool bytes_view(Value value, const unsigned char **data, size_t *size);
