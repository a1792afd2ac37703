// symbols_analyze.c — the second pass of the symbol table: every name gets its scope.
//
// One idea: a block is told which names its surroundings bind, decides about its own names, hands
// the extended sets to its children, and collects from them what they use but do not bind; a local
// that a child uses is a cell. Class bindings are not handed down. A comprehension is analysed as a
// child and then, unless it is a generator expression, dissolved into its parent (PEP 709).
// Source of the rules: CPython's analyze_block and the functions around it.

#include "compiler/symbols.h"

#include "objects/str.h"
#include "runtime/errors.h"

// What is known on the way down; each block has its own copies.
typedef struct {
    NameSet bound;
    NameSet global;
    NameSet type_params;
    bool has_bound; // false at module level, where nonlocal is not allowed
} Surroundings;

// What a block's analysis works on.
typedef struct {
    SymbolTable *table;
    SymbolBlock *block;
    const SymbolBlock *class_block; // whose names the block's annotation scope sees first
    Surroundings *around;
    NameSet *free; // names that the block or its children leave unbound
    NameSet inlined_cells;
} Analysis;

static bool analyze_block(SymbolTable *table, SymbolBlock *block, Surroundings *around,
                          NameSet *free, const SymbolBlock *class_block);

static bool raise_at_directive(Analysis *analysis, Value name, const char *format) {
    const SymbolDirectives *directives = &analysis->block->directives;
    AstPosition position = analysis->block->position;
    for (size_t i = 0; i < directives->count; i++) {
        if (!value_same(directives->items[i].name, name)) continue;
        position = directives->items[i].position;
        break;
    }
    return compilation_raise(analysis->table->compilation, position, format, name);
}

static void set_scope(NameMapEntry *entry, SymbolScope scope) {
    entry->value = (entry->value & SYMBOL_FLAGS_MASK) | (uint32_t)scope << SYMBOL_SCOPE_SHIFT;
}

static bool set_free(Analysis *analysis, NameMapEntry *entry) {
    analysis->block->is_free = true;
    set_scope(entry, SCOPE_FREE);
    return name_set_add(analysis->table->compilation, analysis->free, entry->name);
}

static bool analyze_bound_name(Analysis *analysis, NameMapEntry *entry) {
    Surroundings *around = analysis->around;
    Value name = entry->name;
    set_scope(entry, SCOPE_LOCAL);
    name_map_delete(&around->global, name);
    if (entry->value & SYMBOL_TYPE_PARAM)
        return name_set_add(analysis->table->compilation, &around->type_params, name);
    name_map_delete(&around->type_params, name);
    return true;
}

static bool analyze_nonlocal(Analysis *analysis, NameMapEntry *entry) {
    Value name = entry->name;
    Surroundings *around = analysis->around;
    if (!around->has_bound)
        return raise_at_directive(analysis, name,
                                  "nonlocal declaration not allowed at module level");
    if (!name_set_has(&around->bound, name))
        return raise_at_directive(analysis, name, "no binding for nonlocal '%U' found");
    if (name_set_has(&around->type_params, name))
        return raise_at_directive(analysis, name,
                                  "nonlocal binding not allowed for type parameter '%U'");
    return set_free(analysis, entry);
}

static bool analyze_name(Analysis *analysis, NameMapEntry *entry) {
    Surroundings *around = analysis->around;
    Value name = entry->name;
    uint32_t flags = entry->value;
    if (flags & SYMBOL_GLOBAL) {
        if (flags & SYMBOL_NONLOCAL)
            return raise_at_directive(analysis, name, "name '%U' is nonlocal and global");
        name_map_delete(&around->bound, name);
        set_scope(entry, SCOPE_GLOBAL_EXPLICIT);
        return name_set_add(analysis->table->compilation, &around->global, name);
    }
    if (flags & SYMBOL_NONLOCAL) return analyze_nonlocal(analysis, entry);
    if (flags & SYMBOL_BOUND) return analyze_bound_name(analysis, entry);
    set_scope(entry, SCOPE_GLOBAL_IMPLICIT);
    if (analysis->class_block != NULL) {
        uint32_t in_class = name_map_get(&analysis->class_block->symbols, name);
        if (in_class & SYMBOL_GLOBAL) set_scope(entry, SCOPE_GLOBAL_EXPLICIT);
        if ((in_class & SYMBOL_GLOBAL) ||
            ((in_class & SYMBOL_BOUND) && !(in_class & SYMBOL_NONLOCAL)))
            return true;
    }
    if (around->has_bound && name_set_has(&around->bound, name)) return set_free(analysis, entry);
    if (analysis->block->nested && !name_set_has(&around->global, name))
        analysis->block->is_free = true;
    return true;
}

