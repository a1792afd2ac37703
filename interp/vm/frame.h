// frame.h — frames and the two arrays they live in.
//
// The value stack and the frame array are reserved once per thread state and never move. A call
// leaves the arguments where the caller pushed them: they are the first of the callee's localsplus;
// behind the locals, cells and free variables comes the callee's own stack, never deeper than
// co_stacksize. thread->frame is always the running frame, the one before it in the array its
// caller. A suspended generator keeps its words in the generator object.
#pragma once
#include "vm/instruction.h"

struct Generator;

// Bits of Frame.flags: what leaving the frame means beyond "push the result for the caller".
enum {
    FRAME_ENTRY = 1, // called from C: leaving it leaves the engine
    FRAME_INITIALIZER =
        2, // __init__ called by a class call: the instance waits in the caller's stack
    FRAME_GENERATOR = 4,   // runs a generator: leaving it finishes the generator
    FRAME_FOR_ITER = 8,    // resumed by FOR_ITER: leaving it ends the loop
    FRAME_SEND = 16,       // resumed by SEND: leaving it gives SEND's result
    FRAME_HAS_OBJECT = 32, // Python holds a frame object that must outlive the frame
    FRAME_TRACED = 64,     // pc may point into the code's traced translation
};

typedef struct Frame {
    Value *localsplus;
    Value *stack_pointer;  // of the caller after the call has dropped callable and arguments; valid
                           // while a callee runs and after an unwind
    const Instruction *pc; // running instruction; current while a callee or C code runs
    struct FunctionObject *function;
    CodeObject *code;
    const Value *constants; // items of co_consts
    struct Generator *generator;
    Value locals;       // namespace of module and class code; VALUE_ABSENT in functions
    Value frame_object; // made only when Python asks for one; VALUE_ABSENT
    uint32_t flags;
    int32_t traced_unit; // with FRAME_TRACED: of the instruction before the running one
} Frame;

// The first word of the frame's value stack (_PyFrame_Stackbase).
ALWAYS_INLINE Value *frame_stackbase(const Frame *frame) {
    return frame->localsplus + frame->code->co_nlocalsplus;
}
// One past the last word that the frame may use: a callee from C gets its window here.
ALWAYS_INLINE Value *frame_limit(const Frame *frame) {
    return frame_stackbase(frame) + frame->code->co_stacksize;
}
ALWAYS_INLINE Value *thread_stack_top(const Thread *thread) {
    return thread->frame >= thread->frame_base ? frame_limit(thread->frame) : thread->stack_base;
}
// Reserves the arrays and registers their scanner; false without memory.
RAISES bool frames_initialize(Thread *thread);
void frames_finalize(Thread *thread);
// sys.setrecursionlimit: false with RecursionError when the stack is deeper already.
RAISES bool frames_set_recursion_limit(Thread *thread, int limit);
// Code unit that a frame is at.
int frame_unit(const Thread *thread, const Frame *frame);
// Where a variable has a cell but its slot holds none, one with what the slot holds: tracing may
// leave the frame's code at places from where compiled code does not expect it.
RAISES bool frame_fill_cells(Thread *thread, Frame *frame);
