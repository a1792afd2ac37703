// codegen_statements.c — statements: loops, conditions, assignments, imports.

#include "compiler/codegen_internal.h"

#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

bool visit_statements(CodeGenerator *generator, AstStatements statements) {
    for (size_t i = 0; i < statements.count; i++) {
        if (!visit_statement(generator, statements.items[i])) return false;
    }
    return true;
}

ARENA_VECTOR_DEFINE(Labels, labels, Label)

// A chain of elif is walked in a loop; each `if` has its own end label, all at the same place.
static bool visit_if(CodeGenerator *generator, const AstStatement *statement) {
    Arena *arena = generator->compilation->ast->arena;
    Labels ends = {0};
    for (;;) {
        const AstIf *if_ = &statement->if_;
        Label end = new_label(generator);
        if (!labels_push(arena, &ends, end)) {
            (void)raise_memory_error(generator->thread);
            return false;
        }
        bool has_else = if_->orelse.count > 0;
        Label next = has_else ? new_label(generator) : end;
        if (!visit_condition(generator, location_of(statement->position), if_->test, next, false) ||
            !visit_statements(generator, if_->body))
            return false;
        if (!has_else) break;
        emit_jump(generator, NO_LOCATION, OP_JUMP, end);
        place_label(generator, next);
        if (if_->orelse.count == 1 && if_->orelse.items[0]->kind == AST_IF) {
            statement = if_->orelse.items[0];
            continue;
        }
        if (!visit_statements(generator, if_->orelse)) return false;
        break;
    }
    while (ends.count > 0) place_label(generator, labels_pop(&ends));
    return true;
}

static bool visit_for(CodeGenerator *generator, const AstStatement *statement) {
    const AstFor *for_ = &statement->for_;
    Location location = location_of(statement->position);
    Label start = new_label(generator), body = new_label(generator);
    Label cleanup = new_label(generator), end = new_label(generator);
    if (!nest_push(generator, location, (Nest){.kind = NEST_FOR, .start = start, .exit = end}) ||
        !visit_expression(generator, for_->iter))
        return false;
    location = location_of(for_->iter->position);
    emit(generator, location, OP_GET_ITER);
    place_label(generator, start);
    emit_jump(generator, location, OP_FOR_ITER, cleanup);
    place_label(generator, body);
    if (!visit_expression(generator, for_->target) || !visit_statements(generator, for_->body))
        return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, start);
    place_label(generator, cleanup);
    emit(generator, NO_LOCATION, OP_END_FOR);
    nest_pop(generator);
    if (!visit_statements(generator, for_->orelse)) return false;
    place_label(generator, end);
    return true;
}

static bool visit_async_for(CodeGenerator *generator, const AstStatement *statement) {
    const AstAsyncFor *for_ = &statement->async_for;
    Location location = location_of(statement->position);
    if (codegen_awaits_at_top(generator))
        generator->unit->block->is_coroutine = true;
    else if (generator->unit->kind != UNIT_ASYNC_FUNCTION)
        return codegen_error(generator, location, "'async for' outside async function");
    Label start = new_label(generator), except = new_label(generator);
    Label end = new_label(generator);
    if (!visit_expression(generator, for_->iter)) return false;
    emit(generator, location_of(for_->iter->position), OP_GET_AITER);
    place_label(generator, start);
    if (!nest_push(generator, location, (Nest){.kind = NEST_FOR, .start = start, .exit = end}))
        return false;
    emit_jump(generator, location, OP_SETUP_FINALLY, except);
    emit(generator, location, OP_GET_ANEXT);
    if (!emit_none(generator, location)) return false;
    emit_yield_from(generator, location, true);
    emit(generator, location, OP_POP_BLOCK);
    if (!visit_expression(generator, for_->target) || !visit_statements(generator, for_->body))
        return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, start);
    nest_pop(generator);
    place_label(generator, except);
    emit(generator, location_of(for_->iter->position), OP_END_ASYNC_FOR);
    if (!visit_statements(generator, for_->orelse)) return false;
    place_label(generator, end);
    return true;
}

// The test is written twice: before the first round, and at the end of each.
static bool visit_while(CodeGenerator *generator, const AstStatement *statement) {
    const AstWhile *while_ = &statement->while_;
    Location location = location_of(statement->position);
    Label loop = new_label(generator), body = new_label(generator);
    Label end = new_label(generator), anchor = new_label(generator);
    place_label(generator, loop);
    if (!nest_push(generator, location, (Nest){.kind = NEST_WHILE, .start = loop, .exit = end}) ||
        !visit_condition(generator, location, while_->test, anchor, false))
        return false;
    place_label(generator, body);
    if (!visit_statements(generator, while_->body) ||
        !visit_condition(generator, location, while_->test, body, true))
        return false;
    nest_pop(generator);
    place_label(generator, anchor);
    if (!visit_statements(generator, while_->orelse)) return false;
    place_label(generator, end);
    return true;
}

