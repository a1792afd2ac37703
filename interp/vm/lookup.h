// lookup.h — one table of attribute look-ups for the instructions that see many shapes.
//
// An inline cache remembers one shape. Instructions that keep meeting others look here: the table
// maps (shape, name) to what the look-up found, is direct-mapped, and is emptied at every
// collection, since it keeps neither names nor values alive. (A global cache behind inline caches:
// Deutsch and Schiffman 1984.)
#pragma once
#include "runtime/thread.h"

typedef enum { LOOKUP_NONE, LOOKUP_SLOT, LOOKUP_METHOD, LOOKUP_VALUE, LOOKUP_PROPERTY } LookupKind;
typedef struct {
    uint64_t name;   // bits of the interned str
    uint32_t shape;  // of the object; 0: empty
    uint32_t epoch;  // class epoch when it was filled
    uint32_t offset; // LOOKUP_SLOT: of the slot, in bytes
    uint32_t kind;   // LookupKind
    Value value;     // LOOKUP_METHOD, LOOKUP_VALUE; the property itself
} Lookup;
enum { LOOKUP_COUNT = 2048 };
typedef struct LookupTable {
    Lookup entries[LOOKUP_COUNT];
} LookupTable;

ALWAYS_INLINE Lookup *lookup_entry(const Thread *thread, uint32_t shape, Value name) {
    return &thread->lookups->entries[(shape * 31 + (uint32_t)(name.bits >> 4)) % LOOKUP_COUNT];
}
// NULL: not in the table.
ALWAYS_INLINE const Lookup *lookup_find(const Thread *thread, Value object, Value name) {
    if (UNLIKELY(!value_is_object(object))) return NULL;
    uint32_t shape = value_as_object(object)->shape;
    const Lookup *entry = lookup_entry(thread, shape, name);
    bool hit =
        entry->shape == shape && entry->name == name.bits && entry->epoch == thread->class_epoch;
    return LIKELY(hit) ? entry : NULL;
}
// Finds out what the look-up gives and enters it, if that can be cached at all.
void lookup_fill(Thread *thread, Value object, Value name);
RAISES bool lookups_initialize(Thread *thread);
void lookups_finalize(Thread *thread);
