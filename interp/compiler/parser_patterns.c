// parser_patterns.c — match statements (PEP 634). `match`, `case` and `_` are names elsewhere: the
// caller tries a match statement first and falls back to an ordinary one.
#include "compiler/parser_internal.h"

static AstPattern *parse_pattern(Parser *parser);
static AstPattern *parse_maybe_star(Parser *parser);

static AstPattern *new_pattern(Parser *parser, AstPatternKind kind, AstPosition start) {
    AstPattern *pattern = ast_pattern_new(parser->context, kind, parser_finish(parser, start));
    return pattern ? pattern : parser_fail_raised(parser);
}

// Whether the NAME at the next token goes on as a value (`a.b`), a class (`A(`) or a keyword.
static bool name_goes_on(Parser *parser) {
    TokenKind kind = parser_peek_ahead(parser, 1);
    return kind == TOKEN_DOT || kind == TOKEN_LEFT_PAREN || kind == TOKEN_EQUAL;
}

// A name to bind; VALUE_ABSENT for `_` and everything else.
static Value parse_capture_target(Parser *parser) {
    if (parser_peek(parser) != TOKEN_NAME || parser_at_word(parser, "_") || name_goes_on(parser))
        return VALUE_ABSENT;
    return parser_identifier(parser);
}

static AstExpression *parse_negative_number(Parser *parser) {
    AstPosition start = parser_start(parser);
    bool negative = parser_accept(parser, TOKEN_MINUS);
    if (parser_peek(parser) != TOKEN_NUMBER) return NULL;
    AstExpression *number = parse_number(parser);
    if (number == NULL || !negative) return number;
    AstExpression *node = parser_node(parser, AST_UNARY_OP, parser_finish(parser, start));
    if (node) node->unary_op = (AstUnaryOp){AST_U_SUB, number};
    return node;
}

static bool is_imaginary(const Token *token) {
    return token->end[-1] == 'j' || token->end[-1] == 'J';
}

// signed_number, or real ('+'|'-') imaginary
static AstExpression *parse_number_literal(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstExpression *real = parse_negative_number(parser);
    if (real == NULL) return NULL;
    bool real_is_imaginary = is_imaginary(&parser->tokens.items[parser->position - 1]);
    TokenKind kind = parser_peek(parser);
    if (kind != TOKEN_PLUS && kind != TOKEN_MINUS) return real;
    if (parser_peek_ahead(parser, 1) != TOKEN_NUMBER) return NULL;
    if (real_is_imaginary)
        return parser_fail_at(parser, real->position, "real number required in complex literal");
    parser->position++;
    AstExpression *imaginary = parse_number(parser);
    if (imaginary == NULL) return NULL;
    if (!is_imaginary(&parser->tokens.items[parser->position - 1]))
        return parser_fail_at(parser, imaginary->position,
                              "imaginary number required in complex literal");
    AstExpression *node = parser_node(parser, AST_BIN_OP, parser_finish(parser, start));
    if (node) node->bin_op = (AstBinOp){real, kind == TOKEN_PLUS ? AST_ADD : AST_SUB, imaginary};
    return node;
}

// NAME ('.' NAME)*
static AstExpression *parse_name_or_attribute(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstExpression *value = parse_name(parser);
    while (value != NULL && parser_accept(parser, TOKEN_DOT)) {
        Value name = parser_identifier(parser);
        if (value_is_absent(name)) return NULL;
        AstExpression *node = parser_node(parser, AST_ATTRIBUTE, parser_finish(parser, start));
        if (node == NULL) return NULL;
        node->attribute = (AstAttribute){value, name, AST_LOAD};
        value = node;
    }
    return value;
}

static AstPattern *value_pattern(Parser *parser, AstPosition start, AstExpression *value) {
    if (value == NULL) return NULL;
    AstPattern *pattern = new_pattern(parser, AST_MATCH_VALUE, start);
    if (pattern) pattern->match_value.value = value;
    return pattern;
}

static AstPattern *singleton_pattern(Parser *parser, AstPosition start, Value value) {
    parser->position++;
    AstPattern *pattern = new_pattern(parser, AST_MATCH_SINGLETON, start);
    if (pattern) pattern->match_singleton.value = value;
    return pattern;
}

// The patterns of a sequence up to its closing token, which is not consumed.
static bool parse_items(Parser *parser, TokenKind close, AstPatterns *patterns,
                        bool *trailing_comma) {
    size_t base = parser->scratch.count;
    *trailing_comma = false;
    while (parser_peek(parser) != close) {
        AstPattern *pattern = parse_maybe_star(parser);
        if (pattern == NULL || !parser_push(parser, pattern)) return false;
        *trailing_comma = parser_accept(parser, TOKEN_COMMA);
        if (!*trailing_comma) break;
    }
    return PARSER_COLLECT(parser, base, *patterns);
}

