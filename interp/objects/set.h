// set.h — set and frozenset: open addressing over an entry table.
#pragma once
#include "objects/array.h"

typedef struct {
    Value item;   // absent: free, or deleted
    int64_t hash; // of a free entry 0, of a deleted one -1
} SetEntry;
typedef struct {
    Object header;
    uint64_t capacity;
    SetEntry entries[];
} SetEntries;
typedef struct {
    Object header;
    uint64_t length;
    uint64_t used;     // with deleted entries
    SetEntries *table; // NULL when nothing was ever added
    uint64_t mask;
    int64_t hash; // frozenset: cached, 0: not yet; set: where pop() goes on searching
} Set;
extern Type set_type, frozenset_type;
ALWAYS_INLINE bool value_is_set_exact(Value value) { return value_has_shape(value, SHAPE_set); }
ALWAYS_INLINE bool value_is_any_set(Value value) {
    return value_has_flag(value, TYPE_SET_SUBCLASS | TYPE_FROZENSET_SUBCLASS);
}
ALWAYS_INLINE Set *value_as_set(Value value) {
    ASSERT(value_is_any_set(value));
    return (Set *)value_as_object(value);
}
RAISES Value set_new(Thread *thread);
RAISES Value frozenset_new(Thread *thread, const Value *items, size_t count) RUNS_PYTHON;
RAISES bool set_add(Thread *thread, Set *set, Value item) RUNS_PYTHON;
RAISES int set_contains(Thread *thread, Set *set, Value item) RUNS_PYTHON;
RAISES bool set_update(Thread *thread, Set *set, Value iterable) RUNS_PYTHON;
RAISES int set_discard(Thread *thread, Set *set, Value item) RUNS_PYTHON;
void set_clear(Set *set);
// A new set of the builtin type with that shape (SHAPE_set or SHAPE_frozenset) and the same items.
RAISES Value set_copy(Thread *thread, const Set *set, uint32_t shape);
RAISES bool set_add_hashed(Thread *thread, Set *set, Value item, int64_t hash) RUNS_PYTHON;
// With known hashes: 1 yes, 0 no, -1 error.
RAISES int set_contains_hashed(Thread *thread, Set *set, Value item, int64_t hash) RUNS_PYTHON;
RAISES int set_discard_hashed(Thread *thread, Set *set, Value item, int64_t hash) RUNS_PYTHON;
// An arbitrary item, taken out; VALUE_ABSENT when the set is empty.
Value set_pop(Set *set);
bool set_next_entry(const Set *set, size_t *position, const SetEntry **entry);
bool set_next(const Set *set, size_t *position, Value *item); // *position starts at 0
