// generator_types.c — the types generator and coroutine, and the iterator that a coroutine's
// __await__ gives.
#include "objects/str.h"
#include "runtime/protocols.h"
#include "vm/generator_internal.h"
#include "vm/slow_paths.h"
#include <stddef.h>

bool generator_bind_throw(Thread *thread, const Value *args, const char *method, Thrown *thrown) {
    *thrown = (Thrown){args[1], args[2], args[3], true};
    return value_is_absent(args[2]) ||
           warn(thread, &exception_DeprecationWarning,
                "the (type, exc, tb) signature of %s() is deprecated, use the single-arg "
                "signature instead.",
                method);
}

static Value send(Thread *thread, Generator *generator, Value sent) {
    Value returned;
    Value result = generator_resume(thread, generator, sent, &returned);
    return generator_method_result(thread, generator, result, returned);
}

static Value throw(Thread * thread, Generator *generator, const Value *args) {
    Thrown thrown;
    if (!generator_bind_throw(thread, args, "throw", &thrown)) return VALUE_ERROR;
    Value returned;
    Value result = generator_throw(thread, generator, &thrown, &returned);
    return generator_method_result(thread, generator, result, returned);
}

static Value generator_py_send(Thread *thread, Value *args, int count) {
    (void)count;
    return send(thread, self_generator(args[0]), args[1]);
}

static Value generator_py_throw(Thread *thread, Value *args, int count) {
    (void)count;
    return throw(thread, self_generator(args[0]), args);
}

static Value generator_py_close(Thread *thread, Value *args, int count) {
    (void)count;
    return generator_close(thread, self_generator(args[0])) ? VALUE_NONE : VALUE_ERROR;
}

Value generator_slot_iterate(Thread *thread, Value self) {
    (void)thread;
    return self;
}

static Value next(Thread *thread, Generator *generator) {
    Value returned;
    Value result = generator_resume(thread, generator, VALUE_NONE, &returned);
    if (value_is_absent(result) && !value_is_none(returned)) thread->stop_value = returned;
    return result;
}

static Value generator_slot_next(Thread *thread, Value self) {
    return next(thread, self_generator(self));
}

Value generator_slot_repr(Thread *thread, Value self) {
    return str_format(thread, "<%T object %U at %p>", self, self_generator(self)->qualname,
                      (const void *)value_as_object(self));
}

void generator_trace(Marker *marker, Object *object) {
    Generator *generator = (Generator *)object;
    mark_object(marker, generator->function);
    mark_object(marker, generator->code);
    mark_value(marker, generator->name);
    mark_value(marker, generator->qualname);
    mark_value(marker, generator->handled);
    mark_value(marker, generator->outer_handled);
    mark_value(marker, generator->outer_handled_outer);
    mark_value(marker, generator->frame_object);
    mark_value(marker, generator->origin);
    mark_values(marker, generator->words,
                (size_t)generator->code->co_nlocalsplus + generator->depth);
}

// The warning for a coroutine that nobody awaited: by the module warnings, which can tell where it
// was made, if the program has that.
static bool warn_unawaited(Thread *thread, Generator *coroutine) {
    Value name = str_intern_c(thread, "warnings");
    if (value_is_error(name)) return false;
    Value module = dict_find_str(thread, value_as_dict(thread->runtime->modules), name);
    Value function = VALUE_ABSENT;
    if (!value_is_absent(module)) {
        name = str_intern_c(thread, "_warn_unawaited_coroutine");
        if (value_is_error(name)) return false;
        function = object_find_attribute(thread, module, name);
    }
    if (value_is_error(function)) return false;
    if (!value_is_absent(function))
        return !value_is_error(object_call1(thread, function, value_from_object(coroutine)));
    return warn(thread, &exception_RuntimeWarning, "coroutine '%U' was never awaited",
                coroutine->qualname);
}

// What is dropped before its end is closed, so that its finally clauses run (CPython's
// _PyGen_Finalize).
bool generator_slot_finalize(Thread *thread, Value self) {
    Generator *generator = self_generator(self);
    if (generator->state == GENERATOR_FINISHED) return true;
    bool is_async = generator->header.shape == SHAPE_async_generator;
    if (is_async && !value_is_absent(generator->origin) && !generator->is_closed)
        return !value_is_error(object_call1(thread, generator->origin, self));
    if (generator->header.shape == SHAPE_coroutine && generator->state == GENERATOR_CREATED)
        return warn_unawaited(thread, generator);
    return generator_close(thread, generator);
}

Value generator_get_running(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(self_generator(self)->state == GENERATOR_RUNNING);
}

Value generator_get_suspended(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(self_generator(self)->state == GENERATOR_SUSPENDED);
}

Value generator_get_code(Thread *thread, Value self) {
    (void)thread;
    return value_from_object(self_generator(self)->code);
}

Value generator_get_delegate(Thread *thread, Value self) {
    return generator_delegate_or_none(thread, self_generator(self));
}

Value generator_get_frame(Thread *thread, Value self) {
    Generator *generator = self_generator(self);
    if (generator->state == GENERATOR_FINISHED) return VALUE_NONE;
    return frame_object_of_generator(thread, generator);
}

Value generator_get_name(Thread *thread, Value self) {
    (void)thread;
    return self_generator(self)->name;
}

bool generator_set_name(Thread *thread, Value self, Value value) {
    return function_set_text(thread, self, &self_generator(self)->name, value, "__name__");
}

