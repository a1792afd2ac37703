// exception_groups.c — BaseExceptionGroup and ExceptionGroup: split, subgroup, derive (PEP 654).
#include "objects/builtin_types.h"
#include "objects/exception_internal.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

enum { GROUP_MESSAGE, GROUP_EXCEPTIONS };

static Tuple *exceptions_of(Value group) {
    return value_as_tuple(value_as_exception(group)->fields[GROUP_EXCEPTIONS]);
}

static bool is_group(Value value) {
    return value_is_exception(value) &&
           type_is_subtype(type_of(value), &exception_BaseExceptionGroup);
}

// Making

// BaseExceptionGroup with plain exceptions only becomes an ExceptionGroup; that one, and classes
// over Exception, take no others.
static Type *choose_class(Thread *thread, Type *type, const Tuple *exceptions) {
    bool plain = true;
    for (size_t i = 0; i < exceptions->length; i++)
        plain = plain && type_is_subtype(type_of(exceptions->items[i]), &exception_Exception);
    if (type == &exception_BaseExceptionGroup) return plain ? &exception_ExceptionGroup : type;
    if (plain || !type_is_subtype(type, &exception_Exception)) return type;
    if (type == &exception_ExceptionGroup)
        raise_type_error(thread, "Cannot nest BaseExceptions in an ExceptionGroup");
    else
        raise_type_error(thread, "Cannot nest BaseExceptions in '%N'", type);
    return NULL;
}

static Value check_exceptions(Thread *thread, Value sequence) {
    const Type *type = type_of(sequence);
    bool is_sequence = type->get_item && !(type->flags & (TYPE_DICT_SUBCLASS | TYPE_MAPPING));
    if (!is_sequence)
        return raise_type_error(thread, "second argument (exceptions) must be a sequence");
    Value exceptions = object_to_tuple(thread, sequence);
    if (value_is_error(exceptions)) return exceptions;
    Tuple *tuple = value_as_tuple(exceptions);
    if (tuple->length == 0)
        return raise_value_error(thread,
                                 "second argument (exceptions) must be a non-empty sequence");
    for (size_t i = 0; i < tuple->length; i++)
        if (!value_is_exception(tuple->items[i]))
            return raise_value_error(
                thread, "Item %zu of second argument (exceptions) is not an exception", i);
    return exceptions;
}

static Value make_group(Thread *thread, Type *type, Value *args, int count, Value names) {
    if (count != 2)
        return raise_type_error(
            thread, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%d given)", count);
    if (!value_is_str(args[0]))
        return raise_type_error(
            thread, "BaseExceptionGroup.__new__() argument 1 must be str, not %K", args[0]);
    Value exceptions = check_exceptions(thread, args[1]);
    if (value_is_error(exceptions)) return exceptions;
    type = choose_class(thread, type, value_as_tuple(exceptions));
    if (!type) return VALUE_ERROR;
    Value self = exception_make(thread, type, args, count, names);
    if (value_is_error(self)) return self;
    exception_set_field(thread, value_as_exception(self), GROUP_MESSAGE, args[0]);
    exception_set_field(thread, value_as_exception(self), GROUP_EXCEPTIONS, exceptions);
    return self;
}

static Value str_group(Thread *thread, Value self) {
    size_t count = exceptions_of(self)->length;
    return str_format(thread, "%S (%zu sub-exception%s)", value_as_exception(self)->fields[0],
                      count, count == 1 ? "" : "s");
}

static Value group_py_derive(Thread *thread, Value *args, int count) {
    (void)count;
    return object_call2(thread, value_from_type(&exception_BaseExceptionGroup),
                        value_as_exception(args[0])->fields[GROUP_MESSAGE], args[1]);
}

// A group of the same kind over some of the exceptions, with traceback, links and notes of the
// original; None for none.
static Value derive(Thread *thread, Value original, Value list) {
    if (value_as_list(list)->length == 0) return VALUE_NONE;
    Value name = str_intern_c(thread, "derive");
    Value group =
        value_is_error(name) ? name : object_call_method(thread, original, name, &list, 1);
    if (value_is_error(group)) return group;
    if (!is_group(group))
        return raise_type_error(thread, "derive must return an instance of BaseExceptionGroup");
    Exception *from = value_as_exception(original), *to = value_as_exception(group);
    object_store(thread->heap, to, &to->traceback, from->traceback);
    object_store(thread->heap, to, &to->context, from->context);
    object_store(thread->heap, to, &to->cause, from->cause);
    to->suppress_context = from->suppress_context;
    Value notes = object_find_attribute(thread, original, NAMES(thread)->__notes__);
    if (value_is_error(notes)) return notes;
    if (value_is_absent(notes) || !type_of(notes)->get_item) return group;
    Value copy = object_to_list(thread, notes);
    if (value_is_error(copy)) return copy;
    return object_set_attribute(thread, group, NAMES(thread)->__notes__, copy) ? group
                                                                               : VALUE_ERROR;
}

