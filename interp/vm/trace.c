// trace.c — from the steps of traced code to the calls of trace and profile functions.
#include "vm/trace.h"
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "objects/exception.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/slots.h"
#include "vm/counts.h"
#include "vm/eval.h"
#include "vm/instrument.h"
#include "vm/line_jump.h"
#include "vm/slow_paths.h"
#include <limits.h>

typedef enum {
    EVENT_CALL,
    EVENT_LINE,
    EVENT_OPCODE,
    EVENT_RETURN,
    EVENT_EXCEPTION,
    EVENT_C_CALL,
    EVENT_C_RETURN,
    EVENT_C_EXCEPTION
} Event;
static const char *const event_names[] = {"call",      "line",   "opcode",   "return",
                                          "exception", "c_call", "c_return", "c_exception"};

static bool is_active(const Thread *thread) {
    return !value_is_absent(thread->trace_function) || !value_is_absent(thread->profile_function);
}

void trace_set(Thread *thread, Value *slot, Value function) {
    bool was_active = is_active(thread);
    *slot = function;
    if (is_active(thread) && !was_active) instrument_start(thread);
    if (!is_active(thread) && was_active) instrument_stop(thread);
}

// Calls a trace or profile function. The fast locals are what f_locals says when it returns.
static Value call_function(Thread *thread, Frame *frame, Value function, Event event, Value arg) {
    Vm *vm = thread_vm(thread);
    Value object = frame_object_get(thread, frame);
    Value name = value_is_error(object) ? object : str_intern_c(thread, event_names[event]);
    if (value_is_error(name) || !frame_object_refresh(thread, object)) return VALUE_ERROR;
    // What instructions hand to the one behind them must survive.
    Value names = thread->keyword_names, result = thread->result, stop = thread->stop_value;
    thread->keyword_names = VALUE_ABSENT;
    vm->in_trace = true;
    vm->event = event;
    Value returned = object_call3(thread, function, object, name, arg);
    vm->in_trace = false;
    thread->keyword_names = names;
    thread->result = result;
    thread->stop_value = stop;
    if (!value_is_error(returned) && !frame_object_write_locals(thread, object)) return VALUE_ERROR;
    return returned;
}

static int unit_opcode(const CodeObject *code, int unit) {
    return unit < 0 ? OP_NOP : value_as_bytes(code->co_code)->data[2 * unit];
}

// Why the frame cannot jump now; NULL: it can.
static const char *jump_refusal(const Vm *vm, const Frame *frame) {
    static const char only_line[] = "can only jump from a 'line' trace event";
    if (!vm->in_trace) return "f_lineno can only be set in a trace function";
    if (frame == NULL || frame != vm->stepping_frame) return only_line;
    int unit = frame->traced_unit;
    switch ((Event)vm->event) {
    case EVENT_LINE: return NULL;
    case EVENT_CALL:
        if (value_as_bytes(frame->code->co_code)->data[2 * unit + 1] != 0) return NULL;
        return "can't jump from the 'call' trace event of a new frame";
    default: return only_line;
    }
}

bool trace_jump(Thread *thread, Frame *frame, int64_t line) {
    Vm *vm = thread_vm(thread);
    const char *refusal = jump_refusal(vm, frame);
    if (refusal == NULL && (line > INT_MAX || line < INT_MIN)) refusal = "lineno out of range";
    if (refusal != NULL) {
        raise_value_error(thread, "%s", refusal);
        return false;
    }
    int unit = line_jump(thread, frame, frame->traced_unit, (int)line);
    if (unit < 0) return false;
    vm->jump_unit = frame->traced_unit = unit;
    frame->pc = instrument_place(frame->code->threaded[thread->engine]->traced, unit);
    return true;
}

// Does the frame's own trace function want this event? VALUE_ABSENT if not.
static Value local_function(const Frame *frame, Event event) {
    if (!(frame->flags & FRAME_HAS_OBJECT)) return VALUE_ABSENT;
    const FrameObject *object = (const FrameObject *)value_as_object(frame->frame_object);
    if ((event == EVENT_LINE && !object->trace_lines) ||
        (event == EVENT_OPCODE && !object->trace_opcodes) || value_is_none(object->trace))
        return VALUE_ABSENT;
    return object->trace;
}

