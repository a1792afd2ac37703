// tuple.h — immutable sequences, items inline.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    uint64_t length;
    Value items[];
} Tuple;
extern Type tuple_type;
ALWAYS_INLINE bool value_is_tuple_exact(Value value) { return value_has_shape(value, SHAPE_tuple); }
ALWAYS_INLINE bool value_is_tuple(Value value) {
    return value_is_tuple_exact(value) || value_has_flag(value, TYPE_TUPLE_SUBCLASS);
}
ALWAYS_INLINE Tuple *value_as_tuple(Value value) {
    ASSERT(value_is_tuple(value));
    return (Tuple *)value_as_object(value);
}
RAISES Value tuple_new(Thread *thread, size_t length); // absent items, to be filled at once
RAISES Value tuple_from_values(Thread *thread, const Value *items,
                               size_t count);          // copies; () is shared
RAISES Value tuple_of(Thread *thread, int count, ...); // of Values
