// parser_statements.c — simple statements, and lines of them.
#include "base/text_buffer.h"
#include "compiler/parser_internal.h"

static AstStatement *new_statement(Parser *parser, AstStatementKind kind, AstPosition start) {
    AstStatement *statement =
        ast_statement_new(parser->context, kind, parser_finish(parser, start));
    return statement ? statement : parser_fail_raised(parser);
}

static bool augmented_operator(TokenKind kind, AstBinaryOperator *op) {
    switch (kind) {
    case TOKEN_PLUS_EQUAL: *op = AST_ADD; return true;
    case TOKEN_MINUS_EQUAL: *op = AST_SUB; return true;
    case TOKEN_STAR_EQUAL: *op = AST_MULT; return true;
    case TOKEN_AT_EQUAL: *op = AST_MAT_MULT; return true;
    case TOKEN_SLASH_EQUAL: *op = AST_DIV; return true;
    case TOKEN_PERCENT_EQUAL: *op = AST_MOD; return true;
    case TOKEN_AMPERSAND_EQUAL: *op = AST_BIT_AND; return true;
    case TOKEN_VERTICAL_BAR_EQUAL: *op = AST_BIT_OR; return true;
    case TOKEN_CIRCUMFLEX_EQUAL: *op = AST_BIT_XOR; return true;
    case TOKEN_LEFT_SHIFT_EQUAL: *op = AST_L_SHIFT; return true;
    case TOKEN_RIGHT_SHIFT_EQUAL: *op = AST_R_SHIFT; return true;
    case TOKEN_DOUBLE_STAR_EQUAL: *op = AST_POW; return true;
    case TOKEN_DOUBLE_SLASH_EQUAL: *op = AST_FLOOR_DIV; return true;
    default: return false;
    }
}

static bool is_single_target(const AstExpression *expression) {
    return expression->kind == AST_NAME || expression->kind == AST_ATTRIBUTE ||
           expression->kind == AST_SUBSCRIPT;
}

static AstStatement *parse_annotation(Parser *parser, AstPosition start, AstExpression *target,
                                      bool parenthesized) {
    if (!is_single_target(target)) return NULL;
    parser_set_target(parser, target, AST_STORE);
    parser->position++;
    AstExpression *annotation = parse_expression(parser);
    if (annotation == NULL) return NULL;
    AstExpression *value = NULL;
    if (parser_accept(parser, TOKEN_EQUAL) && (value = parse_annotated_rhs(parser)) == NULL)
        return NULL;
    AstStatement *statement = new_statement(parser, AST_ANN_ASSIGN, start);
    if (statement)
        statement->ann_assign =
            (AstAnnAssign){target, annotation, value, target->kind == AST_NAME && !parenthesized};
    return statement;
}

static AstStatement *parse_assignment(Parser *parser, AstPosition start, AstExpression *first) {
    size_t base = parser->scratch.count;
    AstExpression *value = first;
    while (parser_accept(parser, TOKEN_EQUAL)) {
        if (!parser_set_target(parser, value, AST_STORE) || !parser_push(parser, value) ||
            (value = parse_annotated_rhs(parser)) == NULL)
            return NULL;
    }
    AstStatement *statement = new_statement(parser, AST_ASSIGN, start);
    if (statement == NULL || !PARSER_COLLECT(parser, base, statement->assign.targets)) return NULL;
    statement->assign.value = value;
    return statement;
}

// An expression, or an assignment of any kind.
static AstStatement *parse_expression_statement(Parser *parser) {
    AstPosition start = parser_start(parser);
    bool parenthesized = parser_peek(parser) == TOKEN_LEFT_PAREN;
    AstExpression *first = parse_annotated_rhs(parser);
    if (first == NULL) return NULL;
    TokenKind kind = parser_peek(parser);
    if (kind == TOKEN_EQUAL) return parse_assignment(parser, start, first);
    if (kind == TOKEN_COLON) return parse_annotation(parser, start, first, parenthesized);
    AstBinaryOperator op;
    if (augmented_operator(kind, &op)) {
        if (!is_single_target(first)) return NULL;
        parser_set_target(parser, first, AST_STORE);
        parser->position++;
        AstExpression *value = parse_annotated_rhs(parser);
        if (value == NULL) return NULL;
        AstStatement *statement = new_statement(parser, AST_AUG_ASSIGN, start);
        if (statement) statement->aug_assign = (AstAugAssign){first, op, value};
        return statement;
    }
    AstStatement *statement = new_statement(parser, AST_EXPR, start);
    if (statement) statement->expr.value = first;
    return statement;
}

static bool at_statement_end(Parser *parser) {
    TokenKind kind = parser_peek(parser);
    return kind == TOKEN_NEWLINE || kind == TOKEN_SEMICOLON;
}

