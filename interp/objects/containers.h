// containers.h — what the container types share: registration, looking at the items of a list or
// tuple, comparing and printing sequences.
#pragma once
#include "base/hash.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

// Prepares the table of interned strs and the shared characters; must come before any str_intern,
// so before type_ready.
RAISES bool str_initialize(Thread *thread);
// Makes the types of array, tuple, list, dict, set, range, slice and of all iterators ready.
RAISES bool containers_initialize(Thread *thread);

extern Type value_array_type, byte_buffer_type, dict_table_type, set_entries_type;
extern Type dict_keys_type, dict_values_type, dict_items_type;
extern Type dict_key_iterator_type, dict_value_iterator_type, dict_item_iterator_type;
extern Type dict_reverse_key_iterator_type, dict_reverse_value_iterator_type,
    dict_reverse_item_iterator_type;
extern Type set_iterator_type, long_range_iterator_type;

// The items of a list or tuple as they are now: valid until Python runs.
ALWAYS_INLINE const Value *sequence_items(Value value, size_t *count) {
    Object *object = value_as_object(value);
    if (object->shape == SHAPE_tuple || value_is_tuple(value)) {
        *count = ((Tuple *)object)->length;
        return ((Tuple *)object)->items;
    }
    List *list = value_as_list(value);
    *count = list->length;
    return list->items ? list->items->items : NULL;
}
// list or tuple, subclasses without an __iter__ of their own included: sequence_items may replace
// iteration.
bool sequence_is_plain(Value value);

// Equality of two exact tuples.
RAISES int tuples_equal(Thread *thread, const Tuple *a, const Tuple *b) RUNS_PYTHON;

// Equality as containers mean it (identical or ==), answering for fixnums and strs without a call.
ALWAYS_INLINE RAISES int items_equal(Thread *thread, Value a, Value b) RUNS_PYTHON {
    if (value_same(a, b)) return 1;
    if (value_is_fixnum(a) && value_is_fixnum(b)) return 0;
    if (value_is_str_exact(a) && value_is_str_exact(b))
        return str_equal(value_as_str(a), value_as_str(b));
    if (value_is_tuple_exact(a) && value_is_tuple_exact(b))
        return tuples_equal(thread, value_as_tuple(a), value_as_tuple(b));
    return object_equal(thread, a, b);
}

// Compares two lists or two tuples item by item; their lengths are read again after every call.
RAISES Value sequence_compare(Thread *thread, Value a, Value b, CompareOperator op) RUNS_PYTHON;
// Index of the first item of a list or tuple that equals `item`, from `start` on and below `stop`;
// -1 when there is none, -2 with an exception pending.
RAISES ssize_t sequence_find(Thread *thread, Value sequence, Value item, size_t start, size_t stop)
    RUNS_PYTHON;
RAISES Value sequence_count(Thread *thread, Value sequence, Value item) RUNS_PYTHON;
// The start and stop arguments of index(): negative ones count from the end; absent ones are 0
// and the greatest size.
RAISES bool sequence_bounds(Thread *thread, Value start, Value stop, size_t length, size_t *low,
                            size_t *high) RUNS_PYTHON;
// Appends the repr of each item, separated by ", ".
RAISES bool sequence_append_repr(StrBuilder *builder, Value sequence) RUNS_PYTHON;
RAISES bool str_builder_append_repr(StrBuilder *builder, Value value) RUNS_PYTHON;
RAISES bool str_builder_append_c(StrBuilder *builder, const char *text);

// Puts an index that counts from the end in its place. False when it is out of range, with an
// IndexError of that message.
RAISES bool sequence_index(Thread *thread, Value key, size_t length, const char *message,
                           size_t *index) RUNS_PYTHON;

// Reads the hash of a key, without a call for ints and strs whose hash is known.
ALWAYS_INLINE RAISES bool key_hash(Thread *thread, Value key, int64_t *hash) RUNS_PYTHON {
    if (value_is_str_exact(key)) {
        Str *str = value_as_str(key);
        *hash = LIKELY(str->hash) ? str->hash : str_hash(thread, str);
        return true;
    }
    if (value_is_fixnum(key)) {
        *hash = hash_int64(value_as_fixnum(key));
        return true;
    }
    return object_hash(thread, key, hash);
}
