// unwind.c — from a pending exception to its handler.
#include "vm/slow_paths.h"

// The words that CPython's handlers expect: the code unit that raised if asked for, the exception.
static const Instruction *enter_handler(Thread *thread, Frame *frame, const CodeHandler *handler) {
    Value *stack_pointer = frame_stackbase(frame) + handler->depth;
    if (handler->push_lasti) *stack_pointer++ = value_from_fixnum(frame_unit(thread, frame));
    *stack_pointer++ = error_take(thread);
    frame->stack_pointer = stack_pointer;
    ThreadedCode *threaded = frame->code->threaded[thread->engine];
    return (const Instruction *)(const void *)&threaded
        ->words[threaded->word_of_unit[handler->target]];
}

// A trace function may have raised where a cell is out of its slot. Without memory for another one
// the frame is left, by MemoryError.
static bool repair_cells(Thread *thread, Frame *frame) {
    Value pending = error_take(thread);
    if (!frame_fill_cells(thread, frame)) return false;
    error_restore(thread, pending);
    return true;
}

const Instruction *unwind(Thread *thread, const Instruction *pc, bool add_traceback) {
    Frame *frame = thread->frame;
    frame->pc = pc;
    // A handler may lead back to what raises: that is a loop, too.
    if (UNLIKELY(thread->poll & POLL_STEP_LIMIT) && !thread->exhausted)
        (void)!thread_count_step(thread);
    for (;; thread->frame = --frame, add_traceback = true) {
        int unit = frame_unit(thread, frame);
        CodeHandler handler;
        // A MAKE_CELL without memory leaves its frame: handlers rely on the cells being there.
        bool caught = !thread->exhausted && frame->pc->opcode != OP_MAKE_CELL &&
                      code_find_handler(frame->code, unit, &handler);
        if (add_traceback)
            traceback_add(thread, frame, unit, !caught);
        else if (!caught)
            traceback_keep_locals(thread, frame);
        if (UNLIKELY(thread->runtime->tracer_count))
            trace_unwind(thread, frame, unit, add_traceback, !caught);
        if (caught && UNLIKELY(frame->flags & FRAME_TRACED)) caught = repair_cells(thread, frame);
        if (caught) return enter_handler(thread, frame, &handler);
        if (frame->flags & FRAME_HAS_OBJECT) frame_object_detach(thread, frame);
        if (frame->flags & FRAME_GENERATOR) generator_finish(thread, frame->generator);
        if (frame->flags & FRAME_ENTRY) return NULL;
    }
}
