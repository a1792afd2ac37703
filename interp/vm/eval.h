// eval.h — evaluation as CPython's evaluator is described: code objects → frames → eval_frame.
//
// eval_code and eval_code_ex run a code object, eval_vector calls a function over it: binds the
// arguments, pushes a frame, evaluates, pops. eval_frame goes through the hook, where a custom
// evaluator may be installed (PEP 523); eval_frame_default runs the thread's engine.
#pragma once
#include "vm/frame.h"
#include "vm/function.h"

// Like CPython's _PyFrameEvalFunction: runs thread->frame, which the caller pops; `frame` is it.
typedef Value FrameEvaluator(Thread *thread, Frame *frame, void *context);

// PyEval_EvalCode: module-like code; locals may be the globals.
RAISES Value eval_code(Thread *thread, CodeObject *code, Dict *globals, Value locals) RUNS_PYTHON;
// PyEval_EvalCodeEx: with arguments, defaults, keyword-only defaults (dict) and closure (tuple);
// VALUE_ABSENT where there is none.
RAISES Value eval_code_ex(Thread *thread, CodeObject *code, Dict *globals, Value locals,
                          Value *args, int count, Value names, Value defaults,
                          Value keyword_defaults, Value closure) RUNS_PYTHON;
// _PyEval_Vector: `args` are count positionals and one value for each of `names`; they are copied.
RAISES Value eval_vector(Thread *thread, FunctionObject *function, Value locals, Value *args,
                         int count, Value names) RUNS_PYTHON;
// PyEval_EvalFrame, PyEval_EvalFrameEx. The frame is thread->frame and has FRAME_ENTRY; it is
// popped. With `exception` true the pending exception is raised inside it first.
RAISES Value eval_frame(Thread *thread, Frame *frame) RUNS_PYTHON;
RAISES Value eval_frame_ex(Thread *thread, Frame *frame, bool exception) RUNS_PYTHON;
RAISES Value eval_frame_default(Thread *thread, Frame *frame) RUNS_PYTHON;
// Installs a custom evaluator, or NULL for the default one. Every call of a Python function made
// from then on passes through it: fast calls fail their limit check (thread->stack_limit is 0).
void eval_set_frame_evaluator(Thread *thread, FrameEvaluator *evaluator, void *context);

// Pushes a frame for a call and binds its arguments into the window at `window`; args may lie there
// already. NULL: TypeError, RecursionError or MemoryError is pending.
RAISES Frame *frame_push_call(Thread *thread, FunctionObject *function, Value locals, Value *window,
                              Value *args, int count, Value names);
// Fills `window` (co_nlocalsplus words) from the arguments: CPython's initialize_locals.
RAISES bool arguments_to_locals(Thread *thread, const FunctionObject *function, Value *window,
                                Value *args, int count, Value names);
// The thread's private state of vm/, made by vm_initialize.
typedef struct Vm {
    FrameEvaluator *evaluator; // NULL: the default
    void *evaluator_context;
    bool in_trace;         // a trace or profile function runs: nothing is traced
    int event;             // what it was called for: private to vm/trace.c, like the others
    Frame *stepping_frame; // whose next instruction it was called before; else NULL
    int jump_unit;         // where that goes on, if f_lineno was set; else -1
} Vm;
ALWAYS_INLINE Vm *thread_vm(const Thread *thread) { return thread->vm; }
// Makes types, arrays, engine and ports ready; vm_finalize undoes it before runtime_delete.
RAISES bool vm_initialize(Thread *thread);
void vm_finalize(Thread *thread);
