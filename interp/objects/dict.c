// dict.c — compact ordered hash tables: the table itself. dict_type.c has what Python sees.
//
// The index table holds entry numbers plus one (0: free, all ones: the entry was deleted), in 1, 2
// or 4 bytes each; probing is CPython's (dictobject.c, perturbed). Two thirds of the slots are used
// at most, so that a probe always ends. A look-up compares identity, then the hash, then strs
// directly, and calls Python for other keys only; after such a call it starts anew if the table has
// changed. Invariant: used <= table->capacity and fill <= table->capacity.
#include "objects/dict.h"
#include "base/bits.h"
#include "objects/containers.h"

enum { FIRST_SIZE = 8, PERTURB_SHIFT = 5 };
enum { FOUND_NONE = -1, FOUND_ERROR = -2 };

static size_t usable_of(size_t size) { return size * 2 / 3; }

static unsigned width_of(size_t mask) { return mask <= 0xFF ? 1 : mask <= 0xFFFF ? 2 : 4; }

// Index table

ALWAYS_INLINE void *index_table(const DictTable *table) {
    return (void *)(uintptr_t)&table->entries[table->capacity];
}

ALWAYS_INLINE uint32_t index_get(const void *table, size_t mask, size_t slot) {
    if (LIKELY(mask <= 0xFF)) return ((const uint8_t *)table)[slot];
    if (mask <= 0xFFFF) return ((const uint16_t *)table)[slot];
    return ((const uint32_t *)table)[slot];
}

ALWAYS_INLINE void index_set(void *table, size_t mask, size_t slot, uint32_t number) {
    if (LIKELY(mask <= 0xFF)) {
        ((uint8_t *)table)[slot] = (uint8_t)number;
    } else if (mask <= 0xFFFF) {
        ((uint16_t *)table)[slot] = (uint16_t)number;
    } else {
        ((uint32_t *)table)[slot] = number;
    }
}

static uint32_t deleted_number(size_t mask) {
    return mask <= 0xFF ? 0xFF : mask <= 0xFFFF ? 0xFFFF : UINT32_MAX;
}

// Slot of the entry with that number, which is in the table.
static size_t slot_of_entry(const Dict *dict, uint32_t number, int64_t hash) {
    const void *indices = index_table(dict->table);
    size_t mask = dict->table->index_mask, slot = (uint64_t)hash & mask;
    uint64_t perturb = (uint64_t)hash;
    while (index_get(indices, mask, slot) != number) {
        perturb >>= PERTURB_SHIFT;
        slot = (slot * 5 + perturb + 1) & mask;
    }
    return slot;
}

static size_t free_slot(const void *indices, size_t mask, int64_t hash) {
    size_t slot = (uint64_t)hash & mask;
    uint64_t perturb = (uint64_t)hash;
    while (index_get(indices, mask, slot) != 0) {
        perturb >>= PERTURB_SHIFT;
        slot = (slot * 5 + perturb + 1) & mask;
    }
    return slot;
}

size_t dict_table_size(size_t capacity, size_t index_mask) {
    return sizeof(DictTable) + capacity * sizeof(DictEntry) +
           (index_mask + 1) * width_of(index_mask);
}

static void keys_changed(Dict *dict) { dict->keys_version = DICT_NO_VERSION; }

// Looking up

// Entry number of an exact str in a dict that has only such keys.
ALWAYS_INLINE ssize_t find_str(const Dict *dict, const Str *name, int64_t hash) {
    const DictTable *table = dict->table;
    if (UNLIKELY(!table)) return FOUND_NONE;
    const DictEntry *entries = table->entries;
    const void *indices = index_table(table);
    size_t mask = table->index_mask, slot = (uint64_t)hash & mask;
    uint32_t deleted = deleted_number(mask);
    for (uint64_t perturb = (uint64_t)hash;;) {
        uint32_t number = index_get(indices, mask, slot);
        if (number == 0) return FOUND_NONE;
        if (number != deleted) {
            const DictEntry *entry = &entries[number - 1];
            if (entry->key.bits == (uint64_t)(uintptr_t)name) return number - 1;
            if (entry->hash == hash && str_equal((Str *)value_as_object(entry->key), name))
                return number - 1;
        }
        perturb >>= PERTURB_SHIFT;
        slot = (slot * 5 + perturb + 1) & mask;
    }
}

