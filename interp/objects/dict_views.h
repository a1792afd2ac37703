// dict_views.h — keys(), values(), items() of a dict, and the iterators over them.
#pragma once
#include "objects/dict.h"

typedef struct {
    Object header;
    Value dict;
} DictView;
typedef struct {
    Object header;
    Value dict;        // absent: exhausted
    uint64_t position; // of the next entry; backwards: one past it
    uint64_t length;   // of the dict when the iterator was made
    uint64_t remaining;
} DictIterator;
// shape: SHAPE_dict_keys, SHAPE_dict_values or SHAPE_dict_items.
RAISES Value dict_view_new(Thread *thread, uint32_t shape, Value dict);
// shape: one of SHAPE_dict_key_iterator, ... SHAPE_dict_reverse_item_iterator.
RAISES Value dict_iterator_new(Thread *thread, uint32_t shape, Value dict);
