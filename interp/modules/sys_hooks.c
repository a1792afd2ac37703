// sys_hooks.c — the functions of sys that a program installs for its own observation: hooks of
// asynchronous generators, origins of coroutines, tracing and profiling.
#include "modules/struct_sequence.h"
#include "modules/sys_internal.h"
#include "vm/trace.h"
#include <limits.h>

#define FIELD STRUCT_SEQUENCE_FIELD

static const MemberRow hook_fields[] = {
    FIELD(0, "firstiter", "Called with an asynchronous generator at its first use"),
    FIELD(1, "finalizer", "Called with an asynchronous generator that is dropped before its end"),
    {NULL, 0, false, false, NULL},
};
static Type asyncgen_hooks_type =
    STRUCT_SEQUENCE(asyncgen_hooks, "asyncgen_hooks", hook_fields,
                    "The hooks of asynchronous generators, as sys.get_asyncgen_hooks gives them.");

bool sys_hooks_initialize(Thread *thread) {
    return struct_sequence_ready(thread, &asyncgen_hooks_type);
}

static bool check_hook(Thread *thread, Value hook, const char *name) {
    if (value_is_absent(hook) || value_is_none(hook) || object_is_callable(hook)) return true;
    raise_type_error(thread, "callable %s expected, got %T", name, hook);
    return false;
}

static void set_hook(Value *slot, Value hook) {
    if (!value_is_absent(hook)) *slot = value_is_none(hook) ? VALUE_ABSENT : hook;
}

Value sys_py_set_asyncgen_hooks(Thread *thread, Value *args, int count) {
    (void)count;
    if (!check_hook(thread, args[1], "finalizer") || !check_hook(thread, args[0], "firstiter"))
        return VALUE_ERROR;
    set_hook(&thread->async_first_iteration, args[0]);
    set_hook(&thread->async_finalizer, args[1]);
    return VALUE_NONE;
}

static Value none_if_absent(Value value) { return value_is_absent(value) ? VALUE_NONE : value; }

Value sys_py_get_asyncgen_hooks(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    Value hooks[] = {none_if_absent(thread->async_first_iteration),
                     none_if_absent(thread->async_finalizer)};
    return struct_sequence_new(thread, &asyncgen_hooks_type, hooks);
}

Value sys_py_set_origin_depth(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t depth;
    if (!object_as_int64(thread, args[0], &depth)) return VALUE_ERROR;
    if (depth > INT_MAX)
        return raise_error(thread, &exception_OverflowError,
                           "Python int too large to convert to C int");
    if (depth < 0) return raise_value_error(thread, "depth must be >= 0");
    thread->coroutine_origin_depth = (int)depth;
    return VALUE_NONE;
}

Value sys_py_get_origin_depth(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return value_from_fixnum(thread->coroutine_origin_depth);
}

static Value set_tracer(Thread *thread, Value *slot, Value function) {
    trace_set(thread, slot, value_is_none(function) ? VALUE_ABSENT : function);
    return VALUE_NONE;
}

Value sys_py_settrace(Thread *thread, Value *args, int count) {
    (void)count;
    return set_tracer(thread, &thread->trace_function, args[0]);
}

Value sys_py_setprofile(Thread *thread, Value *args, int count) {
    (void)count;
    return set_tracer(thread, &thread->profile_function, args[0]);
}

Value sys_py_gettrace(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return none_if_absent(thread->trace_function);
}

Value sys_py_getprofile(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return none_if_absent(thread->profile_function);
}
