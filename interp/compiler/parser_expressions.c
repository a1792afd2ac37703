// parser_expressions.c — operators, conditional expressions, lambdas, calls and subscripts.
//
// Invariant: binary operators, trailers and chains of comparisons are loops; only brackets, unary
// operators, `**`, conditional expressions and lambdas recurse, and each of those checks the stack.
#include "compiler/parser_internal.h"

// Binding strengths of the binary operators; higher binds tighter.
enum { BIND_NONE, BIND_OR, BIND_XOR, BIND_AND, BIND_SHIFT, BIND_SUM, BIND_TERM };

typedef struct {
    uint8_t strength;
    uint8_t op;
} BinaryBinding;

static const BinaryBinding bindings[TOKEN_COUNT] = {
    [TOKEN_VERTICAL_BAR] = {BIND_OR, AST_BIT_OR},
    [TOKEN_CIRCUMFLEX] = {BIND_XOR, AST_BIT_XOR},
    [TOKEN_AMPERSAND] = {BIND_AND, AST_BIT_AND},
    [TOKEN_LEFT_SHIFT] = {BIND_SHIFT, AST_L_SHIFT},
    [TOKEN_RIGHT_SHIFT] = {BIND_SHIFT, AST_R_SHIFT},
    [TOKEN_PLUS] = {BIND_SUM, AST_ADD},
    [TOKEN_MINUS] = {BIND_SUM, AST_SUB},
    [TOKEN_STAR] = {BIND_TERM, AST_MULT},
    [TOKEN_SLASH] = {BIND_TERM, AST_DIV},
    [TOKEN_DOUBLE_SLASH] = {BIND_TERM, AST_FLOOR_DIV},
    [TOKEN_PERCENT] = {BIND_TERM, AST_MOD},
    [TOKEN_AT] = {BIND_TERM, AST_MAT_MULT},
};

// The tokens that continue an expression behind a primary; the last entry is for none.
static const bool is_operator[TOKEN_COUNT + 1] = {
    [TOKEN_VERTICAL_BAR] = true,  [TOKEN_CIRCUMFLEX] = true,
    [TOKEN_AMPERSAND] = true,     [TOKEN_LEFT_SHIFT] = true,
    [TOKEN_RIGHT_SHIFT] = true,   [TOKEN_PLUS] = true,
    [TOKEN_MINUS] = true,         [TOKEN_STAR] = true,
    [TOKEN_SLASH] = true,         [TOKEN_DOUBLE_SLASH] = true,
    [TOKEN_PERCENT] = true,       [TOKEN_AT] = true,
    [TOKEN_DOUBLE_STAR] = true,   [TOKEN_EQUAL_EQUAL] = true,
    [TOKEN_NOT_EQUAL] = true,     [TOKEN_LESS] = true,
    [TOKEN_LESS_EQUAL] = true,    [TOKEN_GREATER] = true,
    [TOKEN_GREATER_EQUAL] = true, [TOKEN_IN] = true,
    [TOKEN_NOT] = true,           [TOKEN_IS] = true,
    [TOKEN_AND] = true,           [TOKEN_OR] = true,
};

static AstExpression *parse_factor(Parser *parser);

static AstExpression *parse_slice(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstExpression *lower = NULL, *upper = NULL, *step = NULL;
    TokenKind kind = parser_peek(parser);
    if (kind == TOKEN_STAR) {
        parser->position++;
        AstExpression *value = parse_expression(parser);
        if (value == NULL) return NULL;
        AstExpression *node = parser_node(parser, AST_STARRED, parser_finish(parser, start));
        if (node) node->starred = (AstStarred){value, AST_LOAD};
        return node;
    }
    if (kind != TOKEN_COLON) {
        lower = parse_named_expression(parser);
        if (lower == NULL || parser_peek(parser) != TOKEN_COLON) return lower;
        // `x[a := b : c]` is no slice.
        if (lower->kind == AST_NAMED_EXPR && lower->position.lineno == start.lineno &&
            lower->position.col_offset == start.col_offset)
            return lower;
    }
    parser->position++;
    kind = parser_peek(parser);
    if (kind != TOKEN_COLON && kind != TOKEN_RIGHT_BRACKET && kind != TOKEN_COMMA &&
        (upper = parse_expression(parser)) == NULL)
        return NULL;
    if (parser_accept(parser, TOKEN_COLON)) {
        kind = parser_peek(parser);
        if (kind != TOKEN_RIGHT_BRACKET && kind != TOKEN_COMMA &&
            (step = parse_expression(parser)) == NULL)
            return NULL;
    }
    AstExpression *node = parser_node(parser, AST_SLICE, parser_finish(parser, start));
    if (node) node->slice = (AstSlice){lower, upper, step};
    return node;
}

