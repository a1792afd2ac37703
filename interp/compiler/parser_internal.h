// parser_internal.h — what the files of the parser share.
//
// The parser is a recursive-descent one with one function per rule of the grammar; binary operators
// are parsed by precedence climbing with loops, so that long sums need no C stack. It says only
// yes or no: a function that returns NULL or false has met a token that does not fit, and nothing
// is reported. When a statement fails as a whole, parser_errors.c finds out what is wrong with it.
//
// Invariants:
// - A failing function leaves the position anywhere; the few callers that try alternatives restore
//   it. parser->problem is filled only by errors that are final (lexer errors, bad literals).
// - Tokens are read on demand: how far the lexer got decides which error is reported.
// - tokens.items may move whenever a token is read: no Token pointer survives that.
#pragma once

#include "base/vector.h"
#include "compiler/lexer.h"
#include "compiler/parser.h"
#include "runtime/thread.h"

VECTOR_DEFINE(TokenVector, tokens, Token)
VECTOR_DEFINE(WordVector, words, uint64_t)

// An entry of the table of identifiers met so far.
typedef struct {
    const char *text;
    size_t size;
    uint64_t hash;
    Value name;
} ParserName;

typedef struct Parser {
    AstContext *context;
    SyntaxProblem *problem;
    TokenVector tokens; // of the current top-level statement
    size_t position;    // index of the next token
    WordVector scratch; // stack of items of unfinished sequences
    ParserName *names;  // hash table, linear probing
    size_t name_count, name_capacity;
    WordVector warned; // addresses of the ends of literals that earned a warning
    ParseMode mode;
    bool input_started; // PARSE_SINGLE: a token was read since the last made-up NEWLINE
    bool reparsing;     // parser_errors.c runs rules of the parser on tokens read already
    bool may_warn;      // meanwhile: of strings that may not have been parsed before
    Lexer lexer;        // the last field: large, and cleared by lexer_init where it needs to be
} Parser;

// Tokens.

// Reads tokens until `position + ahead` is there. False when there is none.
bool parser_fill(Parser *parser, size_t ahead);

// Kind of the next token; TOKEN_COUNT when the lexer failed.
static inline TokenKind parser_peek(Parser *parser) {
    if (UNLIKELY(parser->position >= parser->tokens.count) && !parser_fill(parser, 0))
        return TOKEN_COUNT;
    return parser->tokens.items[parser->position].kind;
}

// Kind of a token after the next; ahead 1 is the one behind it.
static inline TokenKind parser_peek_ahead(Parser *parser, size_t ahead) {
    if (parser->position + ahead >= parser->tokens.count && !parser_fill(parser, ahead))
        return TOKEN_COUNT;
    return parser->tokens.items[parser->position + ahead].kind;
}

// The next token; parser_peek must have succeeded.
static inline Token *parser_token(Parser *parser) {
    return &parser->tokens.items[parser->position];
}

static inline bool parser_accept(Parser *parser, TokenKind kind) {
    if (parser_peek(parser) != kind) return false;
    parser->position++;
    return true;
}

// Whether the next token is the soft keyword `word`.
bool parser_at_word(Parser *parser, const char *word);

// Positions.

// Start of the next token, in the start fields; {0} when there is none.
static inline AstPosition parser_start(Parser *parser) {
    if (UNLIKELY(parser_peek(parser) == TOKEN_COUNT)) return (AstPosition){0};
    const Token *token = parser_token(parser);
    return (AstPosition){.lineno = token->lineno, .col_offset = token->col_offset};
}

// Completes a position with the end of the token consumed last; line ends and indentation do not
// count. parser_finish_line is the general case.
AstPosition parser_finish_line(Parser *parser, AstPosition start);
static inline AstPosition parser_finish(Parser *parser, AstPosition start) {
    if (UNLIKELY(parser->position == 0)) return start;
    const Token *token = &parser->tokens.items[parser->position - 1];
    if (token->kind <= TOKEN_DEDENT) return parser_finish_line(parser, start);
    start.end_lineno = token->end_lineno;
    start.end_col_offset = token->end_col_offset;
    return start;
}

// From the start of one position to the end of another.
static inline AstPosition position_join(AstPosition first, AstPosition last) {
    return (AstPosition){first.lineno, first.col_offset, last.end_lineno, last.end_col_offset};
}

// Sequences: items are pushed on the scratch stack and copied to the arena at once.

// Pushes a Value or another word. False with a problem when there is no memory.
bool parser_push_grown(Parser *parser, Value value); // where the stack may have to grow
static inline bool parser_push_value(Parser *parser, Value value) {
    WordVector *scratch = &parser->scratch;
    if (UNLIKELY(scratch->count == scratch->capacity)) return parser_push_grown(parser, value);
    scratch->items[scratch->count++] = value.bits;
    return true;
}
// The same for a pointer.
static inline bool parser_push(Parser *parser, const void *item) {
    return parser_push_value(parser, (Value){(uint64_t)(uintptr_t)item});
}