static AstPattern *parse_sequence(Parser *parser, TokenKind close) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstPatterns patterns;
    bool trailing_comma;
    if (!parse_items(parser, close, &patterns, &trailing_comma) || !parser_accept(parser, close))
        return NULL;
    // A group is not a sequence.
    if (close == TOKEN_RIGHT_PAREN && patterns.count == 1 && !trailing_comma)
        return patterns.items[0]->kind == AST_MATCH_STAR ? NULL : patterns.items[0];
    AstPattern *pattern = new_pattern(parser, AST_MATCH_SEQUENCE, start);
    if (pattern) pattern->match_sequence.patterns = patterns;
    return pattern;
}

static AstExpression *parse_mapping_key(Parser *parser) {
    switch (parser_peek(parser)) {
    case TOKEN_NUMBER:
    case TOKEN_MINUS: return parse_number_literal(parser);
    case TOKEN_STRING:
    case TOKEN_FSTRING_START: return parse_strings(parser);
    case TOKEN_NONE:
    case TOKEN_TRUE:
    case TOKEN_FALSE: return parse_atom(parser);
    case TOKEN_NAME:
        return parser_peek_ahead(parser, 1) == TOKEN_DOT ? parse_name_or_attribute(parser) : NULL;
    default: return NULL;
    }
}

// The scratch stack above `base` holds keys and patterns in turn.
static bool collect_mapping(Parser *parser, size_t base, AstMatchMapping *mapping) {
    size_t count = (parser->scratch.count - base) / 2;
    mapping->keys.items = ast_allocate(parser->context, count * sizeof(AstExpression *));
    mapping->patterns.items = ast_allocate(parser->context, count * sizeof(AstPattern *));
    if (mapping->keys.items == NULL || mapping->patterns.items == NULL) {
        parser_fail_raised(parser);
        return false;
    }
    mapping->keys.count = mapping->patterns.count = count;
    for (size_t i = 0; i < count; i++) {
        uint64_t *pair = &parser->scratch.items[base + 2 * i];
        mapping->keys.items[i] = (AstExpression *)(uintptr_t)pair[0];
        mapping->patterns.items[i] = (AstPattern *)(uintptr_t)pair[1];
    }
    words_truncate(&parser->scratch, base);
    return true;
}

static AstPattern *parse_mapping(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    Value rest = VALUE_ABSENT;
    size_t base = parser->scratch.count;
    while (parser_peek(parser) != TOKEN_RIGHT_BRACE) {
        if (parser_accept(parser, TOKEN_DOUBLE_STAR)) {
            rest = parse_capture_target(parser);
            if (value_is_absent(rest)) return NULL;
            parser_accept(parser, TOKEN_COMMA);
            break;
        }
        AstExpression *key = parse_mapping_key(parser);
        if (key == NULL || !parser_accept(parser, TOKEN_COLON)) return NULL;
        AstPattern *pattern = parse_pattern(parser);
        if (pattern == NULL || !parser_push(parser, key) || !parser_push(parser, pattern))
            return NULL;
        if (!parser_accept(parser, TOKEN_COMMA)) break;
    }
    AstMatchMapping mapping;
    if (!parser_accept(parser, TOKEN_RIGHT_BRACE) || !collect_mapping(parser, base, &mapping))
        return NULL;
    mapping.rest = rest;
    AstPattern *pattern = new_pattern(parser, AST_MATCH_MAPPING, start);
    if (pattern) pattern->match_mapping = mapping;
    return pattern;
}

// NAME '=' pattern, ... behind the positional patterns; the ')' is not consumed.
static bool parse_keyword_patterns(Parser *parser, AstMatchClass *parts) {
    size_t base = parser->scratch.count;
    while (parser_peek(parser) == TOKEN_NAME && parser_peek_ahead(parser, 1) == TOKEN_EQUAL) {
        Value name = parser_identifier(parser);
        parser->position++;
        AstPattern *pattern = value_is_error(name) ? NULL : parse_pattern(parser);
        if (pattern == NULL || !parser_push_value(parser, name) || !parser_push(parser, pattern))
            return false;
        if (!parser_accept(parser, TOKEN_COMMA)) break;
    }
    size_t count = (parser->scratch.count - base) / 2;
    parts->kwd_attrs.items = ast_allocate(parser->context, count * sizeof(Value));
    parts->kwd_patterns.items = ast_allocate(parser->context, count * sizeof(AstPattern *));
    if (parts->kwd_attrs.items == NULL || parts->kwd_patterns.items == NULL) {
        parser_fail_raised(parser);
        return false;
    }
    parts->kwd_attrs.count = parts->kwd_patterns.count = count;
    for (size_t i = 0; i < count; i++) {
        uint64_t *pair = &parser->scratch.items[base + 2 * i];
        parts->kwd_attrs.items[i] = (Value){pair[0]};
        parts->kwd_patterns.items[i] = (AstPattern *)(uintptr_t)pair[1];
    }
    words_truncate(&parser->scratch, base);
    return true;
}

