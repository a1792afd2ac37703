// generator.c — the life of generators, coroutines and asynchronous generators: made, resumed,
// suspended, thrown into, closed, finished. Their types are in generator_types.c.
#include "vm/generator.h"
#include "objects/bytes.h"
#include "objects/str.h"
#include "runtime/protocols.h"
#include "vm/eval.h"
#include "vm/generator_internal.h"
#include "vm/slow_paths.h"
#include <stddef.h>

// Where a coroutine was made (sys.set_coroutine_origin_tracking_depth): a tuple of file name, line
// and function name for each of the innermost frames.
static Value find_origin(Thread *thread, const Frame *frame) {
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    for (int depth = thread->coroutine_origin_depth; depth > 0 && frame >= thread->frame_base;
         depth--, frame--) {
        int line = code_line(frame->code, frame_unit(thread, frame));
        Value row = tuple_of(thread, 3, frame->code->co_filename, value_from_fixnum(line),
                             frame->code->co_name);
        if (value_is_error(row) || !list_append(thread, value_as_list(list), row))
            return VALUE_ERROR;
    }
    return list_as_tuple(thread, value_as_list(list));
}

static uint32_t find_word(const Thread *thread, const Frame *frame, const Instruction *pc) {
    if (UNLIKELY(frame->flags & FRAME_TRACED)) return instruction_word(thread, frame->code, pc);
    const ThreadedCode *threaded = frame->code->threaded[thread->engine];
    return (uint32_t)((const uint64_t *)(const void *)pc - threaded->words);
}

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
    generator->code = frame->code;
    generator->name = frame->function->name;
    generator->qualname = frame->function->qualname;
    generator->handled = generator->outer_handled = generator->outer_handled_outer = VALUE_NONE;
    generator->state = GENERATOR_CREATED;
    const ThreadedCode *threaded = code->threaded[thread->engine];
    generator->word = find_word(thread, frame, pc);
    memcpy(generator->words, frame->localsplus, (size_t)code->co_nlocalsplus * sizeof(Value));
    // A coroutine that is dropped unawaited is told of.
    bool registers = threaded->needs_close || shape == SHAPE_coroutine;
    if (registers && !heap_register_finalizer(thread->heap, object))
        return raise_memory_error(thread);
    if (UNLIKELY(shape == SHAPE_coroutine && thread->coroutine_origin_depth > 0)) {
        generator->origin = find_origin(thread, frame - 1);
        if (value_is_error(generator->origin)) return VALUE_ERROR;
    }
    return value_from_object(generator);
}

Frame *generator_push_frame(Thread *thread, Generator *generator, Value sent, Value *top,
                            uint32_t flags) {
    FunctionObject *function = generator->function;
    CodeObject *code = generator->code;
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
                     .frame_object = generator->frame_object,
                     .flags = flags | generator->frame_flags};
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
    generator->word = find_word(thread, frame, pc);
    size_t live = (size_t)(stack_pointer - frame->localsplus);
    generator->depth = (uint32_t)(live - (size_t)frame->code->co_nlocalsplus);
    for (size_t i = 0; i < live; i++)
        object_store(thread->heap, generator, &generator->words[i], frame->localsplus[i]);
    object_store(thread->heap, generator, &generator->handled, thread->handled);
    generator->state = GENERATOR_SUSPENDED;
    restore_handled(thread, generator);
    return frame - 1;
}

// It has ended: nothing is left to close, so no finalizer is due either.
static void forget(Generator *generator) {
    generator->state = GENERATOR_FINISHED;
    generator->header.flags |= OBJECT_FINALIZED;
    generator->depth = generator->frame_flags = 0;
    generator->frame_object = VALUE_ABSENT;
    memset(generator->words, 0, (size_t)generator->code->co_framesize * sizeof(Value));
}

void generator_finish(Thread *thread, Generator *generator) {
    forget(generator);
    generator->handled = VALUE_NONE;
    restore_handled(thread, generator);
}

const char *generator_kind(const Generator *generator) {
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
    raise_value_error(thread, "%s already executing", generator_kind(generator));
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
                                generator_kind(generator));
    Frame *frame = generator_push_frame(thread, generator, sent, thread_stack_top(thread),
                                        FRAME_GENERATOR | FRAME_ENTRY);
    return frame ? run(thread, generator, frame, false, returned) : VALUE_ERROR;
}

// The iterator that a suspended generator delegates to (yield from, await), or VALUE_ABSENT: it
// then goes on at a RESUME whose operand says so, and the iterator is on top of its stack.
static Value delegate(const Thread *thread, const Generator *generator) {
    if (generator->state != GENERATOR_SUSPENDED) return VALUE_ABSENT;
    const CodeObject *code = generator->code;
    const ThreadedCode *threaded = code->threaded[thread->engine];
    const unsigned char *next =
        value_as_bytes(code->co_code)->data + 2 * (threaded->unit_of_word[generator->word] + 1);
    if (next[0] != OP_RESUME || (next[1] & 3) < 2) return VALUE_ABSENT;
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
    // Its context is what the generator itself was handling, not what its caller is.
    if (value_is_none(generator->handled))
        error_restore(thread, pending);
    else
        (void)!value_is_error(raise_value(thread, pending));
    return run(thread, generator, frame, true, returned);
}

