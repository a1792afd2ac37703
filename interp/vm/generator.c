// generator.c — the life of generators: made, resumed, suspended, finished, and their types.
#include "vm/generator.h"
#include "objects/str.h"
#include "runtime/protocols.h"
#include "vm/eval.h"
#include "vm/slow_paths.h"
#include <stddef.h>

Value generator_new(Thread *thread, const Frame *frame, const Instruction *pc) {
    const CodeObject *code = frame->code;
    uint32_t shape = code->co_flags & CO_COROUTINE         ? SHAPE_coroutine
                     : code->co_flags & CO_ASYNC_GENERATOR ? SHAPE_async_generator
                                                           : SHAPE_generator;
    size_t words = (size_t)code->co_framesize;
    Object *object = heap_allocate(thread->heap, sizeof(Generator) + words * sizeof(Value), shape);
    if (!object) return raise_memory_error(thread);
    Generator *generator = (Generator *)object;
    generator->function = frame->function;
    generator->name = frame->function->name;
    generator->qualname = frame->function->qualname;
    generator->handled = generator->outer_handled = generator->outer_handled_outer = VALUE_NONE;
    generator->capacity = (uint32_t)words;
    generator->state = GENERATOR_CREATED;
    const ThreadedCode *threaded = code->threaded[thread->engine];
    generator->word = (uint32_t)((const uint64_t *)(const void *)pc - threaded->words);
    memcpy(generator->words, frame->localsplus, (size_t)code->co_nlocalsplus * sizeof(Value));
    if (threaded->needs_close && !heap_register_finalizer(thread->heap, object))
        return raise_memory_error(thread);
    return value_from_object(generator);
}

Frame *generator_push_frame(Thread *thread, Generator *generator, Value sent, Value *top,
                            uint32_t flags) {
    FunctionObject *function = generator->function;
    CodeObject *code = function->code;
    Frame *frame = thread->frame + 1;
    if (UNLIKELY(frame >= thread->frame_end || top + code->co_framesize > thread->stack_end)) {
        raise_error(thread, &exception_RecursionError, "maximum recursion depth exceeded");
        return NULL;
    }
    size_t live = (size_t)code->co_nlocalsplus + generator->depth;
    memcpy(top, generator->words, live * sizeof(Value));
    top[live] = sent;
    ThreadedCode *threaded = code->threaded[thread->engine];
    const Instruction *stopped =
        (const Instruction *)(const void *)&threaded->words[generator->word];
    *frame = (Frame){.localsplus = top,
                     .stack_pointer = top + live + 1,
                     .pc = instruction_after(stopped),
                     .function = function,
                     .code = code,
                     .constants = code->constants,
                     .generator = generator,
                     .locals = VALUE_ABSENT,
                     .frame_object = VALUE_ABSENT,
                     .flags = flags};
    generator->state = GENERATOR_RUNNING;
    object_store(thread->heap, generator, &generator->outer_handled, thread->handled);
    object_store(thread->heap, generator, &generator->outer_handled_outer, thread->handled_outer);
    thread->handled_outer = thread_handled_exception(thread);
    thread->handled = generator->handled;
    thread->frame = frame;
    return frame;
}

static void restore_handled(Thread *thread, Generator *generator) {
    thread->handled = generator->outer_handled;
    thread->handled_outer = generator->outer_handled_outer;
    generator->outer_handled = generator->outer_handled_outer = VALUE_NONE;
}

Frame *generator_suspend(Thread *thread, Frame *frame, const Instruction *pc,
                         Value *stack_pointer) {
    Generator *generator = frame->generator;
    frame->pc = pc;
    if (UNLIKELY(frame->flags & FRAME_HAS_OBJECT)) frame_object_detach(thread, frame);
    const ThreadedCode *threaded = frame->code->threaded[thread->engine];
    generator->word = (uint32_t)((const uint64_t *)(const void *)pc - threaded->words);
    size_t live = (size_t)(stack_pointer - frame->localsplus);
    generator->depth = (uint32_t)(live - (size_t)frame->code->co_nlocalsplus);
    for (size_t i = 0; i < live; i++)
        object_store(thread->heap, generator, &generator->words[i], frame->localsplus[i]);
    object_store(thread->heap, generator, &generator->handled, thread->handled);
    generator->state = GENERATOR_SUSPENDED;
    restore_handled(thread, generator);
    return frame - 1;
}

