// engine_token.c — token threading: every handler ends with its own indirect jump through a table
// that the opcode of the next instruction indexes.
#include "vm/engine_page.h"

#define HANDLER(name)   op_##name:
#define SHARED(name)    shared_##name:
#define LOCALSPLUS      localsplus
#define SET_FRAME(to)   (thread->frame = frame = (to), localsplus = frame->localsplus)
#define GO_SHARED(name) goto shared_##name
#define EXIT(value)     return (value)
#define DISPATCH()                                                                                 \
    do {                                                                                           \
        __asm__ volatile(""); /* keeps clang from merging the jumps of all handlers */             \
        goto *label_table[pc->opcode];                                                             \
    } while (0)

static const void *const *labels;

// thread NULL: publishes the label table instead of running.
static Value ENGINE_SYMBOL(run_)(Thread *thread, Frame *frame) {
    static const void *const label_table[INSTRUCTION_LIMIT] = {
#define INSTRUCTION(name) [OP_##name] = &&op_##name,
#include "vm/instruction_rows.def"
    };
    if (!thread) {
        labels = label_table;
        return VALUE_ABSENT;
    }
    const Instruction *pc = frame->pc;
    Value *stack_pointer = frame->stack_pointer;
    Value *localsplus = frame->localsplus;
    DISPATCH();
#include "vm/handlers.inc"
}

static const void *const *handlers(void) {
    if (!labels) ENGINE_SYMBOL(run_)(NULL, NULL);
    return labels;
}

ENGINE_DEFINITION;
