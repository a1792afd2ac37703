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
    CodeObject *code; // the function may have got another one since
    Value name, qualname;
    Value handled; // the exception it is handling while suspended; VALUE_NONE
    Value outer_handled, outer_handled_outer; // the thread's while it runs
    Value frame_object;                       // VALUE_ABSENT until asked for
    Value origin;    // cr_origin; of an asynchronous generator its finalizer hook; VALUE_ABSENT
    uint8_t state;   // a GeneratorState
    bool is_started; // asynchronous: the hooks of sys.set_asyncgen_hooks have been asked
    bool is_closed;  // asynchronous: it has ended, or aclose() has begun
    bool is_awaited; // asynchronous: one of its awaitables is under way (ag_running)
    uint32_t word;   // of the instruction after which it goes on
    uint32_t depth;  // live words of its stack
    uint32_t frame_flags; // FRAME_HAS_OBJECT while its frame object lives
    Value words[];        // co_framesize: co_nlocalsplus, then the stack
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
// What throw() is called with: an exception class or instance, its value and its traceback.
typedef struct {
    Value type, value, traceback; // the last two VALUE_ABSENT if not given
    bool closes; // GeneratorExit closes what the generator delegates to, instead of being thrown
} Thrown;
RAISES Value generator_throw(Thread *thread, Generator *generator, const Thrown *thrown,
                             Value *returned) RUNS_PYTHON;
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
// The end of a generator as its methods tell it: StopIteration with what it returned, or
// StopAsyncIteration. Any other result of generator_resume and generator_throw is passed on.
RAISES Value generator_method_result(Thread *thread, const Generator *generator, Value result,
                                     Value returned);
// What a suspended generator delegates to by yield from or await; VALUE_NONE if nothing.
Value generator_delegate_or_none(const Thread *thread, const Generator *generator);
RAISES bool generators_initialize(Thread *thread);
