// generator.h — generators, coroutines and asynchronous generators.
//
// A suspended generator holds its localsplus and the live part of its stack, and the word index of
// the instruction at which it stopped: no addresses. Resuming copies the words onto the value stack
// behind the running frame, suspending copies them back.
#pragma once
#include "vm/frame.h"
#include "vm/function.h"

typedef enum {
    GENERATOR_CREATED,
    GENERATOR_SUSPENDED,
    GENERATOR_RUNNING,
    GENERATOR_FINISHED
} GeneratorState;

typedef struct Generator {
    Object header; // shape: generator, coroutine or async_generator
    FunctionObject *function;
    Value name, qualname;
    Value handled; // the exception it is handling while suspended; VALUE_NONE
    Value outer_handled, outer_handled_outer; // the thread's while it runs
    Value frame_object;                       // VALUE_ABSENT until asked for
    GeneratorState state;
    uint32_t word;     // of the instruction after which it goes on
    uint32_t depth;    // live words of its stack
    uint32_t capacity; // words[]
    Value words[];     // co_nlocalsplus, then the stack
} Generator;
extern Type generator_type, coroutine_type, async_generator_type;

ALWAYS_INLINE bool value_is_generator(Value value) {
    return value_has_shape(value, SHAPE_generator);
}
ALWAYS_INLINE bool value_is_coroutine(Value value) {
    return value_has_shape(value, SHAPE_coroutine);
}
// From the running frame at RETURN_GENERATOR: takes its locals.
RAISES Value generator_new(Thread *thread, const Frame *frame, const Instruction *pc);
// Sends a value (VALUE_NONE at first) or, if `thrown` is not absent, raises it inside. The result
// is what it yields, or VALUE_ERROR; when it returns: VALUE_ABSENT, and *returned has the value.
RAISES Value generator_resume(Thread *thread, Generator *generator, Value sent, Value *returned)
    RUNS_PYTHON;
RAISES Value generator_throw(Thread *thread, Generator *generator, Value exception, Value *returned)
    RUNS_PYTHON;
// GeneratorExit inside, RuntimeError if it yields.
RAISES bool generator_close(Thread *thread, Generator *generator) RUNS_PYTHON;
// Pushes the frame of a generator that is to go on and returns it; NULL with ValueError ("generator
// already executing") or RecursionError. `top` is where its window starts. The sent value is on its
// stack.
Frame *generator_push_frame(Thread *thread, Generator *generator, Value sent, Value *top,
                            uint32_t flags);
// Takes the words of the running frame back, pops it, and returns the caller's frame.
Frame *generator_suspend(Thread *thread, Frame *frame, const Instruction *pc, Value *stack_pointer);
// Its frame is being left for good, by return or exception.
void generator_finish(Thread *thread, Generator *generator);
// What a suspended generator delegates to by yield from or await; VALUE_NONE if nothing.
Value generator_delegate_or_none(const Thread *thread, const Generator *generator);
RAISES bool generators_initialize(Thread *thread);