// One pass; *restart says that Python ran and changed the table.
static ssize_t find_once(Thread *thread, Dict *dict, Value key, int64_t hash, bool *restart) {
    DictTable *table = dict->table;
    const void *indices = index_table(table);
    size_t mask = table->index_mask, slot = (uint64_t)hash & mask;
    uint32_t deleted = deleted_number(mask);
    for (uint64_t perturb = (uint64_t)hash;;) {
        uint32_t number = index_get(indices, mask, slot);
        if (number == 0) return FOUND_NONE;
        if (number != deleted) {
            DictEntry *entry = &table->entries[number - 1];
            if (value_same(entry->key, key)) return number - 1;
            if (entry->hash == hash) {
                Value other = entry->key;
                int equal = items_equal(thread, other, key);
                if (equal < 0) return FOUND_ERROR;
                if (dict->table != table || !value_same(entry->key, other)) {
                    *restart = true;
                    return FOUND_NONE;
                }
                if (equal) return number - 1;
            }
        }
        perturb >>= PERTURB_SHIFT;
        slot = (slot * 5 + perturb + 1) & mask;
    }
}

static ssize_t find(Thread *thread, Dict *dict, Value key, int64_t hash) {
    if (dict->only_str_keys && value_is_str_exact(key))
        return find_str(dict, (Str *)value_as_object(key), hash);
    for (;;) {
        if (!dict->table) return FOUND_NONE;
        bool restart = false;
        ssize_t found = find_once(thread, dict, key, hash, &restart);
        if (!restart) return found;
    }
}

static ssize_t find_key(Thread *thread, Dict *dict, Value key) {
    int64_t hash;
    if (!key_hash(thread, key, &hash)) return FOUND_ERROR;
    return find(thread, dict, key, hash);
}

static Value *value_at(Dict *dict, ssize_t index) { return &dict->table->entries[index].value; }

// Growing

static bool rebuild(Thread *thread, Dict *dict, size_t size) {
    size_t capacity = usable_of(size);
    if (size > (size_t)1 << 31) {
        raise_memory_error(thread);
        return false;
    }
    DictTable *table = (DictTable *)heap_allocate(thread->heap, dict_table_size(capacity, size - 1),
                                                  SHAPE_dict_table);
    if (!table) {
        raise_memory_error(thread);
        return false;
    }
    table->capacity = (uint32_t)capacity;
    table->index_mask = (uint32_t)(size - 1);
    void *indices = index_table(table);
    uint32_t used = 0;
    for (size_t i = 0; i < dict->used; i++) {
        const DictEntry *entry = &dict->table->entries[i];
        if (value_is_absent(entry->key)) continue;
        table->entries[used++] = *entry;
        index_set(indices, size - 1, free_slot(indices, size - 1, entry->hash), used);
    }
    object_store_pointer(thread->heap, dict, &dict->table, table);
    dict->used = used;
    dict->fill = used;
    keys_changed(dict);
    return true;
}

// A table for at least that many entries.
static bool reserve(Thread *thread, Dict *dict, size_t entries) {
    size_t size = FIRST_SIZE;
    while (usable_of(size) < entries) size *= 2;
    return rebuild(thread, dict, size);
}

static bool has_room(const Dict *dict) {
    return dict->table && dict->used < dict->table->capacity && dict->fill < dict->table->capacity;
}

// Adds a key that is not in the dict.
static bool insert(Thread *thread, Dict *dict, Value key, int64_t hash, Value value) {
    if (UNLIKELY(!has_room(dict)) && !reserve(thread, dict, dict->length * 2)) return false;
    DictTable *table = dict->table;
    void *indices = index_table(table);
    size_t mask = table->index_mask;
    uint32_t number = (uint32_t)++dict->used;
    DictEntry *entry = &table->entries[number - 1];
    object_store(thread->heap, table, &entry->key, key);
    object_store(thread->heap, table, &entry->value, value);
    entry->hash = hash;
    index_set(indices, mask, free_slot(indices, mask, hash), number);
    dict->fill++;
    dict->length++;
    if (!value_is_str_exact(key)) dict->only_str_keys = false;
    keys_changed(dict);
    return true;
}

static void forget_all(Dict *dict) {
    dict->length = dict->used = dict->fill = 0;
    dict->table = NULL;
    dict->only_str_keys = true;
    keys_changed(dict);
}

