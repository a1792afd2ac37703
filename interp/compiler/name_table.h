// name_table.h — names of a code unit in order of their first use, each with its index.
//
// Names are interned strs, so a look-up compares words. The table lives in the arena of the
// context; the names are kept alive by whoever made them (identifiers of the AST are).
#pragma once
#include "compiler/ast.h"

// A zeroed struct is an empty table.
typedef struct {
    Value *names; // names[i] has index i
    int count;
    int capacity;
    int *buckets; // index + 1 by hash, NULL while the table is short
    int bucket_count;
} NameTable;

// The index of a name, added at the end if it is new. -1 when memory is short; the arena's `failed`
// is then set.
int name_table_add(AstContext *context, NameTable *table, Value name);
// -1: not in the table.
int name_table_find(const NameTable *table, Value name);
