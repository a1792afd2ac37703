// parser_errors.c — what is wrong with a statement that does not parse.
//
// The messages of CPython 3.12 and their places are decided by the order in which its backtracking
// parser tries rules for mistakes, and by how far it has read. So the failing statement is matched
// once more by a small interpreter of the grammar in parser_grammar.inc, first without and then
// with the rules for mistakes; the first of their actions to fire gives the message. If none does,
// it is "invalid syntax" at the last token that the first pass read. Then the rest of the source
// is read for errors of the lexer, which count more.
//
// Invariants: rules are matched against the parser's tokens and advance its position only on
// success; where a message needs a syntax tree, the parser's own functions make it from the tokens
// of a match.
#define _GNU_SOURCE // memmem
#include <stdlib.h>
#include <string.h>

#include "base/text_buffer.h"
#include "compiler/parser_grammar.h"
#include "compiler/lexer_internal.h"
#include "compiler/parser_internal.h"
#include "runtime/errors.h"

// Results of memoised rules by rule and position.
typedef struct {
    uint64_t key; // 0: free
    size_t end;   // NO_MATCH, or the position behind the match
} Memo;

#define NO_MATCH SIZE_MAX

// The tokens [start, end) that an item marked a= or b= matched.
typedef struct {
    const GrammarItem *item;
    size_t start;
    size_t end;
} Capture;

typedef struct {
    Parser *parser;
    const Grammar *grammar;
    Memo *memos;
    size_t memo_count, memo_capacity;
    bool mistakes;   // rules for mistakes are tried
    size_t furthest; // index of the last token that was looked at
} Diagnosis;

static bool match_alternatives(Diagnosis *diagnosis, const GrammarAlternative *alternative);
static bool match_rule(Diagnosis *diagnosis, int index);

static bool failed(const Diagnosis *diagnosis) {
    return diagnosis->parser->problem->kind != PROBLEM_NONE;
}

// Trees of captures.

typedef AstExpression *ParseFunction(Parser *parser);

static ParseFunction *parser_of_rule(const GrammarRule *rule) {
    static const struct {
        const char *name;
        ParseFunction *parse;
    } parsers[] = {
        {"expression", parse_expression},
        {"expression_without_invalid", parse_expression},
        {"disjunction", parse_disjunction},
        {"bitwise_or", parse_bitwise_or},
        {"star_expressions", parse_star_expressions},
        {"star_named_expression", parse_star_named_expression},
        {"yield_expr", parse_yield},
        {"invalid_ann_assign_target", parse_atom},
    };
    for (size_t i = 0; i < sizeof parsers / sizeof *parsers; i++)
        if (strlen(parsers[i].name) == rule->name_size &&
            memcmp(parsers[i].name, rule->name, rule->name_size) == 0)
            return parsers[i].parse;
    return NULL;
}

// Lets the parser's functions run on the tokens of a capture: the one behind them gets another kind
// meanwhile, so that the parser stops where the match did.
typedef struct {
    size_t position;
    size_t end;
    uint8_t kind;
} Replay;

static Replay replay_start(Parser *parser, const Capture *capture, TokenKind end_kind) {
    Replay replay = {parser->position, capture->end, 0};
    parser->position = capture->start;
    parser->reparsing = true;
    if (capture->end < parser->tokens.count) {
        replay.kind = parser->tokens.items[capture->end].kind;
        parser->tokens.items[capture->end].kind = (uint8_t)end_kind;
    }
    return replay;
}

static void replay_end(Parser *parser, Replay replay) {
    if (replay.end < parser->tokens.count) parser->tokens.items[replay.end].kind = replay.kind;
    parser->position = replay.position;
    parser->reparsing = false;
}

// NULL when the capture is no expression.
static AstExpression *capture_node(Diagnosis *diagnosis, const Capture *capture) {
    ParseFunction *parse = NULL;
    if (capture->item->type == ITEM_TOKEN && capture->item->token == TOKEN_NAME)
        parse = parse_name;
    else if (capture->item->type == ITEM_RULE)
        parse = parser_of_rule(&diagnosis->grammar->rules[capture->item->rule]);
    if (parse == NULL) return NULL;
    Replay replay = replay_start(diagnosis->parser, capture, TOKEN_END);
    AstExpression *node = parse(diagnosis->parser);
    replay_end(diagnosis->parser, replay);
    return node;
}

