// errors.c — raising, taking and matching the pending exception.
//
// thread->exception holds the instance; raising always goes through set_pending, which links the
// exception being handled as context and keeps that chain free of cycles (CPython:
// _PyErr_SetObject).
#include "runtime/errors.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

bool (*warning_handler)(Thread *thread, Type *category, Value message);
bool (*source_warning_handler)(Thread *thread, Type *category, Value message, Value filename,
                               int lineno);
void (*unraisable_handler)(Thread *thread, Value exception, Value object);

// Cuts `raised` out of the context chain that starts at `handled`. The chain may already be cyclic:
// a second pointer at half speed notices (Floyd).
static void unlink_from_chain(Thread *thread, Exception *handled, const Exception *raised) {
    Exception *current = handled, *slow = handled;
    bool advance_slow = false;
    while (value_is_exception(current->context)) {
        Exception *context = value_as_exception(current->context);
        if (context == raised) {
            object_store(thread->heap, current, &current->context, VALUE_NONE);
            return;
        }
        current = context;
        if (current == slow) return;
        if (advance_slow) slow = value_as_exception(slow->context);
        advance_slow = !advance_slow;
    }
}

static Value set_pending(Thread *thread, Value exception) {
    Value handled = thread_handled_exception(thread);
    if (value_is_exception(handled) && !value_same(handled, exception)) {
        Exception *raised = value_as_exception(exception);
        unlink_from_chain(thread, value_as_exception(handled), raised);
        object_store(thread->heap, raised, &raised->context, handled);
    }
    thread->exception = exception;
    return VALUE_ERROR;
}

static Value raise_with_args(Thread *thread, Type *type, Value args) {
    if (value_is_error(args)) return args;
    Value exception = exception_new(thread, type, args);
    return value_is_error(exception) ? exception : set_pending(thread, exception);
}

Value raise_error_va(Thread *thread, Type *type, const char *format, va_list arguments) {
    Value message = str_format_va(thread, format, arguments);
    if (value_is_error(message)) return message;
    return raise_with_args(thread, type, tuple_of(thread, 1, message));
}

Value raise_error(Thread *thread, Type *type, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Value result = raise_error_va(thread, type, format, arguments);
    va_end(arguments);
    return result;
}

Value raise_type_error(Thread *thread, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Value result = raise_error_va(thread, &exception_TypeError, format, arguments);
    va_end(arguments);
    return result;
}

Value raise_value_error(Thread *thread, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Value result = raise_error_va(thread, &exception_ValueError, format, arguments);
    va_end(arguments);
    return result;
}

Value raise_argument_error(Thread *thread, const char *function, const char *argument,
                           const char *expected, Value given) {
    return raise_type_error(thread, "%s() %s must be %s, not %K", function, argument, expected,
                            given);
}

Value raise_import_error(Thread *thread, Type *type, Value name, Value path, const char *format,
                         ...) {
    enum { FIELD_NAME = 1, FIELD_PATH = 2 }; // of Exception.fields
    va_list arguments;
    va_start(arguments, format);
    Value result = raise_error_va(thread, type, format, arguments);
    va_end(arguments);
    if (error_matches(thread, type)) {
        Exception *error = value_as_exception(thread->exception);
        object_store(thread->heap, error, &error->fields[FIELD_NAME], name);
        object_store(thread->heap, error, &error->fields[FIELD_PATH], path);
    }
    return result;
}

Value raise_memory_error(Thread *thread) {
    if (value_is_absent(thread->runtime->memory_error)) { // while the first types are made
        thread->exception = VALUE_NONE;
        return VALUE_ERROR;
    }
    // One object serves every time: what an earlier use left in it must not show.
    Exception *error = value_as_exception(thread->runtime->memory_error);
    error->traceback = error->context = error->cause = VALUE_NONE;
    error->suppress_context = false;
    thread->exception = thread->runtime->memory_error;
    return VALUE_ERROR;
}

Value raise_stop_iteration(Thread *thread, Value value) {
    return raise_with_args(thread, &exception_StopIteration,
                           tuple_from_values(thread, &value, value_is_absent(value) ? 0 : 1));
}

Value raise_key_error(Thread *thread, Value key) {
    return raise_with_args(thread, &exception_KeyError, tuple_of(thread, 1, key));
}

Value raise_attribute_error(Thread *thread, Value object, Value name) {
    if (value_is_type(object))
        raise_error(thread, &exception_AttributeError, "type object '%s' has no attribute '%U'",
                    value_as_type(object)->name, name);
    else
        raise_error(thread, &exception_AttributeError, "'%T' object has no attribute '%U'", object,
                    name);
    return error_set_attribute_details(thread, object, name);
}

