// heap.h — allocation and collection of objects: non-moving mark and sweep over slabs.
//
// Small objects are blocks of 256 KiB slabs (one size class each, carved from a jemalloc arena);
// larger than HEAP_SMALL_LIMIT are jemalloc allocations in a sorted address table. There are no
// reference counts. Roots are found conservatively on the native stack, so C code holds plain
// pointers; everything else that holds Values off the stack registers a root scanner or a handle.
// Invariants: a block is free or its first word is an Object header; a fresh block is all zero
// behind the header, so a collection may look at it at any moment.
#pragma once
#include "memory/object.h"

typedef struct Heap Heap;
typedef struct Marker Marker;

enum { HEAP_SMALL_LIMIT = 16384, HEAP_CLASS_COUNT = 56 };

// The bit of *poll_flag that queued finalizers raise; the runtime's POLL_FINALIZERS.
enum { HEAP_POLL_FINALIZERS = 2 };

typedef enum { ALLOCATOR_SLABS, ALLOCATOR_JEMALLOC_DIRECT, ALLOCATOR_LIBC } AllocatorKind;

// What the heap needs to know of objects; installed once by the runtime.
typedef struct {
    void (*trace)(Marker *marker, Object *object); // marks everything the object refers to
    void (*release)(Heap *heap, Object *object);   // frees native resources of a dead object
    bool (*is_plain)(uint32_t shape);              // true if trace does nothing for that shape
} HeapCallbacks;

typedef struct {
    AllocatorKind allocator;
    uint64_t stress_interval; // collect at every n-th allocation and poison freed blocks; 0 = off
    uint64_t max_size;        // bytes of slabs and large objects; 0 = unlimited
    bool verify;              // check the mark by a second, independent one
    bool collect_enabled;     // gc.disable() clears it; a full heap still collects
} HeapOptions;

typedef struct {
    uint64_t collections;
    uint64_t pause_total_ns, pause_max_ns;
    uint64_t allocated_objects[HEAP_CLASS_COUNT]; // since the start, by size class
    uint64_t allocated_large;                     // objects
    uint64_t live_bytes_after_mark;
    uint64_t slab_bytes, large_bytes; // now
    uint64_t finalized;
} HeapStatistics;

// The part of the heap that inline allocation touches; the rest is private to memory/.
struct Heap {
    struct FreeBlock
        *free[HEAP_CLASS_COUNT];           // always empty in stress mode: every allocation is slow
    uint64_t free_count[HEAP_CLASS_COUNT]; // blocks handed to the free lists so far
    HeapOptions options;
    HeapCallbacks callbacks;
    void *stack_base;             // the running thread's stack is scanned up to here
    volatile uint32_t *poll_flag; // raised when finalizers are queued
    struct HeapPrivate *private;
};
struct FreeBlock {
    uint64_t header; // zero: a free block
    struct FreeBlock *next;
};

// NULL when there is no memory.
Heap *heap_new(const HeapOptions *options, const HeapCallbacks *callbacks);
// Frees every object without running finalizers (release callbacks run). Returns the bytes that the
// arena still held after that: 0 unless the heap lost track of some.
uint64_t heap_delete(Heap *heap);

// Size class of a small object: 16-byte steps to 256 bytes, then four classes a doubling.
ALWAYS_INLINE unsigned heap_size_class(size_t size) {
    ASSERT(size > 0 && size <= HEAP_SMALL_LIMIT);
    if (size <= 256) return (unsigned)((size + 15) / 16) - 1; // 0..15
    unsigned log = 63 - (unsigned)__builtin_clzl(size - 1);   // 8..13
    return 16 + (log - 8) * 4 + (unsigned)(((size - 1) >> (log - 2)) & 3);
}
// Bytes of a block of that class.
size_t heap_class_size(unsigned size_class);

// A zeroed block of at least `size` bytes with its header set, or NULL when there is no memory or
// max_size is reached (raises nothing). May collect.
Object *heap_allocate_slow(Heap *heap, size_t size, uint32_t shape);
ALWAYS_INLINE Object *heap_allocate(Heap *heap, size_t size, uint32_t shape) {
    if (__builtin_constant_p(size) ? size <= HEAP_SMALL_LIMIT : LIKELY(size <= HEAP_SMALL_LIMIT)) {
        unsigned size_class = heap_size_class(size);
        struct FreeBlock *block = heap->free[size_class];
        if (LIKELY(block != NULL)) {
            heap->free[size_class] = block->next;
            __builtin_memset(block, 0, (size + 7) & ~(size_t)7);
            ((Object *)block)->shape = shape;
            return (Object *)block;
        }
    }
    return heap_allocate_slow(heap, size, shape);
}

// Would an allocation of `size` more bytes pass max_size? For checks before big computations.
bool heap_has_room(Heap *heap, size_t size);
// Bytes malloc'ed outside the heap on behalf of an object (negative when freed); they count
// towards max_size and the next collection.
void heap_account_external(Heap *heap, ssize_t bytes);

// Collects now (unless a collection is running).
void heap_collect(Heap *heap);

// Roots beside the native stack. The scanner is called at every mark.
typedef void RootScanner(Marker *marker, void *context);
bool heap_add_root_scanner(Heap *heap, RootScanner *scan, void *context);
void heap_remove_root_scanner(Heap *heap, RootScanner *scan, void *context);
// Weak tables: called at the end of every mark, to drop entries whose object is not marked.
typedef void WeakCleaner(Heap *heap, void *context);
bool heap_add_weak_cleaner(Heap *heap, WeakCleaner *clean, void *context);
void heap_remove_weak_cleaner(Heap *heap, WeakCleaner *clean, void *context);
bool heap_is_marked(Heap *heap, const void *object); // valid inside a WeakCleaner only
// Makes the running thread poll soon, as queued finalizers do.
void heap_raise_poll_flag(Heap *heap);

// For trace functions and root scanners. mark_object and mark_value take exact pointers to the
// start of an object (or a static object, or NULL); mark_conservatively takes any words.
void mark_object_slow(Marker *marker, Object *object);
ALWAYS_INLINE void mark_object(Marker *marker, void *object) {
    if (object && !(((Object *)object)->flags & OBJECT_STATIC)) mark_object_slow(marker, object);
}
ALWAYS_INLINE void mark_value(Marker *marker, Value value) {
    if (value_is_object(value)) mark_object(marker, value_as_object(value));
}
void mark_values(Marker *marker, const Value *values, size_t count);
void mark_conservatively(Marker *marker, const void *low, const void *high);

// The object whose block contains this address (interior and one-past-the-end pointers count), or
// NULL.
Object *heap_find_object(Heap *heap, uint64_t address);
// Calls visit for every live object (gc.get_objects, statistics, leak checks).
void heap_visit_objects(Heap *heap, void (*visit)(Object *object, void *context), void *context);

// Finalizers (__del__, generators with a pending finally, files): a registered object that is
// found unreachable is kept for one more cycle and queued, once. Returns false without memory.
bool heap_register_finalizer(Heap *heap, Object *object);
// The next queued object, or NULL. The caller runs its finalizer.
Object *heap_next_finalizable(Heap *heap);
// Queues every registered object that has not been finalized (at exit).
void heap_queue_all_finalizers(Heap *heap);
// Native resources: callbacks.release is called when the object is found dead, or by heap_delete.
bool heap_register_release(Heap *heap, Object *object);

void heap_statistics(Heap *heap, HeapStatistics *statistics);
// Bytes that the heap's jemalloc arena holds at this moment (mallctl).
uint64_t heap_arena_bytes(Heap *heap);
