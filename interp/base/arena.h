// arena.h — bump allocation for work that ends all at once, such as a compiler pass: blocks are cut
// from chunks and freed together.
//
// Invariants: blocks are aligned to 16 bytes; nothing is freed before arena_free_all; when memory
// is short the allocation returns NULL and `failed` stays true until then, so that a pass may check
// once at its end.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/config.h"

typedef struct ArenaChunk ArenaChunk;
enum { ARENA_ALIGNMENT = 16 };

// An arena is ready when zeroed: Arena arena = {0}.
typedef struct {
    ArenaChunk *chunks; // newest first
    char *next;         // free space of the newest chunk
    char *end;
    size_t allocated; // bytes in all chunks
    bool failed;      // an allocation returned NULL
} Arena;

// Cuts a block of `size` bytes (0 is allowed), not cleared. NULL when memory is short.
void *arena_allocate_slow(Arena *arena, size_t size); // where it does not fit the newest chunk
static inline void *arena_allocate(Arena *arena, size_t size) {
    size += size == 0;
    // The free space is a multiple of the alignment, so what fits does so rounded up too.
    if (UNLIKELY(size > (size_t)(arena->end - arena->next)))
        return arena_allocate_slow(arena, size);
    void *block = arena->next;
    arena->next += (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1);
    return block;
}

// The same, all bytes zero.
static inline void *arena_allocate_zeroed(Arena *arena, size_t size) {
    void *block = arena_allocate(arena, size);
    return LIKELY(block != NULL) ? memset(block, 0, size) : NULL;
}

// The same for `count` items of `item_size` bytes, zeroed; NULL also when the product overflows.
void *arena_allocate_array(Arena *arena, size_t count, size_t item_size);

// Cuts a block that holds a copy of the bytes.
void *arena_copy(Arena *arena, const void *bytes, size_t size);

// Cuts a copy of `length` characters with a NUL behind them.
char *arena_copy_text(Arena *arena, const char *text, size_t length);

// Gives a block room for `new_size` bytes, in place if it is the newest block, else by a copy;
// `block` may be NULL. NULL when memory is short; the old block then stays as it was.
void *arena_extend(Arena *arena, void *block, size_t old_size, size_t new_size);

// Frees all blocks but keeps the newest chunk for those to come.
void arena_reset(Arena *arena);

// Frees all blocks; the arena is then as new.
void arena_free_all(Arena *arena);
