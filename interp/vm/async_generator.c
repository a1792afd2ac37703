// async_generator.c — the type async_generator and its awaitables.
//
// Every awaitable moves by one function, which tells its three outcomes as generator_resume does: a
// value that an await inside hands out, VALUE_ABSENT with *returned at the end, VALUE_ERROR.
#include "vm/async_generator.h"
#include "objects/generic_alias.h"
#include "objects/str.h"
#include "runtime/protocols.h"
#include "vm/generator_internal.h"
#include "vm/slow_paths.h"
#include <stddef.h>

typedef enum { AWAITABLE_NEW, AWAITABLE_RUNNING, AWAITABLE_CLOSED } AwaitableState;

typedef struct {
    Object header;
    Value value;
} WrappedValue;

Value async_generator_wrap(Thread *thread, Value value) {
    Object *object =
        heap_allocate(thread->heap, sizeof(WrappedValue), SHAPE_async_generator_wrapped_value);
    if (!object) return raise_memory_error(thread);
    ((WrappedValue *)object)->value = value;
    return value_from_object(object);
}

static void wrapped_value_trace(Marker *marker, Object *object) {
    mark_value(marker, ((WrappedValue *)object)->value);
}

static Type wrapped_value_type = {
    TYPE_STATIC_HEADER(async_generator_wrapped_value),
    .name = "async_generator_wrapped_value",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(WrappedValue),
    .trace = wrapped_value_trace,
};

static bool is_wrapped(Value value) {
    return value_has_shape(value, SHAPE_async_generator_wrapped_value);
}

// What a step of the body means for asend() and athrow().
static Value unwrap(Thread *thread, Generator *generator, Value result, Value *returned) {
    if (value_is_absent(result))
        result = raise_value(thread, value_from_type(&exception_StopAsyncIteration));
    if (value_is_error(result)) {
        if (error_matches(thread, &exception_StopAsyncIteration) ||
            error_matches(thread, &exception_GeneratorExit))
            generator->is_closed = true;
        generator->is_awaited = false;
        return result;
    }
    if (!is_wrapped(result)) return result;
    generator->is_awaited = false;
    *returned = ((const WrappedValue *)value_as_object(result))->value;
    return VALUE_ABSENT;
}

// What the methods of an awaitable, and its slot `next`, make of an outcome.
static Value method_result(Thread *thread, Value result, Value returned) {
    if (!value_is_absent(result)) return result;
    return raise_stop_iteration(thread, value_is_none(returned) ? VALUE_ABSENT : returned);
}

static Value next_result(Thread *thread, Value result, Value returned) {
    if (value_is_absent(result) && !value_is_none(returned)) thread->stop_value = returned;
    return result;
}

// asend() and __anext__()

typedef struct {
    Object header;
    Generator *generator;
    Value sent;
    AwaitableState state;
} AsyncSend;

static AsyncSend *self_send(Value self) { return (AsyncSend *)value_as_object(self); }

static void asend_trace(Marker *marker, Object *object) {
    mark_object(marker, ((AsyncSend *)object)->generator);
    mark_value(marker, ((AsyncSend *)object)->sent);
}

// Is the awaitable to begin, or to go on? false: another one is under way, or this one has ended.
static bool asend_begin(Thread *thread, AsyncSend *self) {
    if (self->state == AWAITABLE_CLOSED) {
        raise_error(thread, &exception_RuntimeError,
                    "cannot reuse already awaited __anext__()/asend()");
        return false;
    }
    if (self->state == AWAITABLE_RUNNING) return true;
    if (self->generator->is_awaited) {
        self->state = AWAITABLE_CLOSED;
        raise_error(thread, &exception_RuntimeError,
                    "anext(): asynchronous generator is already running");
        return false;
    }
    self->state = AWAITABLE_RUNNING;
    return true;
}

static Value asend_step(Thread *thread, AsyncSend *self, Value sent, Value *returned) {
    bool is_new = self->state == AWAITABLE_NEW;
    if (!asend_begin(thread, self)) return VALUE_ERROR;
    if (is_new && value_is_none(sent)) sent = self->sent;
    self->generator->is_awaited = true;
    Value result = generator_resume(thread, self->generator, sent, returned);
    result = unwrap(thread, self->generator, result, returned);
    if (value_is_error(result) || value_is_absent(result)) self->state = AWAITABLE_CLOSED;
    return result;
}

