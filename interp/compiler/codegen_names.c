// codegen_names.c — constants, variables and operators: instructions that need a table or a scope.

#include "compiler/codegen_internal.h"

#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

int codegen_add_constant(CodeGenerator *generator, Value constant) {
    return constant_table_add(&generator->unit->code.constants, constant);
}

bool emit_constant(CodeGenerator *generator, Location location, Value constant) {
    int index = codegen_add_constant(generator, constant);
    if (index < 0) return false;
    emit_arg(generator, location, OP_LOAD_CONST, index);
    return true;
}

Value codegen_mangle(CodeGenerator *generator, Value name) {
    const Unit *unit = generator->unit;
    return symbols_mangle(generator->compilation, unit->block, unit->private_name, name);
}

// Lack of memory shows as the arena's `failed` when the unit is assembled.
static int add_to_table(CodeGenerator *generator, NameTable *table, Value name) {
    int index = name_table_add(generator->compilation->ast, table, name);
    return index < 0 ? 0 : index;
}

bool emit_name(CodeGenerator *generator, Location location, int opcode, Value name) {
    Value mangled = codegen_mangle(generator, name);
    if (value_is_error(mangled)) return false;
    int index = add_to_table(generator, &generator->unit->code.names, mangled);
    sequence_emit_name(codegen_sequence(generator), opcode, index, location);
    return true;
}

bool emit_local(CodeGenerator *generator, Location location, int opcode, Value name) {
    Value mangled = codegen_mangle(generator, name);
    if (value_is_error(mangled)) return false;
    emit_arg(generator, location, opcode,
             add_to_table(generator, &generator->unit->code.varnames, mangled));
    return true;
}

bool codegen_check_name(CodeGenerator *generator, Location location, Value name,
                        AstContextKind context) {
    if (context == AST_LOAD || !value_same(name, NAMES(generator->thread)->__debug__)) return true;
    return codegen_error(generator, location,
                         context == AST_STORE ? "cannot assign to __debug__"
                                              : "cannot delete __debug__");
}

static int pick(AstContextKind context, int load, int store, int delete) {
    return context == AST_LOAD ? load : context == AST_STORE ? store : delete;
}

// Slots of cell opcodes count cells first, then free variables.
static int free_slot(const Unit *unit, Value name) {
    return unit->code.cellvars.count + name_table_find(&unit->code.freevars, name);
}

// Pushes the mapping of the class around an annotation scope.
static void emit_class_dict(CodeGenerator *generator, Location location) {
    emit_arg(generator, location, OP_LOAD_DEREF,
             free_slot(generator->unit, NAMES(generator->thread)->__classdict__));
}

static void emit_cell_variable(CodeGenerator *generator, Location location, Value name,
                               SymbolScope scope, AstContextKind context) {
    const Unit *unit = generator->unit;
    int opcode = pick(context, OP_LOAD_DEREF, OP_STORE_DEREF, OP_DELETE_DEREF);
    if (context == AST_LOAD) {
        if (unit->block->kind == BLOCK_CLASS && unit->inlined_comprehensions == 0) {
            opcode = OP_LOAD_FROM_DICT_OR_DEREF;
            emit(generator, location, OP_LOAD_LOCALS);
        } else if (unit->block->sees_class_scope) {
            opcode = OP_LOAD_FROM_DICT_OR_DEREF;
            emit_class_dict(generator, location);
        }
    }
    int slot =
        scope == SCOPE_FREE ? free_slot(unit, name) : name_table_find(&unit->code.cellvars, name);
    emit_arg(generator, location, opcode, slot);
}

static void emit_global(CodeGenerator *generator, Location location, Value name, SymbolScope scope,
                        AstContextKind context) {
    Unit *unit = generator->unit;
    int opcode = pick(context, OP_LOAD_GLOBAL, OP_STORE_GLOBAL, OP_DELETE_GLOBAL);
    if (context == AST_LOAD && unit->block->sees_class_scope && scope == SCOPE_GLOBAL_IMPLICIT) {
        opcode = OP_LOAD_FROM_DICT_OR_GLOBALS;
        emit_class_dict(generator, location);
    }
    sequence_emit_name(codegen_sequence(generator), opcode,
                       add_to_table(generator, &unit->code.names, name), location);
}

