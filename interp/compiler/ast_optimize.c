// ast_optimize.c — the walk of the optimiser over the tree.
//
// Children come before their parent, so that results are folded further. The left spine of
// operators, calls, attributes and subscripts and chains of elif are walked in loops.

#include "compiler/ast_optimize_internal.h"

#include "bytecode/code.h"
#include "runtime/errors.h"

static bool optimize_expression(Compilation *compilation, AstExpression *expression);
static bool optimize_statement(Compilation *compilation, AstStatement *statement);

static bool optimize_optional(Compilation *compilation, AstExpression *expression) {
    return expression == NULL || optimize_expression(compilation, expression);
}

static bool optimize_expressions(Compilation *compilation, AstExpressions expressions) {
    for (size_t i = 0; i < expressions.count; i++) {
        if (!optimize_optional(compilation, expressions.items[i])) return false;
    }
    return true;
}

static bool optimize_statements(Compilation *compilation, AstStatements statements) {
    for (size_t i = 0; i < statements.count; i++) {
        if (!optimize_statement(compilation, statements.items[i])) return false;
    }
    return true;
}

// A body whose first statement becomes a str only by folding must not get a docstring from it: it
// is wrapped in an f-string node.
static bool optimize_body(Compilation *compilation, AstStatements body) {
    bool had_docstring = ast_docstring_find(body) != NULL;
    if (!optimize_statements(compilation, body)) return false;
    if (had_docstring || ast_docstring_find(body) == NULL) return true;
    AstStatement *statement = body.items[0];
    AstExpression *wrapper =
        ast_expression_new(compilation->ast, AST_JOINED_STR, statement->position);
    AstExpression **items = compilation_allocate(compilation, sizeof(AstExpression *));
    if (wrapper == NULL || items == NULL) return false;
    items[0] = statement->expr.value;
    wrapper->joined_str = (AstJoinedStr){{1, items}};
    statement->expr.value = wrapper;
    return true;
}

static bool optimize_annotation(Compilation *compilation, AstExpression *annotation) {
    return (compilation->flags & CO_FUTURE_ANNOTATIONS) ||
           optimize_optional(compilation, annotation);
}

static bool optimize_argument(Compilation *compilation, const AstArgument *argument) {
    return argument == NULL || optimize_annotation(compilation, argument->annotation);
}

static bool optimize_argument_list(Compilation *compilation, AstArgumentList arguments) {
    for (size_t i = 0; i < arguments.count; i++) {
        if (!optimize_argument(compilation, arguments.items[i])) return false;
    }
    return true;
}

static bool optimize_arguments(Compilation *compilation, const AstArguments *arguments) {
    return optimize_argument_list(compilation, arguments->posonlyargs) &&
           optimize_argument_list(compilation, arguments->args) &&
           optimize_argument(compilation, arguments->vararg) &&
           optimize_argument_list(compilation, arguments->kwonlyargs) &&
           optimize_expressions(compilation, arguments->kw_defaults) &&
           optimize_argument(compilation, arguments->kwarg) &&
           optimize_expressions(compilation, arguments->defaults);
}

static bool optimize_keywords(Compilation *compilation, AstKeywords keywords) {
    for (size_t i = 0; i < keywords.count; i++) {
        if (!optimize_expression(compilation, keywords.items[i]->value)) return false;
    }
    return true;
}

static bool optimize_generators(Compilation *compilation, AstComprehensions generators) {
    for (size_t i = 0; i < generators.count; i++) {
        const AstComprehension *generator = generators.items[i];
        if (!optimize_expression(compilation, generator->target) ||
            !optimize_expression(compilation, generator->iter) ||
            !optimize_expressions(compilation, generator->ifs) ||
            !fold_iterable(compilation, generator->iter))
            return false;
    }
    return true;
}

static bool optimize_type_params(Compilation *compilation, AstTypeParams params) {
    for (size_t i = 0; i < params.count; i++) {
        const AstTypeParam *param = params.items[i];
        if (param->kind == AST_TYPE_VAR && !optimize_optional(compilation, param->type_var.bound))
            return false;
    }
    return true;
}

