// object.h — the word that every value is, and the header that every heap object starts with.
//
// memory/ needs to know no more of a value than whether it points to an object; what the other
// words mean is runtime/value.h's business.
#pragma once
#include "base/config.h"

// A Python value, or one of the sentinels VALUE_ABSENT and VALUE_ERROR (runtime/value.h).
typedef struct {
    uint64_t bits;
} Value;

// Bits of Object.flags.
enum {
    OBJECT_STATIC = 1,             // not in the heap (builtin types); never marked nor freed
    OBJECT_LARGE = 2,              // its own jemalloc allocation, found through the address table
    OBJECT_OLD = 4,                // survived a collection (sticky mark); reserved for generations
    OBJECT_LOGGED = 8,             // in the remembered set; reserved for generations
    OBJECT_HAS_FINALIZER = 16,     // registered with heap_register_finalizer
    OBJECT_FINALIZED = 32,         // its finalizer has been run or queued (PEP 442: once)
    OBJECT_WEAKLY_REFERENCED = 64, // has an entry in the weak reference table
    OBJECT_IN_REPR = 128,          // some thread may be making its repr (repr_enter)
};

// The 8-byte header. `shape` indexes shape_table (runtime/shape.h) and so names the type.
typedef struct Object {
    uint32_t shape;
    uint8_t flags;
    uint8_t kind;  // free for the type (str: bytes a character, ...)
    uint16_t data; // free for the type
} Object;
_Static_assert(sizeof(Object) == 8, "the object header is one word");

// A pointer has its low three bits clear; all-zero is VALUE_ABSENT and no pointer.
ALWAYS_INLINE bool value_is_object(Value value) { return (value.bits & 7) == 0 && value.bits != 0; }
ALWAYS_INLINE Object *value_as_object(Value value) {
    ASSERT(value_is_object(value));
    return (Object *)(uintptr_t)value.bits;
}
ALWAYS_INLINE Value value_from_object(const void *object) {
    return (Value){(uint64_t)(uintptr_t)object};
}
