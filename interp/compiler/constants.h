// constants.h — the constants of a code unit, and those of the whole compilation.
//
// Constants are the same when their type and value are, recursively (bytecode/constant_key.h).
// Equal constants of all units of one compilation become one object, items of tuples and frozensets
// included, as in CPython; within a unit each has one index.
#pragma once
#include "compiler/ast.h"

// Every constant of the compilation once. Zeroed but for `context`, it is empty.
typedef struct {
    AstContext *context;
    Value *items;
    uint64_t *hashes;
    int count;
    int capacity;
    int *buckets;
    int bucket_count;
} ConstantCache;

// The constants of one unit in order of their indices. Zeroed but for `cache`, it is empty.
typedef struct {
    ConstantCache *cache;
    Value *items;
    int count;
    int capacity;
    int *buckets; // index + 1 by address of the canonical object
    int bucket_count;
} ConstantTable;

// The object that stands for all constants equal to this one. VALUE_ERROR with MemoryError set.
RAISES Value constant_cache_merge(ConstantCache *cache, Value constant);
// The index of a constant, added at the end if it is new; -1 with MemoryError set.
RAISES int constant_table_add(ConstantTable *table, Value constant);
