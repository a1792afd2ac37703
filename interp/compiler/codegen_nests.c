// codegen_nests.c — leaving nested statements: return, break, continue.
//
// While the code that leaves a nest is written (a finally body above all), that nest and those
// inside it are off the stack, so that a return in a finally clause leaves only what is around it.

#include "compiler/codegen_internal.h"

bool nest_push(CodeGenerator *generator, Location location, Nest nest) {
    Unit *unit = generator->unit;
    if (unit->nest_count >= CODEGEN_MAX_NESTS)
        return codegen_error(generator, location, "too many statically nested blocks");
    unit->nests[unit->nest_count++] = nest;
    return true;
}

void nest_pop(CodeGenerator *generator) { generator->unit->nest_count--; }

bool emit_exit_call(CodeGenerator *generator, Location location) {
    for (int i = 0; i < 3; i++) {
        if (!emit_none(generator, location)) return false;
    }
    emit_arg(generator, location, OP_CALL, 2);
    return true;
}

// Keeps the value on top (of a return) above what is popped.
static void emit_pop_below(CodeGenerator *generator, Location location, bool keeps_top) {
    if (keeps_top) emit_arg(generator, location, OP_SWAP, 2);
    emit(generator, location, OP_POP_TOP);
}

static bool leave_finally(CodeGenerator *generator, Location *location, const Nest *nest,
                          bool keeps_top) {
    emit(generator, *location, OP_POP_BLOCK);
    if (keeps_top && !nest_push(generator, *location, (Nest){.kind = NEST_VALUE})) return false;
    if (!visit_statements(generator, nest->final_body)) return false;
    if (keeps_top) nest_pop(generator);
    // What follows belongs to no line: it runs after the finally body.
    *location = NO_LOCATION;
    return true;
}

static bool leave_with(CodeGenerator *generator, Location *location, const Nest *nest,
                       bool keeps_top) {
    *location = nest->with_location;
    emit(generator, *location, OP_POP_BLOCK);
    if (keeps_top) emit_arg(generator, *location, OP_SWAP, 2);
    if (!emit_exit_call(generator, *location)) return false;
    if (nest->kind == NEST_ASYNC_WITH && !emit_await(generator, *location, 2)) return false;
    emit(generator, *location, OP_POP_TOP);
    *location = NO_LOCATION;
    return true;
}

static bool leave_handler(CodeGenerator *generator, Location location, const Nest *nest,
                          bool keeps_top) {
    bool has_name = !value_is_absent(nest->name);
    if (has_name) emit(generator, location, OP_POP_BLOCK);
    if (keeps_top) emit_arg(generator, location, OP_SWAP, 2);
    emit(generator, location, OP_POP_BLOCK);
    emit(generator, location, OP_POP_EXCEPT);
    return !has_name || (emit_none(generator, location) &&
                         emit_variable(generator, location, nest->name, AST_STORE) &&
                         emit_variable(generator, location, nest->name, AST_DEL));
}

static bool leave(CodeGenerator *generator, Location *location, const Nest *nest, bool keeps_top) {
    switch (nest->kind) {
    case NEST_WHILE:
    case NEST_HANDLER:
    case NEST_GROUP_HANDLER:
    case NEST_ASYNC_COMPREHENSION:
    case NEST_GENERATOR: return true;
    case NEST_FOR:
    case NEST_VALUE: emit_pop_below(generator, *location, keeps_top); return true;
    case NEST_TRY: emit(generator, *location, OP_POP_BLOCK); return true;
    case NEST_FINALLY_TRY: return leave_finally(generator, location, nest, keeps_top);
    case NEST_FINALLY_END:
        emit_pop_below(generator, *location, keeps_top);
        if (keeps_top) emit_arg(generator, *location, OP_SWAP, 2);
        emit(generator, *location, OP_POP_BLOCK);
        emit(generator, *location, OP_POP_EXCEPT);
        return true;
    case NEST_WITH:
    case NEST_ASYNC_WITH: return leave_with(generator, location, nest, keeps_top);
    case NEST_HANDLER_CLEANUP: return leave_handler(generator, *location, nest, keeps_top);
    }
    UNREACHABLE();
}

// Leaves all nests, or with `loop` all up to the innermost loop, which *loop then is (unchanged if
// there is none). *location becomes that of what follows.
static bool leave_all(CodeGenerator *generator, Location *location, bool keeps_top, Nest *loop,
                      bool *found) {
    Unit *unit = generator->unit;
    if (unit->nest_count == 0) return true;
    Nest top = unit->nests[unit->nest_count - 1];
    if (top.kind == NEST_GROUP_HANDLER)
        return codegen_error(generator, *location,
                             "'break', 'continue' and 'return' cannot appear in an except* block");
    if (loop != NULL && (top.kind == NEST_WHILE || top.kind == NEST_FOR)) {
        *loop = top;
        *found = true;
        return true;
    }
    unit->nest_count--;
    if (!leave(generator, location, &top, keeps_top) ||
        !leave_all(generator, location, keeps_top, loop, found))
        return false;
    unit->nests[unit->nest_count++] = top;
    return true;
}

bool visit_return(CodeGenerator *generator, const AstStatement *statement) {
    Location location = location_of(statement->position);
    AstExpression *value = statement->return_.value;
    const SymbolBlock *block = generator->unit->block;
    bool keeps_top = value != NULL && value->kind != AST_CONSTANT;
    if (!block_is_function_like(block))
        return codegen_error(generator, location, "'return' outside function");
    if (value != NULL && block->is_coroutine && block->is_generator)
        return codegen_error(generator, location, "'return' with value in async generator");
    if (keeps_top) {
        if (!visit_expression(generator, value)) return false;
    } else if (value != NULL) {
        // A line for the constant, which is loaded last.
        location = location_of(value->position);
        emit(generator, location, OP_NOP);
    }
    if (value == NULL || value->position.lineno != statement->position.lineno) {
        location = location_of(statement->position);
        emit(generator, location, OP_NOP);
    }
    if (!leave_all(generator, &location, keeps_top, NULL, NULL)) return false;
    if (!keeps_top &&
        !emit_constant(generator, location, value == NULL ? VALUE_NONE : value->constant.value))
        return false;
    emit(generator, location, OP_RETURN_VALUE);
    return true;
}

bool visit_break(CodeGenerator *generator, Location location) {
    Location origin = location;
    Nest loop;
    bool found = false;
    emit(generator, location, OP_NOP);
    if (!leave_all(generator, &location, false, &loop, &found)) return false;
    if (!found) return codegen_error(generator, origin, "'break' outside loop");
    if (!leave(generator, &location, &loop, false)) return false;
    emit_jump(generator, location, OP_JUMP, loop.exit);
    return true;
}

bool visit_continue(CodeGenerator *generator, Location location) {
    Location origin = location;
    Nest loop;
    bool found = false;
    emit(generator, location, OP_NOP);
    if (!leave_all(generator, &location, false, &loop, &found)) return false;
    if (!found) return codegen_error(generator, origin, "'continue' not properly in loop");
    emit_jump(generator, location, OP_JUMP, loop.start);
    return true;
}