// The rest of a spine node, and the node itself, when its first operand is done.
static bool finish_spine_node(Compilation *compilation, AstExpression *expression) {
    switch (expression->kind) {
    case AST_BIN_OP:
        return optimize_expression(compilation, expression->bin_op.right) &&
               fold_bin_op(compilation, expression);
    case AST_SUBSCRIPT:
        return optimize_expression(compilation, expression->subscript.slice) &&
               fold_subscript(compilation, expression);
    case AST_CALL:
        return optimize_expressions(compilation, expression->call.args) &&
               optimize_keywords(compilation, expression->call.keywords);
    default: return true;
    }
}

static bool optimize_spine(Compilation *compilation, AstExpression *expression) {
    AstSpine *spine = &compilation->spine;
    size_t height = spine->count;
    AstExpression *bottom = compilation_push_spine(compilation, expression);
    if (bottom == NULL || !optimize_expression(compilation, bottom)) return false;
    // The result of the last operator. It is found on the stack while the next node may fold it
    // into another; a long sum then keeps no partial sums.
    Value result = VALUE_ABSENT;
    while (spine->count > height) {
        AstExpression *node = ast_spine_pop(spine);
        bool is_operator = node->kind == AST_BIN_OP;
        if (!finish_spine_node(compilation, node)) return false;
        if (is_operator && node->kind == AST_CONSTANT) {
            result = node->constant.value;
        } else if (!value_is_absent(result)) {
            if (!ast_keep(compilation->ast, result)) return false;
            result = VALUE_ABSENT;
        }
    }
    return value_is_absent(result) || ast_keep(compilation->ast, result);
}

static bool optimize_compare(Compilation *compilation, AstExpression *expression) {
    AstCompare *compare = &expression->compare;
    if (!optimize_expression(compilation, compare->left) ||
        !optimize_expressions(compilation, compare->comparators))
        return false;
    size_t last = compare->ops.count - 1;
    AstCompareOperator op = compare->ops.items[last];
    return (op != AST_IN && op != AST_NOT_IN) ||
           fold_iterable(compilation, compare->comparators.items[last]);
}

static bool optimize_expression(Compilation *compilation, AstExpression *expression) {
    if (!compilation_check_stack(compilation)) return false;
    switch (expression->kind) {
    case AST_NAMED_EXPR: return optimize_expression(compilation, expression->named_expr.value);
    case AST_BOOL_OP: return optimize_expressions(compilation, expression->bool_op.values);
    case AST_BIN_OP:
    case AST_CALL:
    case AST_ATTRIBUTE:
    case AST_SUBSCRIPT: return optimize_spine(compilation, expression);
    case AST_UNARY_OP:
        return optimize_expression(compilation, expression->unary_op.operand) &&
               fold_unary_op(compilation, expression);
    case AST_LAMBDA:
        return optimize_arguments(compilation, expression->lambda.args) &&
               optimize_expression(compilation, expression->lambda.body);
    case AST_IF_EXP:
        return optimize_expression(compilation, expression->if_exp.test) &&
               optimize_expression(compilation, expression->if_exp.body) &&
               optimize_expression(compilation, expression->if_exp.orelse);
    case AST_DICT:
        return optimize_expressions(compilation, expression->dict.keys) &&
               optimize_expressions(compilation, expression->dict.values);
    case AST_SET: return optimize_expressions(compilation, expression->set.elts);
    case AST_LIST_COMP:
    case AST_SET_COMP:
    case AST_GENERATOR_EXP: // the three have one layout
        return optimize_expression(compilation, expression->list_comp.elt) &&
               optimize_generators(compilation, expression->list_comp.generators);
    case AST_DICT_COMP:
        return optimize_expression(compilation, expression->dict_comp.key) &&
               optimize_expression(compilation, expression->dict_comp.value) &&
               optimize_generators(compilation, expression->dict_comp.generators);
    case AST_AWAIT: return optimize_expression(compilation, expression->await.value);
    case AST_YIELD: return optimize_optional(compilation, expression->yield.value);
    case AST_YIELD_FROM: return optimize_expression(compilation, expression->yield_from.value);
    case AST_COMPARE: return optimize_compare(compilation, expression);
    case AST_FORMATTED_VALUE:
        return optimize_expression(compilation, expression->formatted_value.value) &&
               optimize_optional(compilation, expression->formatted_value.format_spec);
    case AST_JOINED_STR: return optimize_expressions(compilation, expression->joined_str.values);
    case AST_STARRED: return optimize_expression(compilation, expression->starred.value);
    case AST_SLICE:
        return optimize_optional(compilation, expression->slice.lower) &&
               optimize_optional(compilation, expression->slice.upper) &&
               optimize_optional(compilation, expression->slice.step);
    case AST_LIST: return optimize_expressions(compilation, expression->list.elts);
    case AST_TUPLE:
        return optimize_expressions(compilation, expression->tuple.elts) &&
               fold_tuple(compilation, expression);
    case AST_NAME:
        if (expression->name.ctx != AST_LOAD ||
            !value_same(expression->name.id, NAMES(compilation->thread)->__debug__))
            return true;
        return fold_replace(compilation, expression, value_from_bool(compilation->optimize == 0));
    case AST_CONSTANT: return true;
    }
    UNREACHABLE();
}

