// runtime.c — makes and frees a runtime: heap, names, types, one thread state; traces its roots.
//
// Order: shapes know their types before anything is allocated, so that every object can be traced
// from the start; interned strs come before types, types before exceptions. Until all that stands
// the heap does not collect.
#define _GNU_SOURCE // pthread_getattr_np
#include "base/hash.h"
#include "objects/builtin_types.h"
#include "objects/containers.h"
#include "objects/weak.h"
#include "runtime/errors.h"
#include "runtime/type_internal.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    STACK_RESERVE = 128 << 10, // kept free for C code that does not check
    STACK_MAXIMUM = 64 << 20,  // used of an unlimited stack
    DEFAULT_RECURSION_LIMIT = 1000,
};

// Heap callbacks

static void trace_object(Marker *marker, Object *object) {
    Shape *shape = object_shape(object);
    Type *type = shape->type;
    if (type->trace) type->trace(marker, object);
    if (!(type->flags & TYPE_HEAP)) {
        if (type->extension_offset) mark_value(marker, *object_extension(object));
        return;
    }
    mark_object(marker, type);
    if (type->flags & TYPE_VARIABLE_SIZE) {
        Value *extension = object_extension(object);
        if (extension) mark_value(marker, *extension);
        return;
    }
    if (type->extension_offset && type->extension_offset < type->values_offset)
        mark_value(marker, *object_extension(object));
    uint32_t end = shape->slots_offset + shape->inline_capacity * (uint32_t)sizeof(Value);
    const Value *values = (const Value *)((char *)object + type->values_offset);
    mark_values(marker, values, (end - type->values_offset) / sizeof(Value));
}

static void release_object(Heap *heap, Object *object) {
    Shape *shape = object_shape(object);
    if (shape && shape->type->release) shape->type->release(heap, object);
}

static bool shape_is_plain(uint32_t shape) { return shape_table[shape]->is_plain; }

static void scan_runtime(Marker *marker, void *context) {
    Runtime *runtime = context;
    mark_values(marker, (const Value *)&runtime->names, sizeof(Names) / sizeof(Value));
    mark_value(marker, runtime->builtins);
    mark_value(marker, runtime->modules);
    mark_value(marker, runtime->sys_dict);
    mark_value(marker, runtime->memory_error);
    Thread *thread = runtime->main_thread;
    mark_value(marker, thread->exception);
    mark_value(marker, thread->handled);
    mark_value(marker, thread->handled_outer);
    mark_value(marker, thread->result);
    mark_value(marker, thread->stop_value);
    mark_value(marker, thread->trace_function);
    mark_value(marker, thread->profile_function);
    mark_value(marker, thread->async_first_iteration);
    mark_value(marker, thread->async_finalizer);
    mark_value(marker, thread->repr_active);
}

// The native stack of the calling thread. The limit leaves half of a very small stack.
static bool find_stack(Thread *thread) {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return false;
    void *lowest;
    size_t size;
    int failed = pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    if (failed) return false;
    size_t usable = size < STACK_MAXIMUM ? size : STACK_MAXIMUM;
    size_t reserve = usable / 2 < STACK_RESERVE ? usable / 2 : STACK_RESERVE;
    thread->c_stack_base = (char *)lowest + size;
    thread->c_stack_limit = thread->c_stack_base - usable + reserve;
    thread->heap->stack_base = thread->c_stack_base;
    return true;
}

static bool make_names(Thread *thread) {
    static const char *const texts[] = {
#define NAME(identifier)          #identifier,
#define NAME_AS(identifier, text) text,
#include "runtime/names.def"
#undef NAME
#undef NAME_AS
    };
    Value *names = (Value *)NAMES(thread);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Value name = str_intern_c(thread, texts[i]);
        if (value_is_error(name)) return false;
        names[i] = name;
    }
    return true;
}

static bool set_hash_key(Runtime *runtime) {
    const char *setting = runtime->options.hash_seed;
    if (!setting) setting = getenv("PYTHONHASHSEED");
    HashKey key;
    HashKeyStatus status = hash_key_from_setting(setting, &key);
    _Static_assert(sizeof key == sizeof runtime->hash_key, "the key is kept as bytes");
    memcpy(runtime->hash_key, &key, sizeof key);
    if (status == HASH_KEY_INVALID)
        fputs("Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an "
              "integer in range [0; 4294967295]\n",
              stderr);
    if (status == HASH_KEY_FAILED)
        fputs("Fatal Python error: failed to get random numbers to initialize Python\n", stderr);
    return status == HASH_KEY_FIXED || status == HASH_KEY_RANDOM;
}