static Value asend_py_send(Thread *thread, Value *args, int count) {
    (void)count;
    Value returned;
    Value result = asend_step(thread, self_send(args[0]), args[1], &returned);
    return method_result(thread, result, returned);
}

static Value asend_slot_next(Thread *thread, Value self) {
    Value returned;
    Value result = asend_step(thread, self_send(self), VALUE_NONE, &returned);
    return next_result(thread, result, returned);
}

static Value asend_py_throw(Thread *thread, Value *args, int count) {
    (void)count;
    AsyncSend *self = self_send(args[0]);
    if (self->state == AWAITABLE_CLOSED)
        return raise_error(thread, &exception_RuntimeError,
                           "cannot reuse already awaited __anext__()/asend()");
    Thrown thrown;
    if (!generator_bind_throw(thread, args, "throw", &thrown)) return VALUE_ERROR;
    Value returned;
    Value result = generator_throw(thread, self->generator, &thrown, &returned);
    result = unwrap(thread, self->generator, result, &returned);
    if (value_is_error(result) || value_is_absent(result)) self->state = AWAITABLE_CLOSED;
    return method_result(thread, result, returned);
}

static Value asend_py_close(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)count;
    self_send(args[0])->state = AWAITABLE_CLOSED;
    return VALUE_NONE;
}

#define AWAITABLE_METHODS(prefix, of)                                                              \
    {                                                                                              \
        {"send", prefix##_py_send, "self, arg, /",                                                 \
         "send(arg) -> send 'arg' into " of                                                        \
         ",\nreturn next yielded value or raise StopIteration.",                                   \
         METHOD_INSTANCE},                                                                         \
            {"throw", prefix##_py_throw, "self, typ, val=None, tb=None, /",                        \
             "Raise an exception in " of ", return next yielded value or raise\nStopIteration.",   \
             METHOD_INSTANCE},                                                                     \
            {"close", prefix##_py_close, "self, /",                                                \
             "close() -> raise GeneratorExit inside generator.", METHOD_INSTANCE},                 \
        {                                                                                          \
            NULL, NULL, NULL, NULL, 0                                                              \
        }                                                                                          \
    }

static const MethodRow asend_methods[] = AWAITABLE_METHODS(asend, "generator");

static Type async_generator_asend_type = {
    TYPE_STATIC_HEADER(async_generator_asend),
    .name = "async_generator_asend",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(AsyncSend),
    .methods = asend_methods,
    .trace = asend_trace,
    .iterate = generator_slot_iterate,
    .next = asend_slot_next,
    .await = generator_slot_iterate,
};

// athrow() and aclose()

typedef struct {
    Object header;
    Generator *generator;
    Value args; // athrow(): a tuple; VALUE_ABSENT: aclose()
    AwaitableState state;
} AsyncThrow;

static AsyncThrow *self_throw(Value self) { return (AsyncThrow *)value_as_object(self); }

static void athrow_trace(Marker *marker, Object *object) {
    mark_object(marker, ((AsyncThrow *)object)->generator);
    mark_value(marker, ((AsyncThrow *)object)->args);
}

static bool is_close(const AsyncThrow *self) { return value_is_absent(self->args); }

static Value raise_reuse(Thread *thread) {
    return raise_error(thread, &exception_RuntimeError,
                       "cannot reuse already awaited aclose()/athrow()");
}

static Value finish_throw(AsyncThrow *self) {
    self->generator->is_awaited = false;
    self->state = AWAITABLE_CLOSED;
    return VALUE_ERROR;
}

// What a step of the body means for aclose(): its end is the wanted one, a value is not.
static Value judge_close(Thread *thread, AsyncThrow *self, Value result, Value *returned) {
    if (value_is_absent(result)) {
        (void)finish_throw(self);
        *returned = VALUE_NONE;
        return VALUE_ABSENT;
    }
    if (value_is_error(result)) {
        (void)finish_throw(self);
        if (!error_clear_if(thread, &exception_StopAsyncIteration) &&
            !error_clear_if(thread, &exception_GeneratorExit))
            return VALUE_ERROR;
        *returned = VALUE_NONE;
        return VALUE_ABSENT;
    }
    if (!is_wrapped(result)) return result;
    raise_error(thread, &exception_RuntimeError, "async generator ignored GeneratorExit");
    return finish_throw(self);
}