static AstPosition tokens_position(Diagnosis *diagnosis, size_t start, size_t end) {
    const Token *first = &diagnosis->parser->tokens.items[start];
    const Token *last = &diagnosis->parser->tokens.items[end > start ? end - 1 : start];
    return (AstPosition){first->lineno, first->col_offset, last->end_lineno, last->end_col_offset};
}

static AstPosition capture_position(Diagnosis *diagnosis, const Capture *capture) {
    AstExpression *node = capture_node(diagnosis, capture);
    return node ? node->position : tokens_position(diagnosis, capture->start, capture->end);
}

// Raising.

static const char *constant_name(Value value) {
    if (value_is_none(value)) return "None";
    if (value_same(value, VALUE_TRUE)) return "True";
    if (value_same(value, VALUE_FALSE)) return "False";
    return value_same(value, VALUE_ELLIPSIS) ? "ellipsis" : "literal";
}

static const char *expression_name(const AstExpression *node) {
    switch (node->kind) {
    case AST_ATTRIBUTE: return "attribute";
    case AST_SUBSCRIPT: return "subscript";
    case AST_STARRED: return "starred";
    case AST_NAME: return "name";
    case AST_LIST: return "list";
    case AST_TUPLE: return "tuple";
    case AST_LAMBDA: return "lambda";
    case AST_CALL: return "function call";
    case AST_BOOL_OP:
    case AST_BIN_OP:
    case AST_UNARY_OP: return "expression";
    case AST_GENERATOR_EXP: return "generator expression";
    case AST_YIELD:
    case AST_YIELD_FROM: return "yield expression";
    case AST_AWAIT: return "await expression";
    case AST_LIST_COMP: return "list comprehension";
    case AST_SET_COMP: return "set comprehension";
    case AST_DICT_COMP: return "dict comprehension";
    case AST_DICT: return "dict literal";
    case AST_SET: return "set display";
    case AST_JOINED_STR:
    case AST_FORMATTED_VALUE: return "f-string expression";
    case AST_CONSTANT: return constant_name(node->constant.value);
    case AST_COMPARE: return "comparison";
    case AST_IF_EXP: return "conditional expression";
    case AST_NAMED_EXPR: return "named expression";
    case AST_SLICE: return "slice";
    }
    return "expression";
}

static void raise_at_token(Diagnosis *diagnosis, SyntaxProblemKind kind, size_t index,
                           const char *format, ...) PRINTF_LIKE(4, 5);

// A token without a column is reported where the lexer stands.
static void raise_at_token(Diagnosis *diagnosis, SyntaxProblemKind kind, size_t index,
                           const char *format, ...) {
    Parser *parser = diagnosis->parser;
    va_list arguments;
    va_start(arguments, format);
    const char *message = syntax_message_format(parser->context, format, arguments);
    va_end(arguments);
    const Token *token = &parser->tokens.items[index];
    int offset = token->col_offset + 1, end_offset = token->end_col_offset + 1;
    if (token->synthetic) {
        offset = lexer_offset(&parser->lexer);
        end_offset = -1;
    }
    lexer_fill_problem(&parser->lexer, kind, token->lineno, offset, token->end_lineno, end_offset,
                       message);
}

// From a place to where the lexer stands.
static void raise_from(Diagnosis *diagnosis, AstPosition start, const char *message) {
    Lexer *lexer = &diagnosis->parser->lexer;
    lexer_fill_problem(lexer, PROBLEM_SYNTAX, start.lineno, start.col_offset + 1, lexer->lineno,
                       (int)(lexer->cursor - lexer->line_start), message);
}

// What %s in a message stands for: what the captured expression or token is called.
static const char *capture_name(Diagnosis *diagnosis, const Capture *capture) {
    AstExpression *node = capture_node(diagnosis, capture);
    if (node != NULL) return expression_name(node);
    const Token *token = &diagnosis->parser->tokens.items[capture->start];
    const char *text = arena_copy_text(diagnosis->parser->context->arena, token->start,
                                       (size_t)(token->end - token->start));
    return text ? text : "";
}

