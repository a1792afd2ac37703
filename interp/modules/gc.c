// gc.c — the module gc: the collector as a program may steer it.
//
// There are no generations to tell apart: counts and thresholds are zero, collect() finds
// unreachable objects but does not count them.
#include "modules/modules.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/tuple.h"

static Value gc_py_collect(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t generation = 2;
    if (!value_is_absent(args[0]) && !object_as_int64(thread, args[0], &generation))
        return VALUE_ERROR;
    if (generation < 0 || generation > 2) return raise_value_error(thread, "invalid generation");
    heap_collect(thread->heap);
    return thread_poll_if_needed(thread) ? value_from_fixnum(0) : VALUE_ERROR;
}

static Value gc_py_enable(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    thread->heap->options.collect_enabled = true;
    return VALUE_NONE;
}

static Value gc_py_disable(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    thread->heap->options.collect_enabled = false;
    return VALUE_NONE;
}

static Value gc_py_isenabled(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return value_from_bool(thread->heap->options.collect_enabled);
}

static Value gc_py_get_count(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return tuple_of(thread, 3, value_from_fixnum(0), value_from_fixnum(0), value_from_fixnum(0));
}

static Value gc_py_set_threshold(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)args;
    (void)count;
    return VALUE_NONE;
}

static Value gc_py_is_tracked(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)count;
    if (!value_is_object(args[0])) return VALUE_FALSE;
    return value_from_bool(!object_shape(value_as_object(args[0]))->is_plain);
}

static const MethodRow functions[] = {
    {"collect", gc_py_collect, "generation=2", "Run the garbage collector.", 0},
    {"disable", gc_py_disable, "", "Disable automatic garbage collection.", 0},
    {"enable", gc_py_enable, "", "Enable automatic garbage collection.", 0},
    {"get_count", gc_py_get_count, "", "Three zeros: there are no generations.", 0},
    {"get_threshold", gc_py_get_count, "", "Three zeros: there are no generations.", 0},
    {"is_tracked", gc_py_is_tracked, "obj, /", "Does the collector look inside the object?", 0},
    {"isenabled", gc_py_isenabled, "", "Returns true if automatic garbage collection is enabled.",
     0},
    {"set_threshold", gc_py_set_threshold, "*thresholds",
     "Has no effect: there are no generations.", 0},
    {NULL, NULL, NULL, NULL, 0},
};

Value gc_module_new(Thread *thread) {
    Value module = native_module_new(
        thread, "gc", "This module provides access to the garbage collector.", functions);
    if (value_is_error(module)) return module;
    Value garbage = list_new(thread, 0);
    return !value_is_error(garbage) && module_set(thread, module, "garbage", garbage) ? module
                                                                                      : VALUE_ERROR;
}
