// parser_targets.c — what may be assigned to or deleted. Targets are parsed as expressions and then
// turned into targets, which changes their contexts and nothing else.
#include "compiler/parser_internal.h"

static bool set_targets(Parser *parser, AstExpressions items, AstContextKind context) {
    for (size_t i = 0; i < items.count; i++)
        if (!parser_set_target(parser, items.items[i], context)) return false;
    return true;
}

bool parser_set_target(Parser *parser, AstExpression *expression, AstContextKind context) {
    switch (expression->kind) {
    case AST_NAME: expression->name.ctx = context; return true;
    case AST_ATTRIBUTE: expression->attribute.ctx = context; return true;
    case AST_SUBSCRIPT: expression->subscript.ctx = context; return true;
    case AST_TUPLE:
    case AST_LIST:
        expression->list.ctx = context;
        return set_targets(parser, expression->list.elts, context);
    case AST_STARRED:
        if (context == AST_DEL) return false;
        expression->starred.ctx = context;
        return parser_set_target(parser, expression->starred.value, context);
    default: return false;
    }
}

AstExpression *parse_star_target(Parser *parser) {
    AstPosition start = parser_start(parser);
    bool starred = parser_accept(parser, TOKEN_STAR);
    AstExpression *target = parse_primary(parser);
    if (target == NULL || !parser_set_target(parser, target, AST_STORE)) return NULL;
    if (!starred) return target;
    AstExpression *node = parser_node(parser, AST_STARRED, parser_finish(parser, start));
    if (node) node->starred = (AstStarred){target, AST_STORE};
    return node;
}

static bool at_target(Parser *parser) {
    switch (parser_peek(parser)) {
    case TOKEN_NAME:
    case TOKEN_STAR:
    case TOKEN_LEFT_PAREN:
    case TOKEN_LEFT_BRACKET:
    case TOKEN_LEFT_BRACE:
    case TOKEN_STRING:
    case TOKEN_FSTRING_START:
    case TOKEN_NUMBER:
    case TOKEN_ELLIPSIS:
    case TOKEN_NONE:
    case TOKEN_TRUE:
    case TOKEN_FALSE: return true;
    default: return false;
    }
}

AstExpression *parse_star_targets(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstExpression *first = parse_star_target(parser);
    if (first == NULL || parser_peek(parser) != TOKEN_COMMA) return first;
    size_t base = parser->scratch.count;
    if (!parser_push(parser, first)) return NULL;
    while (parser_accept(parser, TOKEN_COMMA) && at_target(parser)) {
        AstExpression *next = parse_star_target(parser);
        if (next == NULL || !parser_push(parser, next)) return NULL;
    }
    AstExpression *node = parser_node(parser, AST_TUPLE, parser_finish(parser, start));
    if (node == NULL || !PARSER_COLLECT(parser, base, node->tuple.elts)) return NULL;
    node->tuple.ctx = AST_STORE;
    return node;
}

AstExpressions parse_del_targets(Parser *parser, bool *ok) {
    AstExpressions targets = {0};
    size_t base = parser->scratch.count;
    *ok = false;
    do {
        AstExpression *target = parse_primary(parser);
        if (target == NULL || !parser_set_target(parser, target, AST_DEL) ||
            !parser_push(parser, target))
            return targets;
    } while (parser_accept(parser, TOKEN_COMMA) && at_target(parser));
    *ok = PARSER_COLLECT(parser, base, targets);
    return targets;
}