// Fills in a message's %s or %d. There is at most one.
static const char *fill_message(Diagnosis *diagnosis, const char *message, const Capture *capture) {
    const char *mark = strchr(message, '%');
    if (mark == NULL) return message;
    TextBuffer buffer = {0};
    text_buffer_append(&buffer, message, (size_t)(mark - message));
    if (mark[1] == 'd')
        text_buffer_append_format(&buffer, "%d",
                                  diagnosis->parser->tokens.items[capture->start].lineno);
    else
        text_buffer_append_text(&buffer, capture_name(diagnosis, capture));
    text_buffer_append_text(&buffer, mark + 2);
    const char *copy = arena_copy_text(diagnosis->parser->context->arena, text_buffer_text(&buffer),
                                       buffer.length);
    text_buffer_free(&buffer);
    return copy ? copy : message;
}

// Actions that need more than a message.

typedef enum { TARGET_ASSIGN, TARGET_DELETE, TARGET_LOOP } TargetUse;

// The first part of an expression that cannot be a target; NULL if there is none.
static AstExpression *find_bad_target(AstExpression *node, TargetUse use) {
    switch (node->kind) {
    case AST_LIST:
    case AST_TUPLE:
        for (size_t i = 0; i < node->list.elts.count; i++) {
            AstExpression *bad = find_bad_target(node->list.elts.items[i], use);
            if (bad != NULL) return bad;
        }
        return NULL;
    case AST_STARRED:
        return use == TARGET_DELETE ? node : find_bad_target(node->starred.value, use);
    case AST_COMPARE:
        // In `for a in b` all behind `for` was read as one comparison.
        if (use != TARGET_LOOP) return node;
        return node->compare.ops.items[0] == AST_IN ? find_bad_target(node->compare.left, use)
                                                    : NULL;
    case AST_NAME:
    case AST_SUBSCRIPT:
    case AST_ATTRIBUTE: return NULL;
    default: return node;
    }
}

static void report_target(Diagnosis *diagnosis, const Capture *a, TargetUse use) {
    AstExpression *node = capture_node(diagnosis, a);
    AstExpression *bad = node ? find_bad_target(node, use) : NULL;
    if (bad != NULL)
        parser_fail_at(diagnosis->parser, bad->position,
                       use == TARGET_DELETE ? "cannot delete %s" : "cannot assign to %s",
                       expression_name(bad));
}

static bool is_legacy_statement(const AstExpression *node, const Token *token) {
    size_t size = (size_t)(token->end - token->start);
    return node != NULL && node->kind == AST_NAME &&
           ((size == 5 && memcmp(token->start, "print", 5) == 0) ||
            (size == 4 && memcmp(token->start, "exec", 4) == 0));
}

static void report_legacy(Diagnosis *diagnosis, const Capture *a, const Capture *b) {
    const Token token = diagnosis->parser->tokens.items[a->start];
    AstExpression *name = capture_node(diagnosis, a);
    if (!is_legacy_statement(name, &token)) return;
    int size = (int)(token.end - token.start);
    parser_fail_at(diagnosis->parser, position_join(name->position, capture_position(diagnosis, b)),
                   "Missing parentheses in call to '%.*s'. Did you mean %.*s(...)?", size,
                   token.start, size, token.start);
}

static void report_missing_comma(Diagnosis *diagnosis, const Capture *a, const Capture *b) {
    Parser *parser = diagnosis->parser;
    AstExpression *first = capture_node(diagnosis, a);
    if (is_legacy_statement(first, &parser->tokens.items[a->start]) ||
        parser->tokens.items[parser->position - 1].level == 0)
        return;
    parser_fail_at(parser,
                   position_join(capture_position(diagnosis, a), capture_position(diagnosis, b)),
                   "invalid syntax. Perhaps you forgot a comma?");
}

// The arguments in a capture of `args`.
static bool read_arguments(Diagnosis *diagnosis, const Capture *a, AstExpressions *args,
                           AstKeywords *keywords) {
    Replay replay = replay_start(diagnosis->parser, a, TOKEN_RIGHT_PAREN);
    bool ok = parse_arguments(diagnosis->parser, args, keywords);
    replay_end(diagnosis->parser, replay);
    return ok;
}