// slice | ','.(slice | starred)+ [',']
static AstExpression *parse_slices(Parser *parser) {
    AstPosition start = parser_start(parser);
    size_t base = parser->scratch.count;
    AstExpression *first = parse_slice(parser);
    if (first == NULL) return NULL;
    if (parser_peek(parser) != TOKEN_COMMA && first->kind != AST_STARRED) return first;
    if (!parser_push(parser, first)) return NULL;
    while (parser_accept(parser, TOKEN_COMMA)) {
        if (parser_peek(parser) == TOKEN_RIGHT_BRACKET) break;
        AstExpression *next = parse_slice(parser);
        if (next == NULL || !parser_push(parser, next)) return NULL;
    }
    AstExpression *node = parser_node(parser, AST_TUPLE, parser_finish(parser, start));
    if (node == NULL || !PARSER_COLLECT(parser, base, node->tuple.elts)) return NULL;
    node->tuple.ctx = AST_LOAD;
    return node;
}

static AstExpression *parse_call(Parser *parser, AstPosition start, AstExpression *function) {
    AstPosition paren = parser_start(parser);
    AstExpressions args;
    AstKeywords keywords;
    parser->position++;
    if (!parse_arguments(parser, &args, &keywords)) return NULL;
    // A lone generator takes the call's parentheses for its own.
    if (args.count == 1 && keywords.count == 0 && args.items[0]->kind == AST_GENERATOR_EXP &&
        args.items[0]->position.lineno == 0)
        args.items[0]->position = parser_finish(parser, paren);
    AstExpression *node = parser_node(parser, AST_CALL, parser_finish(parser, start));
    if (node) node->call = (AstCall){function, args, keywords};
    return node;
}

AstExpression *parse_primary(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstExpression *primary = parse_atom(parser);
    while (primary != NULL) {
        AstExpression *node;
        switch (parser_peek(parser)) {
        case TOKEN_DOT: {
            parser->position++;
            Value name = parser_identifier(parser);
            if (value_is_absent(name)) return NULL;
            node = parser_node(parser, AST_ATTRIBUTE, parser_finish(parser, start));
            if (node == NULL) return NULL;
            node->attribute = (AstAttribute){primary, name, AST_LOAD};
            break;
        }
        case TOKEN_LEFT_PAREN: node = parse_call(parser, start, primary); break;
        case TOKEN_LEFT_BRACKET: {
            parser->position++;
            AstExpression *slice = parse_slices(parser);
            if (slice == NULL || !parser_accept(parser, TOKEN_RIGHT_BRACKET)) return NULL;
            node = parser_node(parser, AST_SUBSCRIPT, parser_finish(parser, start));
            if (node == NULL) return NULL;
            node->subscript = (AstSubscript){primary, slice, AST_LOAD};
            break;
        }
        default: return primary;
        }
        primary = node;
    }
    return NULL;
}

// A rule of operators has two functions: parse_X reads its first operand, finish_X goes on behind
// one that was read, and passes on the NULL of one that was not. `start` is not the operand's
// position: parentheses around it belong to the operation.

static AstExpression *finish_power(Parser *parser, AstPosition start, AstExpression *base) {
    if (base == NULL || !parser_accept(parser, TOKEN_DOUBLE_STAR)) return base;
    if (!parser_has_room(parser)) return NULL;
    AstExpression *exponent = parse_factor(parser);
    if (exponent == NULL) return NULL;
    AstExpression *node = parser_node(parser, AST_BIN_OP, parser_finish(parser, start));
    if (node) node->bin_op = (AstBinOp){base, AST_POW, exponent};
    return node;
}

static AstExpression *parse_power(Parser *parser) {
    AstExpression *base;
    AstPosition start = parser_start(parser);
    if (parser_accept(parser, TOKEN_AWAIT)) {
        AstExpression *value = parse_primary(parser);
        if (value == NULL) return NULL;
        base = parser_node(parser, AST_AWAIT, parser_finish(parser, start));
        if (base) base->await.value = value;
    } else {
        base = parse_primary(parser);
    }
    return finish_power(parser, start, base);
}

