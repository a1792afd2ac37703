// function.h — Python functions and bound methods.
#pragma once
#include "bytecode/code.h"
#include "objects/builtin_types.h"
#include "objects/dict.h"

typedef struct FunctionObject {
    Object header;
    Value extension; // attributes (always a dict)
    CodeObject *code;
    Dict *globals, *builtins;
    Value closure;          // tuple of cells, or VALUE_ABSENT
    Value defaults;         // tuple or VALUE_ABSENT
    Value keyword_defaults; // dict or VALUE_ABSENT
    Value annotations; // dict, or the tuple of names and values that MAKE_FUNCTION got, or ABSENT
    Value name, qualname, module, documentation, type_parameters;
    // Positionals with which a call needs no binding: the parameters of a plain function without
    // *args, **kwargs, keyword-only parameters; -1 otherwise. A generator function too is -1.
    int32_t exact_count;
    int32_t minimum_count; // exact_count less the defaults
} FunctionObject;
typedef struct {
    Object header;
    Value function, self;
} MethodObject;
extern Type function_type, method_type;

ALWAYS_INLINE bool value_is_function(Value value) { return value_has_shape(value, SHAPE_function); }
ALWAYS_INLINE FunctionObject *value_as_function(Value value) {
    ASSERT(value_is_function(value));
    return (FunctionObject *)value_as_object(value);
}
// A function over a code object: name, qualname and docstring come from the code, the module from
// globals['__name__'], builtins from globals['__builtins__'].
// The type's constructor (function_make.c).
RAISES Value function_make(Thread *thread, Type *type, Value *args, int count, Value names);
RAISES Value function_new(Thread *thread, CodeObject *code, Dict *globals);
// Tells a new class how many attributes its __init__ gives an instance, so that the first instances
// have room for them inline and all share one layout. Only a guess: other counts are learned later.
void function_reserve_slots(Thread *thread, Type *type);
RAISES Value method_new(Thread *thread, Value function, Value self);
// Stores a str into a field of `self`; TypeError "ATTRIBUTE must be set to a string object" for
// others.
RAISES bool function_set_text(Thread *thread, Value self, Value *slot, Value value,
                              const char *attribute);
RAISES bool functions_initialize(Thread *thread);