static bool is_free_in_child(const SymbolBlock *block, Value name) {
    for (size_t i = 0; i < block->children.count; i++) {
        if (block_scope(block->children.items[i], name) == SCOPE_FREE) return true;
    }
    return false;
}

// Moves the names of a comprehension into the block that it becomes a part of.
static bool inline_comprehension(Analysis *analysis, SymbolBlock *comprehension,
                                 NameSet *comprehension_free) {
    Compilation *compilation = analysis->table->compilation;
    SymbolBlock *block = analysis->block;
    Value class_name = NAMES(compilation->thread)->__class__;
    bool drops_class = false;
    for (uint32_t i = 0; i < comprehension->symbols.count; i++) {
        Value name = comprehension->symbols.entries[i].name;
        uint32_t symbol = comprehension->symbols.entries[i].value;
        if (value_is_absent(name) || (symbol & SYMBOL_PARAMETER)) continue;
        SymbolScope scope = symbol_scope(symbol);
        uint32_t flags = symbol & SYMBOL_FLAGS_MASK;
        if ((scope == SCOPE_CELL || (flags & SYMBOL_INLINED_CELL)) &&
            !name_set_add(compilation, &analysis->inlined_cells, name))
            return false;
        // A class body has no __class__ of its own: the name is global there.
        if (scope == SCOPE_FREE && block->kind == BLOCK_CLASS && value_same(name, class_name)) {
            scope = SCOPE_GLOBAL_IMPLICIT;
            name_map_delete(comprehension_free, name);
            drops_class = true;
        }
        const NameMapEntry *existing = name_map_find(&block->symbols, name);
        if (existing == NULL) {
            uint32_t moved = flags | (uint32_t)scope << SYMBOL_SCOPE_SHIFT;
            if (!name_map_set(compilation, &block->symbols, name, moved)) return false;
        } else if ((existing->value & SYMBOL_BOUND) && block->kind != BLOCK_CLASS &&
                   !is_free_in_child(comprehension, name)) {
            name_map_delete(comprehension_free, name);
        }
    }
    if (drops_class) name_map_delete(&comprehension->symbols, class_name);
    comprehension->is_inlined = true;
    return true;
}

// The children of dissolved comprehensions become children of the block.
static bool splice_children(Analysis *analysis) {
    SymbolBlock *block = analysis->block;
    Arena *arena = analysis->table->compilation->ast->arena;
    SymbolBlocks children = {0};
    bool pushed = true;
    for (size_t i = 0; i < block->children.count; i++) {
        SymbolBlock *child = block->children.items[i];
        if (!child->is_inlined) {
            pushed &= symbol_blocks_push(arena, &children, child);
            continue;
        }
        for (size_t j = 0; j < child->children.count; j++)
            pushed &= symbol_blocks_push(arena, &children, child->children.items[j]);
    }
    if (!pushed) {
        (void)raise_memory_error(analysis->table->compilation->thread);
        return false;
    }
    block->children = children;
    return true;
}

// The sets that children see, from those that the block sees.
static bool prepare_children(Analysis *analysis, Surroundings *inside) {
    Compilation *compilation = analysis->table->compilation;
    const SymbolBlock *block = analysis->block;
    const Surroundings *around = analysis->around;
    inside->has_bound = true;
    if ((around->has_bound && !name_set_union(compilation, &inside->bound, &around->bound)) ||
        !name_set_union(compilation, &inside->global, &around->global))
        return false;
    if (!block_is_function_like(block)) return true;
    for (uint32_t i = 0; i < block->symbols.count; i++) {
        const NameMapEntry *entry = &block->symbols.entries[i];
        if (symbol_scope(entry->value) == SCOPE_LOCAL &&
            !name_set_add(compilation, &inside->bound, entry->name))
            return false;
    }
    return true;
}

static bool analyze_child(Analysis *analysis, SymbolBlock *child, const Surroundings *inside,
                          NameSet *new_free) {
    SymbolTable *table = analysis->table;
    Compilation *compilation = table->compilation;
    SymbolBlock *block = analysis->block;
    const SymbolBlock *class_block = NULL;
    if (child->sees_class_scope)
        class_block = block->kind == BLOCK_CLASS ? block : analysis->class_block;
    Surroundings copy = {.has_bound = true};
    NameSet child_free = {0};
    if (!name_set_union(compilation, &copy.bound, &inside->bound) ||
        !name_set_union(compilation, &copy.global, &inside->global) ||
        !name_set_union(compilation, &copy.type_params, &analysis->around->type_params) ||
        !name_set_union(compilation, &child_free, new_free) ||
        !analyze_block(table, child, &copy, &child_free, class_block))
        return false;
    if (child->comprehension != COMPREHENSION_NONE && !child->is_generator &&
        !inline_comprehension(analysis, child, &child_free))
        return false;
    if (!name_set_union(compilation, new_free, &child_free)) return false;
    if (child->is_free || child->child_is_free) block->child_is_free = true;
    return true;
}

