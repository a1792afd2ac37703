// struct_sequence.h — tuples whose items have names too: sys.version_info, time.struct_time.
//
// Each kind is a static type over tuple; its members are the items in order, so a name and an index
// read the same word.
#pragma once
#include "objects/tuple.h"
#include <stddef.h>

// One row of `members`: STRUCT_SEQUENCE_FIELD(0, "major", "Major release number").
#define STRUCT_SEQUENCE_FIELD(index, name, documentation)                                          \
    { name, offsetof(Tuple, items) + (index) * sizeof(Value), true, false, documentation }

// The slots of such a type.
Value struct_sequence_make(Thread *thread, Type *type, Value *args, int count, Value names);
Value struct_sequence_repr(Thread *thread, Value self);

#define STRUCT_SEQUENCE(shape, type_name, rows, text)                                              \
    {                                                                                              \
        TYPE_STATIC_HEADER(shape), .name = type_name, .documentation = text, .base = &tuple_type,  \
                                   .members = rows, .make = struct_sequence_make,                  \
                                   .repr = struct_sequence_repr                                    \
    }

// A sequence of a type made ready before; one value a field.
RAISES Value struct_sequence_new(Thread *thread, Type *type, const Value *values);
// Makes the type ready and sets the number of its fields.
RAISES bool struct_sequence_ready(Thread *thread, Type *type);
int struct_sequence_length(const Type *type);
