// dict.h — compact ordered hash tables.
//
// An index table (1, 2 or 4 bytes an entry) points into an entry array in insertion order; deleted
// entries have an absent key until the next rebuild. keys_version changes whenever the set of keys
// or the position of an entry changes (not when a value is replaced), is never 0 and never reused
// in a process: inline caches of globals compare it and then read table->entries[index].value. A
// dict gets a version of its own only when dict_entry_of_str asks on behalf of a cache; until then,
// and after each change, it is DICT_NO_VERSION, which no cache may store.
#pragma once
#include "objects/array.h"

typedef struct {
    Value key; // absent: deleted
    Value value;
    int64_t hash;
} DictEntry;
enum { DICT_NO_VERSION = 1 };
// Entries and index table are one heap block, of a shape of its own, which traces all entries.
typedef struct {
    Object header;
    uint32_t capacity;   // entries
    uint32_t index_mask; // slots of the index table - 1; it lies behind the entries
    DictEntry entries[];
} DictTable;
typedef struct {
    Object header;
    uint64_t length;  // live entries
    uint64_t used;    // entries in use, deleted ones included
    DictTable *table; // NULL in a new dict
    uint32_t keys_version;
    uint32_t fill;      // index table slots that are not free, those of deleted entries included
    bool only_str_keys; // every key is an exact str: look-ups of strs run no Python
} Dict;
extern Type dict_type;
ALWAYS_INLINE bool value_is_dict_exact(Value value) { return value_has_shape(value, SHAPE_dict); }
ALWAYS_INLINE bool value_is_dict(Value value) {
    return value_is_dict_exact(value) || value_has_flag(value, TYPE_DICT_SUBCLASS);
}
ALWAYS_INLINE Dict *value_as_dict(Value value) {
    ASSERT(value_is_dict(value));
    return (Dict *)value_as_object(value);
}
RAISES Value dict_new(Thread *thread);
RAISES Value dict_find(Thread *thread, Dict *dict, Value key)
    RUNS_PYTHON; // VALUE_ABSENT: no such key
RAISES Value dict_get(Thread *thread, Dict *dict, Value key)
    RUNS_PYTHON; // KeyError (__missing__ is not asked)
RAISES bool dict_set(Thread *thread, Dict *dict, Value key, Value value) RUNS_PYTHON;
RAISES int dict_delete(Thread *thread, Dict *dict, Value key)
    RUNS_PYTHON; // 1 deleted, 0 no such key, -1 error
RAISES Value dict_pop(Thread *thread, Dict *dict, Value key)
    RUNS_PYTHON; // VALUE_ABSENT: no such key
RAISES int dict_contains(Thread *thread, Dict *dict, Value key) RUNS_PYTHON;
RAISES Value dict_set_default(Thread *thread, Dict *dict, Value key, Value value) RUNS_PYTHON;
// Look-up of an exact str: runs no Python and cannot raise when only_str_keys (namespaces nearly
// always); with other keys present it falls back to dict_find and drops an exception as "absent".
Value dict_find_str(Thread *thread, Dict *dict, Value name);
// Index of the entry of an exact str key for inline caches, or -1. Afterwards the dict has a
// keys_version of its own (DICT_NO_VERSION: the versions have run out, cache nothing), also when
// the key is missing.
ssize_t dict_entry_of_str(Thread *thread, Dict *dict, Value name);
RAISES bool dict_set_c(Thread *thread, Dict *dict, const char *name, Value value); // interned key
// update(other): a mapping (something with keys()) or an iterable of pairs.
RAISES bool dict_update(Thread *thread, Dict *dict, Value other) RUNS_PYTHON;
// Iteration: *position starts at 0; false at the end. The dict must not grow meanwhile.
bool dict_next(const Dict *dict, size_t *position, Value *key, Value *value);
void dict_clear(Thread *thread, Dict *dict);
RAISES Value dict_copy(Thread *thread, Dict *dict);
// Other's items into dict; override false keeps existing keys. `other` is a mapping or a dict.
RAISES bool dict_merge(Thread *thread, Dict *dict, Value other, bool override) RUNS_PYTHON;
// DICT_MERGE of f(**kwargs): TypeError naming `callable` for duplicate or non-str keys.
RAISES bool dict_merge_keywords(Thread *thread, Dict *dict, Value other, Value callable)
    RUNS_PYTHON;
RAISES bool dict_update_from_pairs(Thread *thread, Dict *dict, Value iterable)
    RUNS_PYTHON; // dict(iterable)
// The newest item; false when the dict is empty.
bool dict_pop_last(Dict *dict, Value *key, Value *value);
// For the other files of dict: a new dict made by another allocator; an insertion with a known
// hash; iteration over entries.
void dict_initialize(Dict *dict);
size_t dict_table_size(size_t capacity, size_t index_mask); // bytes of such a block
RAISES bool dict_set_hashed(Thread *thread, Dict *dict, Value key, int64_t hash, Value value)
    RUNS_PYTHON;
bool dict_next_entry(const Dict *dict, size_t *position, const DictEntry **entry);
RAISES Value dict_keys_list(Thread *thread, Dict *dict); // list of keys; likewise values, items
RAISES Value dict_values_list(Thread *thread, Dict *dict);
RAISES Value dict_items_list(Thread *thread, Dict *dict);
