// parser.c — the frame of the parser: tokens, positions, sequences, modules. See parser_internal.h
// for how the parts fit together.
//
// Tokens are kept for one top-level statement only: enough to look at it twice when it is wrong.
#include "compiler/parser.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/parser_internal.h"
#include "objects/str.h"
#include "runtime/errors.h"

// Tokens.

enum { BYTES_A_TOKEN = 16 }; // of a source, less those of short statements

// At the end of what was typed at a prompt, the NEWLINE and the DEDENTs that end a block are made
// up.
static void end_interactive_input(Parser *parser, Token *token) {
    if (token->kind != TOKEN_END) {
        parser->input_started = true;
    } else if (parser->input_started) {
        parser->input_started = false;
        token->kind = TOKEN_NEWLINE; // still synthetic: it has no column
        parser->lexer.pending = -parser->lexer.indent;
        parser->lexer.indent = 0;
    }
}

static bool grow_tokens(Parser *parser) {
    if (tokens_reserve(&parser->tokens, 1)) return true;
    raise_memory_error(parser->context->thread);
    parser_fail_raised(parser);
    return false;
}

bool parser_fill(Parser *parser, size_t ahead) {
    while (parser->position + ahead >= parser->tokens.count) {
        if (parser->problem->kind != PROBLEM_NONE || parser->reparsing) return false;
        if (parser->tokens.count == parser->tokens.capacity && !grow_tokens(parser)) return false;
        Token *token = &parser->tokens.items[parser->tokens.count];
        if (!lexer_next(&parser->lexer, token)) {
            lexer_describe_failure(&parser->lexer);
            return false;
        }
        if (parser->mode == PARSE_SINGLE) end_interactive_input(parser, token);
        parser->tokens.count++;
    }
    return true;
}

bool parser_at_word(Parser *parser, const char *word) {
    if (parser_peek(parser) != TOKEN_NAME) return false;
    const Token *token = parser_token(parser);
    size_t size = (size_t)(token->end - token->start);
    return strlen(word) == size && memcmp(token->start, word, size) == 0;
}

// Forgets the tokens of earlier statements.
static void drop_tokens(Parser *parser) {
    words_truncate(&parser->warned, 0);
    if (parser->position == 0) return;
    size_t kept = parser->tokens.count - parser->position;
    memmove(parser->tokens.items, parser->tokens.items + parser->position, kept * sizeof(Token));
    tokens_truncate(&parser->tokens, kept);
    parser->position = 0;
}

// Positions.

AstPosition parser_finish_line(Parser *parser, AstPosition start) {
    size_t i = parser->position;
    while (i > 0) {
        const Token *token = &parser->tokens.items[--i];
        if (token->kind <= TOKEN_DEDENT) continue;
        start.end_lineno = token->end_lineno;
        start.end_col_offset = token->end_col_offset;
        break;
    }
    return start;
}

// Sequences.

bool parser_push_grown(Parser *parser, Value value) {
    if (words_push(&parser->scratch, value.bits)) return true;
    raise_memory_error(parser->context->thread);
    parser_fail_raised(parser);
    return false;
}

void *parser_collect(Parser *parser, size_t base, size_t *count) {
    *count = parser->scratch.count - base;
    uint64_t *items = arena_allocate(parser->context->arena, *count * sizeof *items);
    if (items == NULL) {
        (void)raise_memory_error(parser->context->thread);
        return parser_fail_raised(parser);
    }
    for (size_t i = 0; i < *count; i++) items[i] = parser->scratch.items[base + i];
    words_truncate(&parser->scratch, base);
    return items;
}

// Nodes.

AstExpression *parser_name_node(Parser *parser, Value name, AstContextKind context,
                                AstPosition position) {
    AstExpression *node = parser_node(parser, AST_NAME, position);
    if (node) node->name = (AstName){name, context};
    return node;
}

AstExpression *parser_constant_node(Parser *parser, Value value, AstPosition position) {
    AstExpression *node = parser_node(parser, AST_CONSTANT, position);
    if (node) node->constant.value = value;
    return node;
}

// Failing for good. The first problem stands.

void *parser_fail_raised(Parser *parser) {
    if (parser->problem->kind == PROBLEM_NONE)
        *parser->problem = (SyntaxProblem){.kind = PROBLEM_RAISED};
    return NULL;
}

void *parser_fail_too_complex(Parser *parser) {
    if (parser->problem->kind == PROBLEM_NONE)
        *parser->problem = (SyntaxProblem){
            .kind = PROBLEM_TOO_COMPLEX,
            .message = "Parser stack overflowed - Python source too complex to parse",
        };
    return NULL;
}

static void fail_at(Parser *parser, AstPosition range, const char *format, va_list arguments) {
    if (parser->problem->kind != PROBLEM_NONE) return;
    const char *message = syntax_message_format(parser->context, format, arguments);
    lexer_fill_problem(&parser->lexer, PROBLEM_SYNTAX, range.lineno, range.col_offset + 1,
                       range.end_lineno, range.end_col_offset + 1, message);
}

void *parser_fail_at(Parser *parser, AstPosition range, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fail_at(parser, range, format, arguments);
    va_end(arguments);
    return NULL;
}

