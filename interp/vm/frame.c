// frame.c — reserving the two arrays, and showing them to the collector.
#define _GNU_SOURCE
#include "vm/frame.h"
#include "bytecode/code_internal.h"
#include "vm/function.h"
#include "vm/generator.h"
#include "runtime/errors.h"
#include <sys/mman.h>

// Address space, not memory: pages appear when touched.
enum { FRAME_CAPACITY = 1 << 20, STACK_SLACK = 64, DEFAULT_RECURSION_LIMIT = 1000 };
static const size_t default_stack_size = (size_t)1 << 30;

static size_t stack_size(const Thread *thread) {
    size_t size = thread->runtime->options.value_stack_size;
    return size ? size : default_stack_size;
}

static void *reserve(size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

// Words of frames that have been left stay as they are, so the stack is scanned conservatively, up
// to where the running frame may write.
static void scan(Marker *marker, void *context) {
    const Thread *thread = context;
    const Value *top = thread_stack_top(thread);
    if (thread->binding_limit > top) top = thread->binding_limit;
    mark_conservatively(marker, thread->stack_base, top);
    for (const Frame *frame = thread->frame_base; frame <= thread->frame; frame++) {
        mark_object(marker, frame->function);
        mark_object(marker, frame->code);
        mark_object(marker, frame->generator);
        mark_value(marker, frame->locals);
        mark_value(marker, frame->frame_object);
    }
    mark_value(marker, thread->keyword_names);
    mark_value(marker, thread->stop_value);
    mark_value(marker, thread->result);
    mark_value(marker, thread->handled);
    mark_value(marker, thread->handled_outer);
    mark_value(marker, thread->exception);
}

bool frames_initialize(Thread *thread) {
    char *stack = reserve(stack_size(thread));
    Frame *frames = reserve((FRAME_CAPACITY + 1) * sizeof(Frame));
    if (!stack || !frames || !heap_add_root_scanner(thread->heap, scan, thread)) {
        raise_memory_error(thread);
        return false;
    }
    thread->stack_base = (Value *)(void *)stack;
    thread->stack_end = thread->stack_limit =
        (Value *)(void *)(stack + stack_size(thread)) - STACK_SLACK;
    thread->frame_base = frames + 1;
    thread->frame = frames;
    return frames_set_recursion_limit(thread, DEFAULT_RECURSION_LIMIT);
}

void frames_finalize(Thread *thread) {
    heap_remove_root_scanner(thread->heap, scan, thread);
    munmap(thread->stack_base, stack_size(thread));
    munmap(thread->frame_base - 1, (FRAME_CAPACITY + 1) * sizeof(Frame));
}

bool frames_set_recursion_limit(Thread *thread, int limit) {
    int depth = (int)(thread->frame - thread->frame_base) + 1;
    if (depth >= limit) {
        raise_error(
            thread, &exception_RecursionError,
            "cannot set the recursion limit to %i at the recursion depth %i: the limit is too low",
            limit, depth);
        return false;
    }
    thread->recursion_limit = limit;
    thread->frame_end = thread->frame_base + (limit < FRAME_CAPACITY ? limit : FRAME_CAPACITY);
    return true;
}

int frame_unit(const Thread *thread, const Frame *frame) {
    return instruction_unit(thread, frame->code, frame->pc);
}

bool frame_fill_cells(Thread *thread, Frame *frame) {
    size_t size;
    const unsigned char *kinds = code_bytes(frame->code->co_localspluskinds, &size);
    for (size_t i = 0; i < size; i++) {
        Value *slot = &frame->localsplus[i];
        if (!(kinds[i] & CO_FAST_CELL) || value_is_cell(*slot)) continue;
        Value cell = cell_new(thread, *slot);
        if (value_is_error(cell)) return false;
        *slot = cell;
    }
    return true;
}
