// slots.h — the two ways between dunders and slots: Python calls a slot through a slot wrapper, C
// calls a dunder through a slot function. The rows are those of slots.def.
#pragma once
#include "runtime/thread.h"

// Any slot; cast to the type of its field before it is called.
typedef void SlotFunction(void);
typedef struct SlotRow SlotRow;

// A descriptor like list.__len__: the row it was made for, the type it belongs to, what was in the
// type's slot.
typedef struct {
    Object header;
    const SlotRow *row;
    Type *owner;
    SlotFunction *function;
} SlotWrapper;
// [].__len__: a slot wrapper and its self.
typedef struct {
    Object header;
    SlotWrapper *wrapper;
    Value self;
} MethodWrapper;

// Calls wrapper->function with these arguments (self excluded).
typedef Value SlotWrap(Thread *thread, SlotWrapper *wrapper, Value self, Value *args, int count,
                       Value names);
struct SlotRow {
    const char *name;
    uint32_t name_offset; // in Names
    uint32_t field;       // offset in Type
    SlotWrap *wrap;
    SlotFunction *function;
    const char *documentation;
};
RAISES Value slot_wrapper_new(Thread *thread, const SlotRow *row, Type *owner,
                              SlotFunction *function);
// Calls a wrapper after checking that self is of its type.
RAISES Value slot_wrapper_call(Thread *thread, SlotWrapper *wrapper, Value self, Value *args,
                               int count, Value names) RUNS_PYTHON;

// One for each kind of slot: slots.def says which serves which dunder.
SlotWrap wrap_initialize, wrap_finalize, wrap_call, wrap_unary, wrap_hash, wrap_lt, wrap_le,
    wrap_eq, wrap_ne, wrap_gt, wrap_ge, wrap_binary, wrap_set_attribute, wrap_delete_attribute,
    wrap_next, wrap_descriptor_get, wrap_descriptor_set, wrap_descriptor_delete, wrap_length,
    wrap_set_item, wrap_delete_item, wrap_contains, wrap_binary_left, wrap_binary_right,
    wrap_power_left, wrap_power_right, wrap_repeat, wrap_truth;

// What stands in the slots of classes made by Python; each has the type of its slot.
Value slot_make(Thread *thread, Type *type, Value *args, int count, Value names);
bool slot_initialize(Thread *thread, Value self, Value *args, int count, Value names);
bool slot_finalize(Thread *thread, Value self);
CallFunction slot_call;
typedef Value UnarySlot(Thread *thread, Value self);
UnarySlot slot_repr, slot_str, slot_iterate, slot_next, slot_neg, slot_pos, slot_invert, slot_abs,
    slot_to_int, slot_to_float, slot_index, slot_await, slot_async_iterate, slot_async_next;
typedef Value BinarySlot(Thread *thread, Value left, Value right);
BinarySlot slot_get_attribute, slot_get_item, slot_add, slot_and, slot_floordiv, slot_lshift,
    slot_matmul, slot_mul, slot_mod, slot_or, slot_pow, slot_rshift, slot_sub, slot_truediv,
    slot_xor, slot_divmod, slot_iadd, slot_iand, slot_ifloordiv, slot_ilshift, slot_imatmul,
    slot_imul, slot_imod, slot_ior, slot_ipow, slot_irshift, slot_isub, slot_itruediv, slot_ixor;
bool slot_hash(Thread *thread, Value self, int64_t *hash);
Value slot_compare(Thread *thread, Value self, Value other, CompareOperator op);
bool slot_set_attribute(Thread *thread, Value self, Value name, Value value);
bool slot_set_item(Thread *thread, Value self, Value key, Value value);
Value slot_descriptor_get(Thread *thread, Value self, Value object, Value owner);
bool slot_descriptor_set(Thread *thread, Value self, Value object, Value value);
ssize_t slot_length(Thread *thread, Value self);
int slot_contains(Thread *thread, Value self, Value item);
int slot_truth(Thread *thread, Value self);
Value slot_power(Thread *thread, Value base, Value exponent, Value modulus);

// Calls the special method `name` of self's class: VALUE_ABSENT if it has none.
RAISES Value special_call(Thread *thread, Value self, Value name, Value *args, int count)
    RUNS_PYTHON;
