// symbols.h — the symbol table: for every block of a program, what each name in it is.
//
// One idea: two passes. symbols_build walks the tree and notes the raw facts of each name (bound,
// used, declared global, ...); symbols_analyze then walks the blocks from the outside in and
// decides each name's scope, and on the way back which locals must be cells. Flags and rules are
// those of CPython's symtable.c, comprehension inlining (PEP 709) and type parameters (PEP 695)
// included.
//
// Invariants: blocks live in the arena; a block is found by the address of the node that opens it
// (for a list of type parameters, of its first item's slot); the order of a block's symbols is that
// of their first appearance.
#pragma once

#include "base/vector.h"
#include "compiler/compilation.h"
#include "compiler/symbols_map.h"

// Bits of a symbol; its scope stands above them.
enum {
    SYMBOL_GLOBAL = 1,     // global statement
    SYMBOL_LOCAL = 1 << 1, // assigned in the block
    SYMBOL_PARAMETER = 1 << 2,
    SYMBOL_NONLOCAL = 1 << 3,
    SYMBOL_USE = 1 << 4,
    SYMBOL_FREE_CLASS = 1 << 6, // free in a method, and a name of the class itself
    SYMBOL_IMPORT = 1 << 7,
    SYMBOL_ANNOTATED = 1 << 8,
    SYMBOL_ITERATION = 1 << 9, // iteration variable of a comprehension
    SYMBOL_TYPE_PARAM = 1 << 10,
    SYMBOL_INLINED_CELL = 1 << 11, // a cell in an inlined comprehension
    SYMBOL_BOUND = SYMBOL_LOCAL | SYMBOL_PARAMETER | SYMBOL_IMPORT | SYMBOL_TYPE_PARAM,
    SYMBOL_SCOPE_SHIFT = 12,
    SYMBOL_FLAGS_MASK = (1 << SYMBOL_SCOPE_SHIFT) - 1,
};

typedef enum {
    SCOPE_NONE, // the block does not know the name
    SCOPE_LOCAL,
    SCOPE_GLOBAL_EXPLICIT,
    SCOPE_GLOBAL_IMPLICIT,
    SCOPE_FREE,
    SCOPE_CELL,
} SymbolScope;

typedef enum {
    BLOCK_FUNCTION, // lambdas and comprehensions too
    BLOCK_CLASS,
    BLOCK_MODULE,
    BLOCK_ANNOTATION, // under `from __future__ import annotations`; leaves no trace
    BLOCK_TYPE_VAR_BOUND,
    BLOCK_TYPE_ALIAS,
    BLOCK_TYPE_PARAMS,
} SymbolBlockKind;

typedef enum {
    COMPREHENSION_NONE,
    COMPREHENSION_LIST,
    COMPREHENSION_SET,
    COMPREHENSION_DICT,
    COMPREHENSION_GENERATOR,
} ComprehensionKind;

// A global or nonlocal statement's place, for errors that analysis finds.
typedef struct {
    Value name;
    AstPosition position;
} SymbolDirective;

typedef struct SymbolBlock SymbolBlock;
ARENA_VECTOR_DEFINE(SymbolBlocks, symbol_blocks, SymbolBlock *)
ARENA_VECTOR_DEFINE(SymbolDirectives, symbol_directives, SymbolDirective)

struct SymbolBlock {
    SymbolBlockKind kind;
    ComprehensionKind comprehension;
    Value name;
    AstPosition position;
    NameMap symbols;    // name → flags and scope
    NameMap parameters; // name → position: the first slots of co_varnames
    SymbolBlocks children;
    SymbolDirectives directives;
    NameSet *mangled_names; // around a generic class: the only names to mangle; NULL: all
    bool nested;            // inside a function
    bool is_free;           // has free variables
    bool child_is_free;
    bool is_generator;
    bool is_coroutine;
    bool has_varargs;
    bool has_varkeywords;
    bool returns_value;
    bool needs_class_closure; // a class whose methods want __class__
    bool needs_class_dict;    // a class whose annotation scopes want __classdict__
    bool is_inlined;          // a comprehension that becomes part of its parent
    bool in_iteration_target; // being visited: the target of a comprehension's for
    bool sees_class_scope;    // an annotation scope directly inside a class
    int iteration_expression_depth;
};

typedef struct SymbolTable {
    Compilation *compilation;
    SymbolBlock *top;
    SymbolBlock *current;
    SymbolBlocks stack;
    Value private_name; // innermost class
    const void **keys;  // hash table: node → block
    SymbolBlock **blocks;
    size_t block_count;
    size_t table_mask;
} SymbolTable;

// Builds and analyses the table of a module. False with SyntaxError, RecursionError or MemoryError.
RAISES bool symbols_build(SymbolTable *table, Compilation *compilation, const AstModule *module);

// The second pass, called by symbols_build.
RAISES bool symbols_analyze(SymbolTable *table);

// The block that a node opens; it must have one.
SymbolBlock *symbols_block(const SymbolTable *table, const void *key);

static inline SymbolScope symbol_scope(uint32_t symbol) {
    return (SymbolScope)(symbol >> SYMBOL_SCOPE_SHIFT);
}
static inline SymbolScope block_scope(const SymbolBlock *block, Value name) {
    return symbol_scope(name_map_get(&block->symbols, name));
}
// Do names of the block live in fast locals?
static inline bool block_is_function_like(const SymbolBlock *block) {
    return block->kind == BLOCK_FUNCTION || block->kind == BLOCK_TYPE_VAR_BOUND ||
           block->kind == BLOCK_TYPE_ALIAS || block->kind == BLOCK_TYPE_PARAMS;
}
// Mangles a name as the block sees it: in the type parameter block of a class only the parameters
// themselves are mangled.
static inline RAISES Value symbols_mangle(Compilation *compilation, const SymbolBlock *block,
                                          Value private_name, Value name) {
    if (value_is_absent(private_name)) return name;
    if (block->mangled_names != NULL && !name_set_has(block->mangled_names, name)) return name;
    return compilation_mangle(compilation, private_name, name);
}