static AstStatement *parse_return(Parser *parser, AstPosition start) {
    AstExpression *value = NULL;
    if (!at_statement_end(parser) && (value = parse_star_expressions(parser)) == NULL) return NULL;
    AstStatement *statement = new_statement(parser, AST_RETURN, start);
    if (statement) statement->return_.value = value;
    return statement;
}

static AstStatement *parse_raise(Parser *parser, AstPosition start) {
    AstExpression *exception = NULL, *cause = NULL;
    if (!at_statement_end(parser)) {
        if ((exception = parse_expression(parser)) == NULL) return NULL;
        if (parser_accept(parser, TOKEN_FROM) && (cause = parse_expression(parser)) == NULL)
            return NULL;
    }
    AstStatement *statement = new_statement(parser, AST_RAISE, start);
    if (statement) statement->raise = (AstRaise){exception, cause};
    return statement;
}

static AstStatement *parse_assert(Parser *parser, AstPosition start) {
    AstExpression *test = parse_expression(parser), *message = NULL;
    if (test == NULL) return NULL;
    if (parser_accept(parser, TOKEN_COMMA) && (message = parse_expression(parser)) == NULL)
        return NULL;
    AstStatement *statement = new_statement(parser, AST_ASSERT, start);
    if (statement) statement->assert_ = (AstAssert){test, message};
    return statement;
}

static AstStatement *parse_delete(Parser *parser, AstPosition start) {
    bool ok;
    AstExpressions targets = parse_del_targets(parser, &ok);
    if (!ok || !at_statement_end(parser)) return NULL;
    AstStatement *statement = new_statement(parser, AST_DELETE, start);
    if (statement) statement->delete.targets = targets;
    return statement;
}

// global or nonlocal
static AstStatement *parse_declaration(Parser *parser, AstPosition start, AstStatementKind kind) {
    size_t base = parser->scratch.count;
    do {
        Value name = parser_identifier(parser);
        if (value_is_absent(name) || !parser_push_value(parser, name)) return NULL;
    } while (parser_accept(parser, TOKEN_COMMA));
    AstStatement *statement = new_statement(parser, kind, start);
    if (statement == NULL || !PARSER_COLLECT(parser, base, statement->global.names)) return NULL;
    return statement;
}

// NAME ('.' NAME)*, as one name.
static Value parse_dotted_name(Parser *parser) {
    Value name = parser_identifier(parser);
    if (value_is_absent(name) || parser_peek(parser) != TOKEN_DOT) return name;
    TextBuffer text = {0};
    const Token *token = &parser->tokens.items[parser->position - 1];
    text_buffer_append(&text, token->start, (size_t)(token->end - token->start));
    bool ok = true;
    while (ok && parser_accept(parser, TOKEN_DOT)) {
        ok = !value_is_absent(parser_identifier(parser));
        token = &parser->tokens.items[parser->position - 1];
        text_buffer_append_byte(&text, '.');
        text_buffer_append(&text, token->start, (size_t)(token->end - token->start));
    }
    name = ok && !text.failed ? parser_intern(parser, text.bytes, text.length) : VALUE_ABSENT;
    text_buffer_free(&text);
    return name;
}

static AstAlias *new_alias(Parser *parser, AstPosition start, Value name, bool may_rename) {
    if (value_is_absent(name)) return NULL;
    Value asname = VALUE_ABSENT;
    if (may_rename && parser_accept(parser, TOKEN_AS)) {
        asname = parser_identifier(parser);
        if (value_is_absent(asname)) return NULL;
    }
    AstAlias *alias = ast_allocate(parser->context, sizeof *alias);
    if (alias == NULL) return parser_fail_raised(parser);
    *alias = (AstAlias){parser_finish(parser, start), name, asname};
    return alias;
}

static AstStatement *parse_import(Parser *parser, AstPosition start) {
    size_t base = parser->scratch.count;
    do {
        AstPosition name_start = parser_start(parser);
        AstAlias *alias = new_alias(parser, name_start, parse_dotted_name(parser), true);
        if (alias == NULL || !parser_push(parser, alias)) return NULL;
    } while (parser_accept(parser, TOKEN_COMMA));
    AstStatement *statement = new_statement(parser, AST_IMPORT, start);
    if (statement == NULL || !PARSER_COLLECT(parser, base, statement->import.names)) return NULL;
    return statement;
}

// The names behind `from x import`, pushed on the scratch stack.
static bool parse_import_names(Parser *parser) {
    AstPosition start = parser_start(parser);
    if (parser_accept(parser, TOKEN_STAR)) {
        AstAlias *alias = new_alias(parser, start, parser_intern(parser, "*", 1), false);
        return alias != NULL && parser_push(parser, alias);
    }
    bool parenthesized = parser_accept(parser, TOKEN_LEFT_PAREN);
    for (;;) {
        start = parser_start(parser);
        AstAlias *alias = new_alias(parser, start, parser_identifier(parser), true);
        if (alias == NULL || !parser_push(parser, alias)) return false;
        if (!parser_accept(parser, TOKEN_COMMA)) break;
        if (parenthesized && parser_peek(parser) == TOKEN_RIGHT_PAREN) break;
    }
    return !parenthesized || parser_accept(parser, TOKEN_RIGHT_PAREN);
}

