// symbols_map.h — small ordered maps from interned names to 32-bit words, and sets of names.
//
// One idea: entries stand in insertion order, as in a Python dict, because the order of symbols
// reaches the bytecode; up to 8 entries are searched in a row, more through a hash index.
//
// Invariants: names are interned, so they are equal when their words are; a deleted entry stays
// with name VALUE_ABSENT, which iteration skips; memory comes from the arena of the compilation.
#pragma once

#include "compiler/compilation.h"

typedef struct {
    Value name;
    uint32_t value;
} NameMapEntry;

// Ready when zeroed.
typedef struct {
    NameMapEntry *entries;
    uint32_t count; // deleted ones included
    uint32_t capacity;
    uint32_t *index; // entry + 1, 0 = free; NULL while the map is small
    uint32_t index_mask;
} NameMap;
typedef NameMap NameSet; // every value is 1

// The entry of a name, or NULL. It stays where it is until a name is added.
NameMapEntry *name_map_find_indexed(const NameMap *map, Value name); // in a map with an index
static inline NameMapEntry *name_map_find(const NameMap *map, Value name) {
    if (map->index != NULL) return name_map_find_indexed(map, name);
    for (uint32_t i = 0; i < map->count; i++)
        if (value_same(map->entries[i].name, name)) return &map->entries[i];
    return NULL;
}
// The value of a name, 0 if it has none.
static inline uint32_t name_map_get(const NameMap *map, Value name) {
    const NameMapEntry *entry = name_map_find(map, name);
    return entry == NULL ? 0 : entry->value;
}
// The entry of a name, which is added at the end with value 0 if it is new; NULL with MemoryError.
RAISES NameMapEntry *name_map_add(Compilation *compilation, NameMap *map, Value name);
// False with MemoryError. A new name goes to the end.
RAISES bool name_map_set(Compilation *compilation, NameMap *map, Value name, uint32_t value);
void name_map_delete(NameMap *map, Value name);

static inline bool name_set_has(const NameSet *set, Value name) {
    return name_map_find(set, name) != NULL;
}
RAISES bool name_set_add(Compilation *compilation, NameSet *set, Value name);
// Adds all names of `other`.
RAISES bool name_set_union(Compilation *compilation, NameSet *set, const NameSet *other);

// The index of the name, which is added if it is new: the order of co_names and of slots. -1 with
// MemoryError. For maps that are filled by this function only.
RAISES int name_map_number(Compilation *compilation, NameMap *map, Value name);
