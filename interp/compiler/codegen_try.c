// codegen_try.c — try in its forms, with and async with.
//
// SETUP_FINALLY and its kin open a protected region that POP_BLOCK closes; both vanish in the
// exception table. A finally body is written once for the normal way out, once for exceptions, and
// once more for every return, break or continue that passes it.

#include "compiler/codegen_internal.h"

static void emit_reraise_cleanup(CodeGenerator *generator) {
    emit_arg(generator, NO_LOCATION, OP_COPY, 3);
    emit(generator, NO_LOCATION, OP_POP_EXCEPT);
    emit_arg(generator, NO_LOCATION, OP_RERAISE, 1);
}

// `name = None; del name` at the end of `except E as name`.
static bool emit_unbind(CodeGenerator *generator, Value name) {
    return emit_none(generator, NO_LOCATION) &&
           emit_variable(generator, NO_LOCATION, name, AST_STORE) &&
           emit_variable(generator, NO_LOCATION, name, AST_DEL);
}

// The body of `except E as name:`, itself protected so that the name is unbound in any case.
static bool visit_named_handler(CodeGenerator *generator, const AstExceptHandler *handler,
                                Label end) {
    Location location = location_of(handler->position);
    Label cleanup_end = new_label(generator), cleanup_body = new_label(generator);
    if (!emit_variable(generator, location, handler->name, AST_STORE)) return false;
    emit_jump(generator, location, OP_SETUP_CLEANUP, cleanup_end);
    place_label(generator, cleanup_body);
    if (!nest_push(generator, location,
                   (Nest){.kind = NEST_HANDLER_CLEANUP,
                          .start = cleanup_body,
                          .exit = NO_LABEL,
                          .name = handler->name}) ||
        !visit_statements(generator, handler->body))
        return false;
    nest_pop(generator);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    emit(generator, NO_LOCATION, OP_POP_EXCEPT);
    if (!emit_unbind(generator, handler->name)) return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    place_label(generator, cleanup_end);
    if (!emit_unbind(generator, handler->name)) return false;
    emit_arg(generator, NO_LOCATION, OP_RERAISE, 1);
    return true;
}

static bool visit_unnamed_handler(CodeGenerator *generator, const AstExceptHandler *handler,
                                  Label end) {
    Location location = location_of(handler->position);
    Label cleanup_body = new_label(generator);
    emit(generator, location, OP_POP_TOP);
    place_label(generator, cleanup_body);
    if (!nest_push(generator, location,
                   (Nest){.kind = NEST_HANDLER_CLEANUP, .start = cleanup_body, .exit = NO_LABEL}) ||
        !visit_statements(generator, handler->body))
        return false;
    nest_pop(generator);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    emit(generator, NO_LOCATION, OP_POP_EXCEPT);
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    return true;
}

static bool visit_handler(CodeGenerator *generator, const AstExceptHandler *handler, bool is_last,
                          Label end) {
    Location location = location_of(handler->position);
    if (handler->type == NULL && !is_last)
        return codegen_error(generator, location, "default 'except:' must be last");
    Label next = new_label(generator);
    if (handler->type != NULL) {
        if (!visit_expression(generator, handler->type)) return false;
        emit(generator, location, OP_CHECK_EXC_MATCH);
        emit_jump(generator, location, OP_POP_JUMP_IF_FALSE, next);
    }
    if (!(value_is_absent(handler->name) ? visit_unnamed_handler
                                         : visit_named_handler)(generator, handler, end))
        return false;
    place_label(generator, next);
    return true;
}

static bool visit_protected_body(CodeGenerator *generator, Location location, Label start,
                                 AstStatements body) {
    place_label(generator, start);
    if (!nest_push(generator, location,
                   (Nest){.kind = NEST_TRY, .start = start, .exit = NO_LABEL}) ||
        !visit_statements(generator, body))
        return false;
    nest_pop(generator);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    return true;
}