static AstStatement *parse_import_from(Parser *parser, AstPosition start) {
    int level = 0;
    for (;;) {
        if (parser_accept(parser, TOKEN_DOT))
            level++;
        else if (parser_accept(parser, TOKEN_ELLIPSIS))
            level += 3;
        else
            break;
    }
    Value module = VALUE_ABSENT;
    if (level == 0 || parser_peek(parser) != TOKEN_IMPORT) {
        module = parse_dotted_name(parser);
        if (value_is_absent(module)) return NULL;
    }
    size_t base = parser->scratch.count;
    if (!parser_accept(parser, TOKEN_IMPORT) || !parse_import_names(parser)) return NULL;
    AstStatement *statement = new_statement(parser, AST_IMPORT_FROM, start);
    if (statement == NULL || !PARSER_COLLECT(parser, base, statement->import_from.names))
        return NULL;
    statement->import_from.module = module;
    statement->import_from.level = level;
    return statement;
}

static bool at_type_alias(Parser *parser) {
    if (!parser_at_word(parser, "type") || parser_peek_ahead(parser, 1) != TOKEN_NAME) return false;
    TokenKind kind = parser_peek_ahead(parser, 2);
    return kind == TOKEN_EQUAL || kind == TOKEN_LEFT_BRACKET;
}

static AstStatement *parse_type_alias(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *name = parse_name(parser);
    if (name == NULL) return NULL;
    name->name.ctx = AST_STORE;
    AstTypeParams params;
    if (!parse_type_params(parser, &params) || !parser_accept(parser, TOKEN_EQUAL)) return NULL;
    AstExpression *value = parse_expression(parser);
    if (value == NULL) return NULL;
    AstStatement *statement = new_statement(parser, AST_TYPE_ALIAS, start);
    if (statement) statement->type_alias = (AstTypeAlias){name, params, value};
    return statement;
}

static AstStatement *parse_simple_statement(Parser *parser) {
    TokenKind kind = parser_peek(parser);
    if (!token_is_keyword(kind))
        return kind == TOKEN_NAME && at_type_alias(parser) ? parse_type_alias(parser)
                                                           : parse_expression_statement(parser);
    AstPosition start = parser_start(parser);
    parser->position++;
    switch (kind) {
    case TOKEN_PASS: return new_statement(parser, AST_PASS, start);
    case TOKEN_BREAK: return new_statement(parser, AST_BREAK, start);
    case TOKEN_CONTINUE: return new_statement(parser, AST_CONTINUE, start);
    case TOKEN_RETURN: return parse_return(parser, start);
    case TOKEN_RAISE: return parse_raise(parser, start);
    case TOKEN_ASSERT: return parse_assert(parser, start);
    case TOKEN_DEL: return parse_delete(parser, start);
    case TOKEN_GLOBAL: return parse_declaration(parser, start, AST_GLOBAL);
    case TOKEN_NONLOCAL: return parse_declaration(parser, start, AST_NONLOCAL);
    case TOKEN_IMPORT: return parse_import(parser, start);
    case TOKEN_FROM: return parse_import_from(parser, start);
    default: parser->position--; return parse_expression_statement(parser);
    }
}

bool parse_simple_statements(Parser *parser) {
    for (;;) {
        AstStatement *statement = parse_simple_statement(parser);
        if (statement == NULL || !parser_push(parser, statement)) return false;
        if (!parser_accept(parser, TOKEN_SEMICOLON)) break;
        if (parser_peek(parser) == TOKEN_NEWLINE) break;
    }
    return parser_accept(parser, TOKEN_NEWLINE);
}

bool parse_statement(Parser *parser) {
    AstStatement *statement;
    if (parser_at_compound_statement(parser)) {
        statement = parse_compound_statement(parser);
        return statement != NULL && parser_push(parser, statement);
    }
    if (parser_at_word(parser, "match")) {
        size_t position = parser->position, scratch = parser->scratch.count;
        statement = parse_match_statement(parser);
        if (statement != NULL) return parser_push(parser, statement);
        if (parser->problem->kind != PROBLEM_NONE) return false;
        parser->position = position;
        words_truncate(&parser->scratch, scratch);
    }
    return parse_simple_statements(parser);
}

bool parse_block(Parser *parser, AstStatements *body) {
    size_t base = parser->scratch.count;
    if (!parser_accept(parser, TOKEN_NEWLINE))
        return parse_simple_statements(parser) && PARSER_COLLECT(parser, base, *body);
    if (!parser_accept(parser, TOKEN_INDENT)) return false;
    do {
        if (!parse_statement(parser)) return false;
    } while (!parser_accept(parser, TOKEN_DEDENT));
    return PARSER_COLLECT(parser, base, *body);
}
