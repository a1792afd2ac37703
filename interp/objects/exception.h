// exception.h — exception instances; the classes are rows of runtime/exceptions.def.
#pragma once
#include "runtime/errors.h"

typedef struct {
    Object header;
    Value extension;      // at a fixed place in every exception: the instance dict and more slots
    Value args;           // tuple
    Value traceback;      // traceback or VALUE_NONE
    Value context, cause; // exception or VALUE_NONE
    bool suppress_context;
    Value fields[7]; // per class: StopIteration value; KeyError none; OSError errno strerror
                     // filename winerror filename2; SyntaxError msg filename lineno offset text
                     // end_lineno end_offset (print_file_and_line in dict); NameError name;
                     // AttributeError name obj; ImportError msg name path; SystemExit code; groups
                     // message, exceptions; Unicode*: encoding object start end reason
} Exception;
ALWAYS_INLINE bool value_is_exception(Value value) {
    return value_has_flag(value, TYPE_EXCEPTION_SUBCLASS);
}
ALWAYS_INLINE Exception *value_as_exception(Value value) {
    ASSERT(value_is_exception(value));
    return (Exception *)value_as_object(value);
}
// An instance of a builtin exception class with these args (a tuple).
RAISES Value exception_new(Thread *thread, Type *type, Value args);
bool value_is_exception_class(Value value);
// Does an exception (instance) match a class or tuple of classes? -1: TypeError
// ("catching classes that do not inherit from BaseException is not allowed").
RAISES int exception_matches(Thread *thread, Value exception, Value class_or_tuple) RUNS_PYTHON;
// What an exception or group falls into by a class, tuple of classes or predicate: *match and *rest
// are groups, exceptions or None. With rest NULL that is not computed (except*, split, subgroup).
RAISES bool exception_group_split(Thread *thread, Value exception, Value condition, Value *match,
                                  Value *rest) RUNS_PYTHON;
// Adds a note to the pending exception; what goes wrong on the way is dropped.
void exception_add_note(Thread *thread, const char *format, ...);
RAISES bool exceptions_initialize(Thread *thread);