static bool visit_try_except(CodeGenerator *generator, const AstStatement *statement) {
    const AstTry *try_ = &statement->try_;
    Location location = location_of(statement->position);
    Label body = new_label(generator), except = new_label(generator);
    Label end = new_label(generator), cleanup = new_label(generator);
    emit_jump(generator, location, OP_SETUP_FINALLY, except);
    if (!visit_protected_body(generator, location, body, try_->body) ||
        !visit_statements(generator, try_->orelse))
        return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    place_label(generator, except);
    emit_jump(generator, NO_LOCATION, OP_SETUP_CLEANUP, cleanup);
    emit(generator, NO_LOCATION, OP_PUSH_EXC_INFO);
    if (!nest_push(generator, location, (Nest){.kind = NEST_HANDLER})) return false;
    for (size_t i = 0; i < try_->handlers.count; i++) {
        if (!visit_handler(generator, try_->handlers.items[i], i + 1 == try_->handlers.count, end))
            return false;
    }
    nest_pop(generator);
    emit_arg(generator, NO_LOCATION, OP_RERAISE, 0);
    place_label(generator, cleanup);
    emit_reraise_cleanup(generator);
    place_label(generator, end);
    return true;
}

// One clause of except*. On the stack: the original group, the list of what the clauses raised, and
// the part of the group that is not handled yet.
static bool visit_group_handler(CodeGenerator *generator, const AstExceptHandler *handler,
                                bool is_first, bool is_last, Label reraise_star) {
    Location location = location_of(handler->position);
    bool has_name = !value_is_absent(handler->name);
    Label except = new_label(generator), except_with_error = new_label(generator);
    Label no_match = new_label(generator);
    if (is_first) {
        emit_arg(generator, location, OP_BUILD_LIST, 0);
        emit_arg(generator, location, OP_COPY, 2);
    }
    if (handler->type != NULL) {
        if (!visit_expression(generator, handler->type)) return false;
        emit(generator, location, OP_CHECK_EG_MATCH);
        emit_arg(generator, location, OP_COPY, 1);
        emit_jump(generator, location, OP_POP_JUMP_IF_NONE, no_match);
    }
    Label cleanup_end = new_label(generator), cleanup_body = new_label(generator);
    if (!has_name)
        emit(generator, location, OP_POP_TOP);
    else if (!emit_variable(generator, location, handler->name, AST_STORE))
        return false;
    emit_jump(generator, location, OP_SETUP_CLEANUP, cleanup_end);
    place_label(generator, cleanup_body);
    if (!nest_push(generator, location,
                   (Nest){.kind = NEST_HANDLER_CLEANUP,
                          .start = cleanup_body,
                          .exit = NO_LABEL,
                          .name = handler->name}) ||
        !visit_statements(generator, handler->body))
        return false;
    nest_pop(generator);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    if (has_name && !emit_unbind(generator, handler->name)) return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, except);
    place_label(generator, cleanup_end);
    if (has_name && !emit_unbind(generator, handler->name)) return false;
    emit_arg(generator, NO_LOCATION, OP_LIST_APPEND, 3); // the exception
    emit(generator, NO_LOCATION, OP_POP_TOP);            // lasti
    emit_jump(generator, NO_LOCATION, OP_JUMP, except_with_error);
    place_label(generator, except);
    emit(generator, NO_LOCATION, OP_NOP); // takes the line of the body's end
    emit_jump(generator, NO_LOCATION, OP_JUMP, except_with_error);
    place_label(generator, no_match);
    emit(generator, location, OP_POP_TOP);
    place_label(generator, except_with_error);
    if (is_last) {
        emit_arg(generator, NO_LOCATION, OP_LIST_APPEND, 1); // what no clause handled, or None
        emit_jump(generator, NO_LOCATION, OP_JUMP, reraise_star);
    }
    return true;
}

