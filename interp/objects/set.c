// set.c — hash tables of set and frozenset: the table itself. set_type.c has what Python sees.
//
// Open addressing with CPython's probing (setobject.c: ten neighbours, then a perturbed jump), its
// growth and its order of insertion on copying, so that small sets iterate in CPython's order.
// After a comparison that ran Python a look-up starts anew if the table has changed.
// Invariant: used * 5 < mask * 3 after every insertion, so that a probe always ends.
#include "objects/set.h"
#include "objects/containers.h"
#include "objects/dict.h"

enum { FIRST_SIZE = 8, NEIGHBOURS = 9, PERTURB_SHIFT = 5, HASH_DELETED = -1 };
enum { GROWTH_LIMIT = 50000 }; // items; beyond it tables double instead of quadrupling

static bool is_free(const SetEntry *entry) {
    return value_is_absent(entry->item) && entry->hash != HASH_DELETED;
}

static SetEntries *table_new(Thread *thread, size_t size) {
    SetEntries *table = NULL;
    if (size < (size_t)1 << 50)
        table = (SetEntries *)heap_allocate(
            thread->heap, sizeof(SetEntries) + size * sizeof(SetEntry), SHAPE_set_entries);
    if (!table) {
        raise_memory_error(thread);
        return NULL;
    }
    table->capacity = size;
    return table;
}

// The free entry where an item with that hash goes, in a table without deleted entries.
static SetEntry *free_entry(SetEntries *table, size_t mask, int64_t hash) {
    size_t slot = (uint64_t)hash & mask;
    for (uint64_t perturb = (uint64_t)hash;;) {
        SetEntry *entry = &table->entries[slot];
        size_t probes = slot + NEIGHBOURS <= mask ? NEIGHBOURS : 0;
        for (;; entry++) {
            if (is_free(entry)) return entry;
            if (probes-- == 0) break;
        }
        perturb >>= PERTURB_SHIFT;
        slot = (slot * 5 + 1 + perturb) & mask;
    }
}

static bool resize(Thread *thread, Set *set, size_t least) {
    size_t size = FIRST_SIZE;
    while (size <= least) size *= 2;
    SetEntries *table = table_new(thread, size);
    if (!table) return false;
    for (size_t i = 0; set->table && i <= set->mask; i++) {
        const SetEntry *entry = &set->table->entries[i];
        if (!value_is_absent(entry->item)) *free_entry(table, size - 1, entry->hash) = *entry;
    }
    object_store_pointer(thread->heap, set, &set->table, table);
    set->mask = size - 1;
    set->used = set->length;
    return true;
}

// Whether an entry holds the item: 1, 0, or -1 with an exception pending; *changed says that Python
// ran and replaced the table or the entry.
ALWAYS_INLINE int entry_matches(Thread *thread, const Set *set, const SetEntry *entry, Value item,
                                int64_t hash, bool *changed) {
    if (entry->hash != hash || value_is_absent(entry->item)) return 0;
    if (value_same(entry->item, item)) return 1;
    Value other = entry->item;
    const SetEntries *table = set->table;
    int equal = items_equal(thread, other, item);
    *changed = set->table != table || !value_same(entry->item, other);
    return equal;
}

// The entry with the item, or the first free one on its way. NULL with an exception pending, or
// with *changed.
static SetEntry *find_once(Thread *thread, Set *set, Value item, int64_t hash, bool *changed) {
    size_t mask = set->mask, slot = (uint64_t)hash & mask;
    for (uint64_t perturb = (uint64_t)hash;;) {
        SetEntry *entry = &set->table->entries[slot];
        size_t probes = slot + NEIGHBOURS <= mask ? NEIGHBOURS : 0;
        for (;; entry++) {
            if (is_free(entry)) return entry;
            int matches = entry_matches(thread, set, entry, item, hash, changed);
            if (UNLIKELY(matches < 0 || *changed)) return NULL;
            if (matches) return entry;
            if (probes-- == 0) break;
        }
        perturb >>= PERTURB_SHIFT;
        slot = (slot * 5 + 1 + perturb) & mask;
    }
}

static SetEntry *find(Thread *thread, Set *set, Value item, int64_t hash) {
    for (;;) {
        bool changed = false;
        SetEntry *entry = find_once(thread, set, item, hash, &changed);
        if (entry || error_is_pending(thread)) return entry;
        // A comparison cleared the set: there is no table to search any more.
        if (!set->table && !resize(thread, set, 0)) return NULL;
    }
}

bool set_add_hashed(Thread *thread, Set *set, Value item, int64_t hash) {
    if (!set->table && !resize(thread, set, 0)) return false;
    SetEntry *entry = find(thread, set, item, hash);
    if (!entry) return false;
    if (!value_is_absent(entry->item)) return true;
    // Deleted entries are not taken again: they count as used until the table is rebuilt, or a set
    // that is added to and discarded from forever would fill up with them.
    object_store(thread->heap, set->table, &entry->item, item);
    entry->hash = hash;
    set->length++;
    set->used++;
    if (set->used * 5 < set->mask * 3) return true;
    return resize(thread, set, set->length > GROWTH_LIMIT ? set->length * 2 : set->length * 4);
}

int set_contains_hashed(Thread *thread, Set *set, Value item, int64_t hash) {
    if (set->length == 0) return 0;
    SetEntry *entry = find(thread, set, item, hash);
    return entry ? !value_is_absent(entry->item) : -1;
}

