// constants.c — hash tables of constants in the arena.
#include "compiler/constants.h"

#include "bytecode/constant_key.h"
#include "objects/set.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

static int raise_no_memory(AstContext *context) {
    raise_memory_error(context->thread);
    return -1;
}

// Buckets hold index + 1; there are twice as many as the capacity.
static void put(int *buckets, int bucket_count, uint64_t hash, int index) {
    uint64_t mask = (uint64_t)bucket_count - 1;
    uint64_t bucket = hash & mask;
    while (buckets[bucket] != 0) bucket = (bucket + 1) & mask;
    buckets[bucket] = index + 1;
}

static bool grow_cache(ConstantCache *cache) {
    Arena *arena = cache->context->arena;
    int old = cache->capacity, capacity = old == 0 ? 64 : old * 2;
    Value *items = arena_extend(arena, cache->items, (size_t)old * sizeof *items,
                                (size_t)capacity * sizeof *items);
    if (items == NULL) return false;
    cache->items = items;
    uint64_t *hashes = arena_extend(arena, cache->hashes, (size_t)old * sizeof *hashes,
                                    (size_t)capacity * sizeof *hashes);
    int *buckets = arena_allocate_array(arena, (size_t)capacity * 2, sizeof *buckets);
    if (hashes == NULL || buckets == NULL) return false;
    cache->hashes = hashes;
    cache->buckets = buckets;
    cache->bucket_count = capacity * 2;
    cache->capacity = capacity;
    for (int i = 0; i < cache->count; i++) put(buckets, cache->bucket_count, hashes[i], i);
    return true;
}

static int find(const ConstantCache *cache, Value constant, uint64_t hash) {
    if (cache->bucket_count == 0) return -1;
    uint64_t mask = (uint64_t)cache->bucket_count - 1;
    for (uint64_t bucket = hash & mask; cache->buckets[bucket] != 0; bucket = (bucket + 1) & mask) {
        int index = cache->buckets[bucket] - 1;
        if (cache->hashes[index] == hash &&
            constant_equal(cache->context->thread, cache->items[index], constant))
            return index;
    }
    return -1;
}

// The items of a container that is not in the cache yet are merged first. Items of a fresh tuple
// are replaced in place: no one else has seen it.
static bool merge_items(ConstantCache *cache, Value *constant) {
    Thread *thread = cache->context->thread;
    if (value_is_tuple_exact(*constant)) {
        Tuple *tuple = value_as_tuple(*constant);
        for (uint64_t i = 0; i < tuple->length; i++) {
            Value item = constant_cache_merge(cache, tuple->items[i]);
            if (value_is_error(item)) return false;
            object_store(thread->heap, tuple, &tuple->items[i], item);
        }
        return true;
    }
    if (!value_has_shape(*constant, SHAPE_frozenset)) return true;
    Set *set = value_as_set(*constant);
    if (set->length == 0) return true;
    Value items = tuple_new(thread, set->length);
    if (value_is_error(items)) return false;
    size_t position = 0, count = 0;
    Value item;
    while (set_next(set, &position, &item)) {
        item = constant_cache_merge(cache, item);
        if (value_is_error(item)) return false;
        value_as_tuple(items)->items[count++] = item;
    }
    *constant = frozenset_new(thread, value_as_tuple(items)->items, count);
    return !value_is_error(*constant);
}

Value constant_cache_merge(ConstantCache *cache, Value constant) {
    if (!value_is_object(constant)) return constant;
    uint64_t hash = constant_hash(cache->context->thread, constant);
    int index = find(cache, constant, hash);
    if (index >= 0) return cache->items[index];
    if (!merge_items(cache, &constant)) return VALUE_ERROR;
    if (!ast_keep(cache->context, constant)) return VALUE_ERROR;
    if (cache->count == cache->capacity && !grow_cache(cache))
        return raise_memory_error(cache->context->thread);
    index = cache->count++;
    cache->items[index] = constant;
    cache->hashes[index] = hash;
    put(cache->buckets, cache->bucket_count, hash, index);
    return constant;
}

static uint64_t hash_word(Value value) {
    uint64_t hash = value.bits * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static bool grow_table(ConstantTable *table) {
    Arena *arena = table->cache->context->arena;
    int capacity = table->capacity == 0 ? 8 : table->capacity * 2;
    Value *items = arena_extend(arena, table->items, (size_t)table->capacity * sizeof *items,
                                (size_t)capacity * sizeof *items);
    int *buckets = arena_allocate_array(arena, (size_t)capacity * 2, sizeof *buckets);
    if (items == NULL || buckets == NULL) return false;
    table->items = items;
    table->capacity = capacity;
    table->buckets = buckets;
    table->bucket_count = capacity * 2;
    for (int i = 0; i < table->count; i++)
        put(buckets, table->bucket_count, hash_word(items[i]), i);
    return true;
}

int constant_table_add(ConstantTable *table, Value constant) {
    constant = constant_cache_merge(table->cache, constant);
    if (value_is_error(constant)) return -1;
    uint64_t hash = hash_word(constant);
    if (table->bucket_count > 0) {
        uint64_t mask = (uint64_t)table->bucket_count - 1;
        for (uint64_t bucket = hash & mask; table->buckets[bucket] != 0;
             bucket = (bucket + 1) & mask)
            if (value_same(table->items[table->buckets[bucket] - 1], constant))
                return table->buckets[bucket] - 1;
    }
    if (table->count == table->capacity && !grow_table(table))
        return raise_no_memory(table->cache->context);
    int index = table->count++;
    table->items[index] = constant;
    put(table->buckets, table->bucket_count, hash, index);
    return index;
}
