// codegen.c — units: scopes being compiled, from their first instruction to the code object.
//
// A unit starts with its tables (parameters, sorted cells and free variables from the symbol table)
// and RESUME, and ends with a return that later passes drop when it cannot be reached.

#include "compiler/codegen_internal.h"

#include <stdlib.h>
#include <string.h>

#include "objects/str.h"
#include "runtime/errors.h"

bool codegen_error(CodeGenerator *generator, Location location, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Value message = str_format_va(generator->thread, format, arguments);
    va_end(arguments);
    if (value_is_error(message)) return false;
    return compilation_raise_detailed(generator->compilation, position_of(location), message);
}

static bool raise_no_memory(CodeGenerator *generator) {
    (void)raise_memory_error(generator->thread);
    return false;
}

static int compare_names(const void *a, const void *b) {
    return str_compare(value_as_str(*(const Value *)a), value_as_str(*(const Value *)b));
}

// The block's names with that scope or one of those flags, sorted, into a table of slots.
static bool fill_sorted(CodeGenerator *generator, NameTable *table, const SymbolBlock *block,
                        SymbolScope scope, uint32_t flags) {
    uint32_t total = block->symbols.count, count = 0;
    if (total == 0) return true;
    Value *names = NULL;
    for (uint32_t i = 0; i < total; i++) {
        const NameMapEntry *entry = &block->symbols.entries[i];
        if (value_is_absent(entry->name)) continue;
        if (symbol_scope(entry->value) != scope && !(entry->value & flags)) continue;
        if (names == NULL) {
            names = compilation_allocate(generator->compilation, total * sizeof *names);
            if (names == NULL) return false;
        }
        names[count++] = entry->name;
    }
    if (count > 1) qsort(names, count, sizeof *names, compare_names);
    for (uint32_t i = 0; i < count; i++) {
        if (name_table_add(generator->compilation->ast, table, names[i]) < 0)
            return raise_no_memory(generator);
    }
    return true;
}

static bool fill_tables(CodeGenerator *generator, Unit *unit) {
    AstContext *context = generator->compilation->ast;
    const Names *names = NAMES(generator->thread);
    const SymbolBlock *block = unit->block;
    CodeUnit *code = &unit->code;
    for (uint32_t i = 0; i < block->parameters.count; i++) {
        if (name_table_add(context, &code->varnames, block->parameters.entries[i].name) < 0)
            return raise_no_memory(generator);
    }
    code->parameter_count = (int)block->parameters.count;
    if (!fill_sorted(generator, &code->cellvars, block, SCOPE_CELL, SYMBOL_INLINED_CELL))
        return false;
    if ((block->needs_class_closure &&
         name_table_add(context, &code->cellvars, names->__class__) < 0) ||
        (block->needs_class_dict &&
         name_table_add(context, &code->cellvars, names->__classdict__) < 0))
        return raise_no_memory(generator);
    return fill_sorted(generator, &code->freevars, block, SCOPE_FREE, SYMBOL_FREE_CLASS);
}

// Is the name of a function or class declared global where it is defined?
static bool is_declared_global(CodeGenerator *generator, const Unit *unit, const Unit *parent,
                               bool *result) {
    *result = false;
    if (unit->kind != UNIT_FUNCTION && unit->kind != UNIT_ASYNC_FUNCTION &&
        unit->kind != UNIT_CLASS)
        return true;
    Value mangled =
        compilation_mangle(generator->compilation, parent->private_name, unit->code.name);
    if (value_is_error(mangled)) return false;
    *result = block_scope(parent->block, mangled) == SCOPE_GLOBAL_EXPLICIT;
    return true;
}

