// vm.c — making the evaluator ready, and the ports through which the layers to the left reach it.
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "runtime/ports.h"
#include "vm/counts.h"
#include "vm/engine.h"
#include "vm/eval.h"
#include "vm/inject.h"
#include "vm/instrument.h"
#include "vm/sampler.h"
#include "vm/slow_paths.h"
#include <stdlib.h>

static Value port_evaluate(Thread *thread, Value code, Value globals, Value locals, Value closure) {
    return eval_code_ex(thread, value_as_code(code), value_as_dict(globals), locals, NULL, 0,
                        VALUE_ABSENT, VALUE_ABSENT, VALUE_ABSENT, closure);
}

// What super() without arguments finds in the running frame: the class in the cell `__class__` and
// the first argument, also when that has become a cell.
static bool find_super_arguments(Thread *thread, Value *type, Value *self) {
    const Frame *frame = thread->frame;
    if (frame < thread->frame_base || frame->code->co_argcount == 0) {
        raise_error(thread, &exception_RuntimeError, "super(): no arguments");
        return false;
    }
    const CodeObject *code = frame->code;
    *self = frame->localsplus[0];
    const unsigned char *kinds = value_as_bytes(code->co_localspluskinds)->data;
    if (kinds[0] & CO_FAST_CELL && value_is_cell(*self)) *self = cell_content(*self);
    if (value_is_absent(*self)) {
        raise_error(thread, &exception_RuntimeError, "super(): arg[0] deleted");
        return false;
    }
    const Tuple *names = value_as_tuple(code->co_localsplusnames);
    for (int i = code->co_nlocalsplus - code->co_nfreevars; i < code->co_nlocalsplus; i++) {
        if (!value_same(names->items[i], NAMES(thread)->__class__)) continue;
        if (!value_is_cell(frame->localsplus[i])) { // COPY_FREE_VARS has not run
            raise_error(thread, &exception_RuntimeError, "super(): bad __class__ cell");
            return false;
        }
        *type = cell_content(frame->localsplus[i]);
        if (!value_is_absent(*type) && value_is_type(*type)) return true;
        raise_error(thread, &exception_RuntimeError,
                    value_is_absent(*type) ? "super(): empty __class__ cell"
                                           : "super(): __class__ is not a type (%T)",
                    *type);
        return false;
    }
    raise_error(thread, &exception_RuntimeError, "super(): __class__ cell not found");
    return false;
}

static Value find_running_globals(Thread *thread) {
    const Frame *frame = thread->frame;
    return !frame || frame < thread->frame_base ? VALUE_ABSENT
                                                : value_from_object(frame->function->globals);
}

bool vm_initialize(Thread *thread) {
    thread->keyword_names = VALUE_ABSENT;
    thread->handled = thread->handled_outer = VALUE_NONE;
    int engine = engine_find(thread->runtime->options.dispatch);
    if (engine < 0) {
        raise_value_error(thread, "no such dispatch technique: '%s'",
                          thread->runtime->options.dispatch);
        return false;
    }
    const char *wrong = injections_set(thread->runtime, thread->runtime->options.inject);
    if (wrong) {
        raise_value_error(thread, "%s", wrong);
        return false;
    }
    thread->engine = (uint32_t)engine;
    thread->vm = calloc(1, sizeof(Vm));
    if (!thread->vm) {
        raise_memory_error(thread);
        return false;
    }
    const RuntimeOptions *options = &thread->runtime->options;
    int level =
        options->count_operands && !options->count_opcodes ? COUNT_OPCODES : options->count_opcodes;
    if (!counts_initialize(thread, level)) return false;
    if (options->count_operands && !operand_counts_initialize(thread)) return false;
    code_threaded_free = threaded_code_free;
    super_find_arguments = find_super_arguments;
    running_globals = find_running_globals;
    bound_method_new = method_new;
    ports.evaluate = port_evaluate;
    return code_initialize(thread) && frames_initialize(thread) && lookups_initialize(thread) &&
           functions_initialize(thread) && generators_initialize(thread) &&
           tracebacks_initialize(thread);
}

void vm_finalize(Thread *thread) {
    threaded_codes_forget(thread->runtime);
    injections_free(thread->runtime);
    frames_finalize(thread);
    lookups_finalize(thread);
    counts_finalize(thread);
    operand_counts_finalize(thread);
    sampler_finalize(thread);
    free(thread->vm);
    thread->vm = NULL;
}
