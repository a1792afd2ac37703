// bool.c — True and False: ints with a repr of their own and the logical operators.
#include "objects/int.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value value;
    if (!arguments_bind(thread, "bool", "object=False, /", args, count, names, &value))
        return VALUE_ERROR;
    if (value_is_absent(value)) return VALUE_FALSE;
    int truth = object_is_true(thread, value);
    return truth < 0 ? VALUE_ERROR : value_from_bool(truth);
}

static Value repr(Thread *thread, Value self) {
    return str_intern_c(thread, value_as_bool(self) ? "True" : "False");
}

static int truth_of(Thread *thread, Value self) {
    (void)thread;
    return value_as_bool(self);
}

// Two bools give a bool, anything else is int's.
static Value operate(Thread *thread, BinaryOperator op, Value left, Value right) {
    if (!value_is_bool(left) || !value_is_bool(right)) {
        if (!value_is_int(left) || !value_is_int(right)) return VALUE_NOT_IMPLEMENTED;
        return int_bitwise(thread, op, left, right);
    }
    bool a = value_as_bool(left), b = value_as_bool(right);
    return value_from_bool(op == BINARY_AND ? (a && b) : op == BINARY_OR ? (a || b) : (a != b));
}

static Value and (Thread * thread, Value left, Value right) {
    return operate(thread, BINARY_AND, left, right);
}

static Value or (Thread * thread, Value left, Value right) {
    return operate(thread, BINARY_OR, left, right);
}

static Value xor
    (Thread * thread, Value left, Value right) { return operate(thread, BINARY_XOR, left, right); }

    static Value invert(Thread *thread, Value self) {
    if (!warn(
            thread, &exception_DeprecationWarning,
            "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This "
            "returns the bitwise inversion of the underlying int object and is usually not what "
            "you expect from negating a bool. Use the 'not' operator for boolean negation or "
            "~int(x) if you really want the bitwise inversion of the underlying int."))
        return VALUE_ERROR;
    return value_from_fixnum(value_as_bool(self) ? -2 : -1);
}

Type bool_type = {
    TYPE_STATIC_HEADER(bool),
    .name = "bool",
    .documentation = "bool(x) -> bool\n\n"
                     "Returns True when the argument x is true, False otherwise.\n"
                     "The builtins True and False are the only two instances of the class bool.\n"
                     "The class bool is a subclass of the class int, and cannot be subclassed.",
    .base = &int_type,
    .make = make,
    .repr = repr,
    .truth = truth_of,
    .unary = {[UNARY_INVERT_] = invert},
    .binary = {[BINARY_AND] = and, [BINARY_OR] = or, [BINARY_XOR] = xor},
};
