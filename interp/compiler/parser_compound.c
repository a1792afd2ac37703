// parser_compound.c — compound statements, except match.
//
// Invariant: a statement ends where its last block ends; every `elif` of a chain is an If of its
// own that ends with the whole chain.
#include "compiler/parser_internal.h"

static AstStatement *new_statement(Parser *parser, AstStatementKind kind, AstPosition start) {
    AstStatement *statement =
        ast_statement_new(parser->context, kind, parser_finish(parser, start));
    return statement ? statement : parser_fail_raised(parser);
}

// ':' block
static bool parse_suite(Parser *parser, AstStatements *body) {
    return parser_accept(parser, TOKEN_COLON) && parse_block(parser, body);
}

static bool parse_else(Parser *parser, AstStatements *body) {
    *body = (AstStatements){0};
    return !parser_accept(parser, TOKEN_ELSE) || parse_suite(parser, body);
}

static AstStatement *parse_if(Parser *parser) {
    size_t base = parser->scratch.count;
    do {
        AstPosition start = parser_start(parser);
        parser->position++;
        AstExpression *test = parse_named_expression(parser);
        AstStatements body;
        if (test == NULL || !parse_suite(parser, &body)) return NULL;
        AstStatement *statement = new_statement(parser, AST_IF, start);
        if (statement == NULL || !parser_push(parser, statement)) return NULL;
        statement->if_.test = test;
        statement->if_.body = body;
    } while (parser_peek(parser) == TOKEN_ELIF);
    AstStatements chain, orelse;
    if (!PARSER_COLLECT(parser, base, chain) || !parse_else(parser, &orelse)) return NULL;
    for (size_t i = 0; i < chain.count; i++) {
        AstStatement *statement = chain.items[i];
        statement->position = parser_finish(parser, statement->position);
        statement->if_.orelse =
            i + 1 < chain.count ? (AstStatements){1, &chain.items[i + 1]} : orelse;
    }
    return chain.items[0];
}

static AstStatement *parse_while(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *test = parse_named_expression(parser);
    AstStatements body, orelse;
    if (test == NULL || !parse_suite(parser, &body) || !parse_else(parser, &orelse)) return NULL;
    AstStatement *statement = new_statement(parser, AST_WHILE, start);
    if (statement) statement->while_ = (AstWhile){test, body, orelse};
    return statement;
}

static AstStatement *parse_for(Parser *parser, AstPosition start, bool is_async) {
    parser->position++;
    AstExpression *target = parse_star_targets(parser);
    if (target == NULL || !parser_accept(parser, TOKEN_IN)) return NULL;
    AstExpression *iterable = parse_star_expressions(parser);
    AstStatements body, orelse;
    if (iterable == NULL || !parse_suite(parser, &body) || !parse_else(parser, &orelse))
        return NULL;
    AstStatement *statement = new_statement(parser, is_async ? AST_ASYNC_FOR : AST_FOR, start);
    if (statement) statement->for_ = (AstFor){target, iterable, body, orelse};
    return statement;
}

static AstWithItem *parse_with_item(Parser *parser) {
    AstWithItem *item = ast_allocate(parser->context, sizeof *item);
    if (item == NULL) return parser_fail_raised(parser);
    if ((item->context_expr = parse_expression(parser)) == NULL) return NULL;
    if (parser_accept(parser, TOKEN_AS)) {
        if ((item->optional_vars = parse_star_target(parser)) == NULL) return NULL;
        TokenKind kind = parser_peek(parser);
        if (kind != TOKEN_COMMA && kind != TOKEN_RIGHT_PAREN && kind != TOKEN_COLON) return NULL;
    }
    return item;
}

