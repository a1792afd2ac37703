// codegen_expressions.c — expressions: operators, comparisons, conditions, subscripts.
//
// A left spine is walked in a loop: down with what comes before the first operand of each node
// (PUSH_NULL of calls), then up with the rest.

#include "compiler/codegen_internal.h"

#include "runtime/errors.h"

bool visit_expressions(CodeGenerator *generator, AstExpressions expressions) {
    for (size_t i = 0; i < expressions.count; i++) {
        if (!visit_expression(generator, expressions.items[i])) return false;
    }
    return true;
}

int visit_slice_parts(CodeGenerator *generator, const AstExpression *expression) {
    const AstSlice *slice = &expression->slice;
    Location location = location_of(expression->position);
    AstExpression *parts[] = {slice->lower, slice->upper};
    for (int i = 0; i < 2; i++) {
        if (!(parts[i] == NULL ? emit_none(generator, location)
                               : visit_expression(generator, parts[i])))
            return -1;
    }
    if (slice->step == NULL) return 2;
    return visit_expression(generator, slice->step) ? 3 : -1;
}

static bool end_subscript(CodeGenerator *generator, const AstExpression *expression) {
    const AstSubscript *subscript = &expression->subscript;
    Location location = location_of(expression->position);
    if (is_plain_slice(subscript->slice) && subscript->ctx != AST_DEL) {
        if (visit_slice_parts(generator, subscript->slice) < 0) return false;
        emit(generator, location, subscript->ctx == AST_LOAD ? OP_BINARY_SLICE : OP_STORE_SLICE);
        return true;
    }
    if (!visit_expression(generator, subscript->slice)) return false;
    emit(generator, location,
         subscript->ctx == AST_LOAD    ? OP_BINARY_SUBSCR
         : subscript->ctx == AST_STORE ? OP_STORE_SUBSCR
                                       : OP_DELETE_SUBSCR);
    return true;
}

// What a spine node does before its first operand; *next is that operand.
static bool begin_spine_node(CodeGenerator *generator, AstExpression *expression,
                             AstExpression **next) {
    switch (expression->kind) {
    case AST_CALL: return call_begin(generator, expression, next);
    case AST_ATTRIBUTE: return attribute_begin(generator, expression, next);
    case AST_SUBSCRIPT:
        *next = expression->subscript.value;
        return expression->subscript.ctx != AST_LOAD || check_subscript(generator, expression);
    default: *next = expression->bin_op.left; return true;
    }
}

static bool end_spine_node(CodeGenerator *generator, AstExpression *expression) {
    switch (expression->kind) {
    case AST_CALL: return call_end(generator, expression);
    case AST_ATTRIBUTE: return attribute_end(generator, expression);
    case AST_SUBSCRIPT: return end_subscript(generator, expression);
    default:
        if (!visit_expression(generator, expression->bin_op.right)) return false;
        emit_binary(generator, location_of(expression->position), expression->bin_op.op, false);
        return true;
    }
}

static bool visit_spine(CodeGenerator *generator, AstExpression *expression) {
    Compilation *compilation = generator->compilation;
    AstSpine *spine = &compilation->spine;
    size_t height = spine->count;
    while (expression != NULL && ast_spine_next(expression) != NULL) {
        if (!ast_spine_push(compilation->ast->arena, spine, expression)) {
            (void)raise_memory_error(generator->thread);
            return false;
        }
        if (!begin_spine_node(generator, expression, &expression)) return false;
    }
    if (expression != NULL && !visit_expression(generator, expression)) return false;
    while (spine->count > height) {
        if (!end_spine_node(generator, ast_spine_pop(spine))) return false;
    }
    return true;
}

static bool visit_bool_op(CodeGenerator *generator, const AstExpression *expression) {
    const AstBoolOp *bool_op = &expression->bool_op;
    Location location = location_of(expression->position);
    int jump = bool_op->op == AST_AND ? OP_POP_JUMP_IF_FALSE : OP_POP_JUMP_IF_TRUE;
    Label end = new_label(generator);
    size_t last = bool_op->values.count - 1;
    for (size_t i = 0; i < last; i++) {
        if (!visit_expression(generator, bool_op->values.items[i])) return false;
        emit_arg(generator, location, OP_COPY, 1);
        emit_jump(generator, location, jump, end);
        emit(generator, location, OP_POP_TOP);
    }
    if (!visit_expression(generator, bool_op->values.items[last])) return false;
    place_label(generator, end);
    return true;
}