void generator_finish(Thread *thread, Generator *generator) {
    generator->state = GENERATOR_FINISHED;
    generator->handled = VALUE_NONE;
    generator->depth = 0;
    memset(generator->words, 0, generator->capacity * sizeof(Value));
    restore_handled(thread, generator);
}

static const char *kind_name(const Generator *generator) {
    switch (generator->header.shape) {
    case SHAPE_coroutine: return "coroutine";
    case SHAPE_async_generator: return "async generator";
    default: return "generator";
    }
}

// The frame runs from C: what it yields, or VALUE_ABSENT when it returned.
static Value run(Thread *thread, Generator *generator, Frame *frame, bool exception,
                 Value *returned) {
    Value result = eval_frame_ex(thread, frame, exception);
    if (value_is_error(result) || generator->state == GENERATOR_SUSPENDED) return result;
    *returned = result;
    return VALUE_ABSENT;
}

static bool check_not_running(Thread *thread, const Generator *generator) {
    if (LIKELY(generator->state != GENERATOR_RUNNING)) return true;
    raise_value_error(thread, "%s already executing", kind_name(generator));
    return false;
}

Value generator_resume(Thread *thread, Generator *generator, Value sent, Value *returned) {
    if (!check_not_running(thread, generator)) return VALUE_ERROR;
    if (generator->state == GENERATOR_FINISHED) {
        if (generator->header.shape == SHAPE_coroutine)
            return raise_error(thread, &exception_RuntimeError,
                               "cannot reuse already awaited coroutine");
        *returned = VALUE_NONE;
        return VALUE_ABSENT;
    }
    if (generator->state == GENERATOR_CREATED && !value_is_none(sent))
        return raise_type_error(thread, "can't send non-None value to a just-started %s",
                                kind_name(generator));
    Frame *frame = generator_push_frame(thread, generator, sent, thread_stack_top(thread),
                                        FRAME_GENERATOR | FRAME_ENTRY);
    return frame ? run(thread, generator, frame, false, returned) : VALUE_ERROR;
}

// The iterator that a suspended generator delegates to (yield from, await), or VALUE_ABSENT: it
// then goes on at a RESUME whose operand says so, and the iterator is on top of its stack.
static Value delegate(const Thread *thread, const Generator *generator) {
    if (generator->state != GENERATOR_SUSPENDED) return VALUE_ABSENT;
    const CodeObject *code = generator->function->code;
    const ThreadedCode *threaded = code->threaded[thread->engine];
    const Instruction *stopped =
        (const Instruction *)(const void *)&threaded->words[generator->word];
    const Instruction *next = instruction_after(stopped);
    if (next->opcode == OP_COUNT_NEXT) next++;
    if (next->opcode != OP_RESUME || (instruction_operand(next) & 3) < 2) return VALUE_ABSENT;
    return generator->words[(uint32_t)code->co_nlocalsplus + generator->depth - 1];
}

Value generator_delegate_or_none(const Thread *thread, const Generator *generator) {
    Value iterator = delegate(thread, generator);
    return value_is_absent(iterator) ? VALUE_NONE : iterator;
}

// Continues the generator with the pending exception raised at the place where it stopped.
static Value raise_inside(Thread *thread, Generator *generator, Value *returned) {
    Value pending = error_take(thread);
    Frame *frame = generator_push_frame(thread, generator, VALUE_NONE, thread_stack_top(thread),
                                        FRAME_GENERATOR | FRAME_ENTRY);
    if (!frame) return VALUE_ERROR;
    const ThreadedCode *threaded = frame->code->threaded[thread->engine];
    frame->pc = (const Instruction *)(const void *)&threaded->words[generator->word];
    error_restore(thread, pending);
    return run(thread, generator, frame, true, returned);
}

