// generic_alias.h — list[int] and int | None.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    Value origin, args, parameters; // args and parameters are tuples
    bool starred;
} GenericAlias;
typedef struct {
    Object header;
    Value args, parameters; // tuples
} UnionType;
extern Type generic_alias_type, union_type;
// `args` is a tuple, or the one argument.
RAISES Value generic_alias_new(Thread *thread, Value origin, Value args);
// left | right for classes, None, aliases and unions: VALUE_NOT_IMPLEMENTED for other operands.
RAISES Value union_or(Thread *thread, Value left, Value right) RUNS_PYTHON;
// The __class_getitem__ of builtin generic classes; signature "self, item, /", METHOD_CLASS.
Value generic_alias_py_class_getitem(Thread *thread, Value *args, int count);
// Type variables among the arguments, as __parameters__.
RAISES Value generic_parameters(Thread *thread, Value args) RUNS_PYTHON;
// An argument as aliases and unions show it.
RAISES Value generic_argument_repr(Thread *thread, Value arg) RUNS_PYTHON;
