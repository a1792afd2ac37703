// constant_key.c — structural equality and hash of constants.
//
// The parser bounds the nesting of constants, but a tuple read by marshal may hold itself: at the
// end of the native stack constants count as different.
#include "bytecode/constant_key.h"

#include <math.h>
#include <string.h>

#include "bytecode/code_internal.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

static uint64_t double_bits(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static bool double_same(double a, double b) {
    return a == b && double_bits(a) == double_bits(b); // NaNs differ, so do 0.0 and -0.0
}

static uint64_t mix(uint64_t state, uint64_t word) {
    state = (state ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return state ^ state >> 29;
}

static bool tuple_same(Thread *thread, const Tuple *a, const Tuple *b) {
    if (a->length != b->length) return false;
    for (uint64_t i = 0; i < a->length; i++)
        if (!constant_equal(thread, a->items[i], b->items[i])) return false;
    return true;
}

static bool set_holds(Thread *thread, const Set *set, Value wanted) {
    size_t position = 0;
    Value item;
    while (set_next(set, &position, &item))
        if (constant_equal(thread, item, wanted)) return true;
    return false;
}

static bool set_same(Thread *thread, const Set *a, const Set *b) {
    if (a->length != b->length) return false;
    if (constant_hash(thread, value_from_object(a)) != constant_hash(thread, value_from_object(b)))
        return false;
    size_t position = 0;
    Value item;
    while (set_next(a, &position, &item))
        if (!set_holds(thread, b, item)) return false;
    return true;
}

bool constant_equal(Thread *thread, Value a, Value b) {
    if (value_same(a, b)) return true;
    if (!value_is_object(a) || !value_is_object(b) || !stack_has_room(thread)) return false;
    Object *x = value_as_object(a), *y = value_as_object(b);
    if (x->shape != y->shape) return false;
    switch (x->shape) {
    case SHAPE_str: return str_equal((Str *)x, (Str *)y);
    case SHAPE_int: return int_compare(a, b) == 0;
    case SHAPE_float: return double_same(((Float *)x)->number, ((Float *)y)->number);
    case SHAPE_complex: {
        const Complex *p = (Complex *)x, *q = (Complex *)y;
        return double_same(p->real, q->real) && double_same(p->imaginary, q->imaginary);
    }
    case SHAPE_bytes: {
        const Bytes *p = (Bytes *)x, *q = (Bytes *)y;
        return p->length == q->length && memcmp(p->data, q->data, p->length) == 0;
    }
    case SHAPE_tuple: return tuple_same(thread, (Tuple *)x, (Tuple *)y);
    case SHAPE_frozenset: return set_same(thread, (Set *)x, (Set *)y);
    case SHAPE_code: return code_equal(thread, (CodeObject *)x, (CodeObject *)y);
    default: return false;
    }
}

static uint64_t hash_data(uint64_t state, const unsigned char *bytes, size_t size) {
    uint64_t word;
    for (; size >= sizeof word; bytes += sizeof word, size -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        state = mix(state, word);
    }
    word = 0;
    memcpy(&word, bytes, size);
    return mix(state, word ^ (uint64_t)size << 56);
}

static uint64_t hash_set(Thread *thread, const Set *set) {
    uint64_t sum = 0;
    size_t position = 0;
    Value item;
    while (set_next(set, &position, &item)) sum += mix(7, constant_hash(thread, item));
    return mix(SHAPE_frozenset, sum);
}

// What tells the code objects of one source apart; they are compared in full only when all of it is
// the same.
static uint64_t hash_code(Thread *thread, const CodeObject *code) {
    uint64_t state = mix(constant_hash(thread, code->co_name), (uint64_t)code->co_firstlineno);
    size_t size;
    const unsigned char *locations = code_bytes(code->co_linetable, &size);
    state = mix(hash_data(state, locations, size), (uint64_t)code_unit_count(code));
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++) {
        Value item = constants->items[i];
        uint64_t part = value_is_code(item) ? (uint64_t)value_as_code(item)->co_firstlineno
                                            : constant_hash(thread, item);
        state = mix(state, part);
    }
    return state;
}

uint64_t constant_hash(Thread *thread, Value constant) {
    if (!value_is_object(constant) || !stack_has_room(thread)) return mix(1, constant.bits);
    Object *object = value_as_object(constant);
    uint64_t state = object->shape;
    switch (object->shape) {
    case SHAPE_str: return mix(state, (uint64_t)str_hash(thread, (Str *)object));
    case SHAPE_int: {
        const Int *number = (Int *)object;
        return hash_data(state, (const unsigned char *)number->limbs, number->count * 8);
    }
    case SHAPE_float: return mix(state, double_bits(((Float *)object)->number));
    case SHAPE_complex:
        state = mix(state, double_bits(((Complex *)object)->real));
        return mix(state, double_bits(((Complex *)object)->imaginary));
    case SHAPE_bytes: return hash_data(state, ((Bytes *)object)->data, ((Bytes *)object)->length);
    case SHAPE_tuple: {
        const Tuple *tuple = (Tuple *)object;
        for (uint64_t i = 0; i < tuple->length; i++)
            state = mix(state, constant_hash(thread, tuple->items[i]));
        return mix(state, tuple->length);
    }
    case SHAPE_frozenset: return hash_set(thread, (Set *)object);
    case SHAPE_code: return hash_code(thread, (CodeObject *)object);
    default: return mix(state, constant.bits);
    }
}

bool constant_holds_nan(Thread *thread, Value constant) {
    if (!value_is_object(constant) || !stack_has_room(thread)) return false;
    const Object *object = value_as_object(constant);
    switch (object->shape) {
    case SHAPE_float: return isnan(((const Float *)object)->number);
    case SHAPE_complex: {
        const Complex *number = (const Complex *)object;
        return isnan(number->real) || isnan(number->imaginary);
    }
    case SHAPE_tuple: {
        const Tuple *tuple = (const Tuple *)object;
        for (uint64_t i = 0; i < tuple->length; i++)
            if (constant_holds_nan(thread, tuple->items[i])) return true;
        return false;
    }
    case SHAPE_frozenset: {
        size_t position = 0;
        Value item;
        while (set_next((const Set *)object, &position, &item))
            if (constant_holds_nan(thread, item)) return true;
        return false;
    }
    default: return false;
    }
}