static bool close_iterator(Thread *thread, Value iterator) {
    if (value_is_generator(iterator) || value_is_coroutine(iterator))
        return generator_close(thread, (Generator *)value_as_object(iterator));
    Value close = object_find_attribute(thread, iterator, NAMES(thread)->close);
    if (value_is_error(close)) return false;
    return value_is_absent(close) || !value_is_error(object_call0(thread, close));
}

// Throws into the iterator that the generator delegates to. VALUE_ABSENT: the exception is to be
// raised in the generator itself. VALUE_ERROR: what the iterator ended with is pending,
// StopIteration if it returned.
static Value throw_into_delegate(Thread *thread, Value iterator, Value exception) {
    if (object_is_instance(thread, exception, value_from_type(&exception_GeneratorExit)) > 0)
        return close_iterator(thread, iterator) ? VALUE_ABSENT : VALUE_ERROR;
    if (value_is_generator(iterator) || value_is_coroutine(iterator)) {
        Value returned;
        Value result =
            generator_throw(thread, (Generator *)value_as_object(iterator), exception, &returned);
        return value_is_absent(result) ? raise_stop_iteration(thread, returned) : result;
    }
    Value throw = object_find_attribute(thread, iterator, NAMES(thread)->throw);
    if (value_is_error(throw) || value_is_absent(throw)) return throw;
    return object_call1(thread, throw, exception);
}

Value generator_throw(Thread *thread, Generator *generator, Value exception, Value *returned) {
    if (!check_not_running(thread, generator)) return VALUE_ERROR;
    Value iterator = delegate(thread, generator);
    if (!value_is_absent(iterator)) {
        generator->state = GENERATOR_RUNNING;
        Value result = throw_into_delegate(thread, iterator, exception);
        generator->state = GENERATOR_SUSPENDED;
        if (value_is_error(result)) return raise_inside(thread, generator, returned);
        if (!value_is_absent(result)) return result;
    }
    (void)!value_is_error(raise_value(thread, exception));
    if (generator->state == GENERATOR_FINISHED) return VALUE_ERROR;
    return raise_inside(thread, generator, returned);
}

bool generator_close(Thread *thread, Generator *generator) {
    if (!check_not_running(thread, generator)) return false;
    if (generator->state == GENERATOR_CREATED) {
        generator->state = GENERATOR_FINISHED;
        return true;
    }
    if (generator->state == GENERATOR_FINISHED) return true;
    Value exception = object_call0(thread, value_from_type(&exception_GeneratorExit));
    if (value_is_error(exception)) return false;
    Value returned;
    Value result = generator_throw(thread, generator, exception, &returned);
    if (value_is_absent(result)) return true;
    if (!value_is_error(result)) {
        raise_error(thread, &exception_RuntimeError, "%s ignored GeneratorExit",
                    kind_name(generator));
        return false;
    }
    return error_clear_if(thread, &exception_GeneratorExit) ||
           error_clear_if(thread, &exception_StopIteration);
}

static Generator *self_generator(Value self) { return (Generator *)value_as_object(self); }

// What send(), throw() and next() give: the end as StopIteration.
static Value as_method_result(Thread *thread, Value result, Value returned) {
    if (!value_is_absent(result)) return result;
    return raise_stop_iteration(thread, value_is_none(returned) ? VALUE_ABSENT : returned);
}

static Value generator_py_send(Thread *thread, Value *args, int count) {
    (void)count;
    Value returned;
    Value result = generator_resume(thread, self_generator(args[0]), args[1], &returned);
    return as_method_result(thread, result, returned);
}

