// arena.c — bump allocation in chunks that grow with the arena.
//
// One idea: a chunk is as large as everything before it (within bounds), so a small compilation
// takes one small chunk and a large one few large chunks.
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 4096, LAST_CHUNK = 1 << 20 };

struct ArenaChunk {
    ArenaChunk *previous;
    uint64_t padding; // keeps the blocks behind it aligned
};

static size_t round_up(size_t size) {
    return (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1);
}

static bool add_chunk(Arena *arena, size_t size) {
    size_t wanted = arena->allocated < FIRST_CHUNK  ? FIRST_CHUNK
                    : arena->allocated > LAST_CHUNK ? LAST_CHUNK
                                                    : arena->allocated;
    if (wanted < size + sizeof(ArenaChunk)) wanted = size + sizeof(ArenaChunk);
    wanted = round_up(wanted);
    ArenaChunk *chunk = malloc(wanted);
    if (chunk == NULL) {
        arena->failed = true;
        return false;
    }
    chunk->previous = arena->chunks;
    arena->chunks = chunk;
    arena->next = (char *)(chunk + 1);
    arena->end = (char *)chunk + wanted;
    arena->allocated += wanted;
    return true;
}

void *arena_allocate_slow(Arena *arena, size_t size) {
    if (UNLIKELY(size > PTRDIFF_MAX / 2)) {
        arena->failed = true;
        return NULL;
    }
    size = round_up(size);
    if (!add_chunk(arena, size)) return NULL;
    void *block = arena->next;
    arena->next += size;
    return block;
}

void *arena_allocate_array(Arena *arena, size_t count, size_t item_size) {
    if (item_size != 0 && count > PTRDIFF_MAX / item_size) {
        arena->failed = true;
        return NULL;
    }
    return arena_allocate_zeroed(arena, count * item_size);
}

void *arena_copy(Arena *arena, const void *bytes, size_t size) {
    void *block = arena_allocate(arena, size);
    if (block != NULL && size > 0) memcpy(block, bytes, size);
    return block;
}

char *arena_copy_text(Arena *arena, const char *text, size_t length) {
    char *block = arena_allocate(arena, length + 1);
    if (block == NULL) return NULL;
    if (length > 0) memcpy(block, text, length);
    block[length] = '\0';
    return block;
}

void *arena_extend(Arena *arena, void *block, size_t old_size, size_t new_size) {
    if (block == NULL) return arena_allocate(arena, new_size);
    if (new_size <= old_size) return block;
    size_t old_rounded = round_up(old_size == 0 ? 1 : old_size);
    if (new_size <= old_rounded) return block;
    bool newest = (char *)block + old_rounded == arena->next;
    if (newest && new_size - old_rounded <= (size_t)(arena->end - arena->next)) {
        size_t more = round_up(new_size) - old_rounded;
        if (more <= (size_t)(arena->end - arena->next)) {
            arena->next += more;
            return block;
        }
    }
    void *moved = arena_allocate(arena, new_size);
    if (moved != NULL) memcpy(moved, block, old_size);
    return moved;
}

void arena_reset(Arena *arena) {
    ArenaChunk *kept = arena->chunks;
    if (kept == NULL) {
        *arena = (Arena){0};
        return;
    }
    Arena others = {.chunks = kept->previous};
    arena_free_all(&others);
    kept->previous = NULL;
    arena->next = (char *)(kept + 1);
    arena->allocated = (size_t)(arena->end - (char *)kept);
    arena->failed = false;
}

void arena_free_all(Arena *arena) {
    while (arena->chunks != NULL) {
        ArenaChunk *chunk = arena->chunks;
        arena->chunks = chunk->previous;
        free(chunk);
    }
    *arena = (Arena){0};
}
