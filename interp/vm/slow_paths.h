// slow_paths.h — the ordinary C functions that handlers call, and the small inline ones.
//
// Conventions as everywhere: VALUE_ERROR, false or a negative int says that an exception is
// pending. Where a handler needs two results the second is in thread->result.
#pragma once
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/range.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "vm/frame.h"
#include "vm/function.h"
#include "vm/generator.h"
#include "vm/lookup.h"
#include "vm/trace.h"
#include "vm/traceback.h"

// Locals and cells (slow_names.c).
COLD Value raise_unbound_local(Thread *thread, const CodeObject *code, int slot);
COLD Value raise_unbound_cell(Thread *thread, const CodeObject *code, int slot);
RAISES bool frame_copy_free_variables(Thread *thread, Frame *frame);
ALWAYS_INLINE Value cell_content(Value cell) {
    return ((const Cell *)value_as_object(cell))->content;
}
ALWAYS_INLINE void cell_set(Thread *thread, Value cell, Value content) {
    Object *object = value_as_object(cell);
    object_store(thread->heap, object, &((Cell *)object)->content, content);
}
RAISES Value load_from_dict_or_cell(Thread *thread, const CodeObject *code, int slot, Value mapping,
                                    Value cell) RUNS_PYTHON;

// Names (slow_names.c).
RAISES Value load_name(Thread *thread, const Frame *frame, Value name) RUNS_PYTHON;
RAISES bool store_name(Thread *thread, const Frame *frame, Value name, Value value) RUNS_PYTHON;
RAISES bool delete_name(Thread *thread, const Frame *frame, Value name) RUNS_PYTHON;
RAISES Value load_global(Thread *thread, const Frame *frame, Value name) RUNS_PYTHON;
RAISES Value load_from_dict_or_globals(Thread *thread, const Frame *frame, Value mapping,
                                       Value name) RUNS_PYTHON;
RAISES bool delete_global(Thread *thread, const Frame *frame, Value name) RUNS_PYTHON;
RAISES Value load_build_class(Thread *thread, const Frame *frame) RUNS_PYTHON;
RAISES bool setup_annotations(Thread *thread, const Frame *frame) RUNS_PYTHON;
RAISES Value import_name(Thread *thread, const Frame *frame, Value name, Value from_list,
                         Value level) RUNS_PYTHON;
RAISES Value import_from(Thread *thread, Value module, Value name) RUNS_PYTHON;
RAISES bool import_star(Thread *thread, const Frame *frame, Value module) RUNS_PYTHON;

// Arithmetic and comparison (slow_operators.c).
RAISES Value binary_op(Thread *thread, int op, Value left, Value right) RUNS_PYTHON;
RAISES int compare_is_true(Thread *thread, Value left, Value right, int operand) RUNS_PYTHON;
ALWAYS_INLINE Value fixnum_floor_divide(Value left, Value right) { // right > 0
    int64_t a = value_as_fixnum(left), b = value_as_fixnum(right);
    int64_t quotient = a / b;
    return value_from_fixnum(quotient - (quotient * b > a));
}
ALWAYS_INLINE Value fixnum_remainder(Value left, Value right) { // right > 0
    int64_t a = value_as_fixnum(left), b = value_as_fixnum(right);
    int64_t remainder = a % b;
    return value_from_fixnum(remainder + (remainder >> 63 & b));
}
// COMPARE_OP's low four bits say which outcomes make it true: 1 unordered, 2 less, 4 greater, 8
// equal.
ALWAYS_INLINE bool fixnum_compare(Value left, Value right, int operand) {
    int64_t a = (int64_t)left.bits, b = (int64_t)right.bits;
    return operand >> (2 * (a >= b) + (a <= b)) & 1;
}
ALWAYS_INLINE bool double_compare(double a, double b, int operand) {
    return operand >> (2 * (a >= b) + (a <= b)) & 1;
}

// Containers (slow_containers.c).
ALWAYS_INLINE uint64_t list_clamp_index(const List *list, int64_t index) {
    return (uint64_t)index + (index < 0 ? list->length : 0);
}
RAISES Value get_slice(Thread *thread, Value container, Value start, Value stop) RUNS_PYTHON;
RAISES bool set_slice(Thread *thread, Value container, Value start, Value stop, Value value)
    RUNS_PYTHON;
