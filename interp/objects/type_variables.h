// type_variables.h — what PEP 695 makes: TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, Generic.
//
// The types of the module _typing, which typing re-exports. They work without typing.py: where
// CPython asks a function of that module, Krait asks it too once the program has imported typing,
// and until then does the same with types.GenericAlias and types.UnionType.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    Value extension;
    Value name;
    Value bound, constraints;                       // absent: not evaluated yet, or none
    Value evaluate_bound, evaluate_constraints;     // functions without parameters, or absent
    Value covariant, contravariant, infer_variance; // bools
} TypeVariable;                                     // TypeVar, ParamSpec; TypeVarTuple: the name
typedef struct {
    Object header;
    Value name;
    Value type_parameters; // tuple, or absent
    Value compute;         // function without parameters that gives the value, or absent
    Value value;           // absent: not computed yet
    Value module;          // absent: that of `compute`
} TypeAlias;
extern Type type_var_type, param_spec_type, type_var_tuple_type, param_spec_args_type,
    param_spec_kwargs_type, type_alias_type, generic_type, unpack_type;

// By type, not by shape: variables take attributes.
ALWAYS_INLINE bool value_is_param_spec(Value value) { return type_of(value) == &param_spec_type; }
ALWAYS_INLINE bool value_is_type_var_tuple(Value value) {
    return type_of(value) == &type_var_tuple_type;
}

// The intrinsic functions of 3.12. `evaluate` is a function without parameters, or VALUE_ABSENT;
// a variable has lazy constraints instead of a bound if `constrained`.
RAISES Value type_var_new(Thread *thread, Value name, Value evaluate, bool constrained);
RAISES Value param_spec_new(Thread *thread, Value name);
RAISES Value type_var_tuple_new(Thread *thread, Value name);
// From the tuple (name, type parameters or None, function that computes the value).
RAISES Value type_alias_new(Thread *thread, Value parts);
// Generic[parameters], the last base of `class C[parameters]`.
RAISES Value generic_subscript(Thread *thread, Value parameters) RUNS_PYTHON;

// A function of the module typing, or VALUE_ABSENT while nobody has imported that.
RAISES Value typing_find(Thread *thread, const char *name);
// `tuple` with each TypeVarTuple replaced by what iterating over it gives: Unpack[Ts].
RAISES Value type_var_tuples_unpack(Thread *thread, Value tuple) RUNS_PYTHON;
// None as an argument of a generic stands for its type.
Value generic_convert_argument(Value arg);
// `cls[params]` and the check of bases, of classes that derive from Generic.
Value generic_py_class_getitem(Thread *thread, Value *args, int count);
Value generic_py_init_subclass(Thread *thread, Value *args, int count);