bool emit_variable(CodeGenerator *generator, Location location, Value name,
                   AstContextKind context) {
    if (!codegen_check_name(generator, location, name, context)) return false;
    Value mangled = codegen_mangle(generator, name);
    if (value_is_error(mangled)) return false;
    Unit *unit = generator->unit;
    bool function_like = block_is_function_like(unit->block);
    SymbolScope scope = block_scope(unit->block, mangled);
    switch (scope) {
    case SCOPE_FREE:
    case SCOPE_CELL: emit_cell_variable(generator, location, mangled, scope, context); return true;
    case SCOPE_LOCAL:
        if (!function_like && name_map_get(&unit->hidden, mangled) != HIDDEN_ACTIVE) break;
        emit_arg(generator, location, pick(context, OP_LOAD_FAST, OP_STORE_FAST, OP_DELETE_FAST),
                 add_to_table(generator, &unit->code.varnames, mangled));
        return true;
    case SCOPE_GLOBAL_IMPLICIT:
        if (!function_like) break;
        emit_global(generator, location, mangled, scope, context);
        return true;
    case SCOPE_GLOBAL_EXPLICIT:
        emit_global(generator, location, mangled, scope, context);
        return true;
    case SCOPE_NONE: break;
    }
    int opcode = pick(context, OP_LOAD_NAME, OP_STORE_NAME, OP_DELETE_NAME);
    if (context == AST_LOAD && unit->block->kind == BLOCK_CLASS && unit->inlined_comprehensions > 0)
        opcode = OP_LOAD_GLOBAL;
    sequence_emit_name(codegen_sequence(generator), opcode,
                       add_to_table(generator, &unit->code.names, mangled), location);
    return true;
}

int codegen_reference_scope(CodeGenerator *generator, Value name) {
    const Names *names = NAMES(generator->thread);
    const Unit *unit = generator->unit;
    if (unit->kind == UNIT_CLASS &&
        (value_same(name, names->__class__) || value_same(name, names->__classdict__)))
        return SCOPE_CELL;
    SymbolScope scope = block_scope(unit->block, name);
    if (scope != SCOPE_NONE) return (int)scope;
    (void)raise_error(generator->thread, &exception_SystemError,
                      "the symbol table does not know %R in %R", name, unit->code.name);
    return -1;
}

// The place of a variable among the cells and free variables of the current unit, where a nested
// function's closure takes it from; -1 with SystemError if it is none (CPython fails likewise on
// some uses of super() in comprehensions of class bodies).
static int closure_slot(CodeGenerator *generator, const CodeObject *object, Value name) {
    const Unit *unit = generator->unit;
    int scope = codegen_reference_scope(generator, name);
    if (scope < 0) return -1;
    const NameTable *table = scope == SCOPE_CELL ? &unit->code.cellvars : &unit->code.freevars;
    int slot = name_table_find(table, name);
    if (slot >= 0) return scope == SCOPE_CELL ? slot : slot + unit->code.cellvars.count;
    const Tuple *names = value_as_tuple(object->co_localsplusnames);
    size_t count = (size_t)object->co_nfreevars;
    Value free = tuple_from_values(generator->thread, names->items + names->length - count, count);
    if (value_is_error(free)) return -1;
    (void)raise_error(generator->thread, &exception_SystemError,
                      "compiler_lookup_arg(name=%R) with reftype=%d failed in %U; freevars of "
                      "code %U: %R",
                      name, scope, unit->code.name, object->co_name, free);
    return -1;
}

