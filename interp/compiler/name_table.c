// name_table.c — an array of names; from a dozen on with an open-addressing index beside it.
#include "compiler/name_table.h"

enum { LINEAR_LIMIT = 12 };

static uint64_t hash_name(Value name) {
    uint64_t hash = (name.bits >> 4) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static void index_name(NameTable *table, int index) {
    uint64_t mask = (uint64_t)table->bucket_count - 1;
    uint64_t bucket = hash_name(table->names[index]) & mask;
    while (table->buckets[bucket] != 0) bucket = (bucket + 1) & mask;
    table->buckets[bucket] = index + 1;
}

static bool grow(AstContext *context, NameTable *table) {
    int capacity = table->capacity == 0 ? 8 : table->capacity * 2;
    Value *names =
        arena_extend(context->arena, table->names, (size_t)table->capacity * sizeof *names,
                     (size_t)capacity * sizeof *names);
    if (names == NULL) return false;
    table->names = names;
    table->capacity = capacity;
    if (capacity <= LINEAR_LIMIT) return true;
    int *buckets = arena_allocate_array(context->arena, (size_t)capacity * 2, sizeof *buckets);
    if (buckets == NULL) return false;
    table->buckets = buckets;
    table->bucket_count = capacity * 2;
    for (int i = 0; i < table->count; i++) index_name(table, i);
    return true;
}

int name_table_find(const NameTable *table, Value name) {
    if (table->buckets == NULL) {
        for (int i = 0; i < table->count; i++)
            if (value_same(table->names[i], name)) return i;
        return -1;
    }
    uint64_t mask = (uint64_t)table->bucket_count - 1;
    for (uint64_t bucket = hash_name(name) & mask; table->buckets[bucket] != 0;
         bucket = (bucket + 1) & mask) {
        int index = table->buckets[bucket] - 1;
        if (value_same(table->names[index], name)) return index;
    }
    return -1;
}

int name_table_add(AstContext *context, NameTable *table, Value name) {
    int index = name_table_find(table, name);
    if (index >= 0) return index;
    if (table->count == table->capacity && !grow(context, table)) return -1;
    index = table->count++;
    table->names[index] = name;
    if (table->buckets != NULL) index_name(table, index);
    return index;
}