static void emit_star_reraise(CodeGenerator *generator, Label end) {
    Label reraise = new_label(generator);
    emit_arg(generator, NO_LOCATION, OP_CALL_INTRINSIC_2, INTRINSIC_PREP_RERAISE_STAR);
    emit_arg(generator, NO_LOCATION, OP_COPY, 1);
    emit_jump(generator, NO_LOCATION, OP_POP_JUMP_IF_NOT_NONE, reraise);
    emit(generator, NO_LOCATION, OP_POP_TOP);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    emit(generator, NO_LOCATION, OP_POP_EXCEPT);
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    place_label(generator, reraise);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    emit_arg(generator, NO_LOCATION, OP_SWAP, 2);
    emit(generator, NO_LOCATION, OP_POP_EXCEPT);
    emit_arg(generator, NO_LOCATION, OP_RERAISE, 0);
}

static bool visit_try_star(CodeGenerator *generator, const AstStatement *statement) {
    const AstTry *try_ = &statement->try_;
    Location location = location_of(statement->position);
    Label body = new_label(generator), except = new_label(generator);
    Label orelse = new_label(generator), end = new_label(generator);
    Label cleanup = new_label(generator), reraise_star = new_label(generator);
    emit_jump(generator, location, OP_SETUP_FINALLY, except);
    if (!visit_protected_body(generator, location, body, try_->body)) return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, orelse);
    place_label(generator, except);
    emit_jump(generator, NO_LOCATION, OP_SETUP_CLEANUP, cleanup);
    emit(generator, NO_LOCATION, OP_PUSH_EXC_INFO);
    if (!nest_push(generator, location, (Nest){.kind = NEST_GROUP_HANDLER})) return false;
    for (size_t i = 0; i < try_->handlers.count; i++) {
        if (!visit_group_handler(generator, try_->handlers.items[i], i == 0,
                                 i + 1 == try_->handlers.count, reraise_star))
            return false;
    }
    nest_pop(generator);
    place_label(generator, reraise_star);
    emit_star_reraise(generator, end);
    place_label(generator, cleanup);
    emit_reraise_cleanup(generator);
    place_label(generator, orelse);
    if (!visit_statements(generator, try_->orelse)) return false;
    place_label(generator, end);
    return true;
}

static bool visit_try_finally(CodeGenerator *generator, const AstStatement *statement) {
    const AstTry *try_ = &statement->try_;
    Location location = location_of(statement->position);
    Label body = new_label(generator), end = new_label(generator);
    Label exit = new_label(generator), cleanup = new_label(generator);
    emit_jump(generator, location, OP_SETUP_FINALLY, end);
    place_label(generator, body);
    if (!nest_push(generator, location,
                   (Nest){.kind = NEST_FINALLY_TRY,
                          .start = body,
                          .exit = end,
                          .final_body = try_->finalbody}))
        return false;
    bool visited = try_->handlers.count == 0         ? visit_statements(generator, try_->body)
                   : statement->kind == AST_TRY_STAR ? visit_try_star(generator, statement)
                                                     : visit_try_except(generator, statement);
    if (!visited) return false;
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    nest_pop(generator);
    if (!visit_statements(generator, try_->finalbody)) return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, exit);
    place_label(generator, end);
    emit_jump(generator, NO_LOCATION, OP_SETUP_CLEANUP, cleanup);
    emit(generator, NO_LOCATION, OP_PUSH_EXC_INFO);
    if (!nest_push(generator, NO_LOCATION,
                   (Nest){.kind = NEST_FINALLY_END, .start = end, .exit = NO_LABEL}) ||
        !visit_statements(generator, try_->finalbody))
        return false;
    nest_pop(generator);
    emit_arg(generator, NO_LOCATION, OP_RERAISE, 0);
    place_label(generator, cleanup);
    emit_reraise_cleanup(generator);
    place_label(generator, exit);
    return true;
}

bool visit_try(CodeGenerator *generator, const AstStatement *statement) {
    if (statement->try_.finalbody.count > 0) return visit_try_finally(generator, statement);
    return statement->kind == AST_TRY_STAR ? visit_try_star(generator, statement)
                                           : visit_try_except(generator, statement);
}

