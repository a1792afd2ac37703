// parser_atoms.c — names, literals, parentheses, displays and comprehensions.
//
// Invariant: a parenthesised expression keeps the position it has without them; a tuple, a
// generator and a display include their brackets.
#include "compiler/parser_internal.h"

bool parser_at_comprehension(Parser *parser) {
    TokenKind kind = parser_peek(parser);
    return kind == TOKEN_FOR || (kind == TOKEN_ASYNC && parser_peek_ahead(parser, 1) == TOKEN_FOR);
}

static AstComprehension *parse_clause(Parser *parser) {
    AstComprehension *clause = ast_allocate(parser->context, sizeof *clause);
    if (clause == NULL) return parser_fail_raised(parser);
    clause->is_async = parser_accept(parser, TOKEN_ASYNC);
    if (!parser_accept(parser, TOKEN_FOR)) return NULL;
    if ((clause->target = parse_star_targets(parser)) == NULL) return NULL;
    if (!parser_accept(parser, TOKEN_IN)) return NULL;
    if ((clause->iter = parse_disjunction(parser)) == NULL) return NULL;
    size_t base = parser->scratch.count;
    while (parser_accept(parser, TOKEN_IF)) {
        AstExpression *test = parse_disjunction(parser);
        if (test == NULL || !parser_push(parser, test)) return NULL;
    }
    return PARSER_COLLECT(parser, base, clause->ifs) ? clause : NULL;
}

bool parse_comprehension_clauses(Parser *parser, AstComprehensions *generators) {
    size_t base = parser->scratch.count;
    do {
        AstComprehension *clause = parse_clause(parser);
        if (clause == NULL || !parser_push(parser, clause)) return false;
    } while (parser_at_comprehension(parser));
    return PARSER_COLLECT(parser, base, *generators);
}

// Finishes a list or set comprehension or a generator at its first `for`.
static AstExpression *parse_comprehension(Parser *parser, AstExpressionKind kind, AstPosition start,
                                          AstExpression *element, TokenKind close) {
    AstComprehensions generators;
    if (element->kind == AST_STARRED) return NULL;
    if (!parse_comprehension_clauses(parser, &generators) || !parser_accept(parser, close))
        return NULL;
    AstExpression *node = parser_node(parser, kind, parser_finish(parser, start));
    if (node) node->list_comp = (AstListComp){element, generators};
    return node;
}

// The items of a display behind the first one, up to and with its closing bracket.
static bool parse_items(Parser *parser, AstExpression *first, TokenKind close,
                        AstExpressions *items) {
    size_t base = parser->scratch.count;
    if (first != NULL && !parser_push(parser, first)) return false;
    while (!parser_accept(parser, close)) {
        if (!parser_accept(parser, TOKEN_COMMA)) return false;
        if (parser_accept(parser, close)) break;
        AstExpression *next = parse_star_named_expression(parser);
        if (next == NULL || !parser_push(parser, next)) return false;
    }
    return PARSER_COLLECT(parser, base, *items);
}

static AstExpression *parse_parenthesized(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *first = NULL;
    TokenKind kind = parser_peek(parser);
    if (kind == TOKEN_YIELD) {
        first = parse_yield(parser);
        return first != NULL && parser_accept(parser, TOKEN_RIGHT_PAREN) ? first : NULL;
    }
    if (kind != TOKEN_RIGHT_PAREN) {
        first = parse_star_named_expression(parser);
        if (first == NULL) return NULL;
        if (parser_at_comprehension(parser))
            return parse_comprehension(parser, AST_GENERATOR_EXP, start, first, TOKEN_RIGHT_PAREN);
        if (first->kind != AST_STARRED && parser_accept(parser, TOKEN_RIGHT_PAREN)) return first;
        if (parser_peek(parser) != TOKEN_COMMA) return NULL;
    }
    AstExpressions items;
    if (!parse_items(parser, first, TOKEN_RIGHT_PAREN, &items)) return NULL;
    AstExpression *node = parser_node(parser, AST_TUPLE, parser_finish(parser, start));
    if (node) node->tuple = (AstTuple){items, AST_LOAD};
    return node;
}

AstExpression *parse_generator(Parser *parser) {
    if (parser_peek(parser) != TOKEN_LEFT_PAREN) return NULL;
    AstExpression *node = parse_parenthesized(parser);
    return node != NULL && node->kind == AST_GENERATOR_EXP ? node : NULL;
}

static AstExpression *parse_list(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *first = NULL;
    if (parser_peek(parser) != TOKEN_RIGHT_BRACKET) {
        first = parse_star_named_expression(parser);
        if (first == NULL) return NULL;
        if (parser_at_comprehension(parser))
            return parse_comprehension(parser, AST_LIST_COMP, start, first, TOKEN_RIGHT_BRACKET);
    }
    AstExpressions items;
    if (!parse_items(parser, first, TOKEN_RIGHT_BRACKET, &items)) return NULL;
    AstExpression *node = parser_node(parser, AST_LIST, parser_finish(parser, start));
    if (node) node->list = (AstList){items, AST_LOAD};
    return node;
}