static AstExpression *parse_factor(Parser *parser) {
    AstUnaryOperator op;
    switch (parser_peek(parser)) {
    case TOKEN_PLUS: op = AST_U_ADD; break;
    case TOKEN_MINUS: op = AST_U_SUB; break;
    case TOKEN_TILDE: op = AST_INVERT; break;
    default: return parse_power(parser);
    }
    if (!parser_has_room(parser)) return NULL;
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *operand = parse_factor(parser);
    if (operand == NULL) return NULL;
    AstExpression *node = parser_node(parser, AST_UNARY_OP, parser_finish(parser, start));
    if (node) node->unary_op = (AstUnaryOp){op, operand};
    return node;
}

static AstExpression *parse_binary(Parser *parser, int strength);

// Precedence climbing: operators that bind at least as tight as `strength`.
static AstExpression *finish_binary(Parser *parser, AstPosition start, AstExpression *left,
                                    int strength) {
    while (left != NULL) {
        TokenKind kind = parser_peek(parser);
        if (kind >= TOKEN_COUNT || bindings[kind].strength < strength ||
            bindings[kind].strength == BIND_NONE)
            return left;
        parser->position++;
        AstExpression *right = parse_binary(parser, bindings[kind].strength + 1);
        if (right == NULL) return NULL;
        AstExpression *node = parser_node(parser, AST_BIN_OP, parser_finish(parser, start));
        if (node == NULL) return NULL;
        node->bin_op = (AstBinOp){left, bindings[kind].op, right};
        left = node;
    }
    return NULL;
}

static AstExpression *parse_binary(Parser *parser, int strength) {
    AstPosition start = parser_start(parser);
    return finish_binary(parser, start, parse_factor(parser), strength);
}

AstExpression *parse_bitwise_or(Parser *parser) { return parse_binary(parser, BIND_OR); }

// The comparison operator at the next token; its tokens are consumed. False if there is none.
static bool accept_compare_operator(Parser *parser, AstCompareOperator *op) {
    size_t tokens = 1;
    switch (parser_peek(parser)) {
    case TOKEN_EQUAL_EQUAL: *op = AST_EQ; break;
    case TOKEN_NOT_EQUAL: *op = AST_NOT_EQ; break;
    case TOKEN_LESS: *op = AST_LT; break;
    case TOKEN_LESS_EQUAL: *op = AST_LT_E; break;
    case TOKEN_GREATER: *op = AST_GT; break;
    case TOKEN_GREATER_EQUAL: *op = AST_GT_E; break;
    case TOKEN_IN: *op = AST_IN; break;
    case TOKEN_NOT:
        if (parser_peek_ahead(parser, 1) != TOKEN_IN) return false;
        *op = AST_NOT_IN;
        tokens = 2;
        break;
    case TOKEN_IS:
        *op = AST_IS;
        if (parser_peek_ahead(parser, 1) == TOKEN_NOT) {
            *op = AST_IS_NOT;
            tokens = 2;
        }
        break;
    default: return false;
    }
    parser->position += tokens;
    return true;
}

// The scratch stack holds operator and operand in turn.
static bool collect_comparison(Parser *parser, size_t base, AstCompare *compare) {
    size_t count = (parser->scratch.count - base) / 2;
    compare->ops.items = ast_allocate(parser->context, count * sizeof(AstCompareOperator));
    compare->comparators.items = ast_allocate(parser->context, count * sizeof(AstExpression *));
    if (compare->ops.items == NULL || compare->comparators.items == NULL) {
        parser_fail_raised(parser);
        return false;
    }
    compare->ops.count = compare->comparators.count = count;
    for (size_t i = 0; i < count; i++) {
        uint64_t *pair = &parser->scratch.items[base + 2 * i];
        compare->ops.items[i] = (AstCompareOperator)pair[0];
        compare->comparators.items[i] = (AstExpression *)(uintptr_t)pair[1];
    }
    words_truncate(&parser->scratch, base);
    return true;
}

