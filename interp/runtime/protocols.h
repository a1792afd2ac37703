// protocols.h — what any value can be asked: CPython's abstract object layer.
//
// Every function raises TypeError with CPython's words when the type has no such operation.
#pragma once
#include "runtime/errors.h"

// Text.
RAISES Value object_repr(Thread *thread, Value value) RUNS_PYTHON; // a str; guards recursion
RAISES Value object_str(Thread *thread, Value value) RUNS_PYTHON;
RAISES Value object_ascii(Thread *thread, Value value) RUNS_PYTHON;
RAISES Value object_format(Thread *thread, Value value, Value specification)
    RUNS_PYTHON; // ABSENT: ''
// Marks a container whose repr is running (list, dict, ...): 1 if it is running already, -1 error.
RAISES int repr_enter(Thread *thread, Value container);
void repr_leave(Thread *thread, Value container);

// Identity, truth, hash, comparison.
bool value_is_identical(Value a, Value b); // `is`: ints and floats by value (interp/differences.md)
RAISES int object_is_true(Thread *thread, Value value) RUNS_PYTHON; // -1 error
RAISES bool object_hash(Thread *thread, Value value, int64_t *hash) RUNS_PYTHON;
RAISES Value object_compare(Thread *thread, Value a, Value b, CompareOperator op) RUNS_PYTHON;
RAISES int object_compare_bool(Thread *thread, Value a, Value b, CompareOperator op)
    RUNS_PYTHON;                                                       // identity implies EQ
RAISES int object_equal(Thread *thread, Value a, Value b) RUNS_PYTHON; // identical or ==

// Arithmetic. `op` of object_binary_op is BINARY_OP's argument, in-place ones included.
RAISES Value object_binary_op(Thread *thread, int op, Value left, Value right) RUNS_PYTHON;
RAISES Value object_unary_op(Thread *thread, UnaryOperator op, Value value) RUNS_PYTHON;
RAISES Value object_power(Thread *thread, Value base, Value exponent, Value modulus) RUNS_PYTHON;
RAISES Value object_divmod(Thread *thread, Value left, Value right) RUNS_PYTHON;
// __index__: an int (fixnum or heap int).
RAISES Value object_index(Thread *thread, Value value) RUNS_PYTHON;
bool object_has_index(Value value);
// __index__ clamped to ssize_t; with `overflow` NULL too large raises IndexError ("cannot fit
// ...").
RAISES bool object_as_ssize(Thread *thread, Value value, ssize_t *result)
    RUNS_PYTHON; // OverflowError
// The same with the words that arguments of builtin functions are refused with.
RAISES bool object_as_size(Thread *thread, Value value, ssize_t *result) RUNS_PYTHON;
RAISES bool object_as_index(Thread *thread, Value value, ssize_t *result) RUNS_PYTHON; // IndexError
RAISES bool object_as_clamped(Thread *thread, Value value, ssize_t *result) RUNS_PYTHON; // clamps
RAISES bool object_as_int64(Thread *thread, Value value, int64_t *result)
    RUNS_PYTHON; // OverflowError
RAISES bool object_as_double(Thread *thread, Value value, double *result)
    RUNS_PYTHON; // __float__, __index__

// Containers.
RAISES ssize_t object_length(Thread *thread, Value value) RUNS_PYTHON; // -1 error
RAISES ssize_t object_length_hint(Thread *thread, Value value, ssize_t fallback) RUNS_PYTHON;
RAISES Value object_get_item(Thread *thread, Value container, Value key) RUNS_PYTHON;
RAISES bool object_set_item(Thread *thread, Value container, Value key, Value value) RUNS_PYTHON;
RAISES bool object_delete_item(Thread *thread, Value container, Value key) RUNS_PYTHON;
RAISES int object_contains(Thread *thread, Value container, Value item) RUNS_PYTHON;
// The same by iterating, whatever the container's type says.
RAISES int object_search(Thread *thread, Value iterable, Value item) RUNS_PYTHON;

// Iteration.
RAISES Value object_iterate(Thread *thread, Value value) RUNS_PYTHON;
RAISES Value object_next(Thread *thread, Value iterator) RUNS_PYTHON; // VALUE_ABSENT at the end
bool object_is_iterator(Value value);
// All items as a fresh list / tuple; exact tuples come back as they are.
RAISES Value object_to_list(Thread *thread, Value iterable) RUNS_PYTHON;
RAISES Value object_to_tuple(Thread *thread, Value iterable) RUNS_PYTHON;