static bool visit_assign(CodeGenerator *generator, const AstStatement *statement) {
    const AstAssign *assign = &statement->assign;
    if (!visit_expression(generator, assign->value)) return false;
    for (size_t i = 0; i < assign->targets.count; i++) {
        if (i + 1 < assign->targets.count)
            emit_arg(generator, location_of(statement->position), OP_COPY, 1);
        if (!visit_expression(generator, assign->targets.items[i])) return false;
    }
    return true;
}

static bool visit_raise(CodeGenerator *generator, const AstStatement *statement) {
    int count = 0;
    if (statement->raise.exc != NULL) {
        if (!visit_expression(generator, statement->raise.exc)) return false;
        count++;
        if (statement->raise.cause != NULL) {
            if (!visit_expression(generator, statement->raise.cause)) return false;
            count++;
        }
    }
    emit_arg(generator, location_of(statement->position), OP_RAISE_VARARGS, count);
    return true;
}

static bool visit_assert(CodeGenerator *generator, const AstStatement *statement) {
    const AstAssert *assert_ = &statement->assert_;
    Location location = location_of(statement->position);
    if (!check_assert(generator, statement)) return false;
    if (generator->compilation->optimize > 0) return true;
    Label end = new_label(generator);
    if (!visit_condition(generator, location, assert_->test, end, true)) return false;
    emit(generator, location, OP_LOAD_ASSERTION_ERROR);
    if (assert_->msg != NULL) {
        if (!visit_expression(generator, assert_->msg)) return false;
        emit_arg(generator, location, OP_CALL, 0);
    }
    emit_arg(generator, location_of(assert_->test->position), OP_RAISE_VARARGS, 1);
    place_label(generator, end);
    return true;
}

static bool visit_expression_statement(CodeGenerator *generator, const AstStatement *statement) {
    Location location = location_of(statement->position);
    AstExpression *value = statement->expr.value;
    if (generator->interactive && generator->depth <= 1) {
        if (!visit_expression(generator, value)) return false;
        emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_PRINT);
        emit(generator, NO_LOCATION, OP_POP_TOP);
        return true;
    }
    if (value->kind == AST_CONSTANT) {
        emit(generator, location, OP_NOP);
        return true;
    }
    if (!visit_expression(generator, value)) return false;
    emit(generator, NO_LOCATION, OP_POP_TOP);
    return true;
}

// Index of the first dot at or behind `start`, or the length.
static size_t find_dot(const Str *name, size_t start) {
    while (start < name->length && str_at(name, start) != '.') start++;
    return start;
}

static Value intern_part(CodeGenerator *generator, Value name, size_t start, size_t end) {
    Value part = str_substring(generator->thread, name, start, end);
    if (value_is_error(part)) return VALUE_ERROR;
    return compilation_intern(generator->compilation, part);
}

// `import a.b.c as d`: IMPORT_NAME gave a; the rest is fetched part by part.
static bool bind_dotted(CodeGenerator *generator, Location location, const AstAlias *alias) {
    const Str *text = value_as_str(alias->name);
    size_t dot = find_dot(text, 0);
    if (dot == text->length) return emit_variable(generator, location, alias->asname, AST_STORE);
    for (;;) {
        size_t start = dot + 1;
        dot = find_dot(text, start);
        Value part = intern_part(generator, alias->name, start, dot);
        if (value_is_error(part)) return false;
        // Not mangled, as in CPython.
        int index = name_table_add(generator->compilation->ast, &generator->unit->code.names, part);
        emit_arg(generator, location, OP_IMPORT_FROM, index < 0 ? 0 : index);
        if (dot == text->length) break;
        emit_arg(generator, location, OP_SWAP, 2);
        emit(generator, location, OP_POP_TOP);
    }
    if (!emit_variable(generator, location, alias->asname, AST_STORE)) return false;
    emit(generator, location, OP_POP_TOP);
    return true;
}