static AstExpression *parse_dict_comprehension(Parser *parser, AstPosition start,
                                               AstExpression *key, AstExpression *value) {
    AstComprehensions generators;
    if (!parse_comprehension_clauses(parser, &generators) ||
        !parser_accept(parser, TOKEN_RIGHT_BRACE))
        return NULL;
    AstExpression *node = parser_node(parser, AST_DICT_COMP, parser_finish(parser, start));
    if (node) node->dict_comp = (AstDictComp){key, value, generators};
    return node;
}

// One item of a dict display: *key NULL for `**value`.
static bool parse_pair(Parser *parser, AstExpression **key, AstExpression **value) {
    *key = NULL;
    if (parser_accept(parser, TOKEN_DOUBLE_STAR))
        return (*value = parse_bitwise_or(parser)) != NULL;
    if ((*key = parse_expression(parser)) == NULL) return false;
    return parser_accept(parser, TOKEN_COLON) && (*value = parse_expression(parser)) != NULL;
}

// The scratch stack above `base` holds keys and values in turn.
static AstExpression *finish_dict(Parser *parser, AstPosition start, size_t base) {
    AstExpression *node = parser_node(parser, AST_DICT, parser_finish(parser, start));
    if (node == NULL) return NULL;
    size_t count = (parser->scratch.count - base) / 2;
    AstExpression **keys = ast_allocate(parser->context, count * sizeof *keys);
    AstExpression **values = ast_allocate(parser->context, count * sizeof *values);
    if (keys == NULL || values == NULL) return parser_fail_raised(parser);
    for (size_t i = 0; i < count; i++) {
        keys[i] = (AstExpression *)(uintptr_t)parser->scratch.items[base + 2 * i];
        values[i] = (AstExpression *)(uintptr_t)parser->scratch.items[base + 2 * i + 1];
    }
    words_truncate(&parser->scratch, base);
    node->dict = (AstDict){{count, keys}, {count, values}};
    return node;
}

// Goes on with a dict display whose first pair has been read.
static AstExpression *parse_dict_tail(Parser *parser, AstPosition start, AstExpression *key,
                                      AstExpression *value) {
    size_t base = parser->scratch.count;
    for (;;) {
        if (!parser_push(parser, key) || !parser_push(parser, value)) return NULL;
        if (!parser_accept(parser, TOKEN_COMMA)) break;
        if (parser_peek(parser) == TOKEN_RIGHT_BRACE) break;
        if (!parse_pair(parser, &key, &value)) return NULL;
    }
    if (!parser_accept(parser, TOKEN_RIGHT_BRACE)) return NULL;
    return finish_dict(parser, start, base);
}

static AstExpression *parse_braces(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    if (parser_accept(parser, TOKEN_RIGHT_BRACE))
        return finish_dict(parser, start, parser->scratch.count);
    AstExpression *first = NULL, *value = NULL;
    if (parser_peek(parser) == TOKEN_DOUBLE_STAR) {
        if (!parse_pair(parser, &first, &value)) return NULL;
        return parse_dict_tail(parser, start, NULL, value);
    }
    bool is_named =
        parser_peek(parser) == TOKEN_NAME && parser_peek_ahead(parser, 1) == TOKEN_COLON_EQUAL;
    first = parse_star_named_expression(parser);
    if (first == NULL) return NULL;
    if (first->kind != AST_STARRED && !is_named && parser_accept(parser, TOKEN_COLON)) {
        if ((value = parse_expression(parser)) == NULL) return NULL;
        if (parser_at_comprehension(parser))
            return parse_dict_comprehension(parser, start, first, value);
        return parse_dict_tail(parser, start, first, value);
    }
    if (parser_at_comprehension(parser))
        return parse_comprehension(parser, AST_SET_COMP, start, first, TOKEN_RIGHT_BRACE);
    AstExpressions items;
    if (!parse_items(parser, first, TOKEN_RIGHT_BRACE, &items)) return NULL;
    AstExpression *node = parser_node(parser, AST_SET, parser_finish(parser, start));
    if (node) node->set.elts = items;
    return node;
}

static AstExpression *parse_constant(Parser *parser, Value value) {
    AstPosition start = parser_start(parser);
    parser->position++;
    return parser_constant_node(parser, value, parser_finish(parser, start));
}

AstExpression *parse_atom(Parser *parser) {
    switch (parser_peek(parser)) {
    case TOKEN_NAME: return parse_name(parser);
    case TOKEN_NUMBER: return parse_number(parser);
    case TOKEN_STRING:
    case TOKEN_FSTRING_START: return parse_strings(parser);
    case TOKEN_NONE: return parse_constant(parser, VALUE_NONE);
    case TOKEN_TRUE: return parse_constant(parser, VALUE_TRUE);
    case TOKEN_FALSE: return parse_constant(parser, VALUE_FALSE);
    case TOKEN_ELLIPSIS: return parse_constant(parser, VALUE_ELLIPSIS);
    default: break;
    }
    if (!parser_has_room(parser)) return NULL;
    switch (parser_peek(parser)) {
    case TOKEN_LEFT_PAREN: return parse_parenthesized(parser);
    case TOKEN_LEFT_BRACKET: return parse_list(parser);
    case TOKEN_LEFT_BRACE: return parse_braces(parser);
    default: return NULL;
    }
}