static AstPattern *parse_class_pattern(Parser *parser, AstPosition start, AstExpression *cls) {
    AstMatchClass parts = {.cls = cls};
    size_t base = parser->scratch.count;
    parser->position++;
    while (parser_peek(parser) != TOKEN_RIGHT_PAREN) {
        if (parser_peek(parser) == TOKEN_NAME && parser_peek_ahead(parser, 1) == TOKEN_EQUAL) break;
        AstPattern *pattern = parse_pattern(parser);
        if (pattern == NULL || !parser_push(parser, pattern)) return NULL;
        if (!parser_accept(parser, TOKEN_COMMA) && parser_peek(parser) != TOKEN_RIGHT_PAREN)
            return NULL;
    }
    if (!PARSER_COLLECT(parser, base, parts.patterns) || !parse_keyword_patterns(parser, &parts) ||
        !parser_accept(parser, TOKEN_RIGHT_PAREN))
        return NULL;
    AstPattern *pattern = new_pattern(parser, AST_MATCH_CLASS, start);
    if (pattern) pattern->match_class = parts;
    return pattern;
}

// A capture, the wildcard, a value or a class.
static AstPattern *parse_name_pattern(Parser *parser, AstPosition start) {
    if (!name_goes_on(parser)) {
        bool wildcard = parser_at_word(parser, "_");
        Value name = parser_identifier(parser);
        if (value_is_absent(name)) return NULL;
        AstPattern *pattern = new_pattern(parser, AST_MATCH_AS, start);
        if (pattern) pattern->match_as.name = wildcard ? VALUE_ABSENT : name;
        return pattern;
    }
    AstExpression *value = parse_name_or_attribute(parser);
    if (value == NULL) return NULL;
    TokenKind kind = parser_peek(parser);
    if (kind == TOKEN_LEFT_PAREN) return parse_class_pattern(parser, start, value);
    if (kind == TOKEN_EQUAL || value->kind != AST_ATTRIBUTE) return NULL;
    return value_pattern(parser, start, value);
}

static AstPattern *parse_closed_pattern(Parser *parser) {
    if (!parser_has_room(parser)) return NULL;
    AstPosition start = parser_start(parser);
    switch (parser_peek(parser)) {
    case TOKEN_NUMBER:
    case TOKEN_MINUS: return value_pattern(parser, start, parse_number_literal(parser));
    case TOKEN_STRING:
    case TOKEN_FSTRING_START: return value_pattern(parser, start, parse_strings(parser));
    case TOKEN_NONE: return singleton_pattern(parser, start, VALUE_NONE);
    case TOKEN_TRUE: return singleton_pattern(parser, start, VALUE_TRUE);
    case TOKEN_FALSE: return singleton_pattern(parser, start, VALUE_FALSE);
    case TOKEN_NAME: return parse_name_pattern(parser, start);
    case TOKEN_LEFT_PAREN: return parse_sequence(parser, TOKEN_RIGHT_PAREN);
    case TOKEN_LEFT_BRACKET: return parse_sequence(parser, TOKEN_RIGHT_BRACKET);
    case TOKEN_LEFT_BRACE: return parse_mapping(parser);
    default: return NULL;
    }
}

static AstPattern *parse_or_pattern(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstPattern *first = parse_closed_pattern(parser);
    if (first == NULL || parser_peek(parser) != TOKEN_VERTICAL_BAR) return first;
    size_t base = parser->scratch.count;
    if (!parser_push(parser, first)) return NULL;
    while (parser_accept(parser, TOKEN_VERTICAL_BAR)) {
        AstPattern *next = parse_closed_pattern(parser);
        if (next == NULL || !parser_push(parser, next)) return NULL;
    }
    AstPattern *pattern = new_pattern(parser, AST_MATCH_OR, start);
    if (pattern == NULL || !PARSER_COLLECT(parser, base, pattern->match_or.patterns)) return NULL;
    return pattern;
}