static void remove_entry(Dict *dict, size_t index) {
    DictTable *table = dict->table;
    DictEntry *entry = &table->entries[index];
    void *indices = index_table(table);
    size_t mask = table->index_mask;
    size_t slot = slot_of_entry(dict, (uint32_t)index + 1, entry->hash);
    index_set(indices, mask, slot, deleted_number(mask));
    entry->key = VALUE_ABSENT;
    entry->value = VALUE_ABSENT;
    keys_changed(dict);
    if (--dict->length == 0) {
        // As new, but with the table kept.
        memset(indices, 0, (mask + 1) * width_of(mask));
        dict->used = dict->fill = 0;
        dict->only_str_keys = true;
        return;
    }
    while (value_is_absent(table->entries[dict->used - 1].key)) dict->used--;
}

// The interface

void dict_initialize(Dict *dict) {
    dict->only_str_keys = true;
    dict->keys_version = DICT_NO_VERSION;
}

Value dict_new(Thread *thread) {
    Dict *dict = (Dict *)heap_allocate(thread->heap, sizeof(Dict), SHAPE_dict);
    if (UNLIKELY(!dict)) return raise_memory_error(thread);
    dict_initialize(dict);
    return value_from_object(dict);
}

Value dict_find(Thread *thread, Dict *dict, Value key) {
    ssize_t found = find_key(thread, dict, key);
    if (found >= 0) return *value_at(dict, found);
    return found == FOUND_ERROR ? VALUE_ERROR : VALUE_ABSENT;
}

Value dict_get(Thread *thread, Dict *dict, Value key) {
    Value value = dict_find(thread, dict, key);
    return value_is_absent(value) ? raise_key_error(thread, key) : value;
}

bool dict_set_hashed(Thread *thread, Dict *dict, Value key, int64_t hash, Value value) {
    ssize_t found = find(thread, dict, key, hash);
    if (found == FOUND_ERROR) return false;
    if (found == FOUND_NONE) return insert(thread, dict, key, hash, value);
    object_store(thread->heap, dict->table, value_at(dict, found), value);
    return true;
}

bool dict_set(Thread *thread, Dict *dict, Value key, Value value) {
    int64_t hash;
    return key_hash(thread, key, &hash) && dict_set_hashed(thread, dict, key, hash, value);
}

Value dict_set_default(Thread *thread, Dict *dict, Value key, Value value) {
    int64_t hash;
    if (!key_hash(thread, key, &hash)) return VALUE_ERROR;
    ssize_t found = find(thread, dict, key, hash);
    if (found == FOUND_ERROR) return VALUE_ERROR;
    if (found != FOUND_NONE) return *value_at(dict, found);
    return insert(thread, dict, key, hash, value) ? value : VALUE_ERROR;
}

Value dict_pop(Thread *thread, Dict *dict, Value key) {
    if (dict->length == 0) return VALUE_ABSENT;
    ssize_t found = find_key(thread, dict, key);
    if (found < 0) return found == FOUND_ERROR ? VALUE_ERROR : VALUE_ABSENT;
    Value value = *value_at(dict, found);
    remove_entry(dict, (size_t)found);
    return value;
}

int dict_delete(Thread *thread, Dict *dict, Value key) {
    ssize_t found = find_key(thread, dict, key);
    if (found < 0) return found == FOUND_ERROR ? -1 : 0;
    remove_entry(dict, (size_t)found);
    return 1;
}

bool dict_pop_last(Dict *dict, Value *key, Value *value) {
    if (dict->length == 0) return false;
    const DictEntry *entry = &dict->table->entries[dict->used - 1];
    *key = entry->key;
    *value = entry->value;
    remove_entry(dict, dict->used - 1);
    return true;
}

int dict_contains(Thread *thread, Dict *dict, Value key) {
    ssize_t found = find_key(thread, dict, key);
    return found == FOUND_ERROR ? -1 : found != FOUND_NONE;
}

// In a dict with other keys too: what a comparison raises is dropped.
static ssize_t find_str_slowly(Thread *thread, Dict *dict, Value name, int64_t hash) {
    Value pending = error_take(thread);
    ssize_t found = find(thread, dict, name, hash);
    if (found == FOUND_ERROR) {
        error_clear(thread);
        found = FOUND_NONE;
    }
    if (!value_is_absent(pending)) error_restore(thread, pending);
    return found;
}

static ssize_t find_name(Thread *thread, Dict *dict, Value name) {
    Str *str = (Str *)value_as_object(name);
    int64_t hash = LIKELY(str->hash) ? str->hash : str_hash(thread, str);
    if (LIKELY(dict->only_str_keys)) return find_str(dict, str, hash);
    return find_str_slowly(thread, dict, name, hash);
}

