// codegen_comprehensions.c — comprehensions and generator expressions.
//
// List, set and dict comprehensions are part of the scope around them (PEP 709): the names they
// bind are saved on the stack, and restored at the end and when an exception passes. Outside
// functions those names are fast locals for as long as the comprehension lasts. Generator
// expressions are functions that are called at once with the outermost iterator.

#include "compiler/codegen_internal.h"

#include "runtime/errors.h"

// A comprehension in parts, whatever its kind.
typedef struct {
    ComprehensionKind kind;
    AstComprehensions generators;
    AstExpression *element; // or key
    AstExpression *value;   // of a dict comprehension, else NULL
    Location location;
} Parts;

typedef struct {
    Value name;
    uint32_t outer_symbol;
    bool replaced; // the unit's symbol is that of the comprehension meanwhile
    bool pushed;   // the local's value is on the stack
    bool hidden;   // has become a fast local here
} SavedName;

typedef struct {
    SavedName *names;
    uint32_t count;
    int pushed;
    Label cleanup;
    Label end;
} InlineState;

static bool visit_generators(CodeGenerator *generator, const Parts *parts, size_t index, int depth,
                             bool iterator_on_stack);

static bool emit_element(CodeGenerator *generator, const Parts *parts, int depth) {
    Location location = location_of(parts->element->position);
    if (!visit_expression(generator, parts->element)) return false;
    switch (parts->kind) {
    case COMPREHENSION_GENERATOR:
        emit_yield(generator, location);
        emit(generator, location, OP_POP_TOP);
        return true;
    case COMPREHENSION_LIST: emit_arg(generator, location, OP_LIST_APPEND, depth + 1); return true;
    case COMPREHENSION_SET: emit_arg(generator, location, OP_SET_ADD, depth + 1); return true;
    default: break;
    }
    if (!visit_expression(generator, parts->value)) return false;
    location.end_line = parts->value->position.end_lineno;
    location.end_column = parts->value->position.end_col_offset;
    emit_arg(generator, location, OP_MAP_ADD, depth + 1);
    return true;
}

// The conditions, then the inner generators or the element. Result: the location of the jump back.
static bool visit_inside(CodeGenerator *generator, const Parts *parts, size_t index, int depth,
                         Label if_cleanup) {
    AstExpressions ifs = parts->generators.items[index]->ifs;
    for (size_t i = 0; i < ifs.count; i++) {
        if (!visit_condition(generator, parts->location, ifs.items[i], if_cleanup, false))
            return false;
    }
    if (index + 1 < parts->generators.count)
        return visit_generators(generator, parts, index + 1, depth, false);
    return emit_element(generator, parts, depth);
}

// Only the innermost loop of a dict comprehension jumps back from key and value.
static Location jump_location(const Parts *parts, size_t index) {
    Location location = location_of(parts->element->position);
    if (parts->value != NULL && index + 1 == parts->generators.count) {
        location.end_line = parts->value->position.end_lineno;
        location.end_column = parts->value->position.end_col_offset;
    }
    return location;
}

static AstExpression *single_item(const AstExpression *iterable) {
    if (iterable->kind != AST_LIST && iterable->kind != AST_TUPLE) return NULL;
    AstExpressions elements = iterable->list.elts;
    if (elements.count != 1 || elements.items[0]->kind == AST_STARRED) return NULL;
    return elements.items[0];
}

static void load_outermost(CodeGenerator *generator, Location location) {
    generator->unit->code.argument_count = 1;
    emit_arg(generator, location, OP_LOAD_FAST, 0);
}