static AstExpression *finish_comparison(Parser *parser, AstPosition start, AstExpression *left) {
    AstCompareOperator op;
    if (left == NULL || !accept_compare_operator(parser, &op)) return left;
    size_t base = parser->scratch.count;
    do {
        AstExpression *right = parse_bitwise_or(parser);
        if (right == NULL || !parser_push_value(parser, (Value){op}) || !parser_push(parser, right))
            return NULL;
    } while (accept_compare_operator(parser, &op));
    AstExpression *node = parser_node(parser, AST_COMPARE, parser_finish(parser, start));
    if (node == NULL || !collect_comparison(parser, base, &node->compare)) return NULL;
    node->compare.left = left;
    return node;
}

static AstExpression *parse_inversion(Parser *parser) {
    AstPosition start = parser_start(parser);
    if (parser_peek(parser) != TOKEN_NOT)
        return finish_comparison(parser, start, parse_bitwise_or(parser));
    if (!parser_has_room(parser)) return NULL;
    parser->position++;
    AstExpression *operand = parse_inversion(parser);
    if (operand == NULL) return NULL;
    AstExpression *node = parser_node(parser, AST_UNARY_OP, parser_finish(parser, start));
    if (node) node->unary_op = (AstUnaryOp){AST_NOT, operand};
    return node;
}

// One level of and / or: a chain is one node.
static AstExpression *finish_bool_chain(Parser *parser, AstPosition start, AstExpression *first,
                                        TokenKind token, AstBoolOperator op,
                                        AstExpression *(*parse_operand)(Parser *)) {
    if (first == NULL || parser_peek(parser) != token) return first;
    size_t base = parser->scratch.count;
    if (!parser_push(parser, first)) return NULL;
    while (parser_accept(parser, token)) {
        AstExpression *next = parse_operand(parser);
        if (next == NULL || !parser_push(parser, next)) return NULL;
    }
    AstExpression *node = parser_node(parser, AST_BOOL_OP, parser_finish(parser, start));
    if (node == NULL || !PARSER_COLLECT(parser, base, node->bool_op.values)) return NULL;
    node->bool_op.op = op;
    return node;
}

static AstExpression *finish_conjunction(Parser *parser, AstPosition start, AstExpression *first) {
    return finish_bool_chain(parser, start, first, TOKEN_AND, AST_AND, parse_inversion);
}

static AstExpression *parse_conjunction(Parser *parser) {
    AstPosition start = parser_start(parser);
    return finish_conjunction(parser, start, parse_inversion(parser));
}

// Most operands stand alone: one look at the token behind them spares the way through the levels.
AstExpression *parse_disjunction(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstExpression *first;
    switch (parser_peek(parser)) {
    case TOKEN_NOT:
    case TOKEN_PLUS:
    case TOKEN_MINUS:
    case TOKEN_TILDE:
    case TOKEN_AWAIT: first = parse_inversion(parser); break;
    default:
        first = parse_primary(parser);
        if (first == NULL || !is_operator[parser_peek(parser)]) return first;
        first = finish_power(parser, start, first);
        first = finish_binary(parser, start, first, BIND_OR);
        first = finish_comparison(parser, start, first);
        break;
    }
    first = finish_conjunction(parser, start, first);
    return finish_bool_chain(parser, start, first, TOKEN_OR, AST_OR, parse_conjunction);
}

static AstExpression *parse_lambda(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstArguments *args = parse_parameters(parser, true);
    if (args == NULL || !parser_accept(parser, TOKEN_COLON)) return NULL;
    AstExpression *body = parse_expression(parser);
    if (body == NULL) return NULL;
    AstExpression *node = parser_node(parser, AST_LAMBDA, parser_finish(parser, start));
    if (node) node->lambda = (AstLambda){args, body};
    return node;
}

AstExpression *parse_expression(Parser *parser) {
    if (!parser_has_room(parser)) return NULL;
    if (parser_peek(parser) == TOKEN_LAMBDA) return parse_lambda(parser);
    AstPosition start = parser_start(parser);
    AstExpression *body = parse_disjunction(parser);
    if (body == NULL || !parser_accept(parser, TOKEN_IF)) return body;
    AstExpression *test = parse_disjunction(parser);
    if (test == NULL || !parser_accept(parser, TOKEN_ELSE)) return NULL;
    AstExpression *orelse = parse_expression(parser);
    if (orelse == NULL) return NULL;
    AstExpression *node = parser_node(parser, AST_IF_EXP, parser_finish(parser, start));
    if (node) node->if_exp = (AstIfExp){test, body, orelse};
    return node;
}