void *parser_fail_at_last_token(Parser *parser, const char *format, ...) {
    const Token *token = tokens_last(&parser->tokens);
    AstPosition range = {token->lineno, token->col_offset, token->end_lineno,
                         token->end_col_offset};
    if (token->synthetic) { // has no columns: where the lexer stands
        range.col_offset = lexer_offset(&parser->lexer) - 1;
        range.end_col_offset = -2;
    }
    va_list arguments;
    va_start(arguments, format);
    fail_at(parser, range, format, arguments);
    va_end(arguments);
    return NULL;
}

// Modules.

static bool parse_file(Parser *parser, AstModule *module) {
    size_t base = parser->scratch.count;
    while (parser_peek(parser) != TOKEN_END) {
        drop_tokens(parser);
        if (!parse_statement(parser)) return false;
    }
    return PARSER_COLLECT(parser, base, module->body);
}

static bool parse_eval(Parser *parser, AstModule *module) {
    if ((module->expression = parse_expressions(parser)) == NULL) return false;
    while (parser_accept(parser, TOKEN_NEWLINE)) {
    }
    return parser_peek(parser) == TOKEN_END;
}

// What follows the one statement may only be white space and comments.
static bool check_single(Parser *parser) {
    for (const char *c = parser->lexer.cursor; c < parser->lexer.text_end; c++) {
        if (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\f') continue;
        if (*c != '#') {
            parser_fail_at_last_token(
                parser, "multiple statements found while compiling a single statement");
            return false;
        }
        while (c < parser->lexer.text_end && *c != '\n') c++;
    }
    return true;
}

static bool parse_interactive(Parser *parser, AstModule *module) {
    size_t base = parser->scratch.count;
    AstPosition start = parser_start(parser);
    bool compound = parser_at_compound_statement(parser);
    if (parser_accept(parser, TOKEN_NEWLINE)) {
        AstStatement *pass =
            ast_statement_new(parser->context, AST_PASS, parser_finish(parser, start));
        if (pass == NULL) {
            parser_fail_raised(parser);
            return false;
        }
        if (!parser_push(parser, pass)) return false;
    } else {
        bool is_match = parser_at_word(parser, "match");
        if (!parse_statement(parser)) return false;
        AstStatement *last = (AstStatement *)(uintptr_t)*words_last(&parser->scratch);
        compound = compound || (is_match && last->kind == AST_MATCH);
        if (compound && !parser_accept(parser, TOKEN_NEWLINE)) return false;
    }
    return PARSER_COLLECT(parser, base, module->body);
}

static bool parse_module(Parser *parser, AstModule *module) {
    switch (parser->mode) {
    case PARSE_EXEC: module->kind = AST_MODULE; return parse_file(parser, module);
    case PARSE_EVAL: module->kind = AST_EXPRESSION; return parse_eval(parser, module);
    case PARSE_SINGLE: module->kind = AST_INTERACTIVE; return parse_interactive(parser, module);
    }
    return false;
}

AstModule *parse_text(AstContext *context, const char *bytes, size_t size, const char *filename,
                      ParseMode mode, unsigned flags, ParseReport *report) {
    *report = (ParseReport){0};
    SourceText text;
    unsigned source_flags = (flags & PARSE_IGNORE_COOKIE ? SOURCE_IGNORE_COOKIE : 0) |
                            (flags & PARSE_FROM_FILE ? SOURCE_IS_FILE : 0) |
                            (mode == PARSE_EXEC ? SOURCE_ADD_NEWLINE : 0);
    AstModule *module = ast_allocate(context, sizeof *module);
    Parser *parser = arena_allocate(context->arena, sizeof *parser);
    if (module == NULL || parser == NULL) {
        if (parser == NULL) ast_fail_allocation(context);
        report->problem.kind = PROBLEM_RAISED;
        return NULL;
    }
    memset(parser, 0, offsetof(Parser, lexer));
    if (!source_text_decode(context, bytes, size, source_flags, filename, &text, &report->problem))
        return NULL;
    parser->context = context;
    parser->problem = &report->problem;
    parser->mode = mode;
    lexer_init(&parser->lexer, context, text, &report->problem);
    (void)tokens_reserve(&parser->tokens, text.size / BYTES_A_TOKEN + 1);
    parser->lexer.filename = flags & PARSE_QUIET ? NULL : filename;
    parser->lexer.by_line = flags & PARSE_FROM_FILE;
    bool is_stream = strcmp(filename, "<stdin>") == 0;
    parser->lexer.error_file =
        mode == PARSE_EXEC && !is_stream && parser->lexer.filename ? filename : NULL;
    bool ok = parse_module(parser, module);
    if (!ok && report->problem.kind == PROBLEM_NONE)
        parser_diagnose(parser);
    else if (!ok)
        parser_recheck(parser, SIZE_MAX);
    else if (mode == PARSE_SINGLE)
        ok = check_single(parser);
    tokens_free(&parser->tokens);
    words_free(&parser->scratch);
    words_free(&parser->warned);
    free(parser->names);
    return ok ? module : NULL;
}

AstModule *parse_source(AstContext *context, const char *bytes, size_t size, const char *filename,
                        ParseMode mode, unsigned flags) {
    ParseReport report;
    AstModule *module = parse_text(context, bytes, size, filename, mode, flags, &report);
    if (module == NULL) {
        syntax_problem_raise(context->thread, &report.problem, filename);
        return NULL;
    }
    return module;
}