// Locals that children use become cells and are free no longer.
static void find_cells(Analysis *analysis, NameSet *free) {
    if (free->count == 0 && analysis->inlined_cells.count == 0) return;
    NameMap *symbols = &analysis->block->symbols;
    for (uint32_t i = 0; i < symbols->count; i++) {
        NameMapEntry *entry = &symbols->entries[i];
        if (symbol_scope(entry->value) != SCOPE_LOCAL) continue;
        if (!name_set_has(free, entry->name) &&
            !name_set_has(&analysis->inlined_cells, entry->name))
            continue;
        set_scope(entry, SCOPE_CELL);
        name_map_delete(free, entry->name);
    }
}

static void take_class_cells(Analysis *analysis, NameSet *free) {
    const Names *names = NAMES(analysis->table->compilation->thread);
    if (name_set_has(free, names->__class__)) analysis->block->needs_class_closure = true;
    if (name_set_has(free, names->__classdict__)) analysis->block->needs_class_dict = true;
    name_map_delete(free, names->__class__);
    name_map_delete(free, names->__classdict__);
}

static bool record_scopes(Analysis *analysis, const NameSet *free) {
    SymbolBlock *block = analysis->block;
    NameMap *symbols = &block->symbols;
    const NameSet *inlined_cells = &analysis->inlined_cells;
    for (uint32_t i = 0; i < inlined_cells->count; i++) {
        NameMapEntry *entry = name_map_find(symbols, inlined_cells->entries[i].name);
        if (entry != NULL) entry->value |= SYMBOL_INLINED_CELL;
    }
    bool like_class = block->kind == BLOCK_CLASS || block->sees_class_scope;
    const Surroundings *around = analysis->around;
    for (uint32_t i = 0; i < free->count; i++) {
        Value name = free->entries[i].name;
        if (value_is_absent(name)) continue;
        NameMapEntry *entry = name_map_find(symbols, name);
        if (entry != NULL) {
            if (like_class) entry->value |= SYMBOL_FREE_CLASS;
        } else if (!around->has_bound || name_set_has(&around->bound, name)) {
            if (!name_map_set(analysis->table->compilation, symbols, name,
                              SCOPE_FREE << SYMBOL_SCOPE_SHIFT))
                return false;
        }
    }
    return true;
}

static bool analyze_block(SymbolTable *table, SymbolBlock *block, Surroundings *around,
                          NameSet *free, const SymbolBlock *class_block) {
    Compilation *compilation = table->compilation;
    if (!compilation_check_stack(compilation)) return false;
    Analysis analysis = {
        .table = table, .block = block, .class_block = class_block, .around = around, .free = free};
    Surroundings inside = {0};
    // A class hands down what it was handed, before its own names change the sets.
    bool is_class = block->kind == BLOCK_CLASS;
    if (is_class && !prepare_children(&analysis, &inside)) return false;
    for (uint32_t i = 0; i < block->symbols.count; i++) {
        NameMapEntry *entry = &block->symbols.entries[i];
        if (!value_is_absent(entry->name) && !analyze_name(&analysis, entry)) return false;
    }
    if (is_class) {
        const Names *names = NAMES(compilation->thread);
        if (!name_set_add(compilation, &inside.bound, names->__class__) ||
            !name_set_add(compilation, &inside.bound, names->__classdict__))
            return false;
    } else if (!prepare_children(&analysis, &inside)) {
        return false;
    }
    NameSet new_free = {0};
    for (size_t i = 0; i < block->children.count; i++) {
        if (!analyze_child(&analysis, block->children.items[i], &inside, &new_free)) return false;
    }
    if (!splice_children(&analysis)) return false;
    if (block_is_function_like(block)) find_cells(&analysis, &new_free);
    if (is_class) take_class_cells(&analysis, &new_free);
    return record_scopes(&analysis, &new_free) && name_set_union(compilation, free, &new_free);
}

bool symbols_analyze(SymbolTable *table) {
    Surroundings around = {0};
    NameSet free = {0};
    return analyze_block(table, table->top, &around, &free, NULL);
}