int set_discard_hashed(Thread *thread, Set *set, Value item, int64_t hash) {
    if (set->length == 0) return 0;
    SetEntry *entry = find(thread, set, item, hash);
    if (!entry) return -1;
    if (value_is_absent(entry->item)) return 0;
    *entry = (SetEntry){.hash = HASH_DELETED};
    set->length--;
    return 1;
}

Value set_new(Thread *thread) {
    Object *set = heap_allocate(thread->heap, sizeof(Set), SHAPE_set);
    return set ? value_from_object(set) : raise_memory_error(thread);
}

Value frozenset_new(Thread *thread, const Value *items, size_t count) {
    Set *set = (Set *)heap_allocate(thread->heap, sizeof(Set), SHAPE_frozenset);
    if (!set) return raise_memory_error(thread);
    for (size_t i = 0; i < count; i++)
        if (!set_add(thread, set, items[i])) return VALUE_ERROR;
    return value_from_object(set);
}

bool set_add(Thread *thread, Set *set, Value item) {
    int64_t hash;
    return key_hash(thread, item, &hash) && set_add_hashed(thread, set, item, hash);
}

int set_contains(Thread *thread, Set *set, Value item) {
    int64_t hash;
    return key_hash(thread, item, &hash) ? set_contains_hashed(thread, set, item, hash) : -1;
}

int set_discard(Thread *thread, Set *set, Value item) {
    int64_t hash;
    return key_hash(thread, item, &hash) ? set_discard_hashed(thread, set, item, hash) : -1;
}

void set_clear(Set *set) {
    set->length = set->used = set->mask = 0;
    set->table = NULL;
    set->hash = 0;
}

Value set_pop(Set *set) {
    if (set->length == 0) return VALUE_ABSENT;
    size_t slot = (uint64_t)set->hash & set->mask;
    while (value_is_absent(set->table->entries[slot].item)) slot = (slot + 1) & set->mask;
    Value item = set->table->entries[slot].item;
    set->table->entries[slot] = (SetEntry){.hash = HASH_DELETED};
    set->length--;
    set->hash = (int64_t)(slot + 1);
    return item;
}

bool set_next_entry(const Set *set, size_t *position, const SetEntry **entry) {
    if (!set->table) return false;
    for (size_t i = *position; i <= set->mask; i++) {
        if (value_is_absent(set->table->entries[i].item)) continue;
        *position = i + 1;
        *entry = &set->table->entries[i];
        return true;
    }
    *position = set->mask + 1;
    return false;
}

bool set_next(const Set *set, size_t *position, Value *item) {
    const SetEntry *entry;
    if (!set_next_entry(set, position, &entry)) return false;
    *item = entry->item;
    return true;
}

// Adds another set's items. Into a set that never had any, the table is copied as it lies or filled
// without comparing.
static bool merge(Thread *thread, Set *set, const Set *other) {
    if (other == set || other->length == 0) return true;
    if (!set->table && !resize(thread, set, 0)) return false;
    if ((set->used + other->length) * 5 >= set->mask * 3) {
        if (!resize(thread, set, (set->length + other->length) * 2)) return false;
    }
    bool fresh = set->used == 0;
    if (fresh && set->mask == other->mask && other->used == other->length) {
        memcpy(set->table->entries, other->table->entries, (set->mask + 1) * sizeof(SetEntry));
        set->used = set->length = other->length;
        return true;
    }
    const SetEntry *entry;
    for (size_t position = 0; set_next_entry(other, &position, &entry);) {
        if (fresh) {
            *free_entry(set->table, set->mask, entry->hash) = *entry;
            set->used++;
            set->length++;
        } else if (!set_add_hashed(thread, set, entry->item, entry->hash)) {
            return false;
        }
    }
    return true;
}

Value set_copy(Thread *thread, const Set *set, uint32_t shape) {
    Set *copy = (Set *)heap_allocate(thread->heap, sizeof(Set), shape);
    if (!copy) return raise_memory_error(thread);
    if (set->length == 0) return value_from_object(copy);
    // A table of the same size, unless deleted items left it too large.
    size_t size = set->mask + 1;
    copy->table = table_new(thread, size);
    if (!copy->table) return VALUE_ERROR;
    copy->mask = size - 1;
    return merge(thread, copy, set) ? value_from_object(copy) : VALUE_ERROR;
}

static bool add_dict_keys(Thread *thread, Set *set, const Dict *dict) {
    if (!set->table && !resize(thread, set, 0)) return false;
    if ((set->used + dict->length) * 5 >= set->mask * 3) {
        if (!resize(thread, set, (set->length + dict->length) * 2)) return false;
    }
    const DictEntry *entry;
    for (size_t position = 0; dict_next_entry(dict, &position, &entry);)
        if (!set_add_hashed(thread, set, entry->key, entry->hash)) return false;
    return true;
}

bool set_update(Thread *thread, Set *set, Value iterable) {
    if (value_is_any_set(iterable)) return merge(thread, set, value_as_set(iterable));
    if (value_is_dict_exact(iterable)) return add_dict_keys(thread, set, value_as_dict(iterable));
    Value iterator = object_iterate(thread, iterable);
    if (value_is_error(iterator)) return false;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return false;
        if (value_is_absent(item)) return true;
        if (!set_add(thread, set, item) || !thread_poll_if_needed(thread)) return false;
    }
}
