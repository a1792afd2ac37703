// generator_internal.h — what the files of generators share: the attributes and slots that all
// three kinds have.
#pragma once
#include "vm/generator.h"

// "generator", "coroutine" or "async generator", as messages have it.
const char *generator_kind(const Generator *generator);
ALWAYS_INLINE Generator *self_generator(Value self) { return (Generator *)value_as_object(self); }

// What a throw() method was called with: args are self, type, value, traceback. Warns of more than
// one argument; false if the warning is an error.
RAISES bool generator_bind_throw(Thread *thread, const Value *args, const char *method,
                                 Thrown *thrown);

// Slots.
void generator_trace(Marker *marker, Object *object);
bool generator_slot_finalize(Thread *thread, Value self);
Value generator_slot_repr(Thread *thread, Value self);
Value generator_slot_iterate(Thread *thread, Value self); // self: of every awaitable

// Attributes.
Value generator_get_running(Thread *thread, Value self);
Value generator_get_suspended(Thread *thread, Value self);
Value generator_get_code(Thread *thread, Value self);
Value generator_get_frame(Thread *thread, Value self);
Value generator_get_delegate(Thread *thread, Value self);
Value generator_get_name(Thread *thread, Value self);
bool generator_set_name(Thread *thread, Value self, Value value);
Value generator_get_qualname(Thread *thread, Value self);
bool generator_set_qualname(Thread *thread, Value self, Value value);

#define GENERATOR_GETSETS(prefix, kind, running, set_running)                                      \
    {prefix "_running", running, set_running, NULL},                                               \
        {prefix "_suspended", generator_get_suspended, NULL, NULL},                                \
        {prefix "_code", generator_get_code, NULL, NULL},                                          \
        {prefix "_frame", generator_get_frame, NULL, NULL},                                        \
        {"__name__", generator_get_name, generator_set_name, "name of the " kind}, {               \
        "__qualname__", generator_get_qualname, generator_set_qualname,                            \
            "qualified name of the " kind                                                          \
    }

// The types of async_generator.c; generators_initialize calls it.
RAISES bool async_generators_initialize(Thread *thread);
