// native.h — functions written in C as Python sees them, and how their arguments are bound.
//
// A row's text signature is parsed once, at type_ready or module creation. A call with exactly the
// right positionals passes the caller's window through; anything else is bound into a local array.
#pragma once
#include "runtime/thread.h"

typedef struct Signature Signature; // parsed; private to native.c

typedef struct {
    Object header; // shape: native_function, method_descriptor or classmethod_descriptor
    const MethodRow *row;
    const Signature *signature;
    Value self;  // bound object, module, or absent (descriptors)
    Type *owner; // the type that the row belongs to; NULL for module functions
    Value module_name;
    int16_t exact_count; // positionals (self included) at which args pass through unbound; -1: raw
                         // "*args"; -2: never
} NativeCallable;
extern Type native_function_type, method_descriptor_type, classmethod_descriptor_type,
    slot_wrapper_type, method_wrapper_type, getset_descriptor_type, member_descriptor_type;

RAISES Value native_function_new(Thread *thread, const MethodRow *row, Value self,
                                 Value module_name);
RAISES Value method_descriptor_new(Thread *thread, Type *owner,
                                   const MethodRow *row); // or of a classmethod
RAISES Value getset_descriptor_new(Thread *thread, Type *owner, const GetSetRow *row);
RAISES Value member_descriptor_new(Thread *thread, Type *owner, const MemberRow *row);
// Where a member that may be read and written freely (one of __slots__) lies in instances of
// `type`, in bytes; 0 if the descriptor is none such. An absent word there means AttributeError.
uint32_t member_descriptor_offset(Value descriptor, const Type *type);
// The __new__ of a builtin type: a native function that calls type->make.
RAISES Value constructor_new(Thread *thread, Type *type);
Type *constructor_owner(Value function); // the type whose __new__ it is, or NULL
// Calls with positionals that include self when the callable is bound to none; used by the
// evaluator's fast path and by the types' call slots.
RAISES Value native_call(Thread *thread, NativeCallable *callable, Value *args, int count,
                         Value names) RUNS_PYTHON;
// Binds arguments for a `make` or `initialize` slot by a text signature without self. `out` has one
// Value a parameter; TypeErrors name `function`.
RAISES bool arguments_bind(Thread *thread, const char *function, const char *signature, Value *args,
                           int count, Value names, Value *out);