AstExpression *parse_named_expression(Parser *parser) {
    if (parser_peek(parser) != TOKEN_NAME || parser_peek_ahead(parser, 1) != TOKEN_COLON_EQUAL)
        return parse_expression(parser);
    AstPosition start = parser_start(parser);
    AstExpression *target = parse_name(parser);
    if (target == NULL) return NULL;
    target->name.ctx = AST_STORE;
    parser->position++;
    AstExpression *value = parse_expression(parser);
    if (value == NULL) return NULL;
    AstExpression *node = parser_node(parser, AST_NAMED_EXPR, parser_finish(parser, start));
    if (node) node->named_expr = (AstNamedExpr){target, value};
    return node;
}

// '*' bitwise_or
static AstExpression *parse_starred(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *value = parse_bitwise_or(parser);
    if (value == NULL) return NULL;
    AstExpression *node = parser_node(parser, AST_STARRED, parser_finish(parser, start));
    if (node) node->starred = (AstStarred){value, AST_LOAD};
    return node;
}

AstExpression *parse_star_named_expression(Parser *parser) {
    return parser_peek(parser) == TOKEN_STAR ? parse_starred(parser)
                                             : parse_named_expression(parser);
}

static AstExpression *parse_star_expression(Parser *parser) {
    return parser_peek(parser) == TOKEN_STAR ? parse_starred(parser) : parse_expression(parser);
}

// Whether the next token can begin an expression, so that a comma before it is no trailing one.
static bool at_expression(Parser *parser) {
    switch (parser_peek(parser)) {
    case TOKEN_NAME:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_FSTRING_START:
    case TOKEN_LEFT_PAREN:
    case TOKEN_LEFT_BRACKET:
    case TOKEN_LEFT_BRACE:
    case TOKEN_ELLIPSIS:
    case TOKEN_PLUS:
    case TOKEN_MINUS:
    case TOKEN_TILDE:
    case TOKEN_STAR:
    case TOKEN_FALSE:
    case TOKEN_NONE:
    case TOKEN_TRUE:
    case TOKEN_AWAIT:
    case TOKEN_LAMBDA:
    case TOKEN_NOT: return true;
    default: return false;
    }
}

static AstExpression *parse_tuple_tail(Parser *parser, AstPosition start, AstExpression *first,
                                       AstExpression *(*parse_item)(Parser *)) {
    if (first == NULL || parser_peek(parser) != TOKEN_COMMA) return first;
    size_t base = parser->scratch.count;
    if (!parser_push(parser, first)) return NULL;
    while (parser_accept(parser, TOKEN_COMMA)) {
        if (!at_expression(parser)) break;
        AstExpression *next = parse_item(parser);
        if (next == NULL || !parser_push(parser, next)) return NULL;
    }
    AstExpression *node = parser_node(parser, AST_TUPLE, parser_finish(parser, start));
    if (node == NULL || !PARSER_COLLECT(parser, base, node->tuple.elts)) return NULL;
    node->tuple.ctx = AST_LOAD;
    return node;
}

AstExpression *parse_star_expressions(Parser *parser) {
    AstPosition start = parser_start(parser);
    return parse_tuple_tail(parser, start, parse_star_expression(parser), parse_star_expression);
}

AstExpression *parse_expressions(Parser *parser) {
    AstPosition start = parser_start(parser);
    return parse_tuple_tail(parser, start, parse_expression(parser), parse_expression);
}

AstExpression *parse_yield(Parser *parser) {
    AstPosition start = parser_start(parser);
    parser->position++;
    AstExpression *value = NULL;
    AstExpressionKind kind = AST_YIELD;
    if (parser_accept(parser, TOKEN_FROM)) {
        kind = AST_YIELD_FROM;
        if ((value = parse_expression(parser)) == NULL) return NULL;
    } else if (at_expression(parser)) {
        if ((value = parse_star_expressions(parser)) == NULL) return NULL;
    }
    AstExpression *node = parser_node(parser, kind, parser_finish(parser, start));
    if (node) node->yield.value = value;
    return node;
}

AstExpression *parse_annotated_rhs(Parser *parser) {
    return parser_peek(parser) == TOKEN_YIELD ? parse_yield(parser)
                                              : parse_star_expressions(parser);
}

// An argument list has three parts: positional, then keywords among which `*` is still allowed,
// then, from the first `**` on, keywords only.
typedef enum { PART_POSITIONAL, PART_KEYWORDS, PART_DOUBLE_STARRED } ArgumentPart;