// Attributes. Names are str; find returns VALUE_ABSENT instead of raising AttributeError.
RAISES Value object_get_attribute(Thread *thread, Value object, Value name) RUNS_PYTHON;
RAISES Value object_find_attribute(Thread *thread, Value object, Value name) RUNS_PYTHON;
RAISES bool object_set_attribute(Thread *thread, Value object, Value name, Value value)
    RUNS_PYTHON; // ABSENT deletes
// object.__getattribute__ and object.__setattr__: descriptors, then slots or dict, then the class.
RAISES Value object_generic_get_attribute(Thread *thread, Value object, Value name) RUNS_PYTHON;
// The same, but VALUE_ABSENT where object.__getattribute__ raises that there is no such attribute.
RAISES Value object_generic_find_attribute(Thread *thread, Value object, Value name) RUNS_PYTHON;
RAISES bool object_generic_set_attribute(Thread *thread, Value object, Value name, Value value)
    RUNS_PYTHON;
// An instance's own attribute, without descriptors: VALUE_ABSENT if none. Cannot raise.
Value instance_find(Object *object, Value name);
RAISES bool instance_set(Thread *thread, Object *object, Value name,
                         Value value); // ABSENT deletes: false without exception if there was none
// The instance's __dict__, materialised (the object goes to its dictionary shape).
RAISES Value instance_dict(Thread *thread, Object *object);
// A special method, looked up on the type and bound: VALUE_ABSENT if there is none.
RAISES Value object_find_special(Thread *thread, Value object, Value name) RUNS_PYTHON;
// LOAD_ATTR's method form: *self is the object and the result an unbound function when that saves
// the bound method, else *self is VALUE_ABSENT and the result the attribute.
RAISES Value object_get_method(Thread *thread, Value object, Value name, Value *self) RUNS_PYTHON;

// Calls.
RAISES Value object_call(Thread *thread, Value callable, Value *args, int count, Value names)
    RUNS_PYTHON;
RAISES Value object_call0(Thread *thread, Value callable) RUNS_PYTHON;
RAISES Value object_call1(Thread *thread, Value callable, Value argument) RUNS_PYTHON;
RAISES Value object_call2(Thread *thread, Value callable, Value a, Value b) RUNS_PYTHON;
RAISES Value object_call3(Thread *thread, Value callable, Value a, Value b, Value c) RUNS_PYTHON;
// Calls a method by interned name; args exclude self.
RAISES Value object_call_method(Thread *thread, Value object, Value name, Value *args, int count)
    RUNS_PYTHON;
// f(*args, **kwargs): a tuple and a dict (or VALUE_ABSENT).
RAISES Value object_call_unpacked(Thread *thread, Value callable, Value tuple, Value dict)
    RUNS_PYTHON;
bool object_is_callable(Value value);
// "name()" in messages, with the module in front unless that is builtins (_PyObject_FunctionStr).
RAISES Value object_describe_callable(Thread *thread, Value callable) RUNS_PYTHON;
RAISES int object_is_instance(Thread *thread, Value value, Value class_or_tuple) RUNS_PYTHON;
RAISES int object_is_subclass(Thread *thread, Value value, Value class_or_tuple) RUNS_PYTHON;
// type.__instancecheck__ and type.__subclasscheck__: the check without asking the class's own
// hooks.
RAISES int object_really_is_instance(Thread *thread, Value value, Value class) RUNS_PYTHON;
RAISES int object_really_is_subclass(Thread *thread, Value derived, Value class) RUNS_PYTHON;

// Slices. The bounds as machine words, as they stand in the slice; then clamped to `length` as
// slice.indices does, giving the number of items. An __index__ may change the length: ask for it
// between the two.
RAISES bool slice_unpack(Thread *thread, Value slice, ssize_t *start, ssize_t *stop, ssize_t *step)
    RUNS_PYTHON;
ssize_t slice_adjust(ssize_t length, ssize_t *start, ssize_t *stop, ssize_t step);
// Both in one, for what cannot change its length.
RAISES bool slice_resolve(Thread *thread, Value slice, ssize_t length, ssize_t *start,
                          ssize_t *stop, ssize_t *step, ssize_t *count) RUNS_PYTHON;
