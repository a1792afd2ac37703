// handles.h — roots for Values that C code keeps off its stack (embedders, microbench, tables).
#pragma once
#include "memory/heap.h"

typedef struct Handle Handle;
// NULL when there is no memory. The value stays alive until handle_delete.
Handle *handle_new(Heap *heap, Value value);
Value handle_get(const Handle *handle);
void handle_set(Handle *handle, Value value);
void handle_delete(Heap *heap, Handle *handle); // NULL is allowed
