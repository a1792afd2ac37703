// trace.h — what a thread that traces (sys.settrace, sys.setprofile) is told, and when.
//
// The steps come from the traced translations of vm/instrument.h, whose instructions call the first
// functions here. Events, their order and their lines are those of CPython 3.12's
// Python/legacy_tracing.c and Python/instrumentation.c.
#pragma once
#include "vm/frame.h"

// Before the instruction behind `pc`, a TRACE_NEXT of the running frame: fires call, line, opcode
// and return events. Where to go on; NULL with an exception pending.
const Instruction *trace_step(Thread *thread, Frame *frame, const Instruction *pc,
                              Value *stack_pointer) RUNS_PYTHON;
// As call_window and call_unpacked, with the profile's events of native functions. The arguments of
// call_traced lie between `window` and `top`; with `keywords` KW_NAMES has left their names.
RAISES Value call_traced(Thread *thread, Value *window, Value *top, bool keywords) RUNS_PYTHON;
RAISES Value call_unpacked_traced(Thread *thread, Value callable, Value args, Value keywords,
                                  Value *top) RUNS_PYTHON;
// As object_next; a StopIteration that ends the loop is an exception event.
RAISES Value trace_next(Thread *thread, Frame *frame, Value iterator) RUNS_PYTHON;
// As send_value, with the same event.
RAISES Value trace_send(Thread *thread, Frame *frame, Value receiver, Value value) RUNS_PYTHON;
// While the pending exception passes through a frame: `raised` is false for a plain re-raise,
// `leaves` says that nothing catches it there. What a trace function raises takes its place.
void trace_unwind(Thread *thread, Frame *frame, int unit, bool raised, bool leaves) RUNS_PYTHON;
// A generator goes on with the pending exception.
void trace_throw(Thread *thread, Frame *frame) RUNS_PYTHON;
// Sets f_lineno: the frame, which must be the traced one, goes on at that line when the trace
// function returns. ValueError where CPython says that it cannot.
RAISES bool trace_jump(Thread *thread, Frame *frame, int64_t line) RUNS_PYTHON;
// sys.settrace and sys.setprofile: `slot` is thread->trace_function or thread->profile_function;
// VALUE_ABSENT ends it.
void trace_set(Thread *thread, Value *slot, Value function);
