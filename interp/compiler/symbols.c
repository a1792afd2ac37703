// symbols.c — blocks and names: what the first pass of the symbol table notes things in.

#include "compiler/symbols_internal.h"

#include "runtime/errors.h"

SymbolBlock *symbols_block(const SymbolTable *table, const void *key) {
    size_t slot = (size_t)((uintptr_t)key >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 20;
    for (;; slot++) {
        const void *found = table->keys[slot & table->table_mask];
        ASSERT(found != NULL);
        if (found == key) return table->blocks[slot & table->table_mask];
    }
}

static void insert_block(SymbolTable *table, const void *key, SymbolBlock *block) {
    size_t slot = (size_t)((uintptr_t)key >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 20;
    while (table->keys[slot & table->table_mask] != NULL) slot++;
    table->keys[slot & table->table_mask] = key;
    table->blocks[slot & table->table_mask] = block;
}

static bool reserve_block(SymbolTable *table) {
    size_t size = table->keys == NULL ? 0 : table->table_mask + 1;
    if (2 * (table->block_count + 1) <= size) return true;
    const void **old_keys = table->keys;
    SymbolBlock **old_blocks = table->blocks;
    size_t new_size = size == 0 ? 32 : size * 4;
    table->keys = compilation_allocate(table->compilation, new_size * sizeof *table->keys);
    table->blocks = compilation_allocate(table->compilation, new_size * sizeof *table->blocks);
    if (table->keys == NULL || table->blocks == NULL) return false;
    table->table_mask = new_size - 1;
    for (size_t i = 0; i < size; i++) {
        if (old_keys[i] != NULL) insert_block(table, old_keys[i], old_blocks[i]);
    }
    return true;
}

bool symbols_enter(SymbolTable *table, SymbolBlockKind kind, Value name, const void *key,
                   AstPosition position) {
    Compilation *compilation = table->compilation;
    Arena *arena = compilation->ast->arena;
    SymbolBlock *block = compilation_allocate(compilation, sizeof *block);
    if (block == NULL) return false;
    SymbolBlock *parent = table->current;
    block->kind = kind;
    block->name = name;
    block->position = position;
    if (parent != NULL) {
        block->nested = parent->nested || block_is_function_like(parent);
        block->iteration_expression_depth = parent->iteration_expression_depth;
        if (kind != BLOCK_CLASS) block->mangled_names = parent->mangled_names;
    }
    if (!symbol_blocks_push(arena, &table->stack, block)) goto no_memory;
    table->current = block;
    if (kind == BLOCK_ANNOTATION) return true;
    if (!reserve_block(table)) return false;
    insert_block(table, key, block);
    table->block_count++;
    if (parent != NULL && !symbol_blocks_push(arena, &parent->children, block)) goto no_memory;
    return true;
no_memory:
    (void)raise_memory_error(compilation->thread);
    return false;
}

void symbols_exit(SymbolTable *table) {
    (void)symbol_blocks_pop(&table->stack);
    table->current = table->stack.count == 0 ? NULL : *symbol_blocks_last(&table->stack);
}

bool symbols_add_to(SymbolTable *table, SymbolBlock *block, Value name, uint32_t flags,
                    AstPosition position) {
    Compilation *compilation = table->compilation;
    Value mangled = symbols_mangle(compilation, block, table->private_name, name);
    if (value_is_error(mangled)) return false;
    NameMapEntry *entry = name_map_add(compilation, &block->symbols, mangled);
    if (entry == NULL) return false;
    uint32_t symbol = entry->value;
    if (flags & symbol & SYMBOL_PARAMETER)
        return compilation_raise(compilation, position,
                                 "duplicate argument '%U' in function definition", name);
    if (flags & symbol & SYMBOL_TYPE_PARAM)
        return compilation_raise(compilation, position, "duplicate type parameter '%U'", name);
    symbol |= flags;
    if (block->in_iteration_target) {
        if (symbol & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL))
            return compilation_raise(compilation, position,
                                     "comprehension inner loop cannot rebind assignment expression "
                                     "target '%U'",
                                     name);
        symbol |= SYMBOL_ITERATION;
    }
    entry->value = symbol;
    if (flags & SYMBOL_PARAMETER)
        return name_map_number(compilation, &block->parameters, mangled) >= 0;
    if (flags & SYMBOL_GLOBAL) {
        NameMap *globals = &table->top->symbols;
        return name_map_set(compilation, globals, mangled, name_map_get(globals, mangled) | flags);
    }
    return true;
}

bool symbols_add(SymbolTable *table, Value name, uint32_t flags, AstPosition position) {
    SymbolBlock *block = table->current;
    if ((flags & SYMBOL_TYPE_PARAM) && block->mangled_names != NULL &&
        !name_set_add(table->compilation, block->mangled_names, name))
        return false;
    return symbols_add_to(table, block, name, flags, position);
}

bool symbols_add_directive(SymbolTable *table, Value name, AstPosition position) {
    SymbolBlock *block = table->current;
    Value mangled = symbols_mangle(table->compilation, block, table->private_name, name);
    if (value_is_error(mangled)) return false;
    if (symbol_directives_push(table->compilation->ast->arena, &block->directives,
                               (SymbolDirective){mangled, position}))
        return true;
    (void)raise_memory_error(table->compilation->thread);
    return false;
}

bool symbols_build(SymbolTable *table, Compilation *compilation, const AstModule *module) {
    *table = (SymbolTable){.compilation = compilation};
    Value name = compilation_intern_c(compilation, "top");
    if (value_is_error(name)) return false;
    if (!symbols_enter(table, BLOCK_MODULE, name, module, (AstPosition){0})) return false;
    table->top = table->current;
    bool visited = module->kind == AST_EXPRESSION
                       ? symbols_visit_expression(table, module->expression)
                       : symbols_visit_statements(table, module->body);
    if (!visited) return false;
    symbols_exit(table);
    return symbols_analyze(table);
}
