// ast_unparse.h — from an expression back to source text, as annotations are stored under
// `from __future__ import annotations`.
#pragma once

#include "compiler/compilation.h"

// The text of an expression with the spacing and the parentheses of CPython's ast_unparse.c.
// VALUE_ERROR with MemoryError or RecursionError.
RAISES Value ast_unparse(Compilation *compilation, const AstExpression *expression);
