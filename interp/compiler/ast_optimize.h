// ast_optimize.h — the optimiser of the tree: constants are computed before code is made.
#pragma once

#include "compiler/compilation.h"

// Folds constants in place, bottom-up, with CPython 3.12's rules and limits. An operation that
// raises is left as it is. False with RecursionError, MemoryError or KeyboardInterrupt.
RAISES bool ast_optimize(Compilation *compilation, AstModule *module);
