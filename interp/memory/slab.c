// slab.c — slabs: blocks of one size class, carved from the heap's jemalloc arena.
//
// A slab starts with its bitmaps, so that the mark of an exact pointer costs one mask and one
// memory access. Blocks come out in address order, a chunk of the slab at a time, so that the lines
// that threading a free list touches are still in the cache when the blocks are used. No block ends
// where the slab ends: one-past-the-end pointers stay inside. See heap_private.h for the bitmaps.
#include "memory/heap_private.h"
#include <jemalloc/jemalloc.h>
#include "base/bits.h"

size_t heap_class_size(unsigned size_class) {
    if (size_class < 16) return ((size_t)size_class + 1) * 16;
    unsigned log = 8 + (size_class - 16) / 4;
    return (size_t)(5 + (size_class & 3)) << (log - 2);
}

// The slab map: one bit a slab-sized piece of the 48-bit address space, in leaves of 2^15 bits.

enum { MAP_LEAF_WORDS = (1 << SLAB_MAP_BITS) / 64, MAP_ROOT_SIZE = 1 << SLAB_MAP_BITS };

bool slab_map_new(Heap *heap) {
    heap->private->slab_map = calloc(MAP_ROOT_SIZE, sizeof(uint64_t *));
    return heap->private->slab_map != NULL;
}

void slab_map_delete(Heap *heap) {
    uint64_t **map = heap->private->slab_map;
    if (!map) return;
    for (size_t i = heap->private->map_low; i < heap->private->map_high; i++) free(map[i]);
    free(map);
}

bool slab_map_contains(const Heap *heap, uint64_t address) {
    uint64_t number = address >> SLAB_SHIFT;
    if (number >> (2 * SLAB_MAP_BITS)) return false;
    const uint64_t *leaf = heap->private->slab_map[number >> SLAB_MAP_BITS];
    unsigned bit = (unsigned)number & ((1 << SLAB_MAP_BITS) - 1);
    return leaf && (leaf[bit >> 6] >> (bit & 63) & 1);
}

static bool map_add_leaf(struct HeapPrivate *private, size_t index) {
    private->slab_map[index] = calloc(MAP_LEAF_WORDS, sizeof(uint64_t));
    if (!private->slab_map[index]) return false;
    bool is_first = private->map_high == 0;
    if (is_first || index < private->map_low) private->map_low = index;
    if (index >= private->map_high) private->map_high = index + 1;
    return true;
}

static bool map_set(Heap *heap, const Slab *slab, bool present) {
    uint64_t number = (uint64_t)(uintptr_t)slab >> SLAB_SHIFT;
    if (number >> (2 * SLAB_MAP_BITS)) return false;
    uint64_t **leaf = &heap->private->slab_map[number >> SLAB_MAP_BITS];
    if (!*leaf && !map_add_leaf(heap->private, number >> SLAB_MAP_BITS)) return false;
    unsigned bit = (unsigned)number & ((1 << SLAB_MAP_BITS) - 1);
    uint64_t mask = (uint64_t)1 << (bit & 63);
    (*leaf)[bit >> 6] = present ? (*leaf)[bit >> 6] | mask : (*leaf)[bit >> 6] & ~mask;
    return true;
}

static char *blocks_start(Slab *slab) { return (char *)slab + SLAB_FIRST_BLOCK; }

static bool bit_test(const uint64_t *bitmap, unsigned granule) {
    return bitmap[granule >> 6] >> (granule & 63) & 1;
}

static void bit_set(uint64_t *bitmap, unsigned granule) {
    bitmap[granule >> 6] |= (uint64_t)1 << (granule & 63);
}

static void prepare(Slab *slab, unsigned size_class) {
    size_t block_size = heap_class_size(size_class);
    slab->size_class = size_class;
    slab->block_size = (uint32_t)block_size;
    slab->block_count = (uint32_t)((SLAB_SIZE - SLAB_FIRST_BLOCK - 1) / block_size);
    slab->reciprocal = (uint32_t)((((uint64_t)1 << 32) + block_size - 1) / block_size);
    slab->cursor = 0;
    slab->live_count = 0;
    memset(slab->marks, 0, sizeof slab->marks);
    memset(slab->allocated, 0, sizeof slab->allocated);
    POISON_MEMORY(blocks_start(slab), SLAB_SIZE - SLAB_FIRST_BLOCK);
}