// Where the last condition, or the iterable, of a capture of for_if_clauses ends.
static AstPosition clauses_end(Diagnosis *diagnosis, const Capture *b) {
    AstComprehensions clauses;
    Replay replay = replay_start(diagnosis->parser, b, TOKEN_END);
    bool ok = parse_comprehension_clauses(diagnosis->parser, &clauses);
    replay_end(diagnosis->parser, replay);
    if (!ok) return tokens_position(diagnosis, b->start, b->end);
    const AstComprehension *last = clauses.items[clauses.count - 1];
    return last->ifs.count > 0 ? last->ifs.items[last->ifs.count - 1]->position
                               : last->iter->position;
}

static void report_bare_generator(Diagnosis *diagnosis, AstPosition start, const Capture *b) {
    parser_fail_at(diagnosis->parser, position_join(start, clauses_end(diagnosis, b)),
                   "Generator expression must be parenthesized");
}

static void report_generator_after_arguments(Diagnosis *diagnosis, const Capture *a,
                                             const Capture *b) {
    AstExpressions args;
    AstKeywords keywords;
    // With one argument it is a generator in its call's parentheses.
    if (read_arguments(diagnosis, a, &args, &keywords) && args.count > 1)
        report_bare_generator(diagnosis, args.items[args.count - 1]->position, b);
}

static void report_argument_order(Diagnosis *diagnosis, const Capture *a) {
    AstExpressions args;
    AstKeywords keywords = {0};
    bool unpacking = false;
    if (read_arguments(diagnosis, a, &args, &keywords))
        for (size_t i = 0; i < keywords.count; i++)
            unpacking |= value_is_absent(keywords.items[i]->arg);
    raise_at_token(diagnosis, PROBLEM_SYNTAX, diagnosis->furthest,
                   "positional argument follows keyword argument%s", unpacking ? " unpacking" : "");
}

// The range ends with the last of the items of b, a capture of star_named_expressions.
static void report_comprehension_target(Diagnosis *diagnosis, const Capture *a, const Capture *b) {
    Parser *parser = diagnosis->parser;
    AstPosition last = tokens_position(diagnosis, b->start, b->end);
    Replay replay = replay_start(parser, b, TOKEN_END);
    while (parser->position < b->end) {
        AstExpression *item = parse_star_named_expression(parser);
        if (item == NULL) break;
        last = item->position;
        if (!parser_accept(parser, TOKEN_COMMA)) break;
    }
    replay_end(parser, replay);
    parser_fail_at(parser, position_join(capture_position(diagnosis, a), last),
                   "did you forget parentheses around the comprehension target?");
}

// A parameter without the comma behind it.
static void report_parameter(Diagnosis *diagnosis, const Capture *a, const char *message) {
    size_t end = a->end;
    if (end - a->start > 1 && diagnosis->parser->tokens.items[end - 1].kind == TOKEN_COMMA) end--;
    parser_fail_at(diagnosis->parser, tokens_position(diagnosis, a->start, end), "%s", message);
}

static void report_bound(Diagnosis *diagnosis, const Capture *a, const Capture *b, bool starred) {
    AstExpression *bound = capture_node(diagnosis, a);
    bool tuple = bound != NULL && bound->kind == AST_TUPLE;
    const char *message = starred ? tuple ? "cannot use constraints with TypeVarTuple"
                                          : "cannot use bound with TypeVarTuple"
                          : tuple ? "cannot use constraints with ParamSpec"
                                  : "cannot use bound with ParamSpec";
    raise_from(diagnosis, tokens_position(diagnosis, b->start, b->end), message);
}

static void report_missing_value(Diagnosis *diagnosis, const Capture *a) {
    AstPosition key = capture_position(diagnosis, a);
    lexer_fill_problem(&diagnosis->parser->lexer, PROBLEM_SYNTAX, key.lineno, key.end_col_offset,
                       key.end_lineno, 0, "':' expected after dictionary key");
}

