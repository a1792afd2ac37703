// mark.c — reaching what lives: an explicit stack of objects whose fields are still to be looked
// at.
//
// Nothing here recurses or needs memory to succeed: when the stack cannot grow, objects are marked
// without being pushed, and the heap is then searched for marked objects until a pass finds nothing
// new (mark_drain). The native stack is scanned conservatively, word by word.
#include "memory/heap_private.h"

enum { MARK_FIRST_CAPACITY = 4096 };

static void push(Marker *marker, Object *object) {
    if (UNLIKELY(marker->stack.count == marker->stack.capacity)) {
        size_t more = marker->stack.capacity ? marker->stack.capacity : MARK_FIRST_CAPACITY;
        if (marker->stack.count + more > marker->stack_limit ||
            !object_vector_reserve(&marker->stack, more)) {
            marker->overflowed = true;
            return;
        }
    }
    marker->stack.items[marker->stack.count++] = object;
}

static bool is_plain(Marker *marker, uint32_t shape) {
    if (shape >= MARK_PLAIN_CACHE) return false;
    if (UNLIKELY(!marker->plain[shape]))
        marker->plain[shape] = marker->heap->callbacks.is_plain(shape) ? 1 : 2;
    return marker->plain[shape] == 1;
}

void mark_object_slow(Marker *marker, Object *object) {
    ASSERT(object->shape != 0);
    if (UNLIKELY(marker->verifying != NULL)) {
        verify_reached(marker, object);
        return;
    }
    if (UNLIKELY(object->flags & OBJECT_LARGE)) {
        LargePrefix *prefix = large_prefix(object);
        if (prefix->marked) return;
        prefix->marked = 1;
    } else {
        unsigned granule = slab_granule(object);
        uint64_t *word = &slab_of(object)->marks[granule >> 6];
        uint64_t bit = (uint64_t)1 << (granule & 63);
        if (*word & bit) return;
        *word |= bit;
    }
    if (!is_plain(marker, object->shape)) push(marker, object);
}

void mark_values(Marker *marker, const Value *values, size_t count) {
    for (size_t i = 0; i < count; i++) mark_value(marker, values[i]);
}

bool mark_is_set(const Object *object) {
    if (object->flags & OBJECT_LARGE) return large_prefix(object)->marked;
    unsigned granule = slab_granule(object);
    return slab_of(object)->marks[granule >> 6] >> (granule & 63) & 1;
}

bool heap_is_marked(Heap *heap, const void *object) {
    (void)heap;
    return (((const Object *)object)->flags & OBJECT_STATIC) || mark_is_set(object);
}

static void mark_address(Marker *marker, uint64_t address) {
    Heap *heap = marker->heap;
    Object *object = slab_find(heap, address);
    if (object) mark_object(marker, object);
    if (!(address & 15)) {
        Object *before = slab_find_ending(heap, address);
        if (before) mark_object(marker, before);
    }
    if (!object && heap->private->large.count) {
        object = large_find(heap, address);
        if (object) mark_object(marker, object);
    }
}

NO_ADDRESS_SANITIZER void mark_conservatively(Marker *marker, const void *low, const void *high) {
    uint64_t first = marker->heap->private->low;
    uint64_t span = marker->heap->private->high - first;
    const uint64_t *end = (const uint64_t *)((uintptr_t)high & ~(uintptr_t)7);
    for (const uint64_t *word = (const uint64_t *)(((uintptr_t)low + 7) & ~(uintptr_t)7);
         word < end; word++) {
        if (*word - first < span) mark_address(marker, *word);
    }
}

void mark_roots(Marker *marker, const void *stack_low) {
    Heap *heap = marker->heap;
    struct HeapPrivate *private = heap->private;
    if (heap->stack_base) mark_conservatively(marker, stack_low, heap->stack_base);
    for (Handle *handle = private->handles; handle; handle = handle->next)
        mark_value(marker, handle->value);
    finalize_mark_queue(marker);
    for (size_t i = 0; i < private->roots.count; i++)
    private->roots.items[i].scan(marker, private->roots.items[i].context);
}

static void trace_stack(Marker *marker) {
    while (marker->stack.count) {
        Object *object = marker->stack.items[--marker->stack.count];
        marker->heap->callbacks.trace(marker, object);
    }
}

static void trace_if_marked(Object *object, void *context) {
    Marker *marker = context;
    if (!mark_is_set(object) || is_plain(marker, object->shape)) return;
    marker->heap->callbacks.trace(marker, object);
    trace_stack(marker);
}

void mark_drain(Marker *marker) {
    trace_stack(marker);
    while (UNLIKELY(marker->overflowed)) {
        marker->overflowed = false;
        heap_visit_objects(marker->heap, trace_if_marked, marker);
    }
}
