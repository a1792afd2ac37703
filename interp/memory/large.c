// large.c — objects that are allocations of their own, found through a sorted address table.
//
// Also the whole heap under the allocators jemalloc-direct and libc. New objects are appended; the
// table is sorted when an address is first looked up, at most once a mark. The mark is a word
// before the object.
#include "memory/heap_private.h"
#include <jemalloc/jemalloc.h>

// glibc's own allocator, which stays reachable when malloc is jemalloc's.
void *__libc_calloc(size_t count, size_t size);
void __libc_free(void *block);

enum { KERNEL_ZEROES = 1 << 22 }; // bytes

static LargePrefix *get_memory(Heap *heap, size_t size) {
    if (heap->options.allocator == ALLOCATOR_LIBC) return __libc_calloc(1, size);
    // jemalloc zeroes recycled memory by giving its pages back to the kernel, which then clears
    // them again one fault at a time: dearer than a memset for all but huge blocks (46,000 madvise
    // calls and 1.1 s of system time in macrobench's pi_digits).
    int flags = heap->private->arena_flags;
    if (size >= KERNEL_ZEROES) return mallocx(size, flags | MALLOCX_ZERO);
    void *memory = mallocx(size, flags);
    return memory ? memset(memory, 0, size) : NULL;
}

static void give_back(Heap *heap, Object *object) {
    LargePrefix *prefix = large_prefix(object);
    heap->private->large_bytes -= prefix->size;
    // What is used after it was freed should show.
    if (heap->options.stress_interval) {
        size_t size = prefix->size;
        memset(prefix + 1, 0xA5, size);
        *(uint64_t *)(prefix + 1) = 0;
    }
    if (heap->options.allocator == ALLOCATOR_LIBC) {
        __libc_free(prefix);
    } else {
        dallocx(prefix, heap->private->arena_flags);
    }
}

Object *large_allocate(Heap *heap, size_t size) {
    struct HeapPrivate *private = heap->private;
    size = (size + 15) & ~(size_t)15;
    if (size > PTRDIFF_MAX - sizeof(LargePrefix) || !heap_reserve(heap, size)) return NULL;
    if (!object_vector_reserve(&private->large, 1)) return NULL;
    LargePrefix *prefix = get_memory(heap, size + sizeof(LargePrefix));
    if (!prefix) return NULL;
    prefix->size = size;
    prefix->marked = 0;
    Object *object = (Object *)(prefix + 1);
    object->flags = OBJECT_LARGE;
    object_vector_push(&private->large, object);
    private->large_bytes += size;
    private->allocated_since += size;
    private->statistics.allocated_large++;
    heap_widen_bounds(heap, object, size + 1);
    return object;
}

static int compare_addresses(const void *a, const void *b) {
    uintptr_t left = *(const uintptr_t *)a, right = *(const uintptr_t *)b;
    return left < right ? -1 : left > right;
}

void large_sort(Heap *heap) {
    struct HeapPrivate *private = heap->private;
    ObjectVector *large = &private->large;
    size_t old = private->sorted_count, added = large->count - old;
    if (!added) return;
    qsort(large->items + old, added, sizeof(Object *), compare_addresses);
    private->sorted_count = large->count;
    if (!old || large->items[old - 1] < large->items[old]) return;
    // Merge from the back; without memory for the copy the whole table is sorted.
    Object **copy = malloc(added * sizeof(Object *));
    if (!copy) {
        qsort(large->items, large->count, sizeof(Object *), compare_addresses);
        return;
    }
    memcpy(copy, large->items + old, added * sizeof(Object *));
    for (size_t to = large->count; added > 0; to--) {
        bool from_old = old > 0 && large->items[old - 1] > copy[added - 1];
        large->items[to - 1] = from_old ? large->items[--old] : copy[--added];
    }
    free(copy);
}

Object *large_find(Heap *heap, uint64_t address) {
    struct HeapPrivate *private = heap->private;
    if (private->sorted_count < private->large.count) large_sort(heap);
    size_t low = 0, high = private->large.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((uint64_t)(uintptr_t) private->large.items[middle] <= address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) return NULL;
    Object *object = private->large.items[low - 1];
    bool inside = address - (uint64_t)(uintptr_t)object <= large_prefix(object)->size;
    return inside && object->shape ? object : NULL;
}

void large_clear_marks(Heap *heap) {
    ObjectVector *large = &heap->private->large;
    for (size_t i = 0; i < large->count; i++) large_prefix(large->items[i])->marked = 0;
}

uint64_t large_finish_mark(Heap *heap) {
    struct HeapPrivate *private = heap->private;
    ObjectVector *large = &private->large;
    size_t used = 0, sorted = 0;
    for (size_t i = 0; i < large->count; i++) {
        Object *object = large->items[i];
        if (large_prefix(object)->marked) {
            large->items[used++] = object;
            sorted += i < private->sorted_count;
        } else {
            give_back(heap, object);
        }
    }
    large->count = used;
    private->sorted_count = sorted;
    return private->large_bytes;
}

void large_visit(Heap *heap, void (*visit)(Object *object, void *context), void *context) {
    ObjectVector *large = &heap->private->large;
    for (size_t i = 0; i < large->count; i++)
        if (large->items[i]->shape) visit(large->items[i], context);
}

void large_free_all(Heap *heap) {
    ObjectVector *large = &heap->private->large;
    for (size_t i = 0; i < large->count; i++) give_back(heap, large->items[i]);
    object_vector_free(large);
}