// The arguments of athrow() are looked at when it begins.
static bool unpack_thrown(Thread *thread, const AsyncThrow *self, Thrown *thrown) {
    *thrown =
        (Thrown){value_from_type(&exception_GeneratorExit), VALUE_ABSENT, VALUE_ABSENT, false};
    if (is_close(self)) return true;
    const Tuple *args = value_as_tuple(self->args);
    if (args->length < 1 || args->length > 3) {
        raise_type_error(thread, "athrow expected at %s, got %zu",
                         args->length < 1 ? "least 1 argument" : "most 3 arguments", args->length);
        return false;
    }
    thrown->type = args->items[0];
    if (args->length > 1) thrown->value = args->items[1];
    if (args->length > 2) thrown->traceback = args->items[2];
    return true;
}

static Value begin_throw(Thread *thread, AsyncThrow *self, Value sent, Value *returned) {
    Generator *generator = self->generator;
    if (generator->is_awaited) {
        self->state = AWAITABLE_CLOSED;
        return raise_error(thread, &exception_RuntimeError,
                           "%s(): asynchronous generator is already running",
                           is_close(self) ? "aclose" : "athrow");
    }
    if (generator->is_closed) {
        self->state = AWAITABLE_CLOSED;
        return raise_value(thread, value_from_type(&exception_StopAsyncIteration));
    }
    if (!value_is_none(sent))
        return raise_error(thread, &exception_RuntimeError,
                           "can't send non-None value to a just-started coroutine");
    self->state = AWAITABLE_RUNNING;
    generator->is_awaited = true;
    if (is_close(self)) generator->is_closed = true;
    Thrown thrown;
    if (!unpack_thrown(thread, self, &thrown)) return VALUE_ERROR;
    Value result = generator_throw(thread, generator, &thrown, returned);
    if (is_close(self)) return judge_close(thread, self, result, returned);
    result = unwrap(thread, generator, result, returned);
    if (value_is_error(result) || value_is_absent(result)) (void)finish_throw(self);
    return result;
}

static Value athrow_step(Thread *thread, AsyncThrow *self, Value sent, Value *returned) {
    Generator *generator = self->generator;
    if (self->state == AWAITABLE_CLOSED) return raise_reuse(thread);
    if (generator->state == GENERATOR_FINISHED) {
        self->state = AWAITABLE_CLOSED;
        *returned = VALUE_NONE;
        return VALUE_ABSENT;
    }
    if (self->state == AWAITABLE_NEW) return begin_throw(thread, self, sent, returned);
    Value result = generator_resume(thread, generator, sent, returned);
    return is_close(self) ? judge_close(thread, self, result, returned)
                          : unwrap(thread, generator, result, returned);
}

static Value athrow_py_send(Thread *thread, Value *args, int count) {
    (void)count;
    Value returned;
    Value result = athrow_step(thread, self_throw(args[0]), args[1], &returned);
    return method_result(thread, result, returned);
}

static Value athrow_slot_next(Thread *thread, Value self) {
    Value returned;
    Value result = athrow_step(thread, self_throw(self), VALUE_NONE, &returned);
    return next_result(thread, result, returned);
}

static Value athrow_py_throw(Thread *thread, Value *args, int count) {
    (void)count;
    AsyncThrow *self = self_throw(args[0]);
    if (self->state == AWAITABLE_CLOSED) return raise_reuse(thread);
    Thrown thrown;
    if (!generator_bind_throw(thread, args, "throw", &thrown)) return VALUE_ERROR;
    Value returned;
    Value result = generator_throw(thread, self->generator, &thrown, &returned);
    if (is_close(self)) {
        result = judge_close(thread, self, result, &returned);
    } else {
        result = unwrap(thread, self->generator, result, &returned);
        if (value_is_error(result) || value_is_absent(result)) self->state = AWAITABLE_CLOSED;
    }
    return method_result(thread, result, returned);
}