static void run_named_action(Diagnosis *diagnosis, const char *name, const Capture *a,
                             const Capture *b) {
    if (strcmp(name, "missing_comma") == 0)
        report_missing_comma(diagnosis, a, b);
    else if (strcmp(name, "legacy_statement") == 0)
        report_legacy(diagnosis, a, b);
    else if (strcmp(name, "assignment_target") == 0)
        report_target(diagnosis, a, TARGET_ASSIGN);
    else if (strcmp(name, "deletion_target") == 0)
        report_target(diagnosis, a, TARGET_DELETE);
    else if (strcmp(name, "loop_target") == 0)
        report_target(diagnosis, a, TARGET_LOOP);
    else if (strcmp(name, "bare_generator") == 0)
        report_bare_generator(diagnosis, capture_position(diagnosis, a), b);
    else if (strcmp(name, "generator_after_arguments") == 0)
        report_generator_after_arguments(diagnosis, a, b);
    else if (strcmp(name, "argument_order") == 0)
        report_argument_order(diagnosis, a);
    else if (strcmp(name, "comprehension_target") == 0)
        report_comprehension_target(diagnosis, a, b);
    else if (strcmp(name, "parameter_without_default") == 0)
        report_parameter(diagnosis, a,
                         "parameter without a default follows parameter with a default");
    else if (strcmp(name, "parameter_after_kwds") == 0)
        report_parameter(diagnosis, a, "arguments cannot follow var-keyword argument");
    else if (strcmp(name, "star_bound") == 0)
        report_bound(diagnosis, a, b, true);
    else if (strcmp(name, "double_star_bound") == 0)
        report_bound(diagnosis, a, b, false);
    else if (strcmp(name, "missing_value") == 0)
        report_missing_value(diagnosis, a);
    else if (strcmp(name, "positional_patterns") == 0)
        parser_fail_at(diagnosis->parser, tokens_position(diagnosis, a->start, a->end),
                       "positional patterns follow keyword patterns");
}

static void run_action(Diagnosis *diagnosis, const GrammarAlternative *alternative,
                       const Capture *a, const Capture *b) {
    Parser *parser = diagnosis->parser;
    if (alternative->action == ACTION_DO) {
        run_named_action(diagnosis, alternative->message, a, b);
        return;
    }
    const char *message = fill_message(diagnosis, alternative->message, a);
    switch (alternative->action) {
    case ACTION_AT: parser_fail_at(parser, capture_position(diagnosis, a), "%s", message); return;
    case ACTION_RANGE:
        parser_fail_at(
            parser, position_join(capture_position(diagnosis, a), capture_position(diagnosis, b)),
            "%s", message);
        return;
    case ACTION_FROM: raise_from(diagnosis, capture_position(diagnosis, a), message); return;
    case ACTION_LAST:
        raise_at_token(diagnosis, PROBLEM_SYNTAX, diagnosis->furthest, "%s", message);
        return;
    case ACTION_NEXT:
        if (parser_peek(parser) != TOKEN_COUNT)
            raise_at_token(diagnosis, PROBLEM_SYNTAX, parser->position, "%s", message);
        return;
    case ACTION_INDENT:
        raise_at_token(diagnosis, PROBLEM_INDENTATION, diagnosis->furthest, "%s", message);
        return;
    default: return;
    }
}

// Matching.

static TokenKind look(Diagnosis *diagnosis) {
    TokenKind kind = parser_peek(diagnosis->parser);
    if (kind != TOKEN_COUNT && diagnosis->parser->position > diagnosis->furthest)
        diagnosis->furthest = diagnosis->parser->position;
    return kind;
}

// A prefix of a soft keyword counts as one: CPython 3.12 compares only as many bytes as the name
// has, and so gives `[c d]` no advice about a comma.
static bool match_soft_keyword(Diagnosis *diagnosis) {
    static const char *const words[] = {"_", "case", "match", "type"};
    if (look(diagnosis) != TOKEN_NAME) return false;
    const Token *token = parser_token(diagnosis->parser);
    size_t size = (size_t)(token->end - token->start);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(words[i], token->start, size) == 0) {
            diagnosis->parser->position++;
            return true;
        }
    return false;
}

static bool match_word(Diagnosis *diagnosis, const GrammarItem *item) {
    if (look(diagnosis) != TOKEN_NAME) return false;
    const Token *token = parser_token(diagnosis->parser);
    if ((size_t)(token->end - token->start) != item->word_size ||
        memcmp(token->start, item->word, item->word_size) != 0)
        return false;
    diagnosis->parser->position++;
    return true;
}

static bool match_token(Diagnosis *diagnosis, TokenKind kind) {
    if (look(diagnosis) != kind) return false;
    diagnosis->parser->position++;
    return true;
}

static bool match_item(Diagnosis *diagnosis, const GrammarItem *item);

