// heap_private.h — what the files of memory/ share.
//
// One bitmap pair a slab: `marks` says what the running mark has reached, `allocated` what was
// reached by the last one or has been handed out since. A mark ends by copying marks to allocated,
// and that is the sweep's first half: blocks that died are free from then on, whatever their bytes
// say. The second half, threading them into free lists, is done chunk by chunk when allocation asks
// for blocks (slab_refill), and what was not needed is simply forgotten by the next mark.
// Invariants: a block is an object if its allocated bit is set and its header is not zero; blocks
// of a free list have the bit set and a zero header.
#pragma once
#include "base/vector.h"
#include "memory/handles.h"

enum {
    SLAB_SHIFT = 18,
    SLAB_SIZE = 1 << SLAB_SHIFT,
    SLAB_GRANULE_SHIFT = 4, // blocks start at multiples of 16 bytes: one bit for each
    SLAB_BITMAP_WORDS = SLAB_SIZE >> SLAB_GRANULE_SHIFT >> 6,
    SLAB_CHUNK = 16384, // bytes of a slab that one refill sweeps at least
    SLAB_MAP_BITS = 15, // bits of an address that each of the two levels of the slab map takes
    MARK_PLAIN_CACHE = 256,
};

typedef struct Slab Slab;
struct Slab {
    Slab *next; // of those with unswept blocks, or of the empty ones
    uint32_t size_class;
    uint32_t block_size;
    uint32_t block_count;
    uint32_t reciprocal; // ceil(2^32 / block_size): offset / block_size without a division
    uint32_t cursor;     // index of the first block that is not swept yet
    uint32_t live_count; // blocks reached by the last mark
    uint64_t marks[SLAB_BITMAP_WORDS];
    uint64_t allocated[SLAB_BITMAP_WORDS];
};
enum { SLAB_FIRST_BLOCK = (sizeof(Slab) + 63) & ~63 };

// Before a large object. The address table points to the objects.
typedef struct {
    uint64_t size; // bytes of the object
    uint64_t marked;
} LargePrefix;

typedef struct {
    RootScanner *scan;
    void *context;
} RootEntry;
typedef struct {
    WeakCleaner *clean;
    void *context;
} WeakEntry;
VECTOR_DEFINE(SlabVector, slab_vector, Slab *)
VECTOR_DEFINE(ObjectVector, object_vector, Object *)
VECTOR_DEFINE(RootVector, root_vector, RootEntry)
VECTOR_DEFINE(WeakVector, weak_vector, WeakEntry)

// The set of objects that the verifying mark has reached: open addressing over addresses.
typedef struct {
    uint64_t *slots;
    size_t count, mask;
} AddressSet;

struct Marker {
    Heap *heap;
    ObjectVector stack;
    size_t stack_limit; // entries; the stack overflows beyond it as it does without memory
    bool overflowed;    // an object was marked but could not be pushed
    uint8_t plain[MARK_PLAIN_CACHE]; // by shape: 0 not asked yet, 1 plain, 2 to be traced
    AddressSet *verifying;           // NULL in the real mark
};

struct Handle {
    Value value;
    Handle *next, *previous;
};

struct HeapPrivate {
    unsigned arena;
    int arena_flags; // for mallocx
    unsigned cache;  // jemalloc's explicit thread cache, for jemalloc-direct
    bool has_arena, has_cache;
    bool collecting;
    bool slow; // every allocation goes through heap_allocate_slow: stress mode, AddressSanitizer
    // Slabs.
    SlabVector slabs; // all but the empty ones
    Slab *unswept[HEAP_CLASS_COUNT];
    Slab *empty; // kept for the next need
    size_t empty_count;
    uint64_t **slab_map;      // two levels of bits over the address space
    size_t map_low, map_high; // its leaves have indices in [map_low, map_high)
    // Large objects; those from sorted_count on are in no order.
    ObjectVector large;
    size_t sorted_count;
    uint64_t low, high; // every heap address lies in [low, high)
    // Roots.
    RootVector roots;
    WeakVector weak;
    Handle *handles;
    Marker marker;
    // Finalizers and native resources.
    ObjectVector finalizable, queue, releasable;
    size_t queue_start;
    // Policy and counters.
    uint64_t allocated_since; // bytes since the last mark
    uint64_t threshold;
    uint64_t largest_request; // bytes
    uint64_t until_stress;
    uint64_t slab_bytes, large_bytes, external_bytes;
    HeapStatistics statistics; // sizes are filled in when asked for
};

// slab.c
bool slab_map_new(Heap *heap);
void slab_map_delete(Heap *heap);
bool slab_map_contains(const Heap *heap, uint64_t address);
// Makes heap->free[size_class] non-empty; false when there is no memory.
bool slab_refill(Heap *heap, unsigned size_class);
// Slow mode's allocation: one block, not cleared; NULL when there is no memory.
Object *slab_allocate_one(Heap *heap, unsigned size_class);
// The object whose block holds the address, or NULL.
Object *slab_find(const Heap *heap, uint64_t address);
// The same for the block that ends exactly at the address.
Object *slab_find_ending(const Heap *heap, uint64_t address);
void slab_forget_free_lists(Heap *heap);
void slab_clear_marks(Heap *heap);
// After a mark: dead blocks become free, empty slabs are put away. Result: live bytes.
uint64_t slab_finish_mark(Heap *heap);
void slab_visit(Heap *heap, void (*visit)(Object *object, void *context), void *context);
void slab_free_all(Heap *heap);
ALWAYS_INLINE Slab *slab_of(const void *object) {
    return (Slab *)((uintptr_t)object & ~(uintptr_t)(SLAB_SIZE - 1));
}
ALWAYS_INLINE unsigned slab_granule(const void *object) {
    return (unsigned)((uintptr_t)object & (SLAB_SIZE - 1)) >> SLAB_GRANULE_SHIFT;
}

// large.c
Object *large_allocate(Heap *heap, size_t size);
Object *large_find(Heap *heap, uint64_t address);
void large_sort(Heap *heap);
void large_clear_marks(Heap *heap);
uint64_t large_finish_mark(Heap *heap);
void large_visit(Heap *heap, void (*visit)(Object *object, void *context), void *context);
void large_free_all(Heap *heap);
ALWAYS_INLINE LargePrefix *large_prefix(const Object *object) {
    return (LargePrefix *)(uintptr_t)object - 1;
}

// mark.c
bool mark_is_set(const Object *object); // of a heap object, also after the mark
void mark_roots(Marker *marker, const void *stack_low);
void mark_drain(Marker *marker);

// finalize.c
void finalize_queue_unreachable(Heap *heap);
void finalize_mark_queue(Marker *marker);
void finalize_release_dead(Heap *heap);
void finalize_release_all(Heap *heap);

// verify.c: compares the finished mark with a second one; prints and aborts when they differ.
void verify_mark(Heap *heap, const void *stack_low);
void verify_reached(Marker *marker, Object *object);

// heap.c
bool heap_reserve(Heap *heap, size_t bytes); // room under max_size?
void heap_widen_bounds(Heap *heap, const void *start, size_t size);
