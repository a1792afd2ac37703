// ast.c — allocation of syntax tree nodes.
#include "compiler/ast.h"

#include "objects/list.h"
#include "objects/str.h"
#include "runtime/errors.h"

bool ast_keep(AstContext *context, Value value) {
    if (!value_is_object(value)) return true;
    if (value_is_absent(context->keep)) {
        Value keep = list_new(context->thread, 64);
        if (value_is_error(keep)) return false;
        context->keep = keep;
    }
    return list_append(context->thread, value_as_list(context->keep), value);
}

void *ast_fail_allocation(AstContext *context) {
    (void)raise_memory_error(context->thread);
    return NULL;
}

AstStatement *ast_statement_new(AstContext *context, AstStatementKind kind, AstPosition position) {
    AstStatement *node = ast_allocate(context, sizeof *node);
    if (node == NULL) return NULL;
    node->kind = kind;
    node->position = position;
    return node;
}

AstPattern *ast_pattern_new(AstContext *context, AstPatternKind kind, AstPosition position) {
    AstPattern *node = ast_allocate(context, sizeof *node);
    if (node == NULL) return NULL;
    node->kind = kind;
    node->position = position;
    return node;
}

AstTypeParam *ast_type_param_new(AstContext *context, AstTypeParamKind kind, AstPosition position) {
    AstTypeParam *node = ast_allocate(context, sizeof *node);
    if (node == NULL) return NULL;
    node->kind = kind;
    node->position = position;
    return node;
}

AstExpression *ast_docstring_find(AstStatements body) {
    if (body.count == 0 || body.items[0]->kind != AST_EXPR) return NULL;
    AstExpression *value = body.items[0]->expr.value;
    return value->kind == AST_CONSTANT && value_is_str(value->constant.value) ? value : NULL;
}