// '(' ','.with_item+ [','] ')' before a ':'
static bool parse_parenthesized_items(Parser *parser) {
    if (!parser_accept(parser, TOKEN_LEFT_PAREN)) return false;
    do {
        AstWithItem *item = parse_with_item(parser);
        if (item == NULL || !parser_push(parser, item)) return false;
    } while (parser_accept(parser, TOKEN_COMMA) && parser_peek(parser) != TOKEN_RIGHT_PAREN);
    return parser_accept(parser, TOKEN_RIGHT_PAREN) && parser_peek(parser) == TOKEN_COLON;
}

static bool parse_with_items(Parser *parser, AstWithItems *items) {
    size_t position = parser->position, base = parser->scratch.count;
    if (parse_parenthesized_items(parser)) return PARSER_COLLECT(parser, base, *items);
    if (parser->problem->kind != PROBLEM_NONE) return false;
    parser->position = position;
    words_truncate(&parser->scratch, base);
    do {
        AstWithItem *item = parse_with_item(parser);
        if (item == NULL || !parser_push(parser, item)) return false;
    } while (parser_accept(parser, TOKEN_COMMA));
    return PARSER_COLLECT(parser, base, *items);
}

static AstStatement *parse_with(Parser *parser, AstPosition start, bool is_async) {
    parser->position++;
    AstWithItems items;
    AstStatements body;
    if (!parse_with_items(parser, &items) || !parse_suite(parser, &body)) return NULL;
    AstStatement *statement = new_statement(parser, is_async ? AST_ASYNC_WITH : AST_WITH, start);
    if (statement) statement->with = (AstWith){items, body};
    return statement;
}

// *group: the statement has except*; decided by its first handler.
static AstExceptHandler *parse_handler(Parser *parser, bool *group, bool first) {
    AstExceptHandler *handler = ast_allocate(parser->context, sizeof *handler);
    if (handler == NULL) return parser_fail_raised(parser);
    AstPosition start = parser_start(parser);
    parser->position++;
    bool star = parser_accept(parser, TOKEN_STAR);
    if (first) *group = star;
    if (star != *group) return NULL;
    if (star || parser_peek(parser) != TOKEN_COLON) {
        if ((handler->type = parse_expression(parser)) == NULL) return NULL;
        if (parser_accept(parser, TOKEN_AS)) {
            handler->name = parser_identifier(parser);
            if (value_is_absent(handler->name)) return NULL;
        }
    }
    if (!parse_suite(parser, &handler->body)) return NULL;
    handler->position = parser_finish(parser, start);
    return handler;
}

static AstStatement *parse_try(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstTry parts = {0};
    if (!parse_suite(parser, &parts.body)) return NULL;
    bool group = false;
    size_t base = parser->scratch.count;
    while (parser_peek(parser) == TOKEN_EXCEPT) {
        bool first = parser->scratch.count == base;
        AstExceptHandler *handler = parse_handler(parser, &group, first);
        if (handler == NULL || !parser_push(parser, handler)) return NULL;
    }
    if (!PARSER_COLLECT(parser, base, parts.handlers)) return NULL;
    if (parts.handlers.count > 0 && !parse_else(parser, &parts.orelse)) return NULL;
    if (parser_accept(parser, TOKEN_FINALLY)) {
        if (!parse_suite(parser, &parts.finalbody)) return NULL;
    } else if (parts.handlers.count == 0) {
        return NULL;
    }
    AstStatement *statement = new_statement(parser, group ? AST_TRY_STAR : AST_TRY, start);
    if (statement) statement->try_ = parts;
    return statement;
}

static AstStatement *parse_function(Parser *parser, AstPosition start, AstExpressions decorators,
                                    bool is_async) {
    AstFunctionDef parts = {.decorator_list = decorators};
    parser->position++;
    parts.name = parser_identifier(parser);
    if (value_is_absent(parts.name) || !parse_type_params(parser, &parts.type_params) ||
        !parser_accept(parser, TOKEN_LEFT_PAREN) ||
        (parts.args = parse_parameters(parser, false)) == NULL ||
        !parser_accept(parser, TOKEN_RIGHT_PAREN))
        return NULL;
    if (parser_accept(parser, TOKEN_ARROW) && (parts.returns = parse_expression(parser)) == NULL)
        return NULL;
    if (!parse_suite(parser, &parts.body)) return NULL;
    AstStatement *statement =
        new_statement(parser, is_async ? AST_ASYNC_FUNCTION_DEF : AST_FUNCTION_DEF, start);
    if (statement) statement->function_def = parts;
    return statement;
}