Value generator_get_qualname(Thread *thread, Value self) {
    (void)thread;
    return self_generator(self)->qualname;
}

bool generator_set_qualname(Thread *thread, Value self, Value value) {
    return function_set_text(thread, self, &self_generator(self)->qualname, value, "__qualname__");
}

static const MethodRow generator_methods[] = {
    {"send", generator_py_send, "self, arg, /",
     "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.",
     METHOD_INSTANCE},
    {"throw", generator_py_throw, "self, typ, val=None, tb=None, /",
     "Raise an exception inside; return the next yielded value or raise StopIteration.",
     METHOD_INSTANCE},
    {"close", generator_py_close, "self, /", "close() -> raise GeneratorExit inside generator.",
     METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};
static const GetSetRow generator_getsets[] = {
    GENERATOR_GETSETS("gi", "generator", generator_get_running, NULL),
    {"gi_yieldfrom", generator_get_delegate, NULL, "object being iterated by yield from, or None"},
    {NULL, NULL, NULL, NULL},
};

Type generator_type = {
    TYPE_STATIC_HEADER(generator),
    .name = "generator",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE | TYPE_HAS_WEAK_REFERENCES,
    .basic_size = sizeof(Generator),
    .methods = generator_methods,
    .getsets = generator_getsets,
    .trace = generator_trace,
    .finalize = generator_slot_finalize,
    .repr = generator_slot_repr,
    .iterate = generator_slot_iterate,
    .next = generator_slot_next,
};

// coroutine

static const MethodRow coroutine_methods[] = {
    {"send", generator_py_send, "self, arg, /",
     "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.",
     METHOD_INSTANCE},
    {"throw", generator_py_throw, "self, typ, val=None, tb=None, /",
     "Raise an exception inside; return the next iterated value or raise StopIteration.",
     METHOD_INSTANCE},
    {"close", generator_py_close, "self, /", "close() -> raise GeneratorExit inside coroutine.",
     METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};
static const GetSetRow coroutine_getsets[] = {
    GENERATOR_GETSETS("cr", "coroutine", generator_get_running, NULL),
    {"cr_await", generator_get_delegate, NULL, "object being awaited on, or None"},
    {NULL, NULL, NULL, NULL},
};
static const MemberRow coroutine_members[] = {
    {"cr_origin", offsetof(Generator, origin), true, true, NULL},
    {NULL, 0, false, false, NULL},
};

typedef struct {
    Object header;
    Value coroutine;
} CoroutineWrapper;

static Value coroutine_slot_await(Thread *thread, Value self) {
    Object *object = heap_allocate(thread->heap, sizeof(CoroutineWrapper), SHAPE_coroutine_wrapper);
    if (!object) return raise_memory_error(thread);
    ((CoroutineWrapper *)object)->coroutine = self;
    return value_from_object(object);
}

Type coroutine_type = {
    TYPE_STATIC_HEADER(coroutine),
    .name = "coroutine",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE | TYPE_HAS_WEAK_REFERENCES,
    .basic_size = sizeof(Generator),
    .methods = coroutine_methods,
    .getsets = coroutine_getsets,
    .members = coroutine_members,
    .trace = generator_trace,
    .finalize = generator_slot_finalize,
    .repr = generator_slot_repr,
    .await = coroutine_slot_await,
};

static Generator *wrapped(Value self) {
    return self_generator(((const CoroutineWrapper *)value_as_object(self))->coroutine);
}

static void coroutine_wrapper_trace(Marker *marker, Object *object) {
    mark_value(marker, ((CoroutineWrapper *)object)->coroutine);
}

static Value coroutine_wrapper_py_send(Thread *thread, Value *args, int count) {
    (void)count;
    return send(thread, wrapped(args[0]), args[1]);
}

static Value coroutine_wrapper_py_throw(Thread *thread, Value *args, int count) {
    (void)count;
    return throw(thread, wrapped(args[0]), args);
}

static Value coroutine_wrapper_py_close(Thread *thread, Value *args, int count) {
    (void)count;
    return generator_close(thread, wrapped(args[0])) ? VALUE_NONE : VALUE_ERROR;
}

static Value coroutine_wrapper_slot_next(Thread *thread, Value self) {
    return next(thread, wrapped(self));
}

static const MethodRow coroutine_wrapper_methods[] = {
    {"send", coroutine_wrapper_py_send, "self, arg, /",
     "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.",
     METHOD_INSTANCE},
    {"throw", coroutine_wrapper_py_throw, "self, typ, val=None, tb=None, /",
     "Raise an exception inside; return the next iterated value or raise StopIteration.",
     METHOD_INSTANCE},
    {"close", coroutine_wrapper_py_close, "self, /",
     "close() -> raise GeneratorExit inside coroutine.", METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};

static Type coroutine_wrapper_type = {
    TYPE_STATIC_HEADER(coroutine_wrapper),
    .name = "coroutine_wrapper",
    .documentation = "A wrapper object implementing __await__ for coroutines.",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(CoroutineWrapper),
    .methods = coroutine_wrapper_methods,
    .trace = coroutine_wrapper_trace,
    .iterate = generator_slot_iterate,
    .next = coroutine_wrapper_slot_next,
};

bool generators_initialize(Thread *thread) {
    return type_ready(thread, &generator_type) && type_ready(thread, &coroutine_type) &&
           type_ready(thread, &coroutine_wrapper_type) && async_generators_initialize(thread);
}