bool emit_closure(CodeGenerator *generator, Location location, Value code, int flags) {
    const CodeObject *object = value_as_code(code);
    if (object->co_nfreevars > 0) {
        const Tuple *names = value_as_tuple(object->co_localsplusnames);
        for (int i = object->co_nlocalsplus - object->co_nfreevars; i < object->co_nlocalsplus;
             i++) {
            int slot = closure_slot(generator, object, names->items[i]);
            if (slot < 0) return false;
            emit_arg(generator, location, OP_LOAD_CLOSURE, slot);
        }
        flags |= 8;
        emit_arg(generator, location, OP_BUILD_TUPLE, object->co_nfreevars);
    }
    if (!emit_constant(generator, location, code)) return false;
    emit_arg(generator, location, OP_MAKE_FUNCTION, flags);
    return true;
}

void emit_compare(CodeGenerator *generator, Location location, AstCompareOperator op) {
    int compare;
    switch (op) {
    case AST_EQ: compare = COMPARE_EQ; break;
    case AST_NOT_EQ: compare = COMPARE_NE; break;
    case AST_LT: compare = COMPARE_LT; break;
    case AST_LT_E: compare = COMPARE_LE; break;
    case AST_GT: compare = COMPARE_GT; break;
    case AST_GT_E: compare = COMPARE_GE; break;
    case AST_IS: emit_arg(generator, location, OP_IS_OP, 0); return;
    case AST_IS_NOT: emit_arg(generator, location, OP_IS_OP, 1); return;
    case AST_IN: emit_arg(generator, location, OP_CONTAINS_OP, 0); return;
    default: emit_arg(generator, location, OP_CONTAINS_OP, 1); return;
    }
    emit_arg(generator, location, OP_COMPARE_OP, opcode_compare_arg(compare));
}

void emit_binary(CodeGenerator *generator, Location location, AstBinaryOperator op, bool in_place) {
    static const uint8_t operators[] = {
        [AST_ADD] = 0,      [AST_BIT_AND] = 1, [AST_FLOOR_DIV] = 2, [AST_L_SHIFT] = 3,
        [AST_MAT_MULT] = 4, [AST_MULT] = 5,    [AST_MOD] = 6,       [AST_BIT_OR] = 7,
        [AST_POW] = 8,      [AST_R_SHIFT] = 9, [AST_SUB] = 10,      [AST_DIV] = 11,
        [AST_BIT_XOR] = 12,
    };
    enum { IN_PLACE = 13 };
    emit_arg(generator, location, OP_BINARY_OP, operators[op] + (in_place ? IN_PLACE : 0));
}

void emit_yield_from(CodeGenerator *generator, Location location, bool is_await) {
    Label send = new_label(generator), fail = new_label(generator), exit = new_label(generator);
    place_label(generator, send);
    emit_jump(generator, location, OP_SEND, exit);
    // StopIteration raised by throw() or close() in the inner iterator ends the loop.
    emit_jump(generator, location, OP_SETUP_FINALLY, fail);
    emit_arg(generator, location, OP_YIELD_VALUE, 0);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    emit_arg(generator, location, OP_RESUME, is_await ? 3 : 2);
    emit_jump(generator, location, OP_JUMP_NO_INTERRUPT, send);
    place_label(generator, fail);
    emit(generator, location, OP_CLEANUP_THROW);
    place_label(generator, exit);
    emit(generator, location, OP_END_SEND);
}

bool emit_await(CodeGenerator *generator, Location location, int awaitable_kind) {
    emit_arg(generator, location, OP_GET_AWAITABLE, awaitable_kind);
    if (!emit_none(generator, location)) return false;
    emit_yield_from(generator, location, true);
    return true;
}

void emit_yield(CodeGenerator *generator, Location location) {
    const SymbolBlock *block = generator->unit->block;
    if (block->is_generator && block->is_coroutine)
        emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_ASYNC_GEN_WRAP);
    emit_arg(generator, location, OP_YIELD_VALUE, 0);
    emit_arg(generator, location, OP_RESUME, 1);
}
