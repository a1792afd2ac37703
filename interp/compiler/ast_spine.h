// ast_spine.h — the left spine of an expression: the operators, calls, attributes and subscripts
// that are reached by going to the first operand again and again.
//
// `1+1+...` is as deep as it is long, so passes walk spines in a loop instead of recursing. All
// walks of a compilation share one stack of nodes: a walk remembers its height, pushes what it
// passes on the way down, and takes it off again on the way up.
#pragma once

#include "base/vector.h"
#include "compiler/ast.h"

ARENA_VECTOR_DEFINE(AstSpine, ast_spine, AstExpression *)

// The first operand of a spine node, NULL for other kinds.
static inline AstExpression *ast_spine_next(const AstExpression *expression) {
    switch (expression->kind) {
    case AST_BIN_OP: return expression->bin_op.left;
    case AST_CALL: return expression->call.func;
    case AST_ATTRIBUTE: return expression->attribute.value;
    case AST_SUBSCRIPT: return expression->subscript.value;
    default: return NULL;
    }
}