Value dict_find_str(Thread *thread, Dict *dict, Value name) {
    ssize_t found = find_name(thread, dict, name);
    return found >= 0 ? *value_at(dict, found) : VALUE_ABSENT;
}

ssize_t dict_entry_of_str(Thread *thread, Dict *dict, Value name) {
    ssize_t found = find_name(thread, dict, name);
    Runtime *runtime = thread->runtime;
    if (dict->keys_version == DICT_NO_VERSION && runtime->next_keys_version != UINT32_MAX) {
        if (runtime->next_keys_version <= DICT_NO_VERSION)
            runtime->next_keys_version = DICT_NO_VERSION;
        dict->keys_version = ++runtime->next_keys_version;
    }
    return found;
}

bool dict_set_c(Thread *thread, Dict *dict, const char *name, Value value) {
    Value key = str_intern_c(thread, name);
    return !value_is_error(key) && dict_set(thread, dict, key, value);
}

bool dict_next_entry(const Dict *dict, size_t *position, const DictEntry **entry) {
    for (size_t i = *position; i < dict->used; i++) {
        const DictEntry *candidate = &dict->table->entries[i];
        if (value_is_absent(candidate->key)) continue;
        *position = i + 1;
        *entry = candidate;
        return true;
    }
    *position = dict->used;
    return false;
}

bool dict_next(const Dict *dict, size_t *position, Value *key, Value *value) {
    const DictEntry *entry;
    if (!dict_next_entry(dict, position, &entry)) return false;
    *key = entry->key;
    *value = entry->value;
    return true;
}

void dict_clear(Thread *thread, Dict *dict) {
    (void)thread;
    forget_all(dict);
}

Value dict_copy(Thread *thread, Dict *dict) {
    Value copy = dict_new(thread);
    if (value_is_error(copy) || dict->length == 0) return copy;
    Dict *to = value_as_dict(copy);
    // rebuild() reads the old table through the dict that it fills.
    to->table = dict->table;
    to->used = dict->used;
    to->length = dict->length;
    to->only_str_keys = dict->only_str_keys;
    size_t size = (size_t)dict->table->index_mask + 1;
    while (size > FIRST_SIZE && usable_of(size / 2) >= dict->length) size /= 2;
    return rebuild(thread, to, size) ? copy : VALUE_ERROR;
}

// Merging

// Dicts without an __iter__ of their own are read directly.
static bool is_plain_dict(Value value) {
    return value_is_dict_exact(value) ||
           (value_is_dict(value) && type_of(value)->iterate == dict_type.iterate);
}

static bool merge_dict(Thread *thread, Dict *dict, Dict *other, bool override) {
    if (other == dict || other->length == 0) return true;
    if (!dict->table || dict->table->capacity - dict->used < other->length) {
        if (!reserve(thread, dict, dict->length + other->length)) return false;
    }
    const DictEntry *entry;
    uint64_t length = other->length;
    for (size_t position = 0; dict_next_entry(other, &position, &entry);) {
        Value key = entry->key, value = entry->value;
        int64_t hash = entry->hash;
        ssize_t found = find(thread, dict, key, hash);
        if (found == FOUND_ERROR) return false;
        if (found == FOUND_NONE) {
            if (!insert(thread, dict, key, hash, value)) return false;
        } else if (override) {
            object_store(thread->heap, dict->table, value_at(dict, found), value);
        }
        if (other->length != length) {
            raise_error(thread, &exception_RuntimeError, "dict mutated during update");
            return false;
        }
    }
    return true;
}

static bool merge_mapping(Thread *thread, Dict *dict, Value other, bool override) {
    Value keys = object_call_method(thread, other, NAMES(thread)->keys, NULL, 0);
    if (value_is_error(keys)) return false;
    Value iterator = object_iterate(thread, keys);
    if (value_is_error(iterator)) return false;
    for (;;) {
        Value key = object_next(thread, iterator);
        if (value_is_error(key)) return false;
        if (value_is_absent(key)) return true;
        if (!override) {
            int present = dict_contains(thread, dict, key);
            if (present < 0) return false;
            if (present) continue;
        }
        Value value = object_get_item(thread, other, key);
        if (value_is_error(value) || !dict_set(thread, dict, key, value)) return false;
        if (!thread_poll_if_needed(thread)) return false;
    }
}

