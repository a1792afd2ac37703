// list.h — growable arrays.
#pragma once
#include "objects/array.h"

typedef struct {
    Object header;
    uint64_t length;
    ValueArray *items; // NULL when nothing was ever stored; capacity - length slots are absent
} List;
extern Type list_type;
ALWAYS_INLINE bool value_is_list_exact(Value value) { return value_has_shape(value, SHAPE_list); }
ALWAYS_INLINE bool value_is_list(Value value) {
    return value_is_list_exact(value) || value_has_flag(value, TYPE_LIST_SUBCLASS);
}
ALWAYS_INLINE List *value_as_list(Value value) {
    ASSERT(value_is_list(value));
    return (List *)value_as_object(value);
}
RAISES Value list_new(Thread *thread, size_t capacity);                          // empty
RAISES Value list_from_values(Thread *thread, const Value *items, size_t count); // copies
RAISES bool list_append_slow(Thread *thread, List *list, Value item);
ALWAYS_INLINE RAISES bool list_append(Thread *thread, List *list, Value item) {
    if (UNLIKELY(!list->items || list->length == list->items->capacity))
        return list_append_slow(thread, list, item);
    object_store(thread->heap, list->items, &list->items->items[list->length++], item);
    return true;
}
RAISES bool list_insert(Thread *thread, List *list, ssize_t index, Value item);
RAISES bool list_extend(Thread *thread, List *list, Value iterable) RUNS_PYTHON;
RAISES bool list_sort(Thread *thread, List *list, Value key, bool reverse) RUNS_PYTHON;
RAISES Value list_as_tuple(Thread *thread, List *list);
void list_clear(Thread *thread, List *list);
void list_reverse(Thread *thread, List *list); // in place