// Behind the call of __exit__ with an exception: a true result swallows it.
static void emit_with_end(CodeGenerator *generator, Label cleanup) {
    Label suppress = new_label(generator), exit = new_label(generator);
    emit_jump(generator, NO_LOCATION, OP_POP_JUMP_IF_TRUE, suppress);
    emit_arg(generator, NO_LOCATION, OP_RERAISE, 2);
    place_label(generator, suppress);
    emit(generator, NO_LOCATION, OP_POP_TOP);
    emit(generator, NO_LOCATION, OP_POP_BLOCK);
    emit(generator, NO_LOCATION, OP_POP_EXCEPT);
    emit(generator, NO_LOCATION, OP_POP_TOP);
    emit(generator, NO_LOCATION, OP_POP_TOP);
    emit_jump(generator, NO_LOCATION, OP_JUMP, exit);
    place_label(generator, cleanup);
    emit_reraise_cleanup(generator);
    place_label(generator, exit);
}

static bool visit_with_item(CodeGenerator *generator, const AstStatement *statement, size_t item);

static bool visit_with_body(CodeGenerator *generator, const AstStatement *statement, size_t item,
                            Label block, Label final) {
    const AstWith *with = &statement->with;
    const AstWithItem *context = with->items.items[item];
    Location location = location_of(context->context_expr->position);
    bool is_async = statement->kind == AST_ASYNC_WITH;
    place_label(generator, block);
    if (!nest_push(generator, location,
                   (Nest){.kind = is_async ? NEST_ASYNC_WITH : NEST_WITH,
                          .start = block,
                          .exit = final,
                          .with_location = location}))
        return false;
    if (context->optional_vars == NULL)
        emit(generator, location, OP_POP_TOP);
    else if (!visit_expression(generator, context->optional_vars))
        return false;
    bool visited = item + 1 == with->items.count ? visit_statements(generator, with->body)
                                                 : visit_with_item(generator, statement, item + 1);
    nest_pop(generator);
    emit(generator, is_async ? location : NO_LOCATION, OP_POP_BLOCK);
    return visited;
}

static bool visit_with_item(CodeGenerator *generator, const AstStatement *statement, size_t item) {
    if (!compilation_check_stack(generator->compilation)) return false;
    AstExpression *context = statement->with.items.items[item]->context_expr;
    Location location = location_of(context->position);
    bool is_async = statement->kind == AST_ASYNC_WITH;
    Label block = new_label(generator), final = new_label(generator);
    Label exit = new_label(generator), cleanup = new_label(generator);
    if (!visit_expression(generator, context)) return false;
    emit(generator, location, is_async ? OP_BEFORE_ASYNC_WITH : OP_BEFORE_WITH);
    if (is_async && !emit_await(generator, location, 1)) return false;
    emit_jump(generator, location, OP_SETUP_WITH, final);
    if (!visit_with_body(generator, statement, item, block, final) ||
        !emit_exit_call(generator, location) || (is_async && !emit_await(generator, location, 2)))
        return false;
    emit(generator, location, OP_POP_TOP);
    emit_jump(generator, location, OP_JUMP, exit);
    place_label(generator, final);
    emit_jump(generator, location, OP_SETUP_CLEANUP, cleanup);
    emit(generator, location, OP_PUSH_EXC_INFO);
    emit(generator, location, OP_WITH_EXCEPT_START);
    if (is_async && !emit_await(generator, location, 2)) return false;
    emit_with_end(generator, cleanup);
    place_label(generator, exit);
    return true;
}

bool visit_with(CodeGenerator *generator, const AstStatement *statement) {
    if (statement->kind == AST_ASYNC_WITH) {
        if (codegen_awaits_at_top(generator))
            generator->unit->block->is_coroutine = true;
        else if (generator->unit->kind != UNIT_ASYNC_FUNCTION)
            return codegen_error(generator, location_of(statement->position),
                                 "'async with' outside async function");
    }
    return visit_with_item(generator, statement, 0);
}