// The exception that throw(type, value, traceback) means.
static Value thrown_exception(Thread *thread, Value type, Value value, Value traceback) {
    Value exception = type;
    if (value_is_exception_class(type)) {
        if (value_is_exception(value) && object_is_instance(thread, value, type) > 0)
            exception = value;
        else if (value_is_absent(value) || value_is_none(value))
            exception = object_call0(thread, type);
        else if (value_is_tuple(value))
            exception = object_call_unpacked(thread, type, value, VALUE_ABSENT);
        else
            exception = object_call1(thread, type, value);
    } else if (!value_is_exception(type)) {
        return raise_type_error(
            thread, "exceptions must be classes or instances deriving from BaseException, not %T",
            type);
    } else if (!value_is_absent(value) && !value_is_none(value)) {
        return raise_type_error(thread, "instance exception may not have a separate value");
    }
    if (value_is_error(exception)) return exception;
    if (!value_is_exception(exception))
        return raise_type_error(
            thread, "calling %R should have returned an instance of BaseException, not %T", type,
            exception);
    if (value_has_shape(traceback, SHAPE_traceback))
        object_store(thread->heap, value_as_object(exception),
                     &value_as_exception(exception)->traceback, traceback);
    else if (!value_is_absent(traceback) && !value_is_none(traceback))
        return raise_type_error(thread, "throw() third argument must be a traceback object");
    return exception;
}

static Value generator_py_throw(Thread *thread, Value *args, int count) {
    (void)count;
    Value exception = thrown_exception(thread, args[1], args[2], args[3]);
    if (value_is_error(exception)) return exception;
    Value returned;
    Value result = generator_throw(thread, self_generator(args[0]), exception, &returned);
    return as_method_result(thread, result, returned);
}

static Value generator_py_close(Thread *thread, Value *args, int count) {
    (void)count;
    return generator_close(thread, self_generator(args[0])) ? VALUE_NONE : VALUE_ERROR;
}

static Value generator_slot_iterate(Thread *thread, Value self) {
    (void)thread;
    return self;
}

static Value generator_slot_next(Thread *thread, Value self) {
    Value returned;
    Value result = generator_resume(thread, self_generator(self), VALUE_NONE, &returned);
    if (value_is_absent(result) && !value_is_none(returned)) thread->stop_value = returned;
    return result;
}

static Value generator_slot_repr(Thread *thread, Value self) {
    const Generator *generator = self_generator(self);
    return str_format(thread, "<%s object %U at %p>", kind_name(generator), generator->qualname,
                      (const void *)generator);
}

static void generator_trace(Marker *marker, Object *object) {
    Generator *generator = (Generator *)object;
    mark_object(marker, generator->function);
    mark_value(marker, generator->name);
    mark_value(marker, generator->qualname);
    mark_value(marker, generator->handled);
    mark_value(marker, generator->outer_handled);
    mark_value(marker, generator->outer_handled_outer);
    mark_value(marker, generator->frame_object);
    mark_values(marker, generator->words,
                (size_t)generator->function->code->co_nlocalsplus + generator->depth);
}

// A suspended generator that is dropped is closed, so that its finally clauses run.
static bool generator_slot_finalize(Thread *thread, Value self) {
    Generator *generator = self_generator(self);
    if (generator->state != GENERATOR_SUSPENDED) return true;
    return generator_close(thread, generator);
}

static Value generator_get_running(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(self_generator(self)->state == GENERATOR_RUNNING);
}

static Value generator_get_suspended(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(self_generator(self)->state == GENERATOR_SUSPENDED);
}

static Value generator_get_code(Thread *thread, Value self) {
    (void)thread;
    return value_from_object(self_generator(self)->function->code);
}

static Value generator_get_delegate(Thread *thread, Value self) {
    return generator_delegate_or_none(thread, self_generator(self));
}