static Value athrow_py_close(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)count;
    self_throw(args[0])->state = AWAITABLE_CLOSED;
    return VALUE_NONE;
}

static const MethodRow athrow_methods[] = AWAITABLE_METHODS(athrow, "generator");

static Type async_generator_athrow_type = {
    TYPE_STATIC_HEADER(async_generator_athrow),
    .name = "async_generator_athrow",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(AsyncThrow),
    .methods = athrow_methods,
    .trace = athrow_trace,
    .iterate = generator_slot_iterate,
    .next = athrow_slot_next,
    .await = generator_slot_iterate,
};

// The generator

// The first use tells the hooks of sys.set_asyncgen_hooks.
static bool start(Thread *thread, Generator *generator) {
    if (generator->is_started) return true;
    generator->is_started = true;
    if (!value_is_absent(thread->async_finalizer)) {
        object_store(thread->heap, generator, &generator->origin, thread->async_finalizer);
        if (!heap_register_finalizer(thread->heap, &generator->header)) {
            raise_memory_error(thread);
            return false;
        }
    }
    return value_is_absent(thread->async_first_iteration) ||
           !value_is_error(
               object_call1(thread, thread->async_first_iteration, value_from_object(generator)));
}

static Value asend_new(Thread *thread, Value self, Value sent) {
    if (!start(thread, self_generator(self))) return VALUE_ERROR;
    Object *object = heap_allocate(thread->heap, sizeof(AsyncSend), SHAPE_async_generator_asend);
    if (!object) return raise_memory_error(thread);
    ((AsyncSend *)object)->generator = self_generator(self);
    ((AsyncSend *)object)->sent = sent;
    return value_from_object(object);
}

static Value athrow_new(Thread *thread, Value self, Value args) {
    if (!start(thread, self_generator(self))) return VALUE_ERROR;
    Object *object = heap_allocate(thread->heap, sizeof(AsyncThrow), SHAPE_async_generator_athrow);
    if (!object) return raise_memory_error(thread);
    ((AsyncThrow *)object)->generator = self_generator(self);
    ((AsyncThrow *)object)->args = args;
    return value_from_object(object);
}

static Value async_generator_slot_next(Thread *thread, Value self) {
    return asend_new(thread, self, VALUE_NONE);
}

static Value async_generator_py_asend(Thread *thread, Value *args, int count) {
    (void)count;
    return asend_new(thread, args[0], args[1]);
}

static Value async_generator_py_athrow(Thread *thread, Value *args, int count) {
    if (count > 2 &&
        !warn(thread, &exception_DeprecationWarning,
              "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg "
              "signature instead."))
        return VALUE_ERROR;
    Value thrown = tuple_from_values(thread, args + 1, (size_t)(count - 1));
    return value_is_error(thrown) ? thrown : athrow_new(thread, args[0], thrown);
}

static Value async_generator_py_aclose(Thread *thread, Value *args, int count) {
    (void)count;
    return athrow_new(thread, args[0], VALUE_ABSENT);
}

static Value async_generator_get_running(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(self_generator(self)->is_awaited);
}

static bool refuse(Thread *thread, Value self, Value value) {
    (void)self;
    (void)value;
    raise_error(thread, &exception_AttributeError, "readonly attribute");
    return false;
}

static const MethodRow async_generator_methods[] = {
    {"asend", async_generator_py_asend, "self, v, /", "asend(v) -> send 'v' in generator.",
     METHOD_INSTANCE},
    {"athrow", async_generator_py_athrow, "self, *args", "Raise an exception in generator.",
     METHOD_INSTANCE},
    {"aclose", async_generator_py_aclose, "self, /",
     "aclose() -> raise GeneratorExit inside generator.", METHOD_INSTANCE},
    {"__class_getitem__", generic_alias_py_class_getitem, "cls, item, /", "See PEP 585",
     METHOD_CLASS},
    {NULL, NULL, NULL, NULL, 0},
};
static const GetSetRow async_generator_getsets[] = {
    GENERATOR_GETSETS("ag", "async generator", async_generator_get_running, refuse),
    {"ag_await", generator_get_delegate, NULL, "object being awaited on, or None"},
    {NULL, NULL, NULL, NULL},
};