static bool fire_trace(Thread *thread, Frame *frame, Event event, Value arg) {
    if (value_is_absent(thread->trace_function) || thread_vm(thread)->in_trace) return true;
    Value function = event == EVENT_CALL ? thread->trace_function : local_function(frame, event);
    if (value_is_absent(function)) return true;
    Value returned = call_function(thread, frame, function, event, arg);
    if (value_is_absent(frame->frame_object)) return false; // no memory for one
    FrameObject *object = (FrameObject *)value_as_object(frame->frame_object);
    if (value_is_error(returned)) {
        trace_set(thread, &thread->trace_function, VALUE_ABSENT);
        object->trace = VALUE_NONE;
        return false;
    }
    if (!value_is_none(returned)) object_store(thread->heap, object, &object->trace, returned);
    return true;
}

static bool fire_profile(Thread *thread, Frame *frame, Event event, Value arg) {
    if (value_is_absent(thread->profile_function) || thread_vm(thread)->in_trace) return true;
    Value returned = call_function(thread, frame, thread->profile_function, event, arg);
    if (!value_is_error(returned)) return true;
    trace_set(thread, &thread->profile_function, VALUE_ABSENT);
    return false;
}

static bool fire_both(Thread *thread, Frame *frame, Event event, Value arg) {
    return fire_trace(thread, frame, event, arg) && fire_profile(thread, frame, event, arg);
}

// The exception event of an exception that is not pending.
static bool fire_exception(Thread *thread, Frame *frame, Value exception) {
    if (value_is_absent(local_function(frame, EVENT_EXCEPTION))) return true;
    Value traceback = value_as_exception(exception)->traceback;
    Value arg = tuple_of(thread, 3, value_from_type(type_of(exception)), exception,
                         value_is_absent(traceback) ? VALUE_NONE : traceback);
    return !value_is_error(arg) && fire_trace(thread, frame, EVENT_EXCEPTION, arg);
}

// Of a generator's end: there is no exception, but an event tells of one.
static bool fire_stop(Thread *thread, Frame *frame, Value value) {
    if (value_is_absent(local_function(frame, EVENT_EXCEPTION))) return true;
    (void)raise_stop_iteration(thread, value_is_none(value) ? VALUE_ABSENT : value);
    return fire_exception(thread, frame, error_take(thread));
}

// A line begins where the line differs from that of the instruction run before, and again when a
// loop jumps back within a line.
static bool begins_line(const Frame *frame, const ThreadedCode *traced, int previous, int unit) {
    const CodeObject *code = frame->code;
    int line = code_line(code, unit);
    if (line < 0) return false;
    int before = unit_opcode(code, previous);
    bool same = previous >= 0 && before != OP_RESUME && code_line(code, previous) == line;
    return same ? before == OP_JUMP_BACKWARD : traced->line_starts[unit];
}

static bool step_line(Thread *thread, Frame *frame, const ThreadedCode *traced, int previous,
                      int unit) {
    if (value_is_absent(thread->trace_function)) return true;
    if (begins_line(frame, traced, previous, unit) &&
        !fire_trace(thread, frame, EVENT_LINE, VALUE_NONE))
        return false;
    return fire_trace(thread, frame, EVENT_OPCODE, VALUE_NONE);
}

static bool step(Thread *thread, Frame *frame, const ThreadedCode *traced, const Instruction *next,
                 int previous, int unit) {
    if (next->opcode == OP_RESUME) return fire_both(thread, frame, EVENT_CALL, VALUE_NONE);
    if (!step_line(thread, frame, traced, previous, unit)) return false;
    const Value *top = frame->stack_pointer - 1;
    switch (next->opcode) {
    case OP_RETURN_VALUE:
    case OP_YIELD_VALUE: return fire_both(thread, frame, EVENT_RETURN, *top);
    case OP_RETURN_CONST:
        return fire_both(thread, frame, EVENT_RETURN, frame->constants[instruction_operand(next)]);
    case OP_END_SEND:
        return !(value_is_generator(top[-1]) || value_is_coroutine(top[-1])) ||
               fire_stop(thread, frame, *top);
    default: return true;
    }
}

