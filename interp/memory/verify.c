// verify.c — a second mark that shares nothing with the first but the trace functions.
//
// It keeps the reached addresses in a hash set of its own and knows neither bitmaps nor plain
// shapes. Every object that one mark reached and the other did not is a bug of the collector: it is
// printed, and the process ends.
#include "memory/heap_private.h"
#include <stdio.h>

static size_t slot_of(const AddressSet *set, uint64_t address) {
    size_t slot = (address >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 20 & set->mask;
    while (set->slots[slot] && set->slots[slot] != address) slot = (slot + 1) & set->mask;
    return slot;
}

static void give_up(const char *what, const Object *object) {
    fprintf(stderr, "krait: --gc-verify: %s", what);
    if (object) fprintf(stderr, " (object %p of shape %u)", (const void *)object, object->shape);
    fputc('\n', stderr);
    abort();
}

static void grow(AddressSet *set) {
    AddressSet larger = {.count = set->count, .mask = set->mask * 2 + 1};
    larger.slots = calloc(larger.mask + 1, sizeof(uint64_t));
    if (!larger.slots) give_up("no memory for the second mark", NULL);
    for (size_t i = 0; i <= set->mask; i++)
        if (set->slots[i]) larger.slots[slot_of(&larger, set->slots[i])] = set->slots[i];
    free(set->slots);
    *set = larger;
}

void verify_reached(Marker *marker, Object *object) {
    AddressSet *set = marker->verifying;
    if (set->count * 2 > set->mask) grow(set);
    size_t slot = slot_of(set, (uintptr_t)object);
    if (set->slots[slot]) return;
    set->slots[slot] = (uintptr_t)object;
    set->count++;
    if (!mark_is_set(object)) give_up("a live object was not marked", object);
    if (!object_vector_push(&marker->stack, object)) give_up("no memory for the second mark", NULL);
}

static void check_reached(Object *object, void *context) {
    const AddressSet *set = context;
    if (mark_is_set(object) && !set->slots[slot_of(set, (uintptr_t)object)])
        give_up("a marked object is not live", object);
}

void verify_mark(Heap *heap, const void *stack_low) {
    AddressSet set = {.mask = 0xffff};
    set.slots = calloc(set.mask + 1, sizeof(uint64_t));
    if (!set.slots) give_up("no memory for the second mark", NULL);
    Marker marker = {.heap = heap, .verifying = &set};
    mark_roots(&marker, stack_low);
    while (marker.stack.count) heap->callbacks.trace(&marker, object_vector_pop(&marker.stack));
    heap_visit_objects(heap, check_reached, &set);
    object_vector_free(&marker.stack);
    free(set.slots);
}
