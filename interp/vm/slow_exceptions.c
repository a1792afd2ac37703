// slow_exceptions.c — raise, except*, with.
#include "vm/slow_paths.h"

// An instance from what a raise statement names: a class is called.
static Value instantiate(Thread *thread, Value value, const char *message) {
    if (value_is_exception(value)) return value;
    if (!value_is_exception_class(value)) return raise_type_error(thread, "%s", message);
    Value exception = object_call0(thread, value);
    if (!value_is_error(exception) && !value_is_exception(exception))
        return raise_type_error(
            thread, "calling %R should have returned an instance of BaseException, not %R", value,
            value_from_type(type_of(exception)));
    return exception;
}

static bool set_cause(Thread *thread, Value exception, Value cause) {
    if (!value_is_none(cause)) {
        cause = instantiate(thread, cause, "exception causes must derive from BaseException");
        if (value_is_error(cause)) return false;
    }
    Exception *object = value_as_exception(exception);
    object_store(thread->heap, object, &object->cause, cause);
    object->suppress_context = true;
    return true;
}

bool raise_statement(Thread *thread, Value exception, Value cause) {
    if (value_is_absent(exception)) {
        Value handled = thread_handled_exception(thread);
        if (value_is_none(handled)) {
            raise_error(thread, &exception_RuntimeError, "No active exception to reraise");
            return false;
        }
        error_restore(thread, handled);
        return true;
    }
    exception = instantiate(thread, exception, "exceptions must derive from BaseException");
    if (value_is_error(exception)) return false;
    if (!value_is_absent(cause) && !set_cause(thread, exception, cause)) return false;
    (void)!value_is_error(raise_value(thread, exception));
    return false;
}

static bool is_group(Thread *thread, Value exception) {
    return object_is_instance(thread, exception, value_from_type(&exception_BaseExceptionGroup)) >
           0;
}

// except* takes exception classes that are no groups.
static bool check_group_types(Thread *thread, Value type) {
    if (value_is_tuple(type)) {
        const Tuple *types = value_as_tuple(type);
        for (size_t i = 0; i < types->length; i++)
            if (!check_group_types(thread, types->items[i])) return false;
        return true;
    }
    if (!value_is_exception_class(type)) {
        raise_type_error(thread,
                         "catching classes that do not inherit from BaseException is not allowed");
        return false;
    }
    if (type_is_subtype(value_as_type(type), &exception_BaseExceptionGroup)) {
        raise_type_error(
            thread, "catching ExceptionGroup with except* is not allowed. Use except instead.");
        return false;
    }
    return true;
}

static Value wrap_in_group(Thread *thread, Value exception) {
    Value tuple = tuple_of(thread, 1, exception);
    if (value_is_error(tuple)) return tuple;
    return object_call2(thread, value_from_type(&exception_ExceptionGroup), NAMES(thread)->empty,
                        tuple);
}

static bool is_exception_or_none(Value value) {
    return value_is_none(value) || value_is_exception(value);
}

// The part of an exception that matches; thread->result has the rest. None where there is none.
Value match_exception_group(Thread *thread, Value exception, Value type) {
    if (!check_group_types(thread, type)) return VALUE_ERROR;
    thread->result = VALUE_NONE;
    if (value_is_none(exception)) return VALUE_NONE;
    int matches = exception_matches(thread, exception, type);
    if (matches < 0) return VALUE_ERROR;
    Value match = VALUE_NONE, rest = exception;
    if (matches) {
        match = is_group(thread, exception) ? exception : wrap_in_group(thread, exception);
        rest = VALUE_NONE;
    } else if (is_group(thread, exception)) {
        Value name = str_intern_c(thread, "split");
        Value pair =
            value_is_error(name) ? name : object_call_method(thread, exception, name, &type, 1);
        if (value_is_error(pair)) return pair;
        if (!value_is_tuple(pair) || value_as_tuple(pair)->length < 2)
            return raise_type_error(thread, "%T.split must return a 2-tuple, got %T", exception,
                                    pair);
        match = value_as_tuple(pair)->items[0];
        rest = value_as_tuple(pair)->items[1];
        if (!is_exception_or_none(match) || !is_exception_or_none(rest))
            return raise_type_error(thread, "%T.split must return exceptions or None", exception);
    }
    if (value_is_error(match)) return match;
    if (!value_is_none(match)) thread->handled = match;
    thread->result = rest;
    return match;
}

enum { GROUP_EXCEPTIONS = 1 }; // Exception.fields of a group: message, tuple of exceptions

// The group that derive() makes of some of a group's exceptions, with the group's own traceback,
// cause and context.
static Value derive_group(Thread *thread, Value group, Value exceptions) {
    Value name = str_intern_c(thread, "derive");
    Value derived =
        value_is_error(name) ? name : object_call_method(thread, group, name, &exceptions, 1);
    if (value_is_error(derived)) return derived;
    if (!is_group(thread, derived))
        return raise_type_error(thread, "derive must return an instance of BaseExceptionGroup");
    const Exception *from = value_as_exception(group);
    Exception *to = value_as_exception(derived);
    object_store(thread->heap, to, &to->traceback, from->traceback);
    object_store(thread->heap, to, &to->cause, from->cause);
    object_store(thread->heap, to, &to->context, from->context);
    to->suppress_context = from->suppress_context;
    Value notes = object_find_attribute(thread, group, NAMES(thread)->__notes__);
    if (value_is_absent(notes)) return derived;
    return value_is_error(notes) ||
                   !object_set_attribute(thread, derived, NAMES(thread)->__notes__, notes)
               ? VALUE_ERROR
               : derived;
}