// The frame object of a generator that has not ended: of its running frame, or of its kept words.
static Value generator_get_frame(Thread *thread, Value self) {
    Generator *generator = self_generator(self);
    if (generator->state == GENERATOR_FINISHED) return VALUE_NONE;
    for (Frame *frame = thread->frame;
         generator->state == GENERATOR_RUNNING && frame >= thread->frame_base; frame--)
        if (frame->generator == generator) return frame_object_get(thread, frame);
    CodeObject *code = generator->function->code;
    const ThreadedCode *threaded = code->threaded[thread->engine];
    int unit = (int)threaded->unit_of_word[generator->word];
    return frame_object_from_words(thread, code, generator->function, unit, generator->words);
}

static Value generator_get_name(Thread *thread, Value self) {
    (void)thread;
    return self_generator(self)->name;
}

static bool generator_set_name(Thread *thread, Value self, Value value) {
    return function_set_text(thread, self, &self_generator(self)->name, value, "__name__");
}

static Value generator_get_qualname(Thread *thread, Value self) {
    (void)thread;
    return self_generator(self)->qualname;
}

static bool generator_set_qualname(Thread *thread, Value self, Value value) {
    return function_set_text(thread, self, &self_generator(self)->qualname, value, "__qualname__");
}

#define GENERATOR_METHODS                                                                             \
    {"send", generator_py_send, "self, arg, /",                                                       \
     "send(arg) -> send 'arg' into the iterator,\nreturn next yielded value or raise StopIteration.", \
     METHOD_INSTANCE},                                                                                \
        {"throw", generator_py_throw, "self, typ, val=None, tb=None, /",                              \
         "Raise an exception inside; return the next yielded value or raise StopIteration.",          \
         METHOD_INSTANCE},                                                                            \
    {                                                                                                 \
        "close", generator_py_close, "self, /", "Raise GeneratorExit inside.", METHOD_INSTANCE        \
    }

static const MethodRow generator_methods[] = {GENERATOR_METHODS, {NULL, NULL, NULL, NULL, 0}};

#define GENERATOR_GETSETS(prefix, delegate_name)                                                   \
    {prefix "_running", generator_get_running, NULL, NULL},                                        \
        {prefix "_suspended", generator_get_suspended, NULL, NULL},                                \
        {prefix "_code", generator_get_code, NULL, NULL},                                          \
        {prefix "_frame", generator_get_frame, NULL, NULL},                                        \
        {delegate_name, generator_get_delegate, NULL,                                              \
         "object being iterated by yield from, or None"},                                          \
        {"__name__", generator_get_name, generator_set_name, "name of the generator"}, {           \
        "__qualname__", generator_get_qualname, generator_set_qualname,                            \
            "qualified name of the generator"                                                      \
    }

static const GetSetRow generator_getsets[] = {GENERATOR_GETSETS("gi", "gi_yieldfrom"),
                                              {NULL, NULL, NULL, NULL}};
static const GetSetRow coroutine_getsets[] = {GENERATOR_GETSETS("cr", "cr_await"),
                                              {NULL, NULL, NULL, NULL}};

Type generator_type = {
    TYPE_STATIC_HEADER(generator),
    .name = "generator",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(Generator),
    .methods = generator_methods,
    .getsets = generator_getsets,
    .trace = generator_trace,
    .finalize = generator_slot_finalize,
    .repr = generator_slot_repr,
    .iterate = generator_slot_iterate,
    .next = generator_slot_next,
};

static Value coroutine_slot_await(Thread *thread, Value self) {
    (void)thread;
    return self;
}

Type coroutine_type = {
    TYPE_STATIC_HEADER(coroutine),
    .name = "coroutine",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(Generator),
    .methods = generator_methods,
    .getsets = coroutine_getsets,
    .trace = generator_trace,
    .repr = generator_slot_repr,
    .await = coroutine_slot_await,
};

Type async_generator_type = {
    TYPE_STATIC_HEADER(async_generator),
    .name = "async_generator",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(Generator),
    .trace = generator_trace,
    .finalize = generator_slot_finalize,
    .repr = generator_slot_repr,
};

bool generators_initialize(Thread *thread) {
    return type_ready(thread, &generator_type) && type_ready(thread, &coroutine_type) &&
           type_ready(thread, &async_generator_type);
}
