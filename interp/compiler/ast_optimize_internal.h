// ast_optimize_internal.h — the folding functions that the walk over the tree calls when the
// operands of a node are done.
#pragma once

#include "compiler/ast_optimize.h"

// Turns the node into a constant, or, if an exception is pending, clears that and leaves the node.
RAISES bool fold_replace(Compilation *compilation, AstExpression *expression, Value value);
RAISES bool fold_unary_op(Compilation *compilation, AstExpression *expression);
// The result is not kept alive: in a chain it is the next node's operand only.
RAISES bool fold_bin_op(Compilation *compilation, AstExpression *expression);
RAISES bool fold_subscript(Compilation *compilation, AstExpression *expression);
RAISES bool fold_tuple(Compilation *compilation, AstExpression *expression);
// The right side of `in`, the iterable of a for: list → tuple, set of constants → frozenset.
RAISES bool fold_iterable(Compilation *compilation, AstExpression *expression);
// "..." % (a, b) with simple fields becomes an f-string.
RAISES bool fold_format(Compilation *compilation, AstExpression *expression, Value format,
                        AstExpressions elements);