static bool close_iterator(Thread *thread, Value iterator) {
    if (value_is_generator(iterator) || value_is_coroutine(iterator))
        return generator_close(thread, (Generator *)value_as_object(iterator));
    Value close = object_find_attribute(thread, iterator, NAMES(thread)->close);
    if (value_is_error(close)) error_write_unraisable(thread, iterator);
    if (value_is_error(close) || value_is_absent(close)) return true;
    return !value_is_error(object_call0(thread, close));
}

static bool closes(Thread *thread, const Thrown *thrown) {
    if (!thrown->closes) return false;
    if (value_is_exception_class(thrown->type))
        return type_is_subtype(value_as_type(thrown->type), &exception_GeneratorExit);
    return object_is_instance(thread, thrown->type, value_from_type(&exception_GeneratorExit)) > 0;
}

// Throws into the iterator that the generator delegates to. VALUE_ABSENT: the exception is to be
// raised in the generator itself. VALUE_ERROR: what the iterator ended with is pending,
// StopIteration if it returned.
static Value throw_into_delegate(Thread *thread, Value iterator, const Thrown *thrown) {
    if (closes(thread, thrown))
        return close_iterator(thread, iterator) ? VALUE_ABSENT : VALUE_ERROR;
    if (value_is_generator(iterator) || value_is_coroutine(iterator)) {
        Value returned;
        Value result =
            generator_throw(thread, (Generator *)value_as_object(iterator), thrown, &returned);
        return value_is_absent(result) ? raise_stop_iteration(thread, returned) : result;
    }
    Value throw = object_find_attribute(thread, iterator, NAMES(thread)->throw);
    if (value_is_error(throw) || value_is_absent(throw)) return throw;
    if (value_is_absent(thrown->value)) return object_call1(thread, throw, thrown->type);
    if (value_is_absent(thrown->traceback))
        return object_call2(thread, throw, thrown->type, thrown->value);
    return object_call3(thread, throw, thrown->type, thrown->value, thrown->traceback);
}

// The exception that throw(type, value, traceback) means.
static Value thrown_exception(Thread *thread, const Thrown *thrown) {
    Value type = thrown->type, value = thrown->value, traceback = thrown->traceback;
    if (!value_is_absent(traceback) && !value_is_none(traceback) &&
        !value_has_shape(traceback, SHAPE_traceback))
        return raise_type_error(thread, "throw() third argument must be a traceback object");
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
    return exception;
}

Value generator_throw(Thread *thread, Generator *generator, const Thrown *thrown, Value *returned) {
    if (!check_not_running(thread, generator)) return VALUE_ERROR;
    Value iterator = delegate(thread, generator);
    if (!value_is_absent(iterator)) {
        if (!thread_check_stack(thread, "")) return VALUE_ERROR;
        generator->state = GENERATOR_RUNNING;
        Value result = throw_into_delegate(thread, iterator, thrown);
        generator->state = GENERATOR_SUSPENDED;
        if (value_is_error(result)) return raise_inside(thread, generator, returned);
        if (!value_is_absent(result)) return result;
    }
    Value exception = thrown_exception(thread, thrown);
    if (value_is_error(exception)) return exception;
    if (generator->state == GENERATOR_FINISHED && generator->header.shape == SHAPE_coroutine)
        return raise_error(thread, &exception_RuntimeError,
                           "cannot reuse already awaited coroutine");
    error_restore(thread, exception);
    if (generator->state == GENERATOR_FINISHED) return VALUE_ERROR;
    return raise_inside(thread, generator, returned);
}

bool generator_close(Thread *thread, Generator *generator) {
    if (!check_not_running(thread, generator)) return false;
    if (generator->state == GENERATOR_CREATED) {
        if (!value_is_absent(generator->frame_object))
            frame_object_detach_generator(thread, generator);
        forget(generator);
        return true;
    }
    if (generator->state == GENERATOR_FINISHED) return true;
    Thrown thrown = {value_from_type(&exception_GeneratorExit), VALUE_ABSENT, VALUE_ABSENT, true};
    Value returned;
    Value result = generator_throw(thread, generator, &thrown, &returned);
    if (value_is_absent(result)) {
        if (generator->header.shape != SHAPE_async_generator) return true;
        return !value_is_error(generator_method_result(thread, generator, result, returned));
    }
    if (!value_is_error(result)) {
        raise_error(thread, &exception_RuntimeError, "%s ignored GeneratorExit",
                    generator_kind(generator));
        return false;
    }
    return error_clear_if(thread, &exception_GeneratorExit) ||
           error_clear_if(thread, &exception_StopIteration);
}

Value generator_method_result(Thread *thread, const Generator *generator, Value result,
                              Value returned) {
    if (!value_is_absent(result)) return result;
    if (generator->header.shape == SHAPE_async_generator)
        return raise_value(thread, value_from_type(&exception_StopAsyncIteration));
    return raise_stop_iteration(thread, value_is_none(returned) ? VALUE_ABSENT : returned);
}