static bool visit_sync_generator(CodeGenerator *generator, const Parts *parts, size_t index,
                                 int depth, bool iterator_on_stack) {
    const AstComprehension *loop = parts->generators.items[index];
    Label start = new_label(generator), if_cleanup = new_label(generator);
    Label anchor = new_label(generator);
    Location location = location_of(loop->iter->position);
    bool is_loop = true;
    if (!iterator_on_stack && index == 0) {
        load_outermost(generator, parts->location);
    } else if (!iterator_on_stack) {
        // `for y in [f(x)]` is an assignment.
        AstExpression *item = single_item(loop->iter);
        is_loop = item == NULL;
        if (!visit_expression(generator, is_loop ? loop->iter : item)) return false;
        if (is_loop) emit(generator, location, OP_GET_ITER);
    }
    if (is_loop) {
        depth++;
        place_label(generator, start);
        emit_jump(generator, location, OP_FOR_ITER, anchor);
    }
    if (!visit_expression(generator, loop->target) ||
        !visit_inside(generator, parts, index, depth, if_cleanup))
        return false;
    place_label(generator, if_cleanup);
    if (is_loop) {
        emit_jump(generator, jump_location(parts, index), OP_JUMP, start);
        place_label(generator, anchor);
        emit(generator, NO_LOCATION, OP_END_FOR);
    }
    return true;
}

static bool visit_async_generator(CodeGenerator *generator, const Parts *parts, size_t index,
                                  int depth, bool iterator_on_stack) {
    const AstComprehension *loop = parts->generators.items[index];
    Location location = parts->location;
    Label start = new_label(generator), except = new_label(generator);
    Label if_cleanup = new_label(generator);
    if (!iterator_on_stack && index == 0) {
        load_outermost(generator, location);
    } else if (!iterator_on_stack) {
        if (!visit_expression(generator, loop->iter)) return false;
        emit(generator, location_of(loop->iter->position), OP_GET_AITER);
    }
    place_label(generator, start);
    if (!nest_push(generator, location,
                   (Nest){.kind = NEST_ASYNC_COMPREHENSION, .start = start, .exit = NO_LABEL}))
        return false;
    emit_jump(generator, location, OP_SETUP_FINALLY, except);
    emit(generator, location, OP_GET_ANEXT);
    if (!emit_none(generator, location)) return false;
    emit_yield_from(generator, location, true);
    emit(generator, location, OP_POP_BLOCK);
    if (!visit_expression(generator, loop->target) ||
        !visit_inside(generator, parts, index, depth + 1, if_cleanup))
        return false;
    place_label(generator, if_cleanup);
    emit_jump(generator, jump_location(parts, index), OP_JUMP, start);
    nest_pop(generator);
    place_label(generator, except);
    emit(generator, location, OP_END_ASYNC_FOR);
    return true;
}

static bool visit_generators(CodeGenerator *generator, const Parts *parts, size_t index, int depth,
                             bool iterator_on_stack) {
    if (!compilation_check_stack(generator->compilation)) return false;
    return (parts->generators.items[index]->is_async
                ? visit_async_generator
                : visit_sync_generator)(generator, parts, index, depth, iterator_on_stack);
}

// Makes the unit treat a name as the comprehension does. A name that is free there is treated as
// outside.
static bool replace_symbol(CodeGenerator *generator, SavedName *saved, uint32_t symbol,
                           bool in_class) {
    NameMap *symbols = &generator->unit->block->symbols;
    SymbolScope scope = symbol_scope(symbol);
    saved->outer_symbol = name_map_get(symbols, saved->name);
    SymbolScope outer_scope = symbol_scope(saved->outer_symbol);
    bool differs = scope != outer_scope && scope != SCOPE_FREE &&
                   !(scope == SCOPE_CELL && outer_scope == SCOPE_FREE);
    if (!differs && !in_class) return true;
    saved->replaced = true;
    return name_map_set(generator->compilation, symbols, saved->name, symbol);
}

// Saves the local's value on the stack; a cell gets a fresh one.
static bool push_local(CodeGenerator *generator, Location location, SavedName *saved,
                       uint32_t symbol) {
    Compilation *compilation = generator->compilation;
    Unit *unit = generator->unit;
    Value name = saved->name;
    if (!block_is_function_like(unit->block) &&
        name_map_get(&unit->hidden, name) != HIDDEN_ACTIVE) {
        if (!name_map_set(compilation, &unit->hidden, name, HIDDEN_ACTIVE)) return false;
        (void)name_table_add(compilation->ast, &unit->code.hidden, name);
        saved->hidden = true;
    }
    saved->pushed = true;
    if (!emit_local(generator, location, OP_LOAD_FAST_AND_CLEAR, name)) return false;
    if (symbol_scope(symbol) != SCOPE_CELL) return true;
    int slot = symbol_scope(saved->outer_symbol) == SCOPE_FREE
                   ? unit->code.cellvars.count + name_table_find(&unit->code.freevars, name)
                   : name_table_find(&unit->code.cellvars, name);
    emit_arg(generator, location, OP_MAKE_CELL, slot);
    return true;
}