static void give_back(Heap *heap, Slab *slab) {
    map_set(heap, slab, false);
    UNPOISON_MEMORY(slab, SLAB_SIZE);
    dallocx(slab, heap->private->arena_flags);
    heap->private->slab_bytes -= SLAB_SIZE;
}

static Slab *take_memory(Heap *heap) {
    struct HeapPrivate *private = heap->private;
    Slab *slab = private->empty;
    if (slab) {
        private->empty = slab->next;
        private->empty_count--;
        return slab;
    }
    if (!heap_reserve(heap, SLAB_SIZE)) return NULL;
    slab = mallocx(SLAB_SIZE, private->arena_flags | MALLOCX_ALIGN(SLAB_SIZE));
    if (!slab) return NULL;
    private->slab_bytes += SLAB_SIZE;
    if (!map_set(heap, slab, true)) {
        give_back(heap, slab);
        return NULL;
    }
    heap_widen_bounds(heap, slab, SLAB_SIZE);
    return slab;
}

static Slab *add_slab(Heap *heap, unsigned size_class) {
    struct HeapPrivate *private = heap->private;
    if (!slab_vector_reserve(&private->slabs, 1)) return NULL;
    Slab *slab = take_memory(heap);
    if (!slab) return NULL;
    prepare(slab, size_class);
    slab_vector_push(&private->slabs, slab);
    slab->next = private->unswept[size_class];
    private->unswept[size_class] = slab;
    return slab;
}

// Threads the free blocks of the next chunk into a list. Result: its length.
static uint32_t sweep_chunk(Slab *slab, struct FreeBlock **list) {
    uint32_t size = slab->block_size, stride = size >> SLAB_GRANULE_SHIFT;
    uint32_t blocks = SLAB_CHUNK / size, count = 0;
    struct FreeBlock **tail = list;
    while (slab->cursor < slab->block_count && count == 0) {
        uint32_t end = slab->cursor + (blocks ? blocks : 1);
        if (end > slab->block_count) end = slab->block_count;
        char *block = blocks_start(slab) + (size_t)slab->cursor * size;
        unsigned granule = slab_granule(block);
        for (uint32_t i = slab->cursor; i < end; i++, block += size, granule += stride) {
            if (bit_test(slab->allocated, granule)) continue;
            bit_set(slab->allocated, granule);
            ((struct FreeBlock *)block)->header = 0;
            *tail = (struct FreeBlock *)block;
            tail = &(*tail)->next;
            count++;
        }
        slab->cursor = end;
    }
    *tail = NULL;
    return count;
}

bool slab_refill(Heap *heap, unsigned size_class) {
    struct HeapPrivate *private = heap->private;
    for (;;) {
        Slab *slab = private->unswept[size_class];
        if (!slab && !(slab = add_slab(heap, size_class))) return false;
        uint32_t count = sweep_chunk(slab, &heap->free[size_class]);
        if (slab->cursor == slab->block_count) private->unswept[size_class] = slab->next;
        heap->free_count[size_class] += count;
        private->allocated_since += (uint64_t)count * slab->block_size;
        if (count) return true;
    }
}

Object *slab_allocate_one(Heap *heap, unsigned size_class) {
    struct HeapPrivate *private = heap->private;
    for (;;) {
        Slab *slab = private->unswept[size_class];
        if (!slab && !(slab = add_slab(heap, size_class))) return NULL;
        while (slab->cursor < slab->block_count) {
            char *block = blocks_start(slab) + (size_t)slab->cursor++ * slab->block_size;
            if (bit_test(slab->allocated, slab_granule(block))) continue;
            bit_set(slab->allocated, slab_granule(block));
            UNPOISON_MEMORY(block, slab->block_size);
            heap->free_count[size_class]++;
            private->allocated_since += slab->block_size;
            return (Object *)block;
        }
        private->unswept[size_class] = slab->next;
    }
}

static Object *object_at(const Slab *slab, uint32_t index) {
    if (index >= slab->block_count) return NULL;
    char *block = blocks_start((Slab *)(uintptr_t)slab) + (size_t)index * slab->block_size;
    if (!bit_test(slab->allocated, slab_granule(block))) return NULL;
    return *(uint64_t *)block ? (Object *)block : NULL;
}