static AstPattern *parse_pattern(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstPattern *inner = parse_or_pattern(parser);
    if (inner == NULL || !parser_accept(parser, TOKEN_AS)) return inner;
    Value name = parse_capture_target(parser);
    if (value_is_absent(name)) return NULL;
    AstPattern *pattern = new_pattern(parser, AST_MATCH_AS, start);
    if (pattern) pattern->match_as = (AstMatchAs){inner, name};
    return pattern;
}

static AstPattern *parse_maybe_star(Parser *parser) {
    AstPosition start = parser_start(parser);
    if (!parser_accept(parser, TOKEN_STAR)) return parse_pattern(parser);
    if (parser_peek(parser) != TOKEN_NAME || name_goes_on(parser)) return NULL;
    bool wildcard = parser_at_word(parser, "_");
    Value name = parser_identifier(parser);
    if (value_is_absent(name)) return NULL;
    AstPattern *pattern = new_pattern(parser, AST_MATCH_STAR, start);
    if (pattern) pattern->match_star.name = wildcard ? VALUE_ABSENT : name;
    return pattern;
}

// The pattern of a case: a sequence may stand without brackets.
static AstPattern *parse_case_pattern(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstPattern *first = parse_maybe_star(parser);
    if (first == NULL) return NULL;
    if (parser_peek(parser) != TOKEN_COMMA) return first->kind == AST_MATCH_STAR ? NULL : first;
    size_t base = parser->scratch.count;
    if (!parser_push(parser, first)) return NULL;
    while (parser_accept(parser, TOKEN_COMMA)) {
        TokenKind kind = parser_peek(parser);
        if (kind == TOKEN_COLON || kind == TOKEN_IF) break;
        AstPattern *next = parse_maybe_star(parser);
        if (next == NULL || !parser_push(parser, next)) return NULL;
    }
    AstPattern *pattern = new_pattern(parser, AST_MATCH_SEQUENCE, start);
    if (pattern == NULL || !PARSER_COLLECT(parser, base, pattern->match_sequence.patterns))
        return NULL;
    return pattern;
}

static AstMatchCase *parse_case(Parser *parser) {
    AstMatchCase *match_case = ast_allocate(parser->context, sizeof *match_case);
    if (match_case == NULL) return parser_fail_raised(parser);
    parser->position++;
    if ((match_case->pattern = parse_case_pattern(parser)) == NULL) return NULL;
    if (parser_accept(parser, TOKEN_IF) &&
        (match_case->guard = parse_named_expression(parser)) == NULL)
        return NULL;
    if (!parser_accept(parser, TOKEN_COLON) || !parse_block(parser, &match_case->body)) return NULL;
    return match_case;
}

// star_named_expression ',' [star_named_expressions] | named_expression
static AstExpression *parse_subject(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstExpression *first = parse_star_named_expression(parser);
    if (first == NULL) return NULL;
    if (parser_peek(parser) != TOKEN_COMMA) return first->kind == AST_STARRED ? NULL : first;
    size_t base = parser->scratch.count;
    if (!parser_push(parser, first)) return NULL;
    while (parser_accept(parser, TOKEN_COMMA) && parser_peek(parser) != TOKEN_COLON) {
        AstExpression *next = parse_star_named_expression(parser);
        if (next == NULL || !parser_push(parser, next)) return NULL;
    }
    AstExpression *node = parser_node(parser, AST_TUPLE, parser_finish(parser, start));
    if (node == NULL || !PARSER_COLLECT(parser, base, node->tuple.elts)) return NULL;
    node->tuple.ctx = AST_LOAD;
    return node;
}

AstStatement *parse_match_statement(Parser *parser) {
    if (!parser_has_room(parser)) return NULL;
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *subject = parse_subject(parser);
    if (subject == NULL || !parser_accept(parser, TOKEN_COLON) ||
        !parser_accept(parser, TOKEN_NEWLINE) || !parser_accept(parser, TOKEN_INDENT))
        return NULL;
    size_t base = parser->scratch.count;
    while (parser_at_word(parser, "case")) {
        AstMatchCase *match_case = parse_case(parser);
        if (match_case == NULL || !parser_push(parser, match_case)) return NULL;
    }
    AstMatchCases cases;
    if (!PARSER_COLLECT(parser, base, cases) || cases.count == 0 ||
        !parser_accept(parser, TOKEN_DEDENT))
        return NULL;
    AstStatement *statement =
        ast_statement_new(parser->context, AST_MATCH, parser_finish(parser, start));
    if (statement == NULL) return parser_fail_raised(parser);
    statement->match = (AstMatch){subject, cases};
    return statement;
}