static Thread *make_thread(Runtime *runtime) {
    Thread *thread = calloc(1, sizeof *thread);
    if (!thread) return NULL;
    runtime->main_thread = thread;
    thread->runtime = runtime;
    thread->heap = runtime->heap;
    thread->handled = thread->handled_outer = VALUE_NONE;
    thread->recursion_limit = DEFAULT_RECURSION_LIMIT;
    thread->class_epoch = 1;
    runtime->heap->poll_flag = &thread->poll;
    return find_stack(thread) ? thread : NULL;
}

static bool make_heap(Runtime *runtime) {
    static const HeapCallbacks callbacks = {trace_object, release_object, shape_is_plain};
    HeapOptions options = runtime->options.heap;
    options.collect_enabled = false;
    runtime->heap = heap_new(&options, &callbacks);
    return runtime->heap != NULL;
}

static bool initialize(Runtime *runtime) {
    if (!set_hash_key(runtime) || !shapes_initialize() || !make_heap(runtime)) return false;
    Thread *thread = make_thread(runtime);
    if (!thread || !type_table_initialize(runtime)) return false;
    if (!heap_add_root_scanner(runtime->heap, scan_runtime, runtime)) return false;
    type_set_current(thread);
    objects_bind_shapes();
    if (!str_initialize(thread) || !make_names(thread) || !objects_initialize(thread)) return false;
    runtime->heap->options.collect_enabled = true;
    return true;
}

Runtime *runtime_new(const RuntimeOptions *options) {
    Runtime *runtime = calloc(1, sizeof *runtime);
    if (!runtime) return NULL;
    runtime->options = *options;
    if (initialize(runtime)) return runtime;
    runtime_delete(runtime);
    return NULL;
}

uint64_t runtime_delete(Runtime *runtime) {
    uint64_t held = runtime->heap ? heap_delete(runtime->heap) : 0;
    type_table_delete(runtime);
    objects_finalize(runtime);
    type_set_current(NULL);
    free(runtime->main_thread);
    free(runtime);
    return held;
}

// Polls

static void run_finalizers(Thread *thread) {
    Object *object;
    while ((object = heap_next_finalizable(thread->heap))) {
        Type *type = object_shape(object)->type;
        if (!type->finalize) continue;
        Value pending = error_take(thread);
        if (!type->finalize(thread, value_from_object(object)))
            error_write_unraisable(thread, value_from_object(object));
        error_restore(thread, pending);
    }
}

void thread_set_step_limit(Thread *thread, int64_t steps) {
    ASSERT(thread->runtime->options.limit_steps);
    uint32_t reason = POLL_STEP_LIMIT;
    thread->steps_left = steps;
    thread->exhausted = false;
    if (steps > 0)
        __atomic_fetch_or(&thread->poll, reason, __ATOMIC_RELAXED);
    else
        __atomic_fetch_and(&thread->poll, ~reason, __ATOMIC_RELAXED);
}

bool thread_count_step(Thread *thread) {
    if (--thread->steps_left >= 0) return true;
    thread->exhausted = true;
    error_clear(thread);
    raise_error(thread, &exception_RuntimeError, "the step limit is reached");
    return false;
}

bool thread_poll(Thread *thread) {
    const uint32_t once = POLL_SIGNAL | POLL_FINALIZERS | POLL_SAMPLES;
    uint32_t reasons = __atomic_fetch_and(&thread->poll, ~once, __ATOMIC_RELAXED);
    if (reasons & POLL_SAMPLES) thread->runtime->drain_samples(thread);
    if (reasons & POLL_FINALIZERS) {
        run_finalizers(thread);
        weak_run_callbacks(thread);
    }
    if (reasons & POLL_STEP_LIMIT && !thread_count_step(thread)) return false;
    if (!(reasons & POLL_SIGNAL)) return true;
    Value interrupt = value_from_type(&exception_KeyboardInterrupt);
    return !value_is_error(raise_value(thread, interrupt));
}
