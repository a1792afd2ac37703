// lookup.c — making the table, and emptying it at collections.
#include "vm/lookup.h"
#include "runtime/errors.h"
#include <stdlib.h>

static void empty(Heap *heap, void *context) {
    (void)heap;
    memset(context, 0, sizeof(LookupTable));
}

bool lookups_initialize(Thread *thread) {
    thread->lookups = calloc(1, sizeof *thread->lookups);
    if (thread->lookups && heap_add_weak_cleaner(thread->heap, empty, thread->lookups)) return true;
    raise_memory_error(thread);
    return false;
}

void lookups_finalize(Thread *thread) {
    heap_remove_weak_cleaner(thread->heap, empty, thread->lookups);
    free(thread->lookups);
    thread->lookups = NULL;
}