static bool optimize_pattern(Compilation *compilation, AstPattern *pattern);

static bool optimize_patterns(Compilation *compilation, AstPatterns patterns) {
    for (size_t i = 0; i < patterns.count; i++) {
        if (!optimize_pattern(compilation, patterns.items[i])) return false;
    }
    return true;
}

static bool optimize_pattern(Compilation *compilation, AstPattern *pattern) {
    if (!compilation_check_stack(compilation)) return false;
    switch (pattern->kind) {
    case AST_MATCH_VALUE: return optimize_expression(compilation, pattern->match_value.value);
    case AST_MATCH_SEQUENCE:
        return optimize_patterns(compilation, pattern->match_sequence.patterns);
    case AST_MATCH_MAPPING:
        return optimize_expressions(compilation, pattern->match_mapping.keys) &&
               optimize_patterns(compilation, pattern->match_mapping.patterns);
    case AST_MATCH_CLASS:
        return optimize_expression(compilation, pattern->match_class.cls) &&
               optimize_patterns(compilation, pattern->match_class.patterns) &&
               optimize_patterns(compilation, pattern->match_class.kwd_patterns);
    case AST_MATCH_AS:
        return pattern->match_as.pattern == NULL ||
               optimize_pattern(compilation, pattern->match_as.pattern);
    case AST_MATCH_OR: return optimize_patterns(compilation, pattern->match_or.patterns);
    case AST_MATCH_SINGLETON:
    case AST_MATCH_STAR: return true;
    }
    UNREACHABLE();
}

static bool optimize_match(Compilation *compilation, const AstMatch *match) {
    if (!optimize_expression(compilation, match->subject)) return false;
    for (size_t i = 0; i < match->cases.count; i++) {
        const AstMatchCase *match_case = match->cases.items[i];
        if (!optimize_pattern(compilation, match_case->pattern) ||
            !optimize_optional(compilation, match_case->guard) ||
            !optimize_statements(compilation, match_case->body))
            return false;
    }
    return true;
}

static bool optimize_try(Compilation *compilation, const AstTry *try_) {
    if (!optimize_statements(compilation, try_->body)) return false;
    for (size_t i = 0; i < try_->handlers.count; i++) {
        if (!optimize_optional(compilation, try_->handlers.items[i]->type) ||
            !optimize_statements(compilation, try_->handlers.items[i]->body))
            return false;
    }
    return optimize_statements(compilation, try_->orelse) &&
           optimize_statements(compilation, try_->finalbody);
}

static bool optimize_with(Compilation *compilation, const AstWith *with) {
    for (size_t i = 0; i < with->items.count; i++) {
        if (!optimize_expression(compilation, with->items.items[i]->context_expr) ||
            !optimize_optional(compilation, with->items.items[i]->optional_vars))
            return false;
    }
    return optimize_statements(compilation, with->body);
}

static bool optimize_if(Compilation *compilation, AstIf *if_) {
    for (;;) {
        if (!optimize_expression(compilation, if_->test) ||
            !optimize_statements(compilation, if_->body))
            return false;
        if (if_->orelse.count != 1 || if_->orelse.items[0]->kind != AST_IF)
            return optimize_statements(compilation, if_->orelse);
        if_ = &if_->orelse.items[0]->if_;
    }
}

