// codegen.h — from the tree to code objects: one instruction sequence a scope.
#pragma once

#include "compiler/symbols.h"

// The code object of a module whose tree is optimised and whose symbols are built. VALUE_ERROR with
// SyntaxError, RecursionError, MemoryError or SystemError.
RAISES Value codegen_module(Compilation *compilation, SymbolTable *symbols,
                            const AstModule *module);
