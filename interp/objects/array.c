// array.c — item buffers: blocks of Values (traced whole) and blocks of bytes.
//
// They belong to one object of another type and never reach Python, but have types of their own so
// that the collector treats every block alike.
#include "objects/array.h"
#include "objects/containers.h"
#include "runtime/errors.h"

ValueArray *value_array_new(Thread *thread, size_t capacity) {
    if (capacity > PTRDIFF_MAX / sizeof(Value) - 4) {
        raise_memory_error(thread);
        return NULL;
    }
    size_t size = sizeof(ValueArray) + capacity * sizeof(Value);
    ValueArray *array = (ValueArray *)heap_allocate(thread->heap, size, SHAPE_value_array);
    if (!array) {
        raise_memory_error(thread);
        return NULL;
    }
    array->capacity = capacity;
    return array;
}

ValueArray *value_array_grow(Thread *thread, ValueArray *array, size_t used, size_t capacity) {
    ASSERT(used <= capacity);
    ValueArray *larger = value_array_new(thread, capacity);
    if (larger && used) memcpy(larger->items, array->items, used * sizeof(Value));
    return larger;
}

ByteBuffer *byte_buffer_new(Thread *thread, size_t capacity) {
    ByteBuffer *buffer = NULL;
    if (capacity < PTRDIFF_MAX - 64)
        buffer = (ByteBuffer *)heap_allocate(thread->heap, sizeof(ByteBuffer) + capacity,
                                             SHAPE_byte_buffer);
    if (!buffer) {
        raise_memory_error(thread);
        return NULL;
    }
    buffer->capacity = capacity;
    return buffer;
}

static void trace_value_array(Marker *marker, Object *object) {
    ValueArray *array = (ValueArray *)object;
    mark_values(marker, array->items, array->capacity);
}

Type value_array_type = {
    TYPE_STATIC_HEADER(value_array),  .name = "value_array",
    .basic_size = sizeof(ValueArray), .flags = TYPE_NO_NEW,
    .trace = trace_value_array,
};

Type byte_buffer_type = {
    TYPE_STATIC_HEADER(byte_buffer),
    .name = "byte_buffer",
    .basic_size = sizeof(ByteBuffer),
    .flags = TYPE_NO_NEW,
};
