// memoryview.h — memoryview: the memory of bytes, bytearrays and other views, without copying.
//
// A view refers to the heap block that the bytes lie in, so they stay where they are for as long as
// it lives, whatever its owner does. A bytearray counts its views and refuses to change its length
// while there are any; a view leaves that count when it is released or collected.
#pragma once
#include "objects/bytes.h"

enum { MEMORYVIEW_DIMENSION_LIMIT = 64 };

typedef struct {
    Object header;
    Value owner;         // what .obj gives
    Value inner;         // the view that the owner's __buffer__ returned, or absent
    Value array;         // the bytearray that counts this view, or absent
    Object *block;       // keeps the memory
    unsigned char *data; // the first item
    uint64_t item_size;
    uint64_t dimensions;
    uint64_t children; // of an inner view: how many are not released
    char format[4];    // as in struct, "@i" at most
    bool read_only, released;
    ssize_t extents[]; // the lengths of the dimensions, then their strides in bytes
} Memoryview;
extern Type memoryview_type, memory_iterator_type;

ALWAYS_INLINE bool value_is_memoryview(Value value) {
    return value_has_shape(value, SHAPE_memoryview);
}
ALWAYS_INLINE Memoryview *value_as_memoryview(Value value) {
    ASSERT(value_is_memoryview(value));
    return (Memoryview *)value_as_object(value);
}
// A view of bytes, a bytearray, another view, or what has __buffer__; TypeError for others.
RAISES Value memoryview_new(Thread *thread, Value object) RUNS_PYTHON;
// Ends the view; nothing happens if it has ended already. BufferError while others depend on it.
RAISES bool memoryview_release(Thread *thread, Value view) RUNS_PYTHON;
// A copy of the bytes of all items, in row-major order.
RAISES Value memoryview_to_bytes(Thread *thread, Value view);
// The bytes themselves where they lie in one piece; false for other and for released views.
bool memoryview_bytes(Value view, const unsigned char **data, size_t *size);
// Does a released view stand here? Then ValueError is raised and the result is false.
RAISES bool memoryview_check(Thread *thread, Value view);

ALWAYS_INLINE ssize_t *memoryview_shape(Memoryview *view) { return view->extents; }
ALWAYS_INLINE ssize_t *memoryview_strides(Memoryview *view) {
    return view->extents + view->dimensions;
}
// Another view of the same memory, with room for that many dimensions: everything but shape and
// strides is that of `view`.
RAISES Memoryview *memoryview_derive(Thread *thread, Memoryview *view, uint64_t dimensions);
size_t memoryview_count(const Memoryview *view); // of items
// Fills in the strides of a view whose items lie one behind the other.
void memoryview_set_strides(Memoryview *view);
bool memoryview_is_contiguous(const Memoryview *view, bool column_major);
// The items copied one behind the other to `target`, in row-major or column-major order.
void memoryview_copy_items(const Memoryview *view, unsigned char *target, bool column_major);
// The methods and attributes (memoryview_methods.c).
extern const MethodRow memoryview_methods[];
extern const GetSetRow memoryview_getsets[];

// Items (memoryview_items.c). The size of a format's items in bytes; 0: not a format of one native
// item.
size_t memoryview_item_size(const char *format);
RAISES Value memoryview_unpack(Thread *thread, const char *format, const unsigned char *item);
RAISES bool memoryview_pack(Thread *thread, const char *format, unsigned char *item, Value value)
    RUNS_PYTHON;