static bool has_bare_generator(AstExpressions args) {
    return args.count > 0 && args.items[0]->kind == AST_GENERATOR_EXP &&
           args.items[0]->position.lineno == 0;
}

static AstStatement *parse_class(Parser *parser, AstExpressions decorators) {
    AstPosition start = parser_start(parser);
    AstClassDef parts = {.decorator_list = decorators};
    parser->position++;
    parts.name = parser_identifier(parser);
    if (value_is_absent(parts.name) || !parse_type_params(parser, &parts.type_params)) return NULL;
    if (parser_accept(parser, TOKEN_LEFT_PAREN) &&
        (!parse_arguments(parser, &parts.bases, &parts.keywords) ||
         has_bare_generator(parts.bases)))
        return NULL;
    if (!parse_suite(parser, &parts.body)) return NULL;
    AstStatement *statement = new_statement(parser, AST_CLASS_DEF, start);
    if (statement) statement->class_def = parts;
    return statement;
}

static AstStatement *parse_async(Parser *parser, AstExpressions decorators, bool only_def) {
    AstPosition start = parser_start(parser);
    parser->position++;
    switch (parser_peek(parser)) {
    case TOKEN_DEF: return parse_function(parser, start, decorators, true);
    case TOKEN_FOR: return only_def ? NULL : parse_for(parser, start, true);
    case TOKEN_WITH: return only_def ? NULL : parse_with(parser, start, true);
    default: return NULL;
    }
}

static AstStatement *parse_decorated(Parser *parser) {
    size_t base = parser->scratch.count;
    while (parser_accept(parser, TOKEN_AT)) {
        AstExpression *decorator = parse_named_expression(parser);
        if (decorator == NULL || !parser_accept(parser, TOKEN_NEWLINE) ||
            !parser_push(parser, decorator))
            return NULL;
    }
    AstExpressions decorators;
    if (!PARSER_COLLECT(parser, base, decorators)) return NULL;
    AstPosition start = parser_start(parser);
    switch (parser_peek(parser)) {
    case TOKEN_DEF: return parse_function(parser, start, decorators, false);
    case TOKEN_CLASS: return parse_class(parser, decorators);
    case TOKEN_ASYNC: return parse_async(parser, decorators, true);
    default: return NULL;
    }
}

bool parser_at_compound_statement(Parser *parser) {
    switch (parser_peek(parser)) {
    case TOKEN_IF:
    case TOKEN_WHILE:
    case TOKEN_FOR:
    case TOKEN_WITH:
    case TOKEN_TRY:
    case TOKEN_DEF:
    case TOKEN_CLASS:
    case TOKEN_ASYNC:
    case TOKEN_AT: return true;
    default: return false;
    }
}

AstStatement *parse_compound_statement(Parser *parser) {
    if (!parser_has_room(parser)) return NULL;
    AstPosition start = parser_start(parser);
    switch (parser_peek(parser)) {
    case TOKEN_IF: return parse_if(parser);
    case TOKEN_WHILE: return parse_while(parser);
    case TOKEN_FOR: return parse_for(parser, start, false);
    case TOKEN_WITH: return parse_with(parser, start, false);
    case TOKEN_TRY: return parse_try(parser);
    case TOKEN_DEF: return parse_function(parser, start, (AstExpressions){0}, false);
    case TOKEN_CLASS: return parse_class(parser, (AstExpressions){0});
    case TOKEN_ASYNC: return parse_async(parser, (AstExpressions){0}, false);
    case TOKEN_AT: return parse_decorated(parser);
    default: return NULL;
    }
}