static AstKeyword *new_keyword(Parser *parser, AstPosition start, Value name,
                               AstExpression *value) {
    if (value == NULL) return NULL;
    AstKeyword *keyword = ast_allocate(parser->context, sizeof *keyword);
    if (keyword == NULL) return parser_fail_raised(parser);
    *keyword = (AstKeyword){parser_finish(parser, start), name, value};
    return keyword;
}

// A keyword argument: NAME '=' expression, or '**' expression.
static AstKeyword *parse_keyword(Parser *parser, ArgumentPart *part) {
    AstPosition start = parser_start(parser);
    if (parser_accept(parser, TOKEN_DOUBLE_STAR)) {
        *part = PART_DOUBLE_STARRED;
        return new_keyword(parser, start, VALUE_ABSENT, parse_expression(parser));
    }
    Value name = parser_identifier(parser);
    if (value_is_absent(name)) return NULL;
    parser->position++;
    if (*part == PART_POSITIONAL) *part = PART_KEYWORDS;
    return new_keyword(parser, start, name, parse_expression(parser));
}

static AstExpression *parse_lone_generator(Parser *parser, AstExpression *element) {
    AstExpression *node = parser_node(parser, AST_GENERATOR_EXP, (AstPosition){0});
    if (node == NULL) return NULL;
    node->generator_exp.elt = element;
    if (!parse_comprehension_clauses(parser, &node->generator_exp.generators)) return NULL;
    // Marked by its missing position: it must be the only argument.
    return parser_peek(parser) == TOKEN_RIGHT_PAREN ? node : NULL;
}

static AstExpression *parse_positional(Parser *parser, ArgumentPart part, bool first) {
    if (parser_peek(parser) == TOKEN_STAR) {
        if (part == PART_DOUBLE_STARRED) return NULL;
        AstPosition start = parser_start(parser);
        parser->position++;
        AstExpression *value = parse_expression(parser);
        if (value == NULL) return NULL;
        AstExpression *node = parser_node(parser, AST_STARRED, parser_finish(parser, start));
        if (node) node->starred = (AstStarred){value, AST_LOAD};
        return node;
    }
    if (part != PART_POSITIONAL) return NULL;
    AstExpression *value = parse_named_expression(parser);
    if (value == NULL || !first || !parser_at_comprehension(parser)) return value;
    return parse_lone_generator(parser, value);
}

bool parse_arguments(Parser *parser, AstExpressions *args, AstKeywords *keywords) {
    // Both kinds of argument go through the scratch stack: positional ones at even places, keywords
    // at odd ones, with NULL for "not this kind".
    size_t base = parser->scratch.count;
    ArgumentPart part = PART_POSITIONAL;
    size_t counts[2] = {0, 0};
    for (bool first = true; !parser_accept(parser, TOKEN_RIGHT_PAREN); first = false) {
        AstExpression *value = NULL;
        AstKeyword *keyword = NULL;
        TokenKind kind = parser_peek(parser);
        if (kind == TOKEN_DOUBLE_STAR ||
            (kind == TOKEN_NAME && parser_peek_ahead(parser, 1) == TOKEN_EQUAL))
            keyword = parse_keyword(parser, &part);
        else
            value = parse_positional(parser, part, first);
        if ((value == NULL && keyword == NULL) || !parser_push(parser, value) ||
            !parser_push(parser, keyword))
            return false;
        counts[keyword != NULL]++;
        if (!parser_accept(parser, TOKEN_COMMA) && parser_peek(parser) != TOKEN_RIGHT_PAREN)
            return false;
    }
    args->items = ast_allocate(parser->context, counts[0] * sizeof(AstExpression *));
    keywords->items = ast_allocate(parser->context, counts[1] * sizeof(AstKeyword *));
    if (args->items == NULL || keywords->items == NULL) {
        parser_fail_raised(parser);
        return false;
    }
    args->count = keywords->count = 0;
    for (size_t i = base; i < parser->scratch.count; i += 2) {
        if (parser->scratch.items[i] != 0)
            args->items[args->count++] = (AstExpression *)(uintptr_t)parser->scratch.items[i];
        else
            keywords->items[keywords->count++] =
                (AstKeyword *)(uintptr_t)parser->scratch.items[i + 1];
    }
    words_truncate(&parser->scratch, base);
    return true;
}