// Outer.<locals>.name; type parameter scopes do not show.
static bool set_qualname(CodeGenerator *generator, Unit *unit) {
    const Unit *parent = unit->parent;
    unit->code.qualname = unit->code.name;
    if (parent->parent == NULL) return true;
    if (parent->kind == UNIT_TYPE_PARAMS) {
        parent = parent->parent;
        if (parent->parent == NULL) return true;
    }
    bool is_global;
    if (!is_declared_global(generator, unit, parent, &is_global)) return false;
    if (is_global) return true;
    bool in_function = parent->kind == UNIT_FUNCTION || parent->kind == UNIT_ASYNC_FUNCTION ||
                       parent->kind == UNIT_LAMBDA;
    Value qualname = str_format(generator->thread, in_function ? "%U.<locals>.%U" : "%U.%U",
                                parent->code.qualname, unit->code.name);
    if (value_is_error(qualname) || !ast_keep(generator->compilation->ast, qualname)) return false;
    unit->code.qualname = qualname;
    return true;
}

bool codegen_enter(CodeGenerator *generator, UnitKind kind, Value name, const void *key,
                   int first_line) {
    Compilation *compilation = generator->compilation;
    if (!compilation_check_stack(compilation)) return false;
    Unit *unit = arena_allocate(compilation->ast->arena, sizeof *unit);
    if (unit == NULL) return raise_no_memory(generator);
    memset(unit, 0, offsetof(Unit, nests));
    unit->kind = kind;
    unit->block = symbols_block(generator->symbols, key);
    unit->parent = generator->unit;
    if (unit->parent != NULL) unit->private_name = unit->parent->private_name;
    CodeUnit *code = &unit->code;
    code->instructions = generator->spare;
    code->instructions.context = compilation->ast;
    generator->spare = (InstructionSequence){0};
    code->constants.cache = &generator->constants;
    code->name = name;
    code->filename = compilation->filename;
    code->first_line = first_line;
    if (!fill_tables(generator, unit)) return false;
    if (kind == UNIT_MODULE)
        code->qualname = name;
    else if (!set_qualname(generator, unit))
        return false;
    generator->unit = unit;
    generator->depth++;
    // A module's RESUME has line 0.
    Location location = {kind == UNIT_MODULE ? 0 : first_line, first_line, 0, 0};
    emit_arg(generator, location, OP_RESUME, 0);
    return true;
}

static int code_flags(const CodeGenerator *generator) {
    const SymbolBlock *block = generator->unit->block;
    int flags = generator->compilation->flags & COMPILE_FUTURE_MASK;
    if (block_is_function_like(block)) {
        flags |= CO_NEWLOCALS | CO_OPTIMIZED;
        if (block->nested) flags |= CO_NESTED;
        if (block->is_generator)
            flags |= block->is_coroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
        else if (block->is_coroutine)
            flags |= CO_COROUTINE;
        if (block->has_varargs) flags |= CO_VARARGS;
        if (block->has_varkeywords) flags |= CO_VARKEYWORDS;
    }
    if (codegen_awaits_at_top(generator) && block->is_coroutine && !block->is_generator)
        flags |= CO_COROUTINE;
    return flags;
}

Value codegen_finish(CodeGenerator *generator, bool add_none) {
    if (add_none && !emit_none(generator, NO_LOCATION)) return VALUE_ERROR;
    emit(generator, NO_LOCATION, OP_RETURN_VALUE);
    Unit *unit = generator->unit;
    unit->code.flags = code_flags(generator);
    Value code = assemble_code(generator->compilation->ast, &generator->memory, &unit->code);
    generator->spare = unit->code.instructions;
    sequence_clear(&generator->spare);
    generator->unit = unit->parent;
    generator->depth--;
    return code;
}

bool codegen_wrap_generator(CodeGenerator *generator) {
    InstructionSequence *sequence = codegen_sequence(generator);
    Label handler = new_label(generator);
    sequence_insert(sequence, 0, OP_SETUP_CLEANUP, handler, NO_LOCATION);
    if (!emit_none(generator, NO_LOCATION)) return false;
    emit(generator, NO_LOCATION, OP_RETURN_VALUE);
    place_label(generator, handler);
    emit_arg(generator, NO_LOCATION, OP_CALL_INTRINSIC_1, INTRINSIC_STOPITERATION_ERROR);
    emit_arg(generator, NO_LOCATION, OP_RERAISE, 1);
    return true;
}