const Instruction *trace_step(Thread *thread, Frame *frame, const Instruction *pc,
                              Value *stack_pointer) {
    frame->stack_pointer = stack_pointer;
    const ThreadedCode *threaded = frame->code->threaded[thread->engine];
    int unit = instruction_unit(thread, frame->code, pc), previous = frame->traced_unit;
    frame->traced_unit = unit;
    const Instruction *ordinary = instrument_return(threaded, unit);
    if (ordinary) {
        frame->flags &= ~(uint32_t)FRAME_TRACED;
        return ordinary;
    }
    if (thread->opcode_counts) count_instruction(thread, pc + 1, stack_pointer); // as COUNT_NEXT
    if (!is_active(thread) || thread_vm(thread)->in_trace) return pc + 1;
    if (unit < threaded->traced->first_traced) return pc + 1;
    Vm *vm = thread_vm(thread);
    vm->stepping_frame = frame;
    vm->jump_unit = -1;
    bool done = step(thread, frame, threaded->traced, pc + 1, previous, unit);
    vm->stepping_frame = NULL;
    if (!done) return NULL;
    return vm->jump_unit < 0 ? pc + 1 : instrument_place(threaded->traced, vm->jump_unit);
}

// RERAISE with an operand puts the frame back to where the exception was first raised: the unit
// that entering the handler has left on the stack.
static void return_to_raise(Thread *thread, Frame *frame) {
    const ThreadedCode *traced = frame->code->threaded[thread->engine]->traced;
    if (!(frame->flags & FRAME_TRACED) || !traced || frame->pc->opcode != OP_RERAISE) return;
    int operand = instruction_operand(frame->pc);
    Value unit = operand ? frame->stack_pointer[-1 - operand] : VALUE_NONE;
    if (!value_is_fixnum(unit)) return;
    frame->pc = instrument_place(traced, (int)value_as_fixnum(unit));
}

void trace_unwind(Thread *thread, Frame *frame, int unit, bool raised, bool leaves) {
    if (!raised) return_to_raise(thread, frame);
    frame->flags |= FRAME_TRACED;
    frame->traced_unit = unit;
    if (!is_active(thread) || thread_vm(thread)->in_trace) return;
    Value pending = error_take(thread);
    bool quiet = !raised || fire_exception(thread, frame, pending);
    if (!quiet) pending = error_take(thread);
    if (leaves && !fire_both(thread, frame, EVENT_RETURN, VALUE_NONE)) pending = error_take(thread);
    error_restore(thread, pending);
}

void trace_throw(Thread *thread, Frame *frame) {
    if (!is_active(thread) || thread_vm(thread)->in_trace) return;
    Value pending = error_take(thread);
    if (!fire_trace(thread, frame, EVENT_CALL, VALUE_NONE) ||
        !fire_profile(thread, frame, EVENT_CALL, pending))
        pending = error_take(thread);
    error_restore(thread, pending);
}

// An error that is a StopIteration is an event before it becomes the end, VALUE_ABSENT with its
// value in thread->stop_value.
static Value end_by_exception(Thread *thread, Frame *frame, Value result) {
    if (!value_is_error(result) || !error_matches(thread, &exception_StopIteration)) return result;
    Value exception = error_take(thread);
    thread->stop_value = value_as_exception(exception)->fields[0];
    return fire_exception(thread, frame, exception) ? VALUE_ABSENT : VALUE_ERROR;
}

// Awaitables of asynchronous generators end by an exception always, generators only if they return
// something.
static bool ends_by_exception(const Thread *thread, Value iterator) {
    return !value_is_absent(thread->stop_value) ||
           value_has_shape(iterator, SHAPE_async_generator_asend) ||
           value_has_shape(iterator, SHAPE_async_generator_athrow) ||
           value_has_shape(iterator, SHAPE_anext_awaitable);
}

