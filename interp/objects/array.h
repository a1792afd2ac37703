// array.h — item buffers: heap blocks that other objects keep their items in.
#pragma once
#include "runtime/thread.h"

// A block of Values, absent at first. Traced whole, so unused slots must be absent.
typedef struct {
    Object header;
    uint64_t capacity;
    Value items[];
} ValueArray;
// A block of bytes that holds no Values.
typedef struct {
    Object header;
    uint64_t capacity; // bytes
    unsigned char bytes[];
} ByteBuffer;

RAISES ValueArray *value_array_new(Thread *thread, size_t capacity); // NULL: MemoryError
// A larger copy (the old one becomes garbage).
RAISES ValueArray *value_array_grow(Thread *thread, ValueArray *array, size_t used,
                                    size_t capacity);
RAISES ByteBuffer *byte_buffer_new(Thread *thread, size_t capacity);
