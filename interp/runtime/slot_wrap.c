// slot_wrap.c — slot wrappers: the dunders of builtin types as Python sees them. Each function
// calls one kind of slot with arguments from Python (CPython: typeobject.c, wrap_*).
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/slots.h"

// A slot of that C type.
#define AS(Signature, function) ((Signature)(function))

static bool check_named_count(Thread *thread, const char *name, int count, int minimum,
                              int maximum) {
    if (count >= minimum && count <= maximum) return true;
    int bound = count < minimum ? minimum : maximum;
    const char *relation = minimum == maximum ? "" : count < minimum ? "at least " : "at most ";
    raise_type_error(thread, "%sexpected %s%d argument%s, got %d", name, relation, bound,
                     bound == 1 ? "" : "s", count);
    return false;
}

static bool check_count(Thread *thread, int count, int minimum, int maximum) {
    return check_named_count(thread, "", count, minimum, maximum);
}

static Value none_or_error(bool success) { return success ? VALUE_NONE : VALUE_ERROR; }

#define WRAP(name)                                                                                 \
    Value name(Thread *thread, SlotWrapper *wrapper, Value self, Value *args, int count,           \
               Value names)
#define IGNORE_NAMES() (void)names
#define CHECK_COUNT(minimum, maximum)                                                              \
    IGNORE_NAMES();                                                                                \
    if (!check_count(thread, count, minimum, maximum)) return VALUE_ERROR
// Where CPython's message has an empty name and a blank in front.
#define CHECK_UNPACKED(minimum, maximum)                                                           \
    IGNORE_NAMES();                                                                                \
    if (!check_named_count(thread, " ", count, minimum, maximum)) return VALUE_ERROR

WRAP(wrap_initialize) {
    typedef bool Function(Thread *, Value, Value *, int, Value);
    return none_or_error(AS(Function *, wrapper->function)(thread, self, args, count, names));
}

WRAP(wrap_call) { return AS(CallFunction *, wrapper->function)(thread, self, args, count, names); }

WRAP(wrap_finalize) {
    CHECK_COUNT(0, 0);
    (void)args;
    typedef bool Function(Thread *, Value);
    return none_or_error(AS(Function *, wrapper->function)(thread, self));
}

WRAP(wrap_unary) {
    CHECK_COUNT(0, 0);
    (void)args;
    return AS(UnarySlot *, wrapper->function)(thread, self);
}

WRAP(wrap_next) {
    CHECK_COUNT(0, 0);
    (void)args;
    thread->stop_value = VALUE_ABSENT;
    Value item = AS(UnarySlot *, wrapper->function)(thread, self);
    return value_is_absent(item) ? raise_stop_iteration(thread, thread->stop_value) : item;
}

WRAP(wrap_hash) {
    CHECK_COUNT(0, 0);
    (void)args;
    typedef bool Function(Thread *, Value, int64_t *);
    int64_t hash;
    if (!AS(Function *, wrapper->function)(thread, self, &hash)) return VALUE_ERROR;
    return int_from_int64(thread, hash);
}

static Value compare(Thread *thread, SlotWrapper *wrapper, Value self, Value *args, int count,
                     CompareOperator op) {
    if (!check_count(thread, count, 1, 1)) return VALUE_ERROR;
    typedef Value Function(Thread *, Value, Value, CompareOperator);
    return AS(Function *, wrapper->function)(thread, self, args[0], op);
}

#define COMPARISON(name, op)                                                                       \
    WRAP(name) {                                                                                   \
        IGNORE_NAMES();                                                                            \
        return compare(thread, wrapper, self, args, count, op);                                    \
    }
COMPARISON(wrap_lt, COMPARE_LT)
COMPARISON(wrap_le, COMPARE_LE)
COMPARISON(wrap_eq, COMPARE_EQ)
COMPARISON(wrap_ne, COMPARE_NE)
COMPARISON(wrap_gt, COMPARE_GT)
COMPARISON(wrap_ge, COMPARE_GE)
#undef COMPARISON

WRAP(wrap_binary) {
    CHECK_COUNT(1, 1);
    return AS(BinarySlot *, wrapper->function)(thread, self, args[0]);
}

WRAP(wrap_binary_left) {
    CHECK_COUNT(1, 1);
    return AS(BinarySlot *, wrapper->function)(thread, self, args[0]);
}

WRAP(wrap_binary_right) {
    CHECK_COUNT(1, 1);
    return AS(BinarySlot *, wrapper->function)(thread, args[0], self);
}

static Value power(Thread *thread, SlotWrapper *wrapper, Value base, Value exponent,
                   Value modulus) {
    if (value_is_none(modulus)) return AS(BinarySlot *, wrapper->function)(thread, base, exponent);
    if (!wrapper->owner->power) return VALUE_NOT_IMPLEMENTED;
    return wrapper->owner->power(thread, base, exponent, modulus);
}

WRAP(wrap_power_left) {
    CHECK_UNPACKED(1, 2);
    return power(thread, wrapper, self, args[0], count > 1 ? args[1] : VALUE_NONE);
}

WRAP(wrap_power_right) {
    CHECK_UNPACKED(1, 2);
    return power(thread, wrapper, args[0], self, count > 1 ? args[1] : VALUE_NONE);
}

