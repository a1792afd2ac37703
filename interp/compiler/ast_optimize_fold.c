// ast_optimize_fold.c — computing operators on constants.
//
// Limits keep small sources from making large constants: ints of 128 bits, strings of 4096 items,
// tuples of 256 items and of 1024 counted through all levels. Concatenation has no limit in
// CPython; here it ends when a compilation has copied 2^26 items, because `"a"+"a"+...` costs the
// square of its length.

#include "compiler/ast_optimize_internal.h"

#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

enum {
    MAX_INT_BITS = 128,
    MAX_COLLECTION = 256,
    MAX_TEXT = 4096,
    MAX_TOTAL_ITEMS = 1024,
    MAX_CONCATENATED = 1 << 26,
};

// fold_replace without keeping the value alive.
static bool set_constant(Compilation *compilation, AstExpression *expression, Value value) {
    Thread *thread = compilation->thread;
    if (value_is_error(value)) {
        if (error_matches(thread, &exception_KeyboardInterrupt)) return false;
        error_clear(thread);
        return true;
    }
    expression->kind = AST_CONSTANT;
    expression->constant = (AstConstant){.value = value, .kind = VALUE_ABSENT};
    return true;
}

bool fold_replace(Compilation *compilation, AstExpression *expression, Value value) {
    return set_constant(compilation, expression, value) &&
           (value_is_error(value) || ast_keep(compilation->ast, value));
}

bool fold_unary_op(Compilation *compilation, AstExpression *expression) {
    Thread *thread = compilation->thread;
    AstUnaryOperator op = expression->unary_op.op;
    AstExpression *operand = expression->unary_op.operand;
    if (operand->kind == AST_COMPARE && op == AST_NOT && operand->compare.ops.count == 1) {
        AstCompareOperator *compare = &operand->compare.ops.items[0];
        switch (*compare) {
        case AST_IS: *compare = AST_IS_NOT; break;
        case AST_IS_NOT: *compare = AST_IS; break;
        case AST_IN: *compare = AST_NOT_IN; break;
        case AST_NOT_IN: *compare = AST_IN; break;
        default: return true;
        }
        *expression = *operand;
        return true;
    }
    if (operand->kind != AST_CONSTANT) return true;
    Value value = operand->constant.value;
    Value result;
    switch (op) {
    case AST_NOT: {
        int truth = object_is_true(thread, value);
        result = truth < 0 ? VALUE_ERROR : value_from_bool(!truth);
        break;
    }
    case AST_INVERT: result = object_unary_op(thread, UNARY_INVERT_, value); break;
    case AST_U_ADD: result = object_unary_op(thread, UNARY_POSITIVE_, value); break;
    default: result = object_unary_op(thread, UNARY_NEGATIVE_, value); break;
    }
    return fold_replace(compilation, expression, result);
}

static uint64_t bit_length(Value number) {
    uint64_t scratch;
    return bigint_bit_length(int_view(number, &scratch));
}

// What remains of `limit` when the items of nested tuples and frozensets are counted; negative when
// there are more.
static int64_t count_items(Value value, int64_t limit) {
    if (value_is_tuple_exact(value)) {
        const Tuple *tuple = value_as_tuple(value);
        limit -= (int64_t)tuple->length;
        for (uint64_t i = 0; limit >= 0 && i < tuple->length; i++)
            limit = count_items(tuple->items[i], limit);
    } else if (value_is_any_set(value)) {
        limit -= (int64_t)value_as_set(value)->length;
        size_t position = 0;
        Value item;
        while (limit >= 0 && set_next(value_as_set(value), &position, &item))
            limit = count_items(item, limit);
    }
    return limit;
}

// Items of a sequence constant, and the most that a repetition may have; -1: no sequence.
static int64_t sequence_size(Value value, int64_t *most) {
    *most = MAX_TEXT;
    if (value_is_str(value)) return (int64_t)value_as_str(value)->length;
    if (value_is_bytes(value)) return (int64_t)value_as_bytes(value)->length;
    *most = MAX_COLLECTION;
    if (value_is_tuple(value)) return (int64_t)value_as_tuple(value)->length;
    if (value_is_any_set(value)) return (int64_t)value_as_set(value)->length;
    return -1;
}

static bool may_repeat(Value count, Value sequence) {
    int64_t most;
    int64_t size = sequence_size(sequence, &most);
    if (size <= 0) return true;
    int64_t times;
    if (!int_as_int64(count, &times) || times < 0 || times > most / size) return false;
    return times == 0 || most == MAX_TEXT || count_items(sequence, MAX_TOTAL_ITEMS / times) >= 0;
}

static bool may_multiply(Value left, Value right) {
    if (value_is_int(left) && value_is_int(right)) {
        uint64_t left_bits = bit_length(left), right_bits = bit_length(right);
        return left_bits == 0 || right_bits == 0 || left_bits + right_bits <= MAX_INT_BITS;
    }
    if (value_is_int(left)) return may_repeat(left, right);
    if (value_is_int(right)) return may_repeat(right, left);
    return true;
}