static bool match_repeat(Diagnosis *diagnosis, const GrammarItem *item) {
    int count = 0;
    size_t before = diagnosis->parser->position;
    while (match_item(diagnosis, item->inner)) {
        count++;
        if (diagnosis->parser->position == before) break;
        before = diagnosis->parser->position;
    }
    return !failed(diagnosis) && count >= item->minimum;
}

static bool match_gather(Diagnosis *diagnosis, const GrammarItem *item) {
    Parser *parser = diagnosis->parser;
    if (!match_item(diagnosis, item->inner)) return false;
    for (;;) {
        size_t before = parser->position;
        if (match_item(diagnosis, item->separator) && match_item(diagnosis, item->inner)) continue;
        parser->position = before;
        return !failed(diagnosis);
    }
}

static bool match_forced(Diagnosis *diagnosis, const GrammarItem *item) {
    if (match_item(diagnosis, item->inner)) return true;
    if (!failed(diagnosis))
        parser_fail_at(
            diagnosis->parser,
            tokens_position(diagnosis, diagnosis->parser->position, diagnosis->parser->position),
            "expected '%s'", token_kind_text(item->inner->token));
    return false;
}

// On failure the position may have moved; the alternative restores it.
static bool match_item(Diagnosis *diagnosis, const GrammarItem *item) {
    if (failed(diagnosis)) return false;
    size_t position = diagnosis->parser->position;
    switch (item->type) {
    case ITEM_TOKEN: return match_token(diagnosis, item->token);
    case ITEM_WORD: return match_word(diagnosis, item);
    case ITEM_SOFT_KEYWORD: return match_soft_keyword(diagnosis);
    case ITEM_RULE: return match_rule(diagnosis, item->rule);
    case ITEM_GROUP: return match_alternatives(diagnosis, item->group);
    case ITEM_OPTIONAL:
        if (!match_item(diagnosis, item->inner)) diagnosis->parser->position = position;
        return !failed(diagnosis);
    case ITEM_REPEAT: return match_repeat(diagnosis, item);
    case ITEM_GATHER: return match_gather(diagnosis, item);
    case ITEM_FORCED: return match_forced(diagnosis, item);
    case ITEM_CUT: return true;
    case ITEM_AHEAD:
    case ITEM_NOT_AHEAD: {
        bool matched = match_item(diagnosis, item->inner);
        diagnosis->parser->position = position;
        return !failed(diagnosis) && matched == (item->type == ITEM_AHEAD);
    }
    }
    return false;
}

// Within a longer alternative a rule for mistakes is tried in the first pass, too.
static bool is_mistake(const Diagnosis *diagnosis, const GrammarAlternative *alternative) {
    const GrammarItem *item = alternative->items;
    return item && item->next == NULL && item->type == ITEM_RULE &&
           diagnosis->grammar->rules[item->rule].invalid;
}

static bool match_alternatives(Diagnosis *diagnosis, const GrammarAlternative *alternative) {
    Parser *parser = diagnosis->parser;
    size_t position = parser->position;
    for (; alternative != NULL && !failed(diagnosis); alternative = alternative->next) {
        if (!diagnosis->mistakes && is_mistake(diagnosis, alternative)) continue;
        bool matched = true, cut = false;
        Capture captures[2] = {0};
        for (const GrammarItem *item = alternative->items; item && matched; item = item->next) {
            size_t start = parser->position;
            matched = match_item(diagnosis, item);
            cut |= item->type == ITEM_CUT;
            if (item->capture != 0)
                captures[item->capture - 1] = (Capture){item, start, parser->position};
        }
        if (matched && alternative->action == ACTION_NONE) return true;
        if (matched) run_action(diagnosis, alternative, &captures[0], &captures[1]);
        parser->position = position;
        // An action that finds nothing wrong ends its rule without a match.
        if (matched || cut) return false;
    }
    return false;
}

static bool is_rule(const GrammarRule *rule, const char *name) {
    return rule->name_size == strlen(name) && memcmp(rule->name, name, rule->name_size) == 0;
}

// What is wrong with literals that match is said at once, and warned of where no rules for mistakes
// are tried; also of those before a token that cannot be read.
static void read_strings(Diagnosis *diagnosis, size_t start, size_t end) {
    Parser *parser = diagnosis->parser;
    Capture capture = {.start = start, .end = end};
    Replay replay = replay_start(parser, &capture, TOKEN_END);
    parser->may_warn = !diagnosis->mistakes;
    size_t count = parser->tokens.count;
    parser->tokens.count = diagnosis->furthest + 1;
    (void)parse_strings(parser);
    parser->tokens.count = count;
    parser->may_warn = false;
    replay_end(parser, replay);
}