static bool begin_inlined(CodeGenerator *generator, Location location, const SymbolBlock *block,
                          InlineState *state) {
    Unit *unit = generator->unit;
    bool in_class = unit->block->kind == BLOCK_CLASS && unit->inlined_comprehensions == 0;
    unit->inlined_comprehensions++;
    uint32_t total = block->symbols.count;
    state->names = compilation_allocate(generator->compilation, total * sizeof *state->names);
    if (state->names == NULL) return false;
    for (uint32_t i = 0; i < total; i++) {
        NameMapEntry entry = block->symbols.entries[i];
        if (value_is_absent(entry.name)) continue;
        SavedName *saved = &state->names[state->count++];
        *saved = (SavedName){.name = entry.name};
        if (!replace_symbol(generator, saved, entry.value, in_class)) return false;
        bool is_bound = (entry.value & SYMBOL_LOCAL) && !(entry.value & SYMBOL_NONLOCAL);
        if (!is_bound && !in_class) continue;
        if (!push_local(generator, location, saved, entry.value)) return false;
        state->pushed++;
    }
    if (state->pushed == 0) return true;
    // The iterator goes back to the top.
    emit_arg(generator, location, OP_SWAP, state->pushed + 1);
    state->cleanup = new_label(generator);
    state->end = new_label(generator);
    emit_jump(generator, location, OP_SETUP_FINALLY, state->cleanup);
    return true;
}

static bool restore_locals(CodeGenerator *generator, Location location, const InlineState *state) {
    emit_arg(generator, location, OP_SWAP, state->pushed + 1);
    for (uint32_t i = state->count; i-- > 0;) {
        if (state->names[i].pushed &&
            !emit_local(generator, location, OP_STORE_FAST_MAYBE_NULL, state->names[i].name))
            return false;
    }
    return true;
}

static bool end_inlined(CodeGenerator *generator, Location location, const InlineState *state) {
    Compilation *compilation = generator->compilation;
    Unit *unit = generator->unit;
    unit->inlined_comprehensions--;
    for (uint32_t i = 0; i < state->count; i++) {
        const SavedName *saved = &state->names[i];
        if (saved->replaced &&
            !name_map_set(compilation, &unit->block->symbols, saved->name, saved->outer_symbol))
            return false;
    }
    if (state->pushed > 0) {
        emit(generator, NO_LOCATION, OP_POP_BLOCK);
        emit_jump(generator, NO_LOCATION, OP_JUMP, state->end);
        place_label(generator, state->cleanup);
        // The unfinished result is below the exception.
        emit_arg(generator, NO_LOCATION, OP_SWAP, 2);
        emit(generator, NO_LOCATION, OP_POP_TOP);
        if (!restore_locals(generator, location, state)) return false;
        emit_arg(generator, NO_LOCATION, OP_RERAISE, 0);
        place_label(generator, state->end);
        if (!restore_locals(generator, location, state)) return false;
    }
    for (uint32_t i = 0; i < state->count; i++) {
        if (state->names[i].hidden &&
            !name_map_set(compilation, &unit->hidden, state->names[i].name, HIDDEN_ENDED))
            return false;
    }
    return true;
}

static bool visit_outermost(CodeGenerator *generator, const Parts *parts) {
    const AstComprehension *outermost = parts->generators.items[0];
    if (!visit_expression(generator, outermost->iter)) return false;
    emit(generator, location_of(outermost->iter->position),
         outermost->is_async ? OP_GET_AITER : OP_GET_ITER);
    return true;
}