// Splitting

static bool is_class_tuple(Value value) {
    if (!value_is_tuple(value)) return false;
    Tuple *tuple = value_as_tuple(value);
    for (size_t i = 0; i < tuple->length; i++)
        if (!value_is_exception_class(tuple->items[i])) return false;
    return true;
}

static bool check_condition(Thread *thread, Value condition) {
    if (value_is_exception_class(condition) || is_class_tuple(condition)) return true;
    if (object_is_callable(condition) && !value_is_type(condition)) return true;
    raise_type_error(thread, "expected a function, exception type or tuple of exception types");
    return false;
}

static int matches(Thread *thread, Value exception, Value condition) {
    if (value_is_exception_class(condition) || is_class_tuple(condition))
        return exception_matches(thread, exception, condition);
    Value result = object_call1(thread, condition, exception);
    return value_is_error(result) ? -1 : object_is_true(thread, result);
}

static bool split_members(Thread *thread, Value group, Value condition, Value *match, Value *rest) {
    Value matching = list_new(thread, 0);
    Value others = value_is_error(matching) ? matching : list_new(thread, 0);
    if (value_is_error(others)) return false;
    Tuple *members = exceptions_of(group);
    for (size_t i = 0; i < members->length; i++) {
        Value part, remainder = VALUE_NONE;
        if (!exception_group_split(thread, members->items[i], condition, &part,
                                   rest ? &remainder : NULL))
            return false;
        if (!value_is_none(part) && !list_append(thread, value_as_list(matching), part))
            return false;
        if (!value_is_none(remainder) && !list_append(thread, value_as_list(others), remainder))
            return false;
    }
    *match = derive(thread, group, matching);
    if (value_is_error(*match)) return false;
    if (rest) *rest = derive(thread, group, others);
    return !rest || !value_is_error(*rest);
}

bool exception_group_split(Thread *thread, Value exception, Value condition, Value *match,
                           Value *rest) {
    int found = matches(thread, exception, condition);
    if (found < 0) return false;
    *match = found ? exception : VALUE_NONE;
    if (rest) *rest = found ? VALUE_NONE : exception;
    if (found || !is_group(exception)) return true;
    if (!thread_check_stack(thread, " in exceptiongroup_split_recursive")) return false;
    return split_members(thread, exception, condition, match, rest);
}

static Value group_py_split(Thread *thread, Value *args, int count) {
    (void)count;
    Value match, rest;
    if (!check_condition(thread, args[1]) ||
        !exception_group_split(thread, args[0], args[1], &match, &rest))
        return VALUE_ERROR;
    return tuple_of(thread, 2, match, rest);
}

static Value group_py_subgroup(Thread *thread, Value *args, int count) {
    (void)count;
    Value match;
    if (!check_condition(thread, args[1]) ||
        !exception_group_split(thread, args[0], args[1], &match, NULL))
        return VALUE_ERROR;
    return match;
}

#define FIELD(index) (offsetof(Exception, fields) + (index) * sizeof(Value))
static const MemberRow members[] = {
    {"message", FIELD(GROUP_MESSAGE), true, true, "exception message"},
    {"exceptions", FIELD(GROUP_EXCEPTIONS), true, true, "nested exceptions"},
    {0},
};
static const MethodRow methods[] = {
    {"derive", group_py_derive, "self, excs, /", NULL, METHOD_INSTANCE},
    {"split", group_py_split, "self, condition, /", NULL, METHOD_INSTANCE},
    {"subgroup", group_py_subgroup, "self, condition, /", NULL, METHOD_INSTANCE},
    {"__class_getitem__", generic_alias_py_class_getitem, "type, item, /", "See PEP 585",
     METHOD_CLASS},
    {0},
};

void exception_groups_prepare(void) {
    Type *type = &exception_BaseExceptionGroup;
    type->documentation = "A combination of multiple unrelated exceptions.";
    type->members = members;
    type->methods = methods;
    type->make = make_group;
    exception_ExceptionGroup.second_base = &exception_Exception;
    type->str = str_group;
}