static bool visit_unary_op(CodeGenerator *generator, const AstExpression *expression) {
    Location location = location_of(expression->position);
    if (!visit_expression(generator, expression->unary_op.operand)) return false;
    switch (expression->unary_op.op) {
    case AST_INVERT: emit(generator, location, OP_UNARY_INVERT); return true;
    case AST_NOT: emit(generator, location, OP_UNARY_NOT); return true;
    case AST_U_SUB: emit(generator, location, OP_UNARY_NEGATIVE); return true;
    case AST_U_ADD:
        emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_UNARY_POSITIVE);
        return true;
    }
    UNREACHABLE();
}

static bool visit_if_exp(CodeGenerator *generator, const AstExpression *expression) {
    const AstIfExp *if_exp = &expression->if_exp;
    Label end = new_label(generator), next = new_label(generator);
    if (!visit_condition(generator, location_of(expression->position), if_exp->test, next, false) ||
        !visit_expression(generator, if_exp->body))
        return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    place_label(generator, next);
    if (!visit_expression(generator, if_exp->orelse)) return false;
    place_label(generator, end);
    return true;
}

// All but the last link of a chained comparison; `keeps_result` when the value is wanted and not
// only its truth.
static bool visit_chain(CodeGenerator *generator, const AstExpression *expression, Label cleanup,
                        bool keeps_result) {
    const AstCompare *compare = &expression->compare;
    Location location = location_of(expression->position);
    size_t last = compare->ops.count - 1;
    for (size_t i = 0; i < last; i++) {
        if (!visit_expression(generator, compare->comparators.items[i])) return false;
        emit_arg(generator, location, OP_SWAP, 2);
        emit_arg(generator, location, OP_COPY, 2);
        emit_compare(generator, location, compare->ops.items[i]);
        if (keeps_result) emit_arg(generator, location, OP_COPY, 1);
        emit_jump(generator, location, OP_POP_JUMP_IF_FALSE, cleanup);
        if (keeps_result) emit(generator, location, OP_POP_TOP);
    }
    if (!visit_expression(generator, compare->comparators.items[last])) return false;
    emit_compare(generator, location, compare->ops.items[last]);
    return true;
}

static bool visit_compare(CodeGenerator *generator, const AstExpression *expression) {
    const AstCompare *compare = &expression->compare;
    Location location = location_of(expression->position);
    if (!check_compare(generator, expression) || !visit_expression(generator, compare->left))
        return false;
    if (compare->ops.count == 1) {
        if (!visit_expression(generator, compare->comparators.items[0])) return false;
        emit_compare(generator, location, compare->ops.items[0]);
        return true;
    }
    Label cleanup = new_label(generator);
    if (!visit_chain(generator, expression, cleanup, true)) return false;
    Label end = new_label(generator);
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    place_label(generator, cleanup);
    emit_arg(generator, location, OP_SWAP, 2);
    emit(generator, location, OP_POP_TOP);
    place_label(generator, end);
    return true;
}

static bool visit_bool_condition(CodeGenerator *generator, Location location,
                                 const AstExpression *expression, Label target, bool condition) {
    const AstBoolOp *bool_op = &expression->bool_op;
    bool short_condition = bool_op->op == AST_OR;
    // Where the value is known early: the target, or behind the whole condition.
    Label early = short_condition == condition ? target : new_label(generator);
    size_t last = bool_op->values.count - 1;
    for (size_t i = 0; i < last; i++) {
        if (!visit_condition(generator, location, bool_op->values.items[i], early, short_condition))
            return false;
    }
    if (!visit_condition(generator, location, bool_op->values.items[last], target, condition))
        return false;
    if (early != target) place_label(generator, early);
    return true;
}

static bool visit_if_exp_condition(CodeGenerator *generator, Location location,
                                   const AstExpression *expression, Label target, bool condition) {
    const AstIfExp *if_exp = &expression->if_exp;
    Label end = new_label(generator), next = new_label(generator);
    if (!visit_condition(generator, location, if_exp->test, next, false) ||
        !visit_condition(generator, location, if_exp->body, target, condition))
        return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    place_label(generator, next);
    if (!visit_condition(generator, location, if_exp->orelse, target, condition)) return false;
    place_label(generator, end);
    return true;
}

static bool visit_chain_condition(CodeGenerator *generator, const AstExpression *expression,
                                  Label target, bool condition) {
    Location location = location_of(expression->position);
    if (!check_compare(generator, expression)) return false;
    Label cleanup = new_label(generator);
    if (!visit_expression(generator, expression->compare.left) ||
        !visit_chain(generator, expression, cleanup, false))
        return false;
    emit_jump(generator, location, condition ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, target);
    Label end = new_label(generator);
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    place_label(generator, cleanup);
    emit(generator, location, OP_POP_TOP);
    if (!condition) emit_jump(generator, NO_LOCATION, OP_JUMP, target);
    place_label(generator, end);
    return true;
}

