// vector.h — growable arrays, typed by macro. VECTOR_DEFINE(Name, noun, Item) makes the struct Name
// and the functions noun_reserve, noun_push, noun_extend, noun_pop, noun_last, noun_truncate and
// noun_free over malloc; ARENA_VECTOR_DEFINE makes the same without noun_free, for items that live
// in an arena (its growing functions take the arena first).
//
// Invariants: a zeroed struct is an empty vector; items[0..count) are its items; growing may move
// them; growing functions return false when memory is short and then change nothing.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"

// The capacity to grow to so that `needed` items fit; 0 when the size in bytes would overflow.
static inline size_t vector_grown_capacity(size_t capacity, size_t needed, size_t item_size) {
    size_t limit = PTRDIFF_MAX / item_size;
    if (needed > limit) return 0;
    size_t grown = capacity < 8 ? 8 : capacity > limit / 2 ? limit : capacity + capacity / 2;
    return grown < needed ? needed : grown;
}

#define VECTOR_DEFINE_COMMON(Name, noun, Item)                                                     \
    typedef struct {                                                                               \
        Item *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    } Name;                                                                                        \
    UNUSED static inline Item noun##_pop(Name *vector) { return vector->items[--vector->count]; }  \
    UNUSED static inline Item *noun##_last(const Name *vector) {                                   \
        return &vector->items[vector->count - 1];                                                  \
    }                                                                                              \
    UNUSED static inline void noun##_truncate(Name *vector, size_t count) { vector->count = count; }

// Name: the struct; noun: prefix of the functions; Item: type of an item.
//   bool noun_reserve(Name *, size_t more)            room for `more` items behind the last
//   bool noun_push(Name *, Item item)
//   bool noun_extend(Name *, const Item *items, size_t count)
//   Item noun_pop(Name *)                             the vector must not be empty
//   Item *noun_last(const Name *)                     the vector must not be empty
//   void noun_truncate(Name *, size_t count)
//   void noun_free(Name *)                            the vector is then empty and may be used
//   again
#define VECTOR_DEFINE(Name, noun, Item)                                                            \
    VECTOR_DEFINE_COMMON(Name, noun, Item)                                                         \
    UNUSED static inline bool noun##_reserve(Name *vector, size_t more) {                          \
        if (vector->capacity - vector->count >= more) return true;                                 \
        size_t capacity =                                                                          \
            more > SIZE_MAX - vector->count                                                        \
                ? 0                                                                                \
                : vector_grown_capacity(vector->capacity, vector->count + more, sizeof(Item));     \
        Item *items =                                                                              \
            capacity == 0 ? NULL : (Item *)realloc(vector->items, capacity * sizeof(Item));        \
        if (items == NULL) return false;                                                           \
        vector->items = items;                                                                     \
        vector->capacity = capacity;                                                               \
        return true;                                                                               \
    }                                                                                              \
    UNUSED static inline bool noun##_push(Name *vector, Item item) {                               \
        if (!noun##_reserve(vector, 1)) return false;                                              \
        vector->items[vector->count++] = item;                                                     \
        return true;                                                                               \
    }                                                                                              \
    UNUSED static inline bool noun##_extend(Name *vector, const Item *items, size_t count) {       \
        if (!noun##_reserve(vector, count)) return false;                                          \
        if (count > 0) memcpy(vector->items + vector->count, items, count * sizeof(Item));         \
        vector->count += count;                                                                    \
        return true;                                                                               \
    }                                                                                              \
    UNUSED static inline void noun##_free(Name *vector) {                                          \
        free(vector->items);                                                                       \
        *vector = (Name){0};                                                                       \
    }

// The same with items in an arena: noun_reserve, noun_push and noun_extend take the Arena first.
#define ARENA_VECTOR_DEFINE(Name, noun, Item)                                                      \
    VECTOR_DEFINE_COMMON(Name, noun, Item)                                                         \
    UNUSED static inline bool noun##_reserve(Arena *arena, Name *vector, size_t more) {            \
        if (vector->capacity - vector->count >= more) return true;                                 \
        size_t capacity =                                                                          \
            more > SIZE_MAX - vector->count                                                        \
                ? 0                                                                                \
                : vector_grown_capacity(vector->capacity, vector->count + more, sizeof(Item));     \
        if (capacity == 0) {                                                                       \
            arena->failed = true;                                                                  \
            return false;                                                                          \
        }                                                                                          \
        Item *items = (Item *)arena_extend(arena, vector->items, vector->capacity * sizeof(Item),  \
                                           capacity * sizeof(Item));                               \
        if (items == NULL) return false;                                                           \
        vector->items = items;                                                                     \
        vector->capacity = capacity;                                                               \
        return true;                                                                               \
    }                                                                                              \
    UNUSED static inline bool noun##_push(Arena *arena, Name *vector, Item item) {                 \
        if (!noun##_reserve(arena, vector, 1)) return false;                                       \
        vector->items[vector->count++] = item;                                                     \
        return true;                                                                               \
    }                                                                                              \
    UNUSED static inline bool noun##_extend(Arena *arena, Name *vector, const Item *items,         \
                                            size_t count) {                                        \
        if (!noun##_reserve(arena, vector, count)) return false;                                   \
        if (count > 0) memcpy(vector->items + vector->count, items, count * sizeof(Item));         \
        vector->count += count;                                                                    \
        return true;                                                                               \
    }
