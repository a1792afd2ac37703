// engine_call.c — call threading: a handler is a function that returns to a loop, which calls the
// next.
#include "vm/engine_page.h"

// The registers that a handler changes, returned in two machine registers. pc NULL: leave the
// engine with thread->result.
typedef struct {
    const Instruction *pc;
    Value *stack_pointer;
} Step;
typedef Step Handler(Thread *thread, Frame *frame, const Instruction *pc, Value *stack_pointer);

#define REGISTERS                                                                                  \
    Thread *thread UNUSED, Frame *frame UNUSED, const Instruction *pc, Value *stack_pointer
#define HANDLER(name)   static Step ENGINE_SYMBOL(op_##name##_)(REGISTERS)
#define SHARED(name)    static Step ENGINE_SYMBOL(shared_##name##_)(REGISTERS)
#define LOCALSPLUS      (frame->localsplus)
#define SET_FRAME(to)   (thread->frame = frame = (to))
#define GO_SHARED(name) return ENGINE_SYMBOL(shared_##name##_)(thread, frame, pc, stack_pointer)
#define EXIT(value)                                                                                \
    do {                                                                                           \
        thread->result = (value);                                                                  \
        return (Step){NULL, stack_pointer};                                                        \
    } while (0)
#define DISPATCH()                                                                                 \
    return (Step) { pc, stack_pointer }

#define SHARED_TAIL(name) static Handler ENGINE_SYMBOL(shared_##name##_);
#include "vm/shared_rows.def"
#include "vm/handlers.inc"

static Value ENGINE_SYMBOL(run_)(Thread *thread, Frame *frame) {
    Step step = {frame->pc, frame->stack_pointer};
    do {
        Handler *handler = (Handler *)(uintptr_t)step.pc->handler;
        step = handler(thread, thread->frame, step.pc, step.stack_pointer);
    } while (step.pc);
    return thread->result;
}

static const void *const *handlers(void) {
    static const void *const table[INSTRUCTION_LIMIT] = {
#define INSTRUCTION(name) [OP_##name] = (const void *)ENGINE_SYMBOL(op_##name##_),
#include "vm/instruction_rows.def"
    };
    return table;
}

ENGINE_DEFINITION;