static bool may_raise_to_power(Value base, Value exponent) {
    if (!value_is_int(base) || !value_is_int(exponent) || int_sign(base) == 0 ||
        int_sign(exponent) <= 0)
        return true;
    int64_t power;
    return int_as_int64(exponent, &power) && bit_length(base) <= (uint64_t)(MAX_INT_BITS / power);
}

static bool may_shift(Value number, Value shift) {
    if (!value_is_int(number) || !value_is_int(shift) || int_sign(number) == 0 ||
        int_sign(shift) == 0)
        return true;
    int64_t count;
    return int_as_int64(shift, &count) && count >= 0 && count <= MAX_INT_BITS &&
           bit_length(number) <= (uint64_t)(MAX_INT_BITS - count);
}

static bool may_concatenate(Compilation *compilation, Value left, Value right) {
    int64_t most;
    int64_t left_size = sequence_size(left, &most), right_size = sequence_size(right, &most);
    if (left_size < 0 || right_size < 0) return true;
    compilation->folded_items += (uint64_t)(left_size + right_size);
    return compilation->folded_items <= MAX_CONCATENATED;
}

static bool may_compute(Compilation *compilation, AstBinaryOperator op, Value left, Value right) {
    switch (op) {
    case AST_ADD: return may_concatenate(compilation, left, right);
    case AST_MULT: return may_multiply(left, right);
    case AST_POW: return may_raise_to_power(left, right);
    case AST_L_SHIFT: return may_shift(left, right);
    case AST_MOD: return !value_is_str(left) && !value_is_bytes(left);
    case AST_MAT_MULT: return false;
    default: return true;
    }
}

static bool has_starred(AstExpressions elements) {
    for (size_t i = 0; i < elements.count; i++) {
        if (elements.items[i]->kind == AST_STARRED) return true;
    }
    return false;
}

bool fold_bin_op(Compilation *compilation, AstExpression *expression) {
    static const uint8_t operators[] = {
        [AST_ADD] = 0,      [AST_BIT_AND] = 1, [AST_FLOOR_DIV] = 2, [AST_L_SHIFT] = 3,
        [AST_MAT_MULT] = 4, [AST_MULT] = 5,    [AST_MOD] = 6,       [AST_BIT_OR] = 7,
        [AST_POW] = 8,      [AST_R_SHIFT] = 9, [AST_SUB] = 10,      [AST_DIV] = 11,
        [AST_BIT_XOR] = 12,
    };
    AstBinaryOperator op = expression->bin_op.op;
    AstExpression *left = expression->bin_op.left, *right = expression->bin_op.right;
    if (left->kind != AST_CONSTANT) return true;
    Value value = left->constant.value;
    if (op == AST_MOD && right->kind == AST_TUPLE && value_is_str(value) &&
        !has_starred(right->tuple.elts))
        return fold_format(compilation, expression, value, right->tuple.elts);
    if (right->kind != AST_CONSTANT) return true;
    if (!may_compute(compilation, op, value, right->constant.value)) return true;
    return set_constant(
        compilation, expression,
        object_binary_op(compilation->thread, operators[op], value, right->constant.value));
}

bool fold_subscript(Compilation *compilation, AstExpression *expression) {
    const AstSubscript *node = &expression->subscript;
    if (node->ctx != AST_LOAD || node->value->kind != AST_CONSTANT ||
        node->slice->kind != AST_CONSTANT)
        return true;
    return fold_replace(compilation, expression,
                        object_get_item(compilation->thread, node->value->constant.value,
                                        node->slice->constant.value));
}

// A tuple of the elements' values: VALUE_ABSENT if one is no constant.
static Value gather_constants(Compilation *compilation, AstExpressions elements) {
    for (size_t i = 0; i < elements.count; i++) {
        if (elements.items[i]->kind != AST_CONSTANT) return VALUE_ABSENT;
    }
    Value tuple = tuple_new(compilation->thread, elements.count);
    if (value_is_error(tuple)) return VALUE_ERROR;
    for (size_t i = 0; i < elements.count; i++)
        value_as_tuple(tuple)->items[i] = elements.items[i]->constant.value;
    return tuple;
}

bool fold_tuple(Compilation *compilation, AstExpression *expression) {
    if (expression->tuple.ctx != AST_LOAD) return true;
    Value tuple = gather_constants(compilation, expression->tuple.elts);
    return value_is_absent(tuple) || fold_replace(compilation, expression, tuple);
}

bool fold_iterable(Compilation *compilation, AstExpression *expression) {
    if (expression->kind == AST_LIST) {
        AstList list = expression->list;
        if (has_starred(list.elts)) return true;
        expression->kind = AST_TUPLE;
        expression->tuple = (AstTuple){.elts = list.elts, .ctx = list.ctx};
        Value tuple = gather_constants(compilation, list.elts);
        return value_is_absent(tuple) || fold_replace(compilation, expression, tuple);
    }
    if (expression->kind != AST_SET) return true;
    Value items = gather_constants(compilation, expression->set.elts);
    if (value_is_absent(items)) return true;
    if (!value_is_error(items)) {
        const Tuple *tuple = value_as_tuple(items);
        items = frozenset_new(compilation->thread, tuple->items, tuple->length);
    }
    return fold_replace(compilation, expression, items);
}