Object *slab_find(const Heap *heap, uint64_t address) {
    if (!slab_map_contains(heap, address)) return NULL;
    const Slab *slab = slab_of((void *)(uintptr_t)address);
    uint64_t offset = address & (SLAB_SIZE - 1);
    // An empty slab that is kept for later has no block with its bit set.
    if (offset < SLAB_FIRST_BLOCK) return NULL;
    return object_at(slab, (uint32_t)((offset - SLAB_FIRST_BLOCK) * slab->reciprocal >> 32));
}

Object *slab_find_ending(const Heap *heap, uint64_t address) {
    if (!slab_map_contains(heap, address)) return NULL;
    const Slab *slab = slab_of((void *)(uintptr_t)address);
    uint64_t offset = address & (SLAB_SIZE - 1);
    if (offset <= SLAB_FIRST_BLOCK) return NULL;
    offset -= SLAB_FIRST_BLOCK;
    uint32_t index = (uint32_t)(offset * slab->reciprocal >> 32);
    if ((uint64_t)index * slab->block_size != offset) return NULL;
    return object_at(slab, index - 1);
}

void slab_forget_free_lists(Heap *heap) {
    for (unsigned i = 0; i < HEAP_CLASS_COUNT; i++) {
        for (struct FreeBlock *block = heap->free[i]; block; block = block->next)
            heap->free_count[i]--;
        heap->free[i] = NULL;
        heap->private->unswept[i] = NULL;
    }
}

void slab_clear_marks(Heap *heap) {
    SlabVector *slabs = &heap->private->slabs;
    for (size_t i = 0; i < slabs->count; i++)
        memset(slabs->items[i]->marks, 0, sizeof slabs->items[i]->marks);
}

// Slow mode: what has just died is overwritten, so that a use of it shows.
static void poison_dead(Slab *slab, bool overwrite) {
    char *block = blocks_start(slab);
    for (uint32_t i = 0; i < slab->block_count; i++, block += slab->block_size) {
        unsigned granule = slab_granule(block);
        if (bit_test(slab->marks, granule) || !bit_test(slab->allocated, granule)) continue;
        *(uint64_t *)block = 0;
        if (overwrite) memset(block + 8, 0xA5, slab->block_size - 8);
        POISON_MEMORY(block, slab->block_size);
    }
}

static void retire(Heap *heap, Slab *slab, size_t kept) {
    struct HeapPrivate *private = heap->private;
    if (private->empty_count >= kept) {
        give_back(heap, slab);
        return;
    }
    memset(slab->allocated, 0, sizeof slab->allocated);
    slab->next = private->empty;
    private->empty = slab;
    private->empty_count++;
}

uint64_t slab_finish_mark(Heap *heap) {
    struct HeapPrivate *private = heap->private;
    SlabVector *slabs = &private->slabs;
    size_t kept = 128 + slabs->count / 4, used = 0;
    uint64_t live_bytes = 0;
    for (size_t i = 0; i < slabs->count; i++) {
        Slab *slab = slabs->items[i];
        if (private->slow) poison_dead(slab, heap->options.stress_interval != 0);
        uint32_t live = 0;
        for (unsigned word = 0; word < SLAB_BITMAP_WORDS; word++) {
            slab->allocated[word] = slab->marks[word];
            live += bits_count_ones(slab->marks[word]);
        }
        if (live == 0) {
            retire(heap, slab, kept);
            continue;
        }
        slabs->items[used++] = slab;
        live_bytes += (uint64_t)live * slab->block_size;
        slab->live_count = live;
        slab->cursor = 0;
        if (live == slab->block_count) continue;
        slab->next = private->unswept[slab->size_class];
        private->unswept[slab->size_class] = slab;
    }
    slabs->count = used;
    return live_bytes;
}

void slab_visit(Heap *heap, void (*visit)(Object *object, void *context), void *context) {
    SlabVector *slabs = &heap->private->slabs;
    for (size_t i = 0; i < slabs->count; i++) {
        for (uint32_t j = 0; j < slabs->items[i]->block_count; j++) {
            Object *object = object_at(slabs->items[i], j);
            if (object) visit(object, context);
        }
    }
}

void slab_free_all(Heap *heap) {
    struct HeapPrivate *private = heap->private;
    for (size_t i = 0; i < private->slabs.count; i++) give_back(heap, private->slabs.items[i]);
    while (private->empty) {
        Slab *slab = private->empty;
        private->empty = slab->next;
        give_back(heap, slab);
    }
    slab_vector_free(&private->slabs);
}