static bool has_annotations(AstStatements statements);

static bool try_has_annotations(const AstTry *try_) {
    for (size_t i = 0; i < try_->handlers.count; i++) {
        if (has_annotations(try_->handlers.items[i]->body)) return true;
    }
    return has_annotations(try_->body) || has_annotations(try_->finalbody) ||
           has_annotations(try_->orelse);
}

static bool if_has_annotations(const AstIf *if_) {
    for (;;) {
        if (has_annotations(if_->body)) return true;
        if (if_->orelse.count != 1 || if_->orelse.items[0]->kind != AST_IF)
            return has_annotations(if_->orelse);
        if_ = &if_->orelse.items[0]->if_;
    }
}

static bool statement_has_annotations(const AstStatement *statement) {
    switch (statement->kind) {
    case AST_ANN_ASSIGN: return true;
    case AST_FOR:
    case AST_ASYNC_FOR:
        return has_annotations(statement->for_.body) || has_annotations(statement->for_.orelse);
    case AST_WHILE:
        return has_annotations(statement->while_.body) || has_annotations(statement->while_.orelse);
    case AST_IF: return if_has_annotations(&statement->if_);
    case AST_WITH:
    case AST_ASYNC_WITH: return has_annotations(statement->with.body);
    case AST_TRY:
    case AST_TRY_STAR: return try_has_annotations(&statement->try_);
    case AST_MATCH:
        for (size_t i = 0; i < statement->match.cases.count; i++) {
            if (has_annotations(statement->match.cases.items[i]->body)) return true;
        }
        return false;
    default: return false;
    }
}

// Is there an annotated assignment anywhere in this scope, even in dead code?
static bool has_annotations(AstStatements statements) {
    for (size_t i = 0; i < statements.count; i++) {
        if (statement_has_annotations(statements.items[i])) return true;
    }
    return false;
}

bool codegen_body(CodeGenerator *generator, Location location, AstStatements body) {
    if (generator->unit->kind == UNIT_MODULE && body.count > 0)
        location = location_of(body.items[0]->position);
    if (has_annotations(body)) emit(generator, location, OP_SETUP_ANNOTATIONS);
    if (generator->compilation->optimize < 2) {
        AstExpression *docstring = ast_docstring_find(body);
        if (docstring != NULL) {
            if (!visit_expression(generator, docstring) ||
                !emit_variable(generator, NO_LOCATION, NAMES(generator->thread)->__doc__,
                               AST_STORE))
                return false;
            body.items++;
            body.count--;
        }
    }
    return visit_statements(generator, body);
}

static bool visit_module(CodeGenerator *generator, const AstModule *module) {
    Location location = {1, 1, 0, 0};
    switch (module->kind) {
    case AST_MODULE: return codegen_body(generator, location, module->body);
    case AST_INTERACTIVE:
        if (has_annotations(module->body)) emit(generator, location, OP_SETUP_ANNOTATIONS);
        generator->interactive = true;
        return visit_statements(generator, module->body);
    case AST_EXPRESSION: return visit_expression(generator, module->expression);
    }
    UNREACHABLE();
}

Value codegen_module(Compilation *compilation, SymbolTable *symbols, const AstModule *module) {
    CodeGenerator generator = {.compilation = compilation,
                               .thread = compilation->thread,
                               .symbols = symbols,
                               .constants = {.context = compilation->ast}};
    Value code = VALUE_ERROR;
    if (codegen_enter(&generator, UNIT_MODULE, NAMES(compilation->thread)->angle_module, module,
                      1) &&
        visit_module(&generator, module))
        code = codegen_finish(&generator, module->kind != AST_EXPRESSION);
    assembly_memory_free(&generator.memory);
    return code;
}
