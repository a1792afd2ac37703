// engine_switch.c — one switch in a loop: all handlers share its indirect jump.
#include "vm/engine_page.h"

#define HANDLER(name)   case OP_##name:
#define SHARED(name)    shared_##name:
#define LOCALSPLUS      localsplus
#define SET_FRAME(to)   (thread->frame = frame = (to), localsplus = frame->localsplus)
#define GO_SHARED(name) goto shared_##name
#define EXIT(value)     return (value)
#define DISPATCH()      goto dispatch

static Value ENGINE_SYMBOL(run_)(Thread *thread, Frame *frame) {
    const Instruction *pc = frame->pc;
    Value *stack_pointer = frame->stack_pointer;
    Value *localsplus = frame->localsplus;
dispatch:
    switch (pc->opcode) {
#include "vm/handlers.inc"
    default: UNREACHABLE();
    }
}

// The handler word is not used; it marks the opcodes that exist.
static const void *const *handlers(void) {
    static const char present;
    static const void *const table[INSTRUCTION_LIMIT] = {
#define INSTRUCTION(name) [OP_##name] = &present,
#include "vm/instruction_rows.def"
    };
    return table;
}

ENGINE_DEFINITION;