RAISES Value build_set(Thread *thread, const Value *items, int count) RUNS_PYTHON;
RAISES Value build_map(Thread *thread, const Value *items, int pairs) RUNS_PYTHON;
RAISES Value build_const_key_map(Thread *thread, const Value *values, int count, Value keys)
    RUNS_PYTHON;
RAISES Value build_slice(Thread *thread, const Value *parts, int count);
RAISES Value format_value(Thread *thread, Value value, int conversion, Value specification)
    RUNS_PYTHON;
RAISES bool extend_list(Thread *thread, Value list, Value iterable) RUNS_PYTHON;
RAISES bool update_dict(Thread *thread, Value dict, Value mapping) RUNS_PYTHON;
// Write `count` words at `target`, the first item on top.
RAISES bool unpack_sequence(Thread *thread, Value sequence, int count, Value *target) RUNS_PYTHON;
RAISES bool unpack_starred(Thread *thread, Value sequence, int before, int after, Value *target)
    RUNS_PYTHON;
RAISES Value get_length(Thread *thread, Value value) RUNS_PYTHON;
RAISES Value match_keys(Thread *thread, Value subject, Value keys) RUNS_PYTHON;
RAISES Value match_class(Thread *thread, Value subject, Value type, int positional, Value names)
    RUNS_PYTHON;

// Attributes (slow_attributes.c). load_method: thread->result has what goes on top.
RAISES Value load_method(Thread *thread, Value object, Value name) RUNS_PYTHON;
RAISES Value load_super_attribute(Thread *thread, const Value *stack, Value name, int operand)
    RUNS_PYTHON;
ALWAYS_INLINE Value object_slot(Value object, uint32_t offset) {
    return *(const Value *)(const void *)((const char *)value_as_object(object) + offset);
}
ALWAYS_INLINE void object_store_slot(Thread *thread, Value object, uint32_t offset, Value value) {
    char *base = (char *)value_as_object(object);
    object_store(thread->heap, base, (Value *)(void *)(base + offset), value);
}
ALWAYS_INLINE const Dict *module_dict(Value module) {
    return (const Dict *)value_as_object(((const Module *)value_as_object(module))->dict);
}

// Calls (call.c). A result of VALUE_ABSENT says that a frame was pushed: the engine enters it. The
// caller's frame->pc and frame->stack_pointer are set.
RAISES Value call_window(Thread *thread, Value callable, Value *window, int count, Value names)
    RUNS_PYTHON;
// The same with the names that KW_NAMES left; `total` counts their values too.
RAISES Value call_window_keywords(Thread *thread, Value callable, Value *window, int total)
    RUNS_PYTHON;
RAISES Value call_unpacked(Thread *thread, Value callable, Value args, Value keywords, Value *top)
    RUNS_PYTHON;
RAISES bool check_initializer_result(Thread *thread, Value result);
RAISES Value make_function(Thread *thread, const Frame *frame, Value *top, int flags);
RAISES Value call_intrinsic_1(Thread *thread, const Frame *frame, int intrinsic, Value value)
    RUNS_PYTHON;
RAISES Value call_intrinsic_2(Thread *thread, int intrinsic, Value a, Value b) RUNS_PYTHON;

// Pushes the frame of a call whose positionals are exactly the parameters and lie at `window`; NULL
// without an exception when the call must take the slow way.
ALWAYS_INLINE Frame *frame_push_exact(Thread *thread, FunctionObject *function, Value *window,
                                      int count) {
    CodeObject *code = function->code;
    ThreadedCode *threaded = code->threaded[thread->engine];
    Frame *frame = thread->frame + 1;
    if (UNLIKELY(count != function->exact_count || !threaded || frame >= thread->frame_end ||
                 window + code->co_framesize > thread->stack_limit))
        return NULL;
    for (int i = count; i < code->co_nlocalsplus; i++) window[i] = VALUE_ABSENT;
    frame->localsplus = window;
    frame->pc = threaded_start(threaded);
    frame->function = function;
    frame->code = code;
    frame->constants = code->constants;
    frame->generator = NULL;
    frame->locals = VALUE_ABSENT;
    frame->frame_object = VALUE_ABSENT;
    frame->flags = 0;
    return frame;
}