Value error_set_attribute_details(Thread *thread, Value object, Value name) {
    if (!error_matches(thread, &exception_AttributeError)) return VALUE_ERROR;
    Exception *error = value_as_exception(thread->exception);
    if (!value_is_absent(error->fields[0]) || !value_is_absent(error->fields[1]))
        return VALUE_ERROR;
    object_store(thread->heap, error, &error->fields[0], name);
    object_store(thread->heap, error, &error->fields[1], object);
    return VALUE_ERROR;
}

Value raise_os_error(Thread *thread, int error_number, Value filename) {
    Value number = value_from_fixnum(error_number);
    Value text = str_decode_utf8(thread, strerror(error_number), strlen(strerror(error_number)),
                                 "surrogateescape");
    if (value_is_error(text)) return text;
    Value args[3] = {number, text, filename};
    int count = value_is_absent(filename) || value_is_none(filename) ? 2 : 3;
    Value exception =
        object_call(thread, value_from_type(&exception_OSError), args, count, VALUE_ABSENT);
    return value_is_error(exception) ? exception : set_pending(thread, exception);
}

Value raise_syntax_error(Thread *thread, Type *type, const char *message, Value filename, int line,
                         int offset, int end_line, int end_offset, Value text) {
    Value message_text = str_decode_utf8(thread, message, strlen(message), "replace");
    if (value_is_error(message_text)) return message_text;
    Value details =
        tuple_of(thread, 6, filename, value_from_fixnum(line), value_from_fixnum(offset), text,
                 value_from_fixnum(end_line), value_from_fixnum(end_offset));
    if (value_is_error(details)) return details;
    Value exception = object_call2(thread, value_from_type(type), message_text, details);
    return value_is_error(exception) ? exception : set_pending(thread, exception);
}

Value raise_value(Thread *thread, Value exception) {
    if (value_is_exception_class(exception)) {
        Value instance = object_call0(thread, exception);
        if (value_is_error(instance)) return instance;
        if (!value_is_exception(instance))
            return raise_type_error(thread,
                                    "calling %R should have returned an instance of BaseException, "
                                    "not %R",
                                    exception, value_from_type(type_of(instance)));
        exception = instance;
    }
    if (!value_is_exception(exception))
        return raise_type_error(thread, "exceptions must derive from BaseException");
    return set_pending(thread, exception);
}

Value error_take(Thread *thread) {
    Value exception = thread->exception;
    thread->exception = VALUE_ABSENT;
    return exception;
}

void error_restore(Thread *thread, Value exception) { thread->exception = exception; }

void error_clear(Thread *thread) { thread->exception = VALUE_ABSENT; }

bool error_matches(Thread *thread, const Type *type) {
    return error_is_pending(thread) && type_is_subtype(type_of(thread->exception), type);
}

bool error_clear_if(Thread *thread, const Type *type) {
    if (!error_matches(thread, type)) return false;
    error_clear(thread);
    return true;
}

Value raise_from_pending(Thread *thread, Type *type, const char *format, ...) {
    Value cause = error_take(thread);
    va_list arguments;
    va_start(arguments, format);
    Value result = raise_error_va(thread, type, format, arguments);
    va_end(arguments);
    Exception *raised = value_as_exception(thread->exception);
    if (value_same(thread->exception, cause)) return result;
    object_store(thread->heap, raised, &raised->cause, cause);
    object_store(thread->heap, raised, &raised->context, cause);
    raised->suppress_context = true;
    return result;
}

void error_write_unraisable(Thread *thread, Value object) {
    Value exception = error_take(thread);
    if (value_is_absent(exception)) return;
    if (unraisable_handler) {
        unraisable_handler(thread, exception, object);
        error_clear(thread);
        return;
    }
    Value text =
        str_format(thread, "Exception ignored in: %R\n%T: %S\n", object, exception, exception);
    const char *bytes = value_is_error(text) ? NULL : str_as_utf8_lossy(thread, text, &(size_t){0});
    if (bytes) fputs(bytes, stderr);
    error_clear(thread);
}

bool warn(Thread *thread, Type *category, const char *format, ...) {
    if (!warning_handler) return true;
    va_list arguments;
    va_start(arguments, format);
    Value message = str_format_va(thread, format, arguments);
    va_end(arguments);
    return !value_is_error(message) && warning_handler(thread, category, message);
}

bool warn_source(Thread *thread, Type *category, Value filename, int lineno, const char *format,
                 ...) {
    if (!source_warning_handler) return true;
    va_list arguments;
    va_start(arguments, format);
    Value message = str_format_va(thread, format, arguments);
    va_end(arguments);
    return !value_is_error(message) &&
           source_warning_handler(thread, category, message, filename, lineno);
}

bool thread_check_stack(Thread *thread, const char *where) {
    if (stack_has_room(thread)) return true;
    raise_error(thread, &exception_RecursionError, "maximum recursion depth exceeded%s", where);
    return false;
}
