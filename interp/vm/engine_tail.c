// engine_tail.c — tail threading: a handler is a function that ends in a guaranteed tail call of
// the next one; the VM registers are its arguments, kept in machine registers by preserve_none.
#include "vm/engine_page.h"

#define REGISTERS                                                                                  \
    Thread *thread UNUSED, Frame *frame UNUSED, const Instruction *pc UNUSED,                      \
        Value *stack_pointer UNUSED, Value *localsplus UNUSED
#define PASS_REGISTERS thread, frame, pc, stack_pointer, localsplus
#define CONVENTION     __attribute__((preserve_none))
#define TAIL_CALL      __attribute__((musttail)) return

typedef CONVENTION Value Handler(REGISTERS);

#define HANDLER(name)   CONVENTION static Value ENGINE_SYMBOL(op_##name##_)(REGISTERS)
#define SHARED(name)    CONVENTION static Value ENGINE_SYMBOL(shared_##name##_)(REGISTERS)
#define LOCALSPLUS      localsplus
#define SET_FRAME(to)   (thread->frame = frame = (to), localsplus = frame->localsplus)
#define GO_SHARED(name) TAIL_CALL ENGINE_SYMBOL(shared_##name##_)(PASS_REGISTERS)
#define EXIT(value)     return (value)
#define DISPATCH()      TAIL_CALL((Handler *)(uintptr_t)pc->handler)(PASS_REGISTERS)

#define SHARED_TAIL(name) static Handler ENGINE_SYMBOL(shared_##name##_);
#include "vm/shared_rows.def"
#include "vm/handlers.inc"

static Value ENGINE_SYMBOL(run_)(Thread *thread, Frame *frame) {
    Handler *first = (Handler *)(uintptr_t)frame->pc->handler;
    return first(thread, frame, frame->pc, frame->stack_pointer, frame->localsplus);
}

static const void *const *handlers(void) {
    static const void *const table[INSTRUCTION_LIMIT] = {
#define INSTRUCTION(name) [OP_##name] = (const void *)ENGINE_SYMBOL(op_##name##_),
#include "vm/instruction_rows.def"
    };
    return table;
}

ENGINE_DEFINITION;