WRAP(wrap_repeat) {
    CHECK_UNPACKED(1, 1);
    typedef Value Function(Thread *, Value, ssize_t);
    ssize_t times;
    if (!object_as_ssize(thread, args[0], &times)) return VALUE_ERROR;
    return AS(Function *, wrapper->function)(thread, self, times);
}

WRAP(wrap_length) {
    CHECK_COUNT(0, 0);
    (void)args;
    typedef ssize_t Function(Thread *, Value);
    ssize_t length = AS(Function *, wrapper->function)(thread, self);
    return length < 0 ? VALUE_ERROR : int_from_int64(thread, length);
}

WRAP(wrap_truth) {
    CHECK_COUNT(0, 0);
    (void)args;
    typedef int Function(Thread *, Value);
    int truth = AS(Function *, wrapper->function)(thread, self);
    return truth < 0 ? VALUE_ERROR : value_from_bool(truth);
}

WRAP(wrap_contains) {
    CHECK_COUNT(1, 1);
    typedef int Function(Thread *, Value, Value);
    int found = AS(Function *, wrapper->function)(thread, self, args[0]);
    return found < 0 ? VALUE_ERROR : value_from_bool(found);
}

typedef bool SetFunction(Thread *thread, Value self, Value key, Value value);

WRAP(wrap_set_item) {
    CHECK_UNPACKED(2, 2);
    return none_or_error(AS(SetFunction *, wrapper->function)(thread, self, args[0], args[1]));
}

WRAP(wrap_delete_item) {
    CHECK_COUNT(1, 1);
    return none_or_error(AS(SetFunction *, wrapper->function)(thread, self, args[0], VALUE_ABSENT));
}

// object.__setattr__(some_class, ...) would pass by the class's own rules.
static bool check_attribute_change(Thread *thread, SlotWrapper *wrapper, Value self) {
    SetFunction *own = type_of(self)->set_attribute;
    if (!value_is_type(self) || own == AS(SetFunction *, wrapper->function) ||
        (type_of(self)->flags & TYPE_HEAP))
        return true;
    raise_type_error(thread, "can't apply this %s to %T object", wrapper->row->name, self);
    return false;
}

WRAP(wrap_set_attribute) {
    CHECK_UNPACKED(2, 2);
    if (!check_attribute_change(thread, wrapper, self)) return VALUE_ERROR;
    if (!value_is_str(args[0]))
        return raise_type_error(thread, "attribute name must be string, not '%T'", args[0]);
    return none_or_error(AS(SetFunction *, wrapper->function)(thread, self, args[0], args[1]));
}

WRAP(wrap_delete_attribute) {
    CHECK_COUNT(1, 1);
    if (!check_attribute_change(thread, wrapper, self)) return VALUE_ERROR;
    if (!value_is_str(args[0]))
        return raise_type_error(thread, "attribute name must be string, not '%T'", args[0]);
    return none_or_error(AS(SetFunction *, wrapper->function)(thread, self, args[0], VALUE_ABSENT));
}

WRAP(wrap_descriptor_get) {
    CHECK_UNPACKED(1, 2);
    typedef Value Function(Thread *, Value, Value, Value);
    Value object = value_is_none(args[0]) ? VALUE_ABSENT : args[0];
    Value owner = count > 1 && !value_is_none(args[1]) ? args[1] : VALUE_ABSENT;
    if (value_is_absent(object) && value_is_absent(owner))
        return raise_type_error(thread, "__get__(None, None) is invalid");
    return AS(Function *, wrapper->function)(thread, self, object, owner);
}

WRAP(wrap_descriptor_set) {
    CHECK_UNPACKED(2, 2);
    return none_or_error(AS(SetFunction *, wrapper->function)(thread, self, args[0], args[1]));
}

WRAP(wrap_descriptor_delete) {
    CHECK_COUNT(1, 1);
    return none_or_error(AS(SetFunction *, wrapper->function)(thread, self, args[0], VALUE_ABSENT));
}

Value slot_wrapper_call(Thread *thread, SlotWrapper *wrapper, Value self, Value *args, int count,
                        Value names) {
    const SlotRow *row = wrapper->row;
    if (!type_is_subtype(type_of(self), wrapper->owner))
        return raise_type_error(thread,
                                "descriptor '%s' requires a '%N' object but received a '%T'",
                                row->name, wrapper->owner, self);
    bool takes_names = row->wrap == wrap_initialize || row->wrap == wrap_call;
    if (!takes_names && !value_is_absent(names) && value_as_tuple(names)->length)
        return raise_type_error(thread, "wrapper %s() takes no keyword arguments", row->name);
    if (!stack_has_room(thread) && !thread_check_stack(thread, "")) return VALUE_ERROR;
    return row->wrap(thread, wrapper, self, args, count, names);
}

Value slot_wrapper_new(Thread *thread, const SlotRow *row, Type *owner, SlotFunction *function) {
    SlotWrapper *wrapper =
        (SlotWrapper *)heap_allocate(thread->heap, sizeof *wrapper, SHAPE_slot_wrapper);
    if (!wrapper) return raise_memory_error(thread);
    wrapper->row = row;
    wrapper->owner = owner;
    wrapper->function = function;
    return value_from_object(wrapper);
}
