// finalize.c — objects with a finalizer, and objects that own native resources.
//
// An unreachable object with a finalizer is queued and, with all that it refers to, kept until the
// finalizer has run; OBJECT_FINALIZED sees to it that this happens once (PEP 442). The queue is
// read from queue_start on, in the order of registration.
#include "memory/heap_private.h"

bool heap_register_finalizer(Heap *heap, Object *object) {
    if (object->flags & (OBJECT_HAS_FINALIZER | OBJECT_FINALIZED)) return true;
    // The queue gets its room now: a collection must not need memory.
    struct HeapPrivate *private = heap->private;
    size_t needed = private->finalizable.count + private->queue.count + 1;
    if (!object_vector_reserve(&private->finalizable, 1)) return false;
    if (!object_vector_reserve(&private->queue, needed - private->queue.count)) return false;
    object_vector_push(&private->finalizable, object);
    object->flags |= OBJECT_HAS_FINALIZER;
    return true;
}

void heap_raise_poll_flag(Heap *heap) {
    if (heap->poll_flag) __atomic_fetch_or(heap->poll_flag, HEAP_POLL_FINALIZERS, __ATOMIC_RELAXED);
}

static void enqueue(Heap *heap, Object *object) {
    object->flags |= OBJECT_FINALIZED;
    object_vector_push(&heap->private->queue, object);
    heap->private->statistics.finalized++;
}

void finalize_queue_unreachable(Heap *heap) {
    ObjectVector *finalizable = &heap->private->finalizable;
    size_t kept = 0, queued = 0;
    for (size_t i = 0; i < finalizable->count; i++) {
        Object *object = finalizable->items[i];
        if (object->flags & OBJECT_FINALIZED) continue;
        if (mark_is_set(object)) {
            finalizable->items[kept++] = object;
        } else {
            enqueue(heap, object);
            queued++;
        }
    }
    finalizable->count = kept;
    if (queued) heap_raise_poll_flag(heap);
}

void finalize_mark_queue(Marker *marker) {
    struct HeapPrivate *private = marker->heap->private;
    for (size_t i = private->queue_start; i < private->queue.count; i++)
        mark_object(marker, private->queue.items[i]);
}

Object *heap_next_finalizable(Heap *heap) {
    struct HeapPrivate *private = heap->private;
    if (private->queue_start == private->queue.count) {
        private->queue_start = private->queue.count = 0;
        return NULL;
    }
    return private->queue.items[private->queue_start++];
}

void heap_queue_all_finalizers(Heap *heap) {
    ObjectVector *finalizable = &heap->private->finalizable;
    for (size_t i = 0; i < finalizable->count; i++)
        if (!(finalizable->items[i]->flags & OBJECT_FINALIZED))
            enqueue(heap, finalizable->items[i]);
    if (finalizable->count) heap_raise_poll_flag(heap);
    finalizable->count = 0;
}

bool heap_register_release(Heap *heap, Object *object) {
    return object_vector_push(&heap->private->releasable, object);
}

void finalize_release_dead(Heap *heap) {
    ObjectVector *releasable = &heap->private->releasable;
    size_t kept = 0;
    for (size_t i = 0; i < releasable->count; i++) {
        Object *object = releasable->items[i];
        if (mark_is_set(object)) {
            releasable->items[kept++] = object;
        } else {
            heap->callbacks.release(heap, object);
        }
    }
    releasable->count = kept;
}

void finalize_release_all(Heap *heap) {
    ObjectVector *releasable = &heap->private->releasable;
    for (size_t i = 0; i < releasable->count; i++)
        heap->callbacks.release(heap, releasable->items[i]);
    releasable->count = 0;
}
