// parser_parameters.c — parameters of functions and lambdas, and type parameters (PEP 695).
#include "compiler/parser_internal.h"

// What has been read of a parameter list. Lists are arena arrays grown by parse_parameters'
// helper, because a parameter goes to one of several of them.
typedef struct {
    Parser *parser;
    bool is_lambda;
    AstArguments *arguments;
    WordVector positional, keyword_only, defaults, keyword_defaults;
    bool saw_slash, saw_star;
} ParameterReader;

static bool push(ParameterReader *reader, WordVector *list, void *item) {
    if (words_push(list, (uint64_t)(uintptr_t)item)) return true;
    parser_fail_raised(reader->parser);
    return false;
}

static bool copy_list(Parser *parser, const WordVector *list, size_t *count, void *items) {
    void **copy = ast_allocate(parser->context, list->count * sizeof *copy);
    if (copy == NULL) {
        parser_fail_raised(parser);
        return false;
    }
    for (size_t i = 0; i < list->count; i++) copy[i] = (void *)(uintptr_t)list->items[i];
    *count = list->count;
    *(void ***)items = copy;
    return true;
}

// NAME [':' annotation]; a starred parameter's annotation may be starred itself.
static AstArgument *parse_argument(ParameterReader *reader, bool starred) {
    Parser *parser = reader->parser;
    AstPosition start = parser_start(parser);
    AstArgument *argument = ast_allocate(parser->context, sizeof *argument);
    if (argument == NULL) return parser_fail_raised(parser);
    argument->arg = parser_identifier(parser);
    if (value_is_absent(argument->arg)) return NULL;
    if (!reader->is_lambda && parser_accept(parser, TOKEN_COLON)) {
        AstPosition star = parser_start(parser);
        bool starred_annotation = starred && parser_accept(parser, TOKEN_STAR);
        AstExpression *annotation =
            starred_annotation ? parse_bitwise_or(parser) : parse_expression(parser);
        if (annotation == NULL) return NULL;
        argument->annotation = annotation;
        if (starred_annotation) {
            AstExpression *node = parser_node(parser, AST_STARRED, parser_finish(parser, star));
            if (node == NULL) return NULL;
            node->starred = (AstStarred){annotation, AST_LOAD};
            argument->annotation = node;
        }
    }
    argument->position = parser_finish(parser, start);
    return argument;
}

static bool read_plain(ParameterReader *reader) {
    AstArgument *argument = parse_argument(reader, false);
    if (argument == NULL) return false;
    AstExpression *value = NULL;
    if (parser_accept(reader->parser, TOKEN_EQUAL)) {
        value = parse_expression(reader->parser);
        if (value == NULL) return false;
    }
    if (reader->saw_star)
        return push(reader, &reader->keyword_only, argument) &&
               push(reader, &reader->keyword_defaults, value);
    if (value == NULL)
        return reader->defaults.count == 0 && push(reader, &reader->positional, argument);
    return push(reader, &reader->positional, argument) && push(reader, &reader->defaults, value);
}

static bool read_slash(ParameterReader *reader) {
    if (reader->saw_slash || reader->saw_star || reader->positional.count == 0) return false;
    reader->saw_slash = true;
    bool ok = copy_list(reader->parser, &reader->positional, &reader->arguments->posonlyargs.count,
                        &reader->arguments->posonlyargs.items);
    words_truncate(&reader->positional, 0);
    return ok;
}

static bool read_star(ParameterReader *reader) {
    if (reader->saw_star) return false;
    reader->saw_star = true;
    if (parser_peek(reader->parser) == TOKEN_COMMA)
        return parser_peek_ahead(reader->parser, 1) == TOKEN_NAME;
    reader->arguments->vararg = parse_argument(reader, true);
    return reader->arguments->vararg != NULL;
}

// One parameter, slash or star. *last: nothing may follow but a comma.
static bool read_parameter(ParameterReader *reader, bool *last) {
    Parser *parser = reader->parser;
    switch (parser_peek(parser)) {
    case TOKEN_NAME: return read_plain(reader);
    case TOKEN_SLASH: parser->position++; return read_slash(reader);
    case TOKEN_STAR: parser->position++; return read_star(reader);
    case TOKEN_DOUBLE_STAR:
        parser->position++;
        *last = true;
        reader->arguments->kwarg = parse_argument(reader, false);
        return reader->arguments->kwarg != NULL;
    default: return false;
    }
}

static bool read_parameters(ParameterReader *reader) {
    TokenKind close = reader->is_lambda ? TOKEN_COLON : TOKEN_RIGHT_PAREN;
    bool last = false;
    while (parser_peek(reader->parser) != close) {
        if (last || !read_parameter(reader, &last)) return false;
        if (!parser_accept(reader->parser, TOKEN_COMMA)) break;
    }
    AstArguments *arguments = reader->arguments;
    return copy_list(reader->parser, &reader->positional, &arguments->args.count,
                     &arguments->args.items) &&
           copy_list(reader->parser, &reader->keyword_only, &arguments->kwonlyargs.count,
                     &arguments->kwonlyargs.items) &&
           copy_list(reader->parser, &reader->keyword_defaults, &arguments->kw_defaults.count,
                     &arguments->kw_defaults.items) &&
           copy_list(reader->parser, &reader->defaults, &arguments->defaults.count,
                     &arguments->defaults.items);
}

AstArguments *parse_parameters(Parser *parser, bool is_lambda) {
    AstArguments *arguments = ast_allocate(parser->context, sizeof *arguments);
    if (arguments == NULL) return parser_fail_raised(parser);
    ParameterReader reader = {.parser = parser, .is_lambda = is_lambda, .arguments = arguments};
    bool ok = read_parameters(&reader);
    words_free(&reader.positional);
    words_free(&reader.keyword_only);
    words_free(&reader.defaults);
    words_free(&reader.keyword_defaults);
    return ok ? arguments : NULL;
}

static AstTypeParam *parse_type_param(Parser *parser) {
    AstPosition start = parser_start(parser);
    AstTypeParamKind kind = AST_TYPE_VAR;
    AstExpression *bound = NULL;
    if (parser_accept(parser, TOKEN_STAR))
        kind = AST_TYPE_VAR_TUPLE;
    else if (parser_accept(parser, TOKEN_DOUBLE_STAR))
        kind = AST_PARAM_SPEC;
    Value name = parser_identifier(parser);
    if (value_is_absent(name)) return NULL;
    if (kind == AST_TYPE_VAR && parser_accept(parser, TOKEN_COLON) &&
        (bound = parse_expression(parser)) == NULL)
        return NULL;
    AstTypeParam *param = ast_type_param_new(parser->context, kind, parser_finish(parser, start));
    if (param == NULL) return parser_fail_raised(parser);
    // The name is the first field of all three kinds.
    param->type_var = (AstTypeVar){name, bound};
    return param;
}

bool parse_type_params(Parser *parser, AstTypeParams *params) {
    *params = (AstTypeParams){0};
    if (!parser_accept(parser, TOKEN_LEFT_BRACKET)) return true;
    size_t base = parser->scratch.count;
    do {
        AstTypeParam *param = parse_type_param(parser);
        if (param == NULL || !parser_push(parser, param)) return false;
    } while (parser_accept(parser, TOKEN_COMMA) && parser_peek(parser) != TOKEN_RIGHT_BRACKET);
    return parser_accept(parser, TOKEN_RIGHT_BRACKET) && PARSER_COLLECT(parser, base, *params);
}
