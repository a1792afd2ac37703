// symbols_internal.h — the parts of the symbol table's first pass, which fill several files.
#pragma once

#include "compiler/symbols.h"
#include "objects/str.h"

// Opens and closes a block. `key` is what symbols_block will be asked for.
RAISES bool symbols_enter(SymbolTable *table, SymbolBlockKind kind, Value name, const void *key,
                          AstPosition position);
void symbols_exit(SymbolTable *table);

// Notes a fact about a name in the current block, or in another one.
RAISES bool symbols_add(SymbolTable *table, Value name, uint32_t flags, AstPosition position);
RAISES bool symbols_add_to(SymbolTable *table, SymbolBlock *block, Value name, uint32_t flags,
                           AstPosition position);
// Notes where a name was declared global or nonlocal.
RAISES bool symbols_add_directive(SymbolTable *table, Value name, AstPosition position);

RAISES bool symbols_visit_expression(SymbolTable *table, AstExpression *expression);
RAISES bool symbols_visit_expressions(SymbolTable *table, AstExpressions expressions); // skips NULL
RAISES bool symbols_visit_statements(SymbolTable *table, AstStatements statements);
RAISES bool symbols_visit_parameters(SymbolTable *table, const AstArguments *arguments);

static inline bool symbols_in_annotations_mode(const SymbolTable *table) {
    return table->compilation->flags & 0x1000000; // CO_FUTURE_ANNOTATIONS
}
