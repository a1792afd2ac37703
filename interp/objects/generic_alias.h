// generic_alias.h — list[int] and int | None.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    Value origin, args, parameters; // args and parameters are tuples
    bool starred;
    bool of_generic_class; // the origin derives from typing.Generic
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
// The same for operands of any kind (type variables).
RAISES Value union_new(Thread *thread, Value left, Value right) RUNS_PYTHON;
// The __class_getitem__ of builtin generic classes; signature "self, item, /", METHOD_CLASS.
Value generic_alias_py_class_getitem(Thread *thread, Value *args, int count);
// Type variables among the arguments, as __parameters__.
RAISES Value generic_parameters(Thread *thread, Value args) RUNS_PYTHON;
// An attribute that may be missing: VALUE_ABSENT then.
RAISES Value generic_find_attribute(Thread *thread, Value object, const char *name) RUNS_PYTHON;
// Is it Unpack[Ts], with a TypeVarTuple Ts?
bool generic_is_unpacked_variable(Value value);
// The arguments of `alias` with those in `key` (an argument or a tuple of them) in the place of its
// type variables: a new tuple (_Py_subs_parameters).
RAISES Value generic_substitute(Thread *thread, Value alias, Value args, Value parameters,
                                Value key) RUNS_PYTHON;
// An argument as aliases and unions show it.
RAISES Value generic_argument_repr(Thread *thread, Value arg) RUNS_PYTHON;
