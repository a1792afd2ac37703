// barrier.h — the one way to store a Value into a heap object.
//
// Every store goes through here from the first commit, so that generations by sticky marks need
// no rewrite. Exempt are frame slots (scanned at every mark) and objects just allocated.
#pragma once
#include "memory/heap.h"

ALWAYS_INLINE void object_store(Heap *heap, void *owner, Value *slot, Value value) {
    (void)heap;
    (void)owner;
    *slot = value;
}
// The same for a typed pointer to another heap object.
#define object_store_pointer(heap, owner, slot, pointer)                                           \
    ((void)(heap), (void)(owner), (void)(*(slot) = (pointer)))