static bool optimize_for(Compilation *compilation, AstStatement *statement) {
    const AstFor *for_ = &statement->for_;
    return optimize_expression(compilation, for_->target) &&
           optimize_expression(compilation, for_->iter) &&
           optimize_statements(compilation, for_->body) &&
           optimize_statements(compilation, for_->orelse) &&
           (statement->kind == AST_ASYNC_FOR || fold_iterable(compilation, for_->iter));
}

static bool optimize_function(Compilation *compilation, const AstFunctionDef *function) {
    return optimize_type_params(compilation, function->type_params) &&
           optimize_arguments(compilation, function->args) &&
           optimize_body(compilation, function->body) &&
           optimize_expressions(compilation, function->decorator_list) &&
           optimize_annotation(compilation, function->returns);
}

static bool optimize_class(Compilation *compilation, const AstClassDef *class_def) {
    return optimize_type_params(compilation, class_def->type_params) &&
           optimize_expressions(compilation, class_def->bases) &&
           optimize_keywords(compilation, class_def->keywords) &&
           optimize_body(compilation, class_def->body) &&
           optimize_expressions(compilation, class_def->decorator_list);
}

static bool optimize_statement(Compilation *compilation, AstStatement *statement) {
    if (!compilation_check_stack(compilation)) return false;
    switch (statement->kind) {
    case AST_FUNCTION_DEF:
    case AST_ASYNC_FUNCTION_DEF: return optimize_function(compilation, &statement->function_def);
    case AST_CLASS_DEF: return optimize_class(compilation, &statement->class_def);
    case AST_RETURN: return optimize_optional(compilation, statement->return_.value);
    case AST_DELETE: return optimize_expressions(compilation, statement->delete.targets);
    case AST_ASSIGN:
        return optimize_expressions(compilation, statement->assign.targets) &&
               optimize_expression(compilation, statement->assign.value);
    case AST_AUG_ASSIGN:
        return optimize_expression(compilation, statement->aug_assign.target) &&
               optimize_expression(compilation, statement->aug_assign.value);
    case AST_ANN_ASSIGN:
        return optimize_expression(compilation, statement->ann_assign.target) &&
               optimize_annotation(compilation, statement->ann_assign.annotation) &&
               optimize_optional(compilation, statement->ann_assign.value);
    case AST_TYPE_ALIAS:
        return optimize_expression(compilation, statement->type_alias.name) &&
               optimize_type_params(compilation, statement->type_alias.type_params) &&
               optimize_expression(compilation, statement->type_alias.value);
    case AST_FOR:
    case AST_ASYNC_FOR: return optimize_for(compilation, statement);
    case AST_WHILE:
        return optimize_expression(compilation, statement->while_.test) &&
               optimize_statements(compilation, statement->while_.body) &&
               optimize_statements(compilation, statement->while_.orelse);
    case AST_IF: return optimize_if(compilation, &statement->if_);
    case AST_WITH:
    case AST_ASYNC_WITH: return optimize_with(compilation, &statement->with);
    case AST_MATCH: return optimize_match(compilation, &statement->match);
    case AST_RAISE:
        return optimize_optional(compilation, statement->raise.exc) &&
               optimize_optional(compilation, statement->raise.cause);
    case AST_TRY:
    case AST_TRY_STAR: return optimize_try(compilation, &statement->try_);
    case AST_ASSERT:
        return optimize_expression(compilation, statement->assert_.test) &&
               optimize_optional(compilation, statement->assert_.msg);
    case AST_EXPR: return optimize_expression(compilation, statement->expr.value);
    case AST_IMPORT:
    case AST_IMPORT_FROM:
    case AST_GLOBAL:
    case AST_NONLOCAL:
    case AST_PASS:
    case AST_BREAK:
    case AST_CONTINUE: return true;
    }
    UNREACHABLE();
}

bool ast_optimize(Compilation *compilation, AstModule *module) {
    switch (module->kind) {
    case AST_MODULE: return optimize_body(compilation, module->body);
    case AST_INTERACTIVE: return optimize_statements(compilation, module->body);
    case AST_EXPRESSION: return optimize_expression(compilation, module->expression);
    }
    UNREACHABLE();
}
