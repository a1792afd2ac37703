// handles.c — roots for Values that C code keeps off its stack: a doubly linked list of malloc'ed
// nodes that every mark walks.
#include "memory/heap_private.h"

Handle *handle_new(Heap *heap, Value value) {
    Handle *handle = malloc(sizeof *handle);
    if (!handle) return NULL;
    *handle = (Handle){.value = value, .next = heap->private->handles};
    if (handle->next) handle->next->previous = handle;
    heap->private->handles = handle;
    return handle;
}

Value handle_get(const Handle *handle) { return handle->value; }

void handle_set(Handle *handle, Value value) { handle->value = value; }

void handle_delete(Heap *heap, Handle *handle) {
    if (!handle) return;
    if (handle->next) handle->next->previous = handle->previous;
    if (handle->previous) {
        handle->previous->next = handle->next;
    } else {
        heap->private->handles = handle->next;
    }
    free(handle);
}