// Appends the leaves of a group, or the exception itself if it is none.
static bool collect_leaves(Thread *thread, Value exception, List *leaves) {
    if (!is_group(thread, exception)) return list_append(thread, leaves, exception);
    if (!thread_check_stack(thread, " in exception group")) return false;
    const Tuple *parts = value_as_tuple(value_as_exception(exception)->fields[GROUP_EXCEPTIONS]);
    for (size_t i = 0; i < parts->length; i++)
        if (!collect_leaves(thread, parts->items[i], leaves)) return false;
    return true;
}

// The part of a group whose leaves stand in `leaves`, in the group's own nesting; None if empty.
static Value project_group(Thread *thread, Value group, const List *leaves) {
    if (!thread_check_stack(thread, " in exception group")) return VALUE_ERROR;
    Value kept = list_new(thread, 0);
    if (value_is_error(kept)) return kept;
    const Tuple *parts = value_as_tuple(value_as_exception(group)->fields[GROUP_EXCEPTIONS]);
    for (size_t i = 0; i < parts->length; i++) {
        Value part = parts->items[i];
        if (is_group(thread, part)) {
            part = project_group(thread, part, leaves);
            if (value_is_error(part)) return part;
            if (value_is_none(part)) continue;
        } else {
            size_t at = 0;
            while (at < leaves->length && !value_same(leaves->items->items[at], part)) at++;
            if (at == leaves->length) continue;
        }
        if (!list_append(thread, value_as_list(kept), part)) return VALUE_ERROR;
    }
    return value_as_list(kept)->length ? derive_group(thread, group, kept) : VALUE_NONE;
}

// Was this one split off the original group, rather than raised anew?
static bool has_metadata_of(Thread *thread, Value exception, Value original) {
    const Exception *a = value_as_exception(exception), *b = value_as_exception(original);
    Value notes = object_find_attribute(thread, exception, NAMES(thread)->__notes__);
    Value original_notes = object_find_attribute(thread, original, NAMES(thread)->__notes__);
    return value_same(notes, original_notes) && value_same(a->traceback, b->traceback) &&
           value_same(a->cause, b->cause) && value_same(a->context, b->context);
}

// What goes on after all clauses of a try with except* have run (CPython's _PyExc_PrepReraiseStar).
Value prepare_reraise_star(Thread *thread, Value original, Value exceptions) {
    const List *list = value_as_list(exceptions);
    if (list->length == 0) return VALUE_NONE;
    for (size_t i = 0; i < list->length; i++) // bytecode from elsewhere may have put in anything
        if (!is_exception_or_none(list->items->items[i]))
            return raise_error(thread, &exception_SystemError,
                               "PREP_RERAISE_STAR of something that is no exception");
    if (!is_group(thread, original)) return list->items->items[0];
    Value raised = list_new(thread, 0), leaves = list_new(thread, 0);
    if (value_is_error(raised) || value_is_error(leaves)) return VALUE_ERROR;
    for (size_t i = 0; i < list->length; i++) {
        Value exception = list->items->items[i];
        if (value_is_none(exception)) continue;
        bool kept = has_metadata_of(thread, exception, original)
                        ? collect_leaves(thread, exception, value_as_list(leaves))
                        : list_append(thread, value_as_list(raised), exception);
        if (!kept) return VALUE_ERROR;
    }
    Value again = project_group(thread, original, value_as_list(leaves));
    if (value_is_error(again) || value_as_list(raised)->length == 0) return again;
    if (!value_is_none(again) && !list_append(thread, value_as_list(raised), again))
        return VALUE_ERROR;
    if (value_as_list(raised)->length == 1) return value_as_list(raised)->items->items[0];
    return object_call2(thread, value_from_type(&exception_ExceptionGroup), NAMES(thread)->empty,
                        raised);
}

Value enter_context(Thread *thread, Value manager, bool is_async) {
    const Names *names = NAMES(thread);
    const char *kind = is_async ? "asynchronous context manager" : "context manager";
    Value enter =
        object_find_special(thread, manager, is_async ? names->__aenter__ : names->__enter__);
    if (value_is_absent(enter))
        return raise_type_error(thread, "'%T' object does not support the %s protocol", manager,
                                kind);
    if (value_is_error(enter)) return enter;
    Value exit =
        object_find_special(thread, manager, is_async ? names->__aexit__ : names->__exit__);
    if (value_is_absent(exit))
        return raise_type_error(thread,
                                "'%T' object does not support the %s protocol (missed %s method)",
                                manager, kind, is_async ? "__aexit__" : "__exit__");
    if (value_is_error(exit)) return exit;
    Value entered = object_call0(thread, enter);
    if (value_is_error(entered)) return entered;
    thread->result = entered;
    return exit;
}

Value call_exit(Thread *thread, Value exit, Value exception) {
    Value traceback = value_as_exception(exception)->traceback;
    if (value_is_absent(traceback)) traceback = VALUE_NONE;
    return object_call3(thread, exit, value_from_type(type_of(exception)), exception, traceback);
}