static bool check_async(CodeGenerator *generator, const Parts *parts, const SymbolBlock *block,
                        UnitKind outer_kind, bool awaits_at_top) {
    if (!block->is_coroutine || parts->kind == COMPREHENSION_GENERATOR ||
        outer_kind == UNIT_ASYNC_FUNCTION || outer_kind == UNIT_COMPREHENSION || awaits_at_top)
        return true;
    return codegen_error(generator, parts->location,
                         "asynchronous comprehension outside of an asynchronous function");
}

static void emit_empty_result(CodeGenerator *generator, const Parts *parts) {
    int opcode = parts->kind == COMPREHENSION_LIST  ? OP_BUILD_LIST
                 : parts->kind == COMPREHENSION_SET ? OP_BUILD_SET
                                                    : OP_BUILD_MAP;
    emit_arg(generator, parts->location, opcode, 0);
}

static bool visit_inlined(CodeGenerator *generator, const Parts *parts, const SymbolBlock *block) {
    InlineState state = {0};
    UnitKind kind = generator->unit->kind;
    bool awaits_at_top = codegen_awaits_at_top(generator);
    if (!visit_outermost(generator, parts) ||
        !begin_inlined(generator, parts->location, block, &state) ||
        !check_async(generator, parts, block, kind, awaits_at_top))
        return false;
    emit_empty_result(generator, parts);
    emit_arg(generator, parts->location, OP_SWAP, 2);
    return visit_generators(generator, parts, 0, 0, true) &&
           end_inlined(generator, parts->location, &state);
}

static Value comprehension_name(CodeGenerator *generator, ComprehensionKind kind) {
    const Names *names = NAMES(generator->thread);
    switch (kind) {
    case COMPREHENSION_LIST: return names->angle_listcomp;
    case COMPREHENSION_SET: return names->angle_setcomp;
    case COMPREHENSION_DICT: return names->angle_dictcomp;
    default: return names->angle_genexpr;
    }
}

static bool visit_as_function(CodeGenerator *generator, const Parts *parts, const void *key,
                              const SymbolBlock *block) {
    UnitKind outer_kind = generator->unit->kind;
    bool awaits_at_top = codegen_awaits_at_top(generator);
    bool is_generator = parts->kind == COMPREHENSION_GENERATOR;
    Location location = parts->location;
    if (!codegen_enter(generator, UNIT_COMPREHENSION, comprehension_name(generator, parts->kind),
                       key, location.line) ||
        !check_async(generator, parts, block, outer_kind, awaits_at_top))
        return false;
    if (!is_generator) emit_empty_result(generator, parts);
    if (!visit_generators(generator, parts, 0, 0, false)) return false;
    if (!is_generator)
        emit(generator, location, OP_RETURN_VALUE);
    else if (!codegen_wrap_generator(generator))
        return false;
    Value code = codegen_finish(generator, true);
    if (awaits_at_top && block->is_coroutine) generator->unit->block->is_coroutine = true;
    if (value_is_error(code) || !emit_closure(generator, location, code, 0) ||
        !visit_outermost(generator, parts))
        return false;
    emit_arg(generator, location, OP_CALL, 0);
    return !block->is_coroutine || is_generator || emit_await(generator, location, 0);
}

bool visit_comprehension(CodeGenerator *generator, AstExpression *expression) {
    Parts parts = {.location = location_of(expression->position)};
    switch (expression->kind) {
    case AST_LIST_COMP: parts.kind = COMPREHENSION_LIST; break;
    case AST_SET_COMP: parts.kind = COMPREHENSION_SET; break;
    case AST_DICT_COMP: parts.kind = COMPREHENSION_DICT; break;
    default: parts.kind = COMPREHENSION_GENERATOR; break;
    }
    if (parts.kind == COMPREHENSION_DICT) {
        parts.generators = expression->dict_comp.generators;
        parts.element = expression->dict_comp.key;
        parts.value = expression->dict_comp.value;
    } else {
        // The three others have one layout.
        parts.generators = expression->list_comp.generators;
        parts.element = expression->list_comp.elt;
    }
    const SymbolBlock *block = symbols_block(generator->symbols, expression);
    return block->is_inlined ? visit_inlined(generator, &parts, block)
                             : visit_as_function(generator, &parts, expression, block);
}
