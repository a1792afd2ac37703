// instrument.h — switching the threaded code of a process to tracing and back.
//
// Untraced code knows nothing of tracing and pays nothing for it. While a thread traces, every
// instruction of every ordinary translation has the opcode DIVERT in place of its own: whatever
// frame runs next, wherever it was stopped, goes on at the same code unit of a second translation,
// in which TRACE_NEXT stands before each instruction. When the last tracer ends, the ordinary
// translations are laid out again, and frames return to them at their next TRACE_NEXT.
#pragma once
#include "vm/frame.h"

// A thread begins or ceases to trace.
void instrument_start(Thread *thread);
void instrument_stop(Thread *thread);
// Where thread->frame, which is at a DIVERT, goes on; NULL: MemoryError.
RAISES const Instruction *instrument_divert(Thread *thread, Frame *frame);
// Where a translation begins with a code unit.
ALWAYS_INLINE const Instruction *instrument_place(const ThreadedCode *threaded, int unit) {
    return (const Instruction *)(const void *)&threaded->words[threaded->word_of_unit[unit]];
}
// The ordinary place of a traced instruction, or NULL while it is diverted or inside a fused one.
const Instruction *instrument_return(const ThreadedCode *threaded, int unit);
// Enters an ordinary translation in the runtime's list; takes one out that is in it.
void threaded_code_list(Thread *thread, ThreadedCode *threaded);
void threaded_code_unlist(ThreadedCode *threaded);
// The list ends with the evaluator; what is still in it is freed with its code object.
void threaded_codes_forget(Runtime *runtime);