static Memo *find_memo(Memo *memos, size_t capacity, uint64_t key) {
    for (size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 20);; i++) {
        Memo *memo = &memos[i & (capacity - 1)];
        if (memo->key == 0 || memo->key == key) return memo;
    }
}

static bool grow_memos(Diagnosis *diagnosis) {
    size_t capacity = diagnosis->memo_capacity ? diagnosis->memo_capacity * 2 : 1024;
    Memo *memos = calloc(capacity, sizeof *memos);
    if (memos == NULL) {
        raise_memory_error(diagnosis->parser->context->thread);
        parser_fail_raised(diagnosis->parser);
        return false;
    }
    for (size_t i = 0; i < diagnosis->memo_capacity; i++) {
        const Memo *old = &diagnosis->memos[i];
        if (old->key != 0) *find_memo(memos, capacity, old->key) = *old;
    }
    free(diagnosis->memos);
    diagnosis->memos = memos;
    diagnosis->memo_capacity = capacity;
    return true;
}

static bool match_memoised(Diagnosis *diagnosis, int index) {
    Parser *parser = diagnosis->parser;
    if ((diagnosis->memo_count + 1) * 2 > diagnosis->memo_capacity && !grow_memos(diagnosis))
        return false;
    uint64_t key = (uint64_t)parser->position * GRAMMAR_MAX_RULES + (uint64_t)index + 1;
    Memo *memo = find_memo(diagnosis->memos, diagnosis->memo_capacity, key);
    if (memo->key == key) {
        if (memo->end != NO_MATCH) parser->position = memo->end;
        return memo->end != NO_MATCH;
    }
    const GrammarRule *rule = &diagnosis->grammar->rules[index];
    size_t start = parser->position;
    bool matched = match_alternatives(diagnosis, rule->alternatives);
    if ((matched || failed(diagnosis)) && is_rule(rule, "strings"))
        read_strings(diagnosis, start, matched ? parser->position : parser->tokens.count);
    if (failed(diagnosis)) return false;
    if ((diagnosis->memo_count + 1) * 2 > diagnosis->memo_capacity && !grow_memos(diagnosis))
        return false;
    memo = find_memo(diagnosis->memos, diagnosis->memo_capacity, key);
    *memo = (Memo){key, matched ? parser->position : NO_MATCH};
    diagnosis->memo_count++;
    return matched;
}

static bool match_rule(Diagnosis *diagnosis, int index) {
    const GrammarRule *rule = &diagnosis->grammar->rules[index];
    if (!parser_has_room(diagnosis->parser)) return false;
    if (rule->memoised) return match_memoised(diagnosis, index);
    if (!is_rule(rule, "expression_without_invalid"))
        return match_alternatives(diagnosis, rule->alternatives);
    bool mistakes = diagnosis->mistakes;
    diagnosis->mistakes = false;
    bool matched = match_alternatives(diagnosis, rule->alternatives);
    diagnosis->mistakes = mistakes;
    return matched;
}

// One pass over the statement.
static void run_pass(Diagnosis *diagnosis, const char *rule, bool mistakes) {
    diagnosis->mistakes = mistakes;
    diagnosis->parser->position = 0;
    diagnosis->memo_count = diagnosis->memo_capacity = 0;
    free(diagnosis->memos);
    diagnosis->memos = NULL;
    match_rule(diagnosis, grammar_rule_find(diagnosis->grammar, rule, strlen(rule)));
}

// Reads the rest of the source: an error of the lexer replaces the problem, and so does a bracket
// that is still open and stands on a line before the problem.
static void check_rest(Parser *parser, int lineno) {
    SyntaxProblem problem = *parser->problem;
    Lexer *lexer = &parser->lexer;
    Token token;
    *parser->problem = (SyntaxProblem){0};
    while (lexer_next(lexer, &token) && token.kind != TOKEN_END) {
    }
    // CPython 3.12 keeps the first problem when the lexer stops inside an f-string.
    bool in_fstring = lexer->fstring_count > 0;
    bool at_end = lexer->state == LEXER_OK || lexer->state == LEXER_AT_END;
    if (lexer->state == LEXER_FAILED && !in_fstring) return;
    if (!at_end && !in_fstring && lexer->level > 0 &&
        lineno > lexer->brackets[lexer->level - 1].lineno)
        lexer_describe_unclosed(lexer);
    else
        *parser->problem = problem;
}

