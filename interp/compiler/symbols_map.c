// symbols_map.c — see symbols_map.h. The hash index uses linear probing and is at most half full.

#include "compiler/symbols_map.h"

#include <string.h>

#include "runtime/errors.h"

enum { SMALL_LIMIT = 8 };

static uint32_t hash_name(Value name) {
    return (uint32_t)((name.bits >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

NameMapEntry *name_map_find_indexed(const NameMap *map, Value name) {
    for (uint32_t slot = hash_name(name);; slot++) {
        uint32_t entry = map->index[slot & map->index_mask];
        if (entry == 0) return NULL;
        if (value_same(map->entries[entry - 1].name, name)) return &map->entries[entry - 1];
    }
}

static void index_entry(NameMap *map, uint32_t entry) {
    uint32_t slot = hash_name(map->entries[entry].name);
    while (map->index[slot & map->index_mask] != 0) slot++;
    map->index[slot & map->index_mask] = entry + 1;
}

static bool grow(Compilation *compilation, NameMap *map) {
    Arena *arena = compilation->ast->arena;
    uint32_t capacity = map->capacity == 0 ? 4 : map->capacity * 2;
    NameMapEntry *entries = arena_extend(arena, map->entries, map->capacity * sizeof *entries,
                                         capacity * sizeof *entries);
    if (entries == NULL) goto no_memory;
    map->entries = entries;
    map->capacity = capacity;
    if (capacity > SMALL_LIMIT) {
        uint32_t size = capacity * 2;
        uint32_t *index = arena_allocate_array(arena, size, sizeof *index);
        if (index == NULL) goto no_memory;
        map->index = index;
        map->index_mask = size - 1;
        for (uint32_t i = 0; i < map->count; i++) {
            if (!value_is_absent(map->entries[i].name)) index_entry(map, i);
        }
    }
    return true;
no_memory:
    (void)raise_memory_error(compilation->thread);
    return false;
}

NameMapEntry *name_map_add(Compilation *compilation, NameMap *map, Value name) {
    NameMapEntry *entry = name_map_find(map, name);
    if (entry != NULL) return entry;
    if (map->count == map->capacity && !grow(compilation, map)) return NULL;
    entry = &map->entries[map->count++];
    *entry = (NameMapEntry){name, 0};
    if (map->index != NULL) index_entry(map, map->count - 1);
    return entry;
}

bool name_map_set(Compilation *compilation, NameMap *map, Value name, uint32_t value) {
    NameMapEntry *entry = name_map_add(compilation, map, name);
    if (entry == NULL) return false;
    entry->value = value;
    return true;
}

void name_map_delete(NameMap *map, Value name) {
    NameMapEntry *entry = name_map_find(map, name);
    if (entry != NULL) entry->name = VALUE_ABSENT;
}

bool name_set_add(Compilation *compilation, NameSet *set, Value name) {
    return name_map_set(compilation, set, name, 1);
}

static bool copy_map(Compilation *compilation, NameMap *map, const NameMap *other) {
    Arena *arena = compilation->ast->arena;
    NameMapEntry *entries = arena_allocate(arena, other->capacity * sizeof *entries);
    uint32_t *index = NULL;
    if (other->index != NULL)
        index = arena_copy(arena, other->index, ((size_t)other->index_mask + 1) * sizeof *index);
    if (entries == NULL || (other->index != NULL && index == NULL)) {
        (void)raise_memory_error(compilation->thread);
        return false;
    }
    memcpy(entries, other->entries, other->count * sizeof *entries);
    *map = *other;
    map->entries = entries;
    map->index = index;
    return true;
}

bool name_set_union(Compilation *compilation, NameSet *set, const NameSet *other) {
    if (set->count == 0 && other->count > 0) return copy_map(compilation, set, other);
    for (uint32_t i = 0; i < other->count; i++) {
        Value name = other->entries[i].name;
        if (!value_is_absent(name) && !name_set_add(compilation, set, name)) return false;
    }
    return true;
}

int name_map_number(Compilation *compilation, NameMap *map, Value name) {
    const NameMapEntry *entry = name_map_find(map, name);
    if (entry != NULL) return (int)entry->value;
    uint32_t number = map->count;
    return name_map_set(compilation, map, name, number) ? (int)number : -1;
}