Type async_generator_type = {
    TYPE_STATIC_HEADER(async_generator),
    .name = "async_generator",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE | TYPE_HAS_WEAK_REFERENCES,
    .basic_size = sizeof(Generator),
    .methods = async_generator_methods,
    .getsets = async_generator_getsets,
    .trace = generator_trace,
    .finalize = generator_slot_finalize,
    .repr = generator_slot_repr,
    .async_iterate = generator_slot_iterate,
    .async_next = async_generator_slot_next,
};

// anext() with a default

typedef struct {
    Object header;
    Value awaitable, fallback;
} NextAwaitable;

static NextAwaitable *self_next(Value self) { return (NextAwaitable *)value_as_object(self); }

static void anext_trace(Marker *marker, Object *object) {
    mark_value(marker, self_next(value_from_object(object))->awaitable);
    mark_value(marker, self_next(value_from_object(object))->fallback);
}

Value anext_awaitable_new(Thread *thread, Value awaitable, Value fallback) {
    Object *object = heap_allocate(thread->heap, sizeof(NextAwaitable), SHAPE_anext_awaitable);
    if (!object) return raise_memory_error(thread);
    ((NextAwaitable *)object)->awaitable = awaitable;
    ((NextAwaitable *)object)->fallback = fallback;
    return value_from_object(object);
}

// The iterator of the wrapped awaitable; a coroutine's own is asked for, since it has no __next__.
static Value anext_iterator(Thread *thread, Value self) {
    Value awaitable = awaitable_iterator(thread, self_next(self)->awaitable, 0);
    if (value_is_error(awaitable) || object_is_iterator(awaitable)) return awaitable;
    Value iterator = type_of(awaitable)->await(thread, awaitable);
    if (value_is_error(iterator) || object_is_iterator(iterator)) return iterator;
    return raise_type_error(thread, "%T.__await__() must be an iterable, not %T", awaitable,
                            iterator);
}

static Value anext_slot_next(Thread *thread, Value self) {
    Value iterator = anext_iterator(thread, self);
    if (value_is_error(iterator)) return iterator;
    Value result = type_of(iterator)->next(thread, iterator);
    if (value_is_error(result) && error_clear_if(thread, &exception_StopAsyncIteration))
        return next_result(thread, VALUE_ABSENT, self_next(self)->fallback);
    return result;
}

static Value call_iterator(Thread *thread, Value self, Value name, Value *args, int count) {
    if (value_is_error(name)) return name;
    Value iterator = anext_iterator(thread, self);
    if (value_is_error(iterator)) return iterator;
    Value result = object_call_method(thread, iterator, name, args, count);
    if (value_is_error(result) && error_clear_if(thread, &exception_StopAsyncIteration))
        return method_result(thread, VALUE_ABSENT, self_next(self)->fallback);
    return result;
}

static Value anext_py_send(Thread *thread, Value *args, int count) {
    (void)count;
    return call_iterator(thread, args[0], NAMES(thread)->send, args + 1, 1);
}

static Value anext_py_throw(Thread *thread, Value *args, int count) {
    int given = 1;
    while (given + 1 < count && !value_is_absent(args[given + 1])) given++;
    return call_iterator(thread, args[0], NAMES(thread)->throw, args + 1, given);
}

static Value anext_py_close(Thread *thread, Value *args, int count) {
    (void)count;
    return call_iterator(thread, args[0], NAMES(thread)->close, args + 1, 0);
}

static const MethodRow anext_methods[] = AWAITABLE_METHODS(anext, "the wrapped iterator");

static Type anext_awaitable_type = {
    TYPE_STATIC_HEADER(anext_awaitable),
    .name = "anext_awaitable",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(NextAwaitable),
    .methods = anext_methods,
    .trace = anext_trace,
    .iterate = generator_slot_iterate,
    .next = anext_slot_next,
    .await = generator_slot_iterate,
};

bool async_generators_initialize(Thread *thread) {
    return type_ready(thread, &async_generator_type) && type_ready(thread, &wrapped_value_type) &&
           type_ready(thread, &async_generator_asend_type) &&
           type_ready(thread, &async_generator_athrow_type) &&
           type_ready(thread, &anext_awaitable_type);
}