bool visit_import(CodeGenerator *generator, const AstStatement *statement) {
    Location location = location_of(statement->position);
    for (size_t i = 0; i < statement->import.names.count; i++) {
        const AstAlias *alias = statement->import.names.items[i];
        if (!emit_int(generator, location, 0) || !emit_none(generator, location) ||
            !emit_name(generator, location, OP_IMPORT_NAME, alias->name))
            return false;
        if (!value_is_absent(alias->asname)) {
            if (!bind_dotted(generator, location, alias)) return false;
            continue;
        }
        Value name = alias->name;
        size_t dot = find_dot(value_as_str(name), 0);
        if (dot < value_as_str(name)->length) name = intern_part(generator, name, 0, dot);
        if (value_is_error(name) || !emit_variable(generator, location, name, AST_STORE))
            return false;
    }
    return true;
}

static bool starts_after(AstPosition position, AstPosition other) {
    return position.lineno > other.end_lineno ||
           (position.lineno == other.end_lineno && position.col_offset > other.end_col_offset);
}

static bool bind_imported(CodeGenerator *generator, Location location, AstAliases aliases) {
    for (size_t i = 0; i < aliases.count; i++) {
        const AstAlias *alias = aliases.items[i];
        if (i == 0 && str_equals_c(value_as_str(alias->name), "*")) {
            emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_IMPORT_STAR);
            emit(generator, NO_LOCATION, OP_POP_TOP);
            return true;
        }
        Value stored = value_is_absent(alias->asname) ? alias->name : alias->asname;
        if (!emit_name(generator, location, OP_IMPORT_FROM, alias->name) ||
            !emit_variable(generator, location, stored, AST_STORE))
            return false;
    }
    emit(generator, location, OP_POP_TOP);
    return true;
}

bool visit_import_from(CodeGenerator *generator, const AstStatement *statement) {
    const AstImportFrom *import = &statement->import_from;
    const Names *names = NAMES(generator->thread);
    Location location = location_of(statement->position);
    if (!emit_int(generator, location, import->level)) return false;
    AstPosition last_future = generator->compilation->last_future;
    bool is_late = last_future.lineno == 0 || starts_after(statement->position, last_future);
    if (is_late && !value_is_absent(import->module) &&
        value_same(import->module, names->__future__))
        return codegen_error(generator, location,
                             "from __future__ imports must occur at the beginning of the file");
    Value list = tuple_new(generator->thread, import->names.count);
    if (value_is_error(list)) return false;
    for (size_t i = 0; i < import->names.count; i++)
        value_as_tuple(list)->items[i] = import->names.items[i]->name;
    Value module = value_is_absent(import->module) ? names->empty : import->module;
    return emit_constant(generator, location, list) &&
           emit_name(generator, location, OP_IMPORT_NAME, module) &&
           bind_imported(generator, location, import->names);
}

bool visit_statement(CodeGenerator *generator, AstStatement *statement) {
    if (!compilation_check_stack(generator->compilation)) return false;
    Location location = location_of(statement->position);
    switch (statement->kind) {
    case AST_FUNCTION_DEF:
    case AST_ASYNC_FUNCTION_DEF: return visit_function(generator, statement);
    case AST_CLASS_DEF: return visit_class(generator, statement);
    case AST_TYPE_ALIAS: return visit_type_alias(generator, statement);
    case AST_RETURN: return visit_return(generator, statement);
    case AST_DELETE: return visit_expressions(generator, statement->delete.targets);
    case AST_ASSIGN: return visit_assign(generator, statement);
    case AST_AUG_ASSIGN: return visit_augmented_assignment(generator, statement);
    case AST_ANN_ASSIGN: return visit_annotated_assignment(generator, statement);
    case AST_FOR: return visit_for(generator, statement);
    case AST_ASYNC_FOR: return visit_async_for(generator, statement);
    case AST_WHILE: return visit_while(generator, statement);
    case AST_IF: return visit_if(generator, statement);
    case AST_MATCH: return visit_match(generator, statement);
    case AST_RAISE: return visit_raise(generator, statement);
    case AST_TRY:
    case AST_TRY_STAR: return visit_try(generator, statement);
    case AST_ASSERT: return visit_assert(generator, statement);
    case AST_IMPORT: return visit_import(generator, statement);
    case AST_IMPORT_FROM: return visit_import_from(generator, statement);
    case AST_GLOBAL:
    case AST_NONLOCAL: return true;
    case AST_EXPR: return visit_expression_statement(generator, statement);
    case AST_PASS: emit(generator, location, OP_NOP); return true;
    case AST_BREAK: return visit_break(generator, location);
    case AST_CONTINUE: return visit_continue(generator, location);
    case AST_WITH:
    case AST_ASYNC_WITH: return visit_with(generator, statement);
    }
    UNREACHABLE();
}