bool dict_merge(Thread *thread, Dict *dict, Value other, bool override) {
    if (is_plain_dict(other)) return merge_dict(thread, dict, value_as_dict(other), override);
    return merge_mapping(thread, dict, other, override);
}

static bool raise_keyword_error(Thread *thread, Value callable, const char *format, Value what) {
    Value function = object_describe_callable(thread, callable);
    if (!value_is_error(function)) raise_type_error(thread, format, function, what);
    return false;
}

bool dict_merge_keywords(Thread *thread, Dict *dict, Value other, Value callable) {
    Value source = other;
    if (!is_plain_dict(other)) {
        source = dict_new(thread);
        if (value_is_error(source)) return false;
        if (!merge_mapping(thread, value_as_dict(source), other, true)) {
            if (!error_clear_if(thread, &exception_AttributeError)) return false;
            return raise_keyword_error(thread, callable,
                                       "%U argument after ** must be a mapping, not %T", other);
        }
    }
    Value key, value;
    for (size_t position = 0; dict_next(value_as_dict(source), &position, &key, &value);) {
        if (!value_is_str(key)) {
            raise_type_error(thread, "keywords must be strings");
            return false;
        }
        int present = dict_contains(thread, dict, key);
        if (present < 0) return false;
        if (present)
            return raise_keyword_error(thread, callable,
                                       "%U got multiple values for keyword argument '%S'", key);
        if (!dict_set(thread, dict, key, value)) return false;
    }
    return true;
}

// Element number `index` of what dict() was given, as a pair.
static bool set_pair(Thread *thread, Dict *dict, Value element, size_t index) {
    Value pair = element;
    if (!sequence_is_plain(element)) {
        pair = object_to_list(thread, element);
        if (value_is_error(pair)) {
            if (!error_clear_if(thread, &exception_TypeError)) return false;
            raise_type_error(thread,
                             "cannot convert dictionary update sequence element #%zu to a sequence",
                             index);
            return false;
        }
    }
    size_t count;
    const Value *items = sequence_items(pair, &count);
    if (count != 2) {
        raise_value_error(thread,
                          "dictionary update sequence element #%zu has length %zu; 2 is required",
                          index, count);
        return false;
    }
    return dict_set(thread, dict, items[0], items[1]);
}

bool dict_update_from_pairs(Thread *thread, Dict *dict, Value iterable) {
    Value iterator = object_iterate(thread, iterable);
    if (value_is_error(iterator)) return false;
    for (size_t index = 0;; index++) {
        Value element = object_next(thread, iterator);
        if (value_is_error(element)) return false;
        if (value_is_absent(element)) return true;
        if (!set_pair(thread, dict, element, index) || !thread_poll_if_needed(thread)) return false;
    }
}

bool dict_update(Thread *thread, Dict *dict, Value other) {
    if (is_plain_dict(other)) return merge_dict(thread, dict, value_as_dict(other), true);
    Value keys = object_find_attribute(thread, other, NAMES(thread)->keys);
    if (value_is_error(keys)) return false;
    if (value_is_absent(keys)) return dict_update_from_pairs(thread, dict, other);
    return merge_mapping(thread, dict, other, true);
}

// Lists of the contents

Value dict_keys_list(Thread *thread, Dict *dict) {
    Value list = list_new(thread, dict->length);
    if (value_is_error(list)) return list;
    Value key, value;
    for (size_t position = 0; dict_next(dict, &position, &key, &value);)
        if (!list_append(thread, value_as_list(list), key)) return VALUE_ERROR;
    return list;
}

Value dict_values_list(Thread *thread, Dict *dict) {
    Value list = list_new(thread, dict->length);
    if (value_is_error(list)) return list;
    Value key, value;
    for (size_t position = 0; dict_next(dict, &position, &key, &value);)
        if (!list_append(thread, value_as_list(list), value)) return VALUE_ERROR;
    return list;
}

Value dict_items_list(Thread *thread, Dict *dict) {
    Value list = list_new(thread, dict->length);
    if (value_is_error(list)) return list;
    Value key, value;
    for (size_t position = 0; dict_next(dict, &position, &key, &value);) {
        Value pair = tuple_of(thread, 2, key, value);
        if (value_is_error(pair) || !list_append(thread, value_as_list(list), pair))
            return VALUE_ERROR;
    }
    return list;
}