bool visit_condition(CodeGenerator *generator, Location location, AstExpression *expression,
                     Label target, bool condition) {
    if (!compilation_check_stack(generator->compilation)) return false;
    while (expression->kind == AST_UNARY_OP && expression->unary_op.op == AST_NOT) {
        expression = expression->unary_op.operand;
        condition = !condition;
    }
    switch (expression->kind) {
    case AST_BOOL_OP:
        return visit_bool_condition(generator, location, expression, target, condition);
    case AST_IF_EXP:
        return visit_if_exp_condition(generator, location, expression, target, condition);
    case AST_COMPARE:
        if (expression->compare.ops.count > 1)
            return visit_chain_condition(generator, expression, target, condition);
        break;
    default: break;
    }
    if (!visit_expression(generator, expression)) return false;
    emit_jump(generator, location_of(expression->position),
              condition ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, target);
    return true;
}

static bool visit_yield(CodeGenerator *generator, const AstExpression *expression) {
    Location location = location_of(expression->position);
    if (!block_is_function_like(generator->unit->block))
        return codegen_error(generator, location, "'yield' outside function");
    AstExpression *value = expression->yield.value;
    if (!(value == NULL ? emit_none(generator, location) : visit_expression(generator, value)))
        return false;
    emit_yield(generator, location);
    return true;
}

static bool visit_yield_from(CodeGenerator *generator, const AstExpression *expression) {
    Location location = location_of(expression->position);
    if (!block_is_function_like(generator->unit->block))
        return codegen_error(generator, location, "'yield from' outside function");
    if (generator->unit->kind == UNIT_ASYNC_FUNCTION)
        return codegen_error(generator, location, "'yield from' inside async function");
    if (!visit_expression(generator, expression->yield_from.value)) return false;
    emit(generator, location, OP_GET_YIELD_FROM_ITER);
    if (!emit_none(generator, location)) return false;
    emit_yield_from(generator, location, false);
    return true;
}

static bool visit_await(CodeGenerator *generator, const AstExpression *expression) {
    Location location = location_of(expression->position);
    if (!codegen_awaits_at_top(generator)) {
        if (!block_is_function_like(generator->unit->block))
            return codegen_error(generator, location, "'await' outside function");
        if (generator->unit->kind != UNIT_ASYNC_FUNCTION &&
            generator->unit->kind != UNIT_COMPREHENSION)
            return codegen_error(generator, location, "'await' outside async function");
    }
    return visit_expression(generator, expression->await.value) &&
           emit_await(generator, location, 0);
}

bool visit_expression(CodeGenerator *generator, AstExpression *expression) {
    if (!compilation_check_stack(generator->compilation)) return false;
    Location location = location_of(expression->position);
    switch (expression->kind) {
    case AST_NAMED_EXPR:
        if (!visit_expression(generator, expression->named_expr.value)) return false;
        emit_arg(generator, location, OP_COPY, 1);
        return visit_expression(generator, expression->named_expr.target);
    case AST_BOOL_OP: return visit_bool_op(generator, expression);
    case AST_BIN_OP:
    case AST_CALL:
    case AST_ATTRIBUTE:
    case AST_SUBSCRIPT: return visit_spine(generator, expression);
    case AST_UNARY_OP: return visit_unary_op(generator, expression);
    case AST_LAMBDA: return visit_lambda(generator, expression);
    case AST_IF_EXP: return visit_if_exp(generator, expression);
    case AST_DICT: return visit_dict(generator, expression);
    case AST_SET: return visit_set(generator, expression);
    case AST_LIST_COMP:
    case AST_SET_COMP:
    case AST_DICT_COMP:
    case AST_GENERATOR_EXP: return visit_comprehension(generator, expression);
    case AST_YIELD: return visit_yield(generator, expression);
    case AST_YIELD_FROM: return visit_yield_from(generator, expression);
    case AST_AWAIT: return visit_await(generator, expression);
    case AST_COMPARE: return visit_compare(generator, expression);
    case AST_CONSTANT: return emit_constant(generator, location, expression->constant.value);
    case AST_JOINED_STR: return visit_joined_str(generator, expression);
    case AST_FORMATTED_VALUE: return visit_formatted_value(generator, expression);
    case AST_STARRED:
        return codegen_error(generator, location,
                             expression->starred.ctx == AST_STORE
                                 ? "starred assignment target must be in a list or tuple"
                                 : "can't use starred expression here");
    case AST_SLICE: {
        int parts = visit_slice_parts(generator, expression);
        if (parts < 0) return false;
        emit_arg(generator, location, OP_BUILD_SLICE, parts);
        return true;
    }
    case AST_NAME:
        return emit_variable(generator, location, expression->name.id, expression->name.ctx);
    case AST_LIST: return visit_list(generator, expression);
    case AST_TUPLE: return visit_tuple(generator, expression);
    }
    UNREACHABLE();
}