// Pushes the frame of a property's getter for the owner on top of the caller's stack, which is left
// as LOAD_ATTR leaves it, less the value; NULL without an exception when the call must take the
// slow way. The getter is read anew each time: property.__init__ can exchange it.
ALWAYS_INLINE Frame *frame_push_property(Thread *thread, const Instruction *pc,
                                         Value *stack_pointer, Value property,
                                         bool is_method_form) {
    Value getter = ((const Property *)value_as_object(property))->getter;
    if (UNLIKELY(!value_is_function(getter))) return NULL;
    Value *window = stack_pointer - 1 + is_method_form;
    window[0] = stack_pointer[-1];
    Frame *callee = frame_push_exact(thread, value_as_function(getter), window, 1);
    if (UNLIKELY(!callee)) return NULL;
    if (is_method_form) stack_pointer[-1] = VALUE_ABSENT;
    callee[-1].pc = pc;
    callee[-1].stack_pointer = window;
    return callee;
}

// Generators (generator.c, slow_generators.c). send_value: VALUE_ABSENT when the receiver is
// exhausted, its value in thread->result.
ALWAYS_INLINE bool generator_is_resumable(const Generator *generator) {
    return generator->state == GENERATOR_CREATED || generator->state == GENERATOR_SUSPENDED;
}
ALWAYS_INLINE bool value_is_resumable(Value value) {
    return (value_is_generator(value) || value_is_coroutine(value)) &&
           generator_is_resumable((const Generator *)value_as_object(value));
}
RAISES Value send_value(Thread *thread, Value receiver, Value value) RUNS_PYTHON;
RAISES Value get_yield_from_iterator(Thread *thread, const Frame *frame, Value value) RUNS_PYTHON;
RAISES Value cleanup_throw(Thread *thread, Value exception);
// What an await iterates: `from_with` is GET_AWAITABLE's operand, 1 and 2 word the TypeError for
// async with. get_awaitable refuses a coroutine that another await is suspended in.
RAISES Value awaitable_iterator(Thread *thread, Value value, int from_with) RUNS_PYTHON;
RAISES Value get_awaitable(Thread *thread, Value value, int from_with) RUNS_PYTHON;
RAISES Value get_async_iterator(Thread *thread, Value value) RUNS_PYTHON;
RAISES Value get_async_next(Thread *thread, Value iterator) RUNS_PYTHON;
RAISES bool end_async_for(Thread *thread, Value exception);

// Exceptions (unwind.c, slow_exceptions.c).
// Finds the handler of the pending exception from the instruction at `pc` of the running frame on,
// leaving frames; thread->frame, its stack_pointer and the result say where to go on. NULL: a frame
// entered from C has been left; the exception is still pending. `add_traceback` false: the first
// frame is in the traceback already.
const Instruction *unwind(Thread *thread, const Instruction *pc, bool add_traceback);
// True: a plain re-raise. The exception is pending in either case. Both ABSENT: `raise` alone.
bool raise_statement(Thread *thread, Value exception, Value cause) RUNS_PYTHON;
RAISES Value match_exception_group(Thread *thread, Value exception, Value type) RUNS_PYTHON;
RAISES Value prepare_reraise_star(Thread *thread, Value original, Value exceptions) RUNS_PYTHON;
// The bound exit function; thread->result has what enter returned.
RAISES Value enter_context(Thread *thread, Value manager, bool is_async) RUNS_PYTHON;
RAISES Value call_exit(Thread *thread, Value exit, Value exception) RUNS_PYTHON;

// Specialisation (specialize.c): each looks at the operands and rewrites the adaptive instruction
// into a specialised member of its family, or into the base opcode.
void specialize_load_global(Thread *thread, const Frame *frame, const Instruction *pc, Value name);
void specialize_load_attr(Thread *thread, const Instruction *pc, Value object, Value name);
void specialize_store_attr(Thread *thread, const Instruction *pc, Value object, Value name);
void specialize_binary_op(Thread *thread, const Instruction *pc, int op, Value left, Value right);
void specialize_compare_op(Thread *thread, const Instruction *pc, Value left, Value right);
void specialize_binary_subscr(Thread *thread, const Instruction *pc, Value container, Value key);
void specialize_store_subscr(Thread *thread, const Instruction *pc, Value container, Value key);
void specialize_for_iter(Thread *thread, const Instruction *pc, Value iterator);
void instruction_despecialize(Thread *thread, const Instruction *pc);