Value trace_next(Thread *thread, Frame *frame, Value iterator) {
    Type *type = type_of(iterator);
    thread->stop_value = VALUE_ABSENT;
    if (type->next != slot_next) {
        Value item = object_next(thread, iterator);
        if (!value_is_absent(item) || !ends_by_exception(thread, iterator)) return item;
        Value value = value_is_absent(thread->stop_value) ? VALUE_NONE : thread->stop_value;
        return fire_stop(thread, frame, value) ? VALUE_ABSENT : VALUE_ERROR;
    }
    // A class written in Python.
    Value method = object_find_special(thread, iterator, NAMES(thread)->__next__);
    if (value_is_error(method) || value_is_absent(method)) return object_next(thread, iterator);
    return end_by_exception(thread, frame, object_call0(thread, method));
}

Value trace_send(Thread *thread, Frame *frame, Value receiver, Value value) {
    if (value_is_generator(receiver) || value_is_coroutine(receiver))
        return send_value(thread, receiver, value); // it cannot go on: an error
    Value result;
    if (value_is_none(value) && type_of(receiver)->next) {
        result = trace_next(thread, frame, receiver);
    } else {
        thread->stop_value = VALUE_ABSENT;
        result = object_call_method(thread, receiver, NAMES(thread)->send, &value, 1);
        result = end_by_exception(thread, frame, result);
    }
    if (value_is_absent(result))
        thread->result = value_is_absent(thread->stop_value) ? VALUE_NONE : thread->stop_value;
    return result;
}

// The native function that a profile is told of, bound to its object; VALUE_ABSENT for other
// callables.
static Value find_native(Thread *thread, Value callable, const Value *args, int count) {
    if (value_is_absent(thread->profile_function) || thread_vm(thread)->in_trace)
        return VALUE_ABSENT;
    if (value_has_shape(callable, SHAPE_native_function)) return callable;
    if (!value_has_shape(callable, SHAPE_method_descriptor) || count == 0) return VALUE_ABSENT;
    return type_of(callable)->descriptor_get(thread, callable, args[0],
                                             value_from_type(type_of(args[0])));
}

static Value report_result(Thread *thread, Frame *frame, Value native, Value result) {
    if (value_is_absent(native)) return result;
    if (!value_is_error(result))
        return fire_profile(thread, frame, EVENT_C_RETURN, native) ? result : VALUE_ERROR;
    Value pending = error_take(thread);
    if (fire_profile(thread, frame, EVENT_C_EXCEPTION, native)) error_restore(thread, pending);
    return VALUE_ERROR;
}

Value call_traced(Thread *thread, Value *window, Value *top, bool keywords) {
    Frame *frame = thread->frame;
    Value callable = window[-2];
    window -= !value_is_absent(callable); // the method form: self is the first argument
    if (value_is_absent(callable)) callable = window[-1];
    Value names = keywords ? thread->keyword_names : VALUE_ABSENT;
    thread->keyword_names = VALUE_ABSENT;
    int count = (int)(top - window);
    if (keywords) count -= (int)value_as_tuple(names)->length;
    Value native = find_native(thread, callable, window, count);
    if (value_is_error(native)) return native;
    if (!value_is_absent(native) && !fire_profile(thread, frame, EVENT_C_CALL, native))
        return VALUE_ERROR;
    Value result = call_window(thread, callable, window, count, names);
    return report_result(thread, frame, native, result);
}

Value call_unpacked_traced(Thread *thread, Value callable, Value args, Value keywords, Value *top) {
    Frame *frame = thread->frame;
    const Value *first = NULL;
    if (value_is_tuple(args) && value_as_tuple(args)->length) first = value_as_tuple(args)->items;
    Value native = find_native(thread, callable, first, first != NULL);
    if (value_is_error(native)) return native;
    if (!value_is_absent(native) && !fire_profile(thread, frame, EVENT_C_CALL, native))
        return VALUE_ERROR;
    Value result = call_unpacked(thread, callable, args, keywords, top);
    return report_result(thread, frame, native, result);
}
