// eval.c — the entry points of evaluation and the hook.
#include "vm/eval.h"
#include "objects/tuple.h"
#include "runtime/ports.h"
#include "runtime/protocols.h"
#include "vm/engine.h"
#include "vm/slow_paths.h"

Value eval_frame_default(Thread *thread, Frame *frame) {
    return engines[thread->engine]->run(thread, frame);
}

static Value eval_frame_hook(Thread *thread, Frame *frame) {
    const Vm *vm = thread_vm(thread);
    if (UNLIKELY(vm->evaluator != NULL)) return vm->evaluator(thread, frame, vm->evaluator_context);
    return eval_frame_default(thread, frame);
}

Value eval_frame(Thread *thread, Frame *frame) { return eval_frame_ex(thread, frame, false); }

Value eval_frame_ex(Thread *thread, Frame *frame, bool exception) {
    ASSERT(thread->frame == frame && frame->flags & FRAME_ENTRY);
    Value result = VALUE_ERROR;
    if (exception) {
        if (UNLIKELY(thread->runtime->tracer_count)) trace_throw(thread, frame);
        const Instruction *pc = unwind(thread, frame->pc, true);
        if (pc) {
            frame->pc = pc;
            exception = false;
        }
    }
    if (!exception) {
        if (thread_check_stack(thread, "")) result = eval_frame_hook(thread, frame);
    }
    thread->frame = frame - 1;
    return result;
}

void eval_set_frame_evaluator(Thread *thread, FrameEvaluator *evaluator, void *context) {
    Vm *vm = thread_vm(thread);
    vm->evaluator = evaluator;
    vm->evaluator_context = context;
    thread->stack_limit = evaluator ? NULL : thread->stack_end;
}

Frame *frame_push_call(Thread *thread, FunctionObject *function, Value locals, Value *window,
                       Value *args, int count, Value names) {
    CodeObject *code = function->code;
    ThreadedCode *threaded = code_threaded(thread, code);
    if (UNLIKELY(!threaded)) return NULL;
    Frame *frame = thread->frame + 1;
    if (UNLIKELY(frame >= thread->frame_end || window + code->co_framesize > thread->stack_end)) {
        raise_error(thread, &exception_RecursionError, "maximum recursion depth exceeded");
        return NULL;
    }
    thread->binding_limit = window + code->co_nlocalsplus;
    bool bound = arguments_to_locals(thread, function, window, args, count, names);
    thread->binding_limit = NULL;
    if (UNLIKELY(!bound)) return NULL;
    if (UNLIKELY(value_is_absent(locals) && !(code->co_flags & CO_OPTIMIZED)))
        locals = value_from_object(function->globals); // a module's code, called as a function
    *frame = (Frame){.localsplus = window,
                     .stack_pointer = window + code->co_nlocalsplus,
                     .pc = threaded_start(threaded),
                     .function = function,
                     .code = code,
                     .constants = code->constants,
                     .locals = locals,
                     .frame_object = VALUE_ABSENT};
    thread->frame = frame;
    return frame;
}

Value eval_vector(Thread *thread, FunctionObject *function, Value locals, Value *args, int count,
                  Value names) {
    Value *window = thread_stack_top(thread);
    Frame *frame = frame_push_call(thread, function, locals, window, args, count, names);
    if (UNLIKELY(!frame)) return VALUE_ERROR;
    frame->flags = FRAME_ENTRY;
    return eval_frame(thread, frame);
}

Value eval_code_ex(Thread *thread, CodeObject *code, Dict *globals, Value locals, Value *args,
                   int count, Value names, Value defaults, Value keyword_defaults, Value closure) {
    Value value = function_new(thread, code, globals);
    if (value_is_error(value)) return value;
    FunctionObject *function = value_as_function(value);
    function->defaults = defaults;
    function->keyword_defaults = keyword_defaults;
    function->closure = closure;
    if (code->co_flags & CO_OPTIMIZED) locals = VALUE_ABSENT;
    return eval_vector(thread, function, locals, args, count, names);
}

Value eval_code(Thread *thread, CodeObject *code, Dict *globals, Value locals) {
    if (value_is_absent(locals)) locals = value_from_object(globals);
    return eval_code_ex(thread, code, globals, locals, NULL, 0, VALUE_ABSENT, VALUE_ABSENT,
                        VALUE_ABSENT, VALUE_ABSENT);
}
