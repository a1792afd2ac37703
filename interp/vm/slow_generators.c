// slow_generators.c — delegation and awaiting.
#include "vm/slow_paths.h"

// The value of the pending StopIteration, which is cleared; VALUE_ERROR if another error is
// pending.
static Value take_stop_value(Thread *thread) {
    if (!error_matches(thread, &exception_StopIteration)) return VALUE_ERROR;
    Value exception = error_take(thread);
    Value value = value_as_exception(exception)->fields[0];
    return value_is_absent(value) ? VALUE_NONE : value;
}

Value send_value(Thread *thread, Value receiver, Value value) {
    if (value_is_generator(receiver) || value_is_coroutine(receiver)) {
        Value returned;
        Value result =
            generator_resume(thread, (Generator *)value_as_object(receiver), value, &returned);
        thread->result = value_is_absent(result) ? returned : VALUE_ABSENT;
        return result;
    }
    Type *type = type_of(receiver);
    Value result;
    if (value_is_none(value) && type->next) {
        thread->stop_value = VALUE_ABSENT;
        result = type->next(thread, receiver);
        if (value_is_absent(result))
            thread->result = value_is_absent(thread->stop_value) ? VALUE_NONE : thread->stop_value;
    } else {
        result = object_call_method(thread, receiver, NAMES(thread)->send, &value, 1);
    }
    if (!value_is_error(result)) return result;
    thread->result = take_stop_value(thread);
    return value_is_error(thread->result) ? VALUE_ERROR : VALUE_ABSENT;
}

Value get_yield_from_iterator(Thread *thread, const Frame *frame, Value value) {
    if (value_is_generator(value)) return value;
    if (!value_is_coroutine(value)) return object_iterate(thread, value);
    if (frame->code->co_flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE)) return value;
    return raise_type_error(thread,
                            "cannot 'yield from' a coroutine object in a non-coroutine generator");
}

Value cleanup_throw(Thread *thread, Value exception) {
    error_restore(thread, exception);
    return take_stop_value(thread);
}

static COLD Value raise_not_awaitable(Thread *thread, Value value, int from_with) {
    if (from_with == 1)
        return raise_type_error(
            thread,
            "'async with' received an object from __aenter__ that does not implement __await__: %T",
            value);
    if (from_with == 2)
        return raise_type_error(
            thread,
            "'async with' received an object from __aexit__ that does not implement __await__: %T",
            value);
    return raise_type_error(thread, "object %T can't be used in 'await' expression", value);
}

static bool is_iterable_coroutine(Value value) {
    return value_is_generator(value) &&
           ((const Generator *)value_as_object(value))->code->co_flags & CO_ITERABLE_COROUTINE;
}

Value awaitable_iterator(Thread *thread, Value value, int from_with) {
    if (value_is_coroutine(value) || is_iterable_coroutine(value)) return value;
    Type *type = type_of(value);
    if (!type->await) return raise_not_awaitable(thread, value, from_with);
    Value iterator = type->await(thread, value);
    if (value_is_error(iterator)) return iterator;
    if (value_is_coroutine(iterator) || is_iterable_coroutine(iterator))
        return raise_type_error(thread, "__await__() returned a coroutine");
    if (!object_is_iterator(iterator))
        return raise_type_error(thread, "__await__() returned non-iterator of type '%T'", iterator);
    return iterator;
}

Value get_awaitable(Thread *thread, Value value, int from_with) {
    Value iterator = awaitable_iterator(thread, value, from_with);
    if (!value_is_error(iterator) && value_is_coroutine(iterator) &&
        !value_is_none(generator_delegate_or_none(thread, (Generator *)value_as_object(iterator))))
        return raise_error(thread, &exception_RuntimeError, "coroutine is being awaited already");
    return iterator;
}

Value get_async_iterator(Thread *thread, Value value) {
    Type *type = type_of(value);
    if (!type->async_iterate)
        return raise_type_error(
            thread, "'async for' requires an object with __aiter__ method, got %T", value);
    Value iterator = type->async_iterate(thread, value);
    if (!value_is_error(iterator) && !type_of(iterator)->async_next)
        return raise_type_error(
            thread,
            "'async for' received an object from __aiter__ that does not implement __anext__: %T",
            iterator);
    return iterator;
}

Value get_async_next(Thread *thread, Value iterator) {
    Type *type = type_of(iterator);
    if (!type->async_next)
        return raise_type_error(
            thread, "'async for' requires an iterator with __anext__ method, got %T", iterator);
    Value awaitable = type->async_next(thread, iterator);
    if (value_is_error(awaitable)) return awaitable;
    Value result = awaitable_iterator(thread, awaitable, 0);
    if (value_is_error(result))
        return raise_from_pending(thread, &exception_TypeError,
                                  "'async for' received an invalid object from __anext__: %T",
                                  awaitable);
    return result;
}

bool end_async_for(Thread *thread, Value exception) {
    int stopped =
        object_is_instance(thread, exception, value_from_type(&exception_StopAsyncIteration));
    if (stopped > 0) return true;
    if (stopped == 0) error_restore(thread, exception);
    return false;
}