static void report_generic(Diagnosis *diagnosis, size_t last) {
    TokenKind kind = diagnosis->parser->tokens.items[last].kind;
    if (kind == TOKEN_INDENT || kind == TOKEN_DEDENT) {
        raise_at_token(diagnosis, PROBLEM_INDENTATION, diagnosis->furthest, "unexpected %s",
                       kind == TOKEN_INDENT ? "indent" : "unindent");
        return;
    }
    int lineno = diagnosis->parser->tokens.items[diagnosis->furthest].lineno;
    parser_fail_at(diagnosis->parser, tokens_position(diagnosis, last, last), "invalid syntax");
    check_rest(diagnosis->parser, lineno);
}

static void find_mistake(Diagnosis *diagnosis, const char *rule) {
    Parser *parser = diagnosis->parser;
    run_pass(diagnosis, rule, false);
    size_t last = diagnosis->furthest;
    if (!failed(diagnosis)) run_pass(diagnosis, rule, true);
    if (!failed(diagnosis)) {
        if (parser->tokens.count > 0) report_generic(diagnosis, last);
    } else {
        parser_recheck(parser, diagnosis->furthest);
    }
}

void parser_recheck(Parser *parser, size_t last) {
    SyntaxProblemKind kind = parser->problem->kind;
    if (parser->lexer.state != LEXER_OK || parser->tokens.count == 0 ||
        (kind != PROBLEM_SYNTAX && kind != PROBLEM_INDENTATION))
        return;
    if (last >= parser->tokens.count) last = parser->tokens.count - 1;
    check_rest(parser, parser->tokens.items[last].lineno);
}

// CPython's second pass starts at the beginning of the source, and finds fault with what is right:
// `match(x)` wants a colon, `print -1` parentheses. Only these words do that.
static bool may_find_fault_before(const Parser *parser) {
    static const char *const words[] = {"match", "print", "exec"};
    if (parser->mode != PARSE_EXEC || parser->tokens.count == 0) return false;
    const char *text = parser->lexer.text;
    size_t size = (size_t)(parser->tokens.items[0].start - text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(text, size, words[i], strlen(words[i])) != NULL) return true;
    return false;
}

// Reads the tokens of the earlier statements once more and puts them before those of the failing
// one.
static bool recover_tokens(Parser *parser) {
    const Lexer *current = &parser->lexer;
    const Token first = parser->tokens.items[0];
    SyntaxProblem problem = {0};
    SourceText text = {.bytes = current->text,
                       .size = (size_t)(current->text_end - current->text),
                       .made_up_end = current->made_up_end};
    Lexer *lexer = arena_allocate(parser->context->arena, sizeof *lexer);
    TokenVector tokens = {0};
    bool ok = lexer != NULL;
    if (ok) lexer_init(lexer, parser->context, text, &problem);
    for (Token token; ok && lexer_next(lexer, &token);) {
        if (token.start == first.start && token.kind == first.kind) break;
        ok = tokens_push(&tokens, token);
    }
    ok = ok && tokens_extend(&tokens, parser->tokens.items, parser->tokens.count);
    if (!ok) {
        tokens_free(&tokens);
        raise_memory_error(parser->context->thread);
        parser_fail_raised(parser);
        return false;
    }
    tokens_free(&parser->tokens);
    parser->tokens = tokens;
    return true;
}

void parser_diagnose(Parser *parser) {
    bool whole = may_find_fault_before(parser);
    if (whole && !recover_tokens(parser)) return;
    Diagnosis diagnosis = {.parser = parser, .grammar = grammar_read(parser->context->arena)};
    if (diagnosis.grammar == NULL) {
        raise_memory_error(parser->context->thread);
        parser_fail_raised(parser);
        return;
    }
    find_mistake(&diagnosis, parser->mode == PARSE_EVAL     ? "eval"
                             : parser->mode == PARSE_SINGLE ? "statement_newline"
                             : whole                        ? "statements"
                                                            : "statement");
    free(diagnosis.memos);
}