// Moves the items above `base` to the arena. Result: the array, *count their number; NULL with a
// problem when there is no memory. An empty sequence is not NULL.
void *parser_collect(Parser *parser, size_t base, size_t *count);

#define PARSER_COLLECT(parser, base, sequence)                                                     \
    (((sequence).items = parser_collect(parser, base, &(sequence).count)) != NULL)

// There is no memory, or another exception is pending in the thread. Result: NULL.
void *parser_fail_raised(Parser *parser);

// Nodes; NULL without memory.
static inline AstExpression *parser_node(Parser *parser, AstExpressionKind kind,
                                         AstPosition position) {
    AstExpression *node = ast_expression_new(parser->context, kind, position);
    return LIKELY(node != NULL) ? node : parser_fail_raised(parser);
}
AstExpression *parser_name_node(Parser *parser, Value name, AstContextKind context,
                                AstPosition position);
AstExpression *parser_constant_node(Parser *parser, Value value, AstPosition position);

// Failing for good.

// A SyntaxError over a range (columns are bytes from 0). Result: NULL.
void *parser_fail_at(Parser *parser, AstPosition range, const char *format, ...) PRINTF_LIKE(3, 4);
// A SyntaxError at the token that was read last from the source. Result: NULL.
void *parser_fail_at_last_token(Parser *parser, const char *format, ...) PRINTF_LIKE(2, 3);
// The nesting is too deep for the C stack. Result: NULL.
void *parser_fail_too_complex(Parser *parser);

static inline bool parser_has_room(Parser *parser) {
    if (LIKELY(stack_has_room(parser->context->thread))) return true;
    parser_fail_too_complex(parser);
    return false;
}

// Names and literals (parser_literals.c, parser_strings.c).

// Consumes a NAME. VALUE_ABSENT when there is none.
Value parser_identifier(Parser *parser);
Value parser_intern(Parser *parser, const char *text, size_t size);
// A value that the tree will hold: keeps it. Result: the value, VALUE_ERROR with a problem.
Value parser_keep(Parser *parser, Value value);
AstExpression *parse_name(Parser *parser);
AstExpression *parse_number(Parser *parser);
AstExpression *parse_strings(Parser *parser);
// One f-string from FSTRING_START to FSTRING_END, before it is merged with its neighbours.
AstExpression *parse_fstring(Parser *parser);

// Expressions (parser_expressions.c). All return NULL when the tokens do not fit.

AstExpression *parse_expression(Parser *parser);
AstExpression *parse_named_expression(Parser *parser);
AstExpression *parse_disjunction(Parser *parser);
AstExpression *parse_bitwise_or(Parser *parser);
AstExpression *parse_primary(Parser *parser);
// 'a', 'a, b', '*a, b': a tuple only with a comma.
AstExpression *parse_star_expressions(Parser *parser);
// star_expressions | yield_expr
AstExpression *parse_annotated_rhs(Parser *parser);
AstExpression *parse_yield(Parser *parser);
// 'a', 'a, b' without stars: the argument of eval().
AstExpression *parse_expressions(Parser *parser);
// The arguments of a call or class up to and with the ')'.
bool parse_arguments(Parser *parser, AstExpressions *args, AstKeywords *keywords);
// '*' bitwise_or, or a named expression.
AstExpression *parse_star_named_expression(Parser *parser);
bool parse_comprehension_clauses(Parser *parser, AstComprehensions *generators);

// Atoms and displays (parser_atoms.c).
AstExpression *parse_atom(Parser *parser);
// Whether a comprehension begins here.
bool parser_at_comprehension(Parser *parser);
// '(' element for_if_clauses ')' with the position at '('; fails if it is not one.
AstExpression *parse_generator(Parser *parser);

// Targets (parser_targets.c).
// Turns an expression into the target of an assignment or deletion. False if it cannot be one.
bool parser_set_target(Parser *parser, AstExpression *expression, AstContextKind context);
// The targets of for, comprehensions and `as`.
AstExpression *parse_star_targets(Parser *parser);
AstExpression *parse_star_target(Parser *parser);
AstExpressions parse_del_targets(Parser *parser, bool *ok);

// Parameters (parser_parameters.c).
AstArguments *parse_parameters(Parser *parser, bool is_lambda);
bool parse_type_params(Parser *parser, AstTypeParams *params);

// Statements (parser_statements.c, parser_compound.c, parser_patterns.c). They push statements on
// the scratch stack, because one line may hold several.
bool parse_statement(Parser *parser);
bool parse_simple_statements(Parser *parser);
bool parse_block(Parser *parser, AstStatements *body);
AstStatement *parse_compound_statement(Parser *parser);
// Whether a compound statement (soft keyword `match` aside) begins here.
bool parser_at_compound_statement(Parser *parser);
AstStatement *parse_match_statement(Parser *parser);

// Finds out what is wrong with the statement at the first token and fills *parser->problem.
void parser_diagnose(Parser *parser);
// After a problem that is not the lexer's: reads the rest of the source for one that is. `last` is
// the index of the last token that was needed to find the problem.
void parser_recheck(Parser *parser, size_t last);
