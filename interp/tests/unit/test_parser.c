// test_parser.c — lexer and parser: trees with positions, and messages with their places, as
// CPython 3.12 has them (recorded by parser_cases.py); sources that are long or deep; warnings.
#include "compiler/ast_dump.h"
#include "compiler/parser.h"
#include "compiler/parser_grammar.h"
#include "objects/str.h"
#include "runtime/errors.h"
#include "tests/unit/harness.h"

typedef struct {
    ParseMode mode;
    bool is_text;
    const char *source;
    size_t size;
    const char *tree;
} TreeCase;

static const TreeCase trees[] = {
#define TREE(MODE, is_text, source, size, tree) {PARSE_##MODE, is_text, source, size, tree},
#include "tests/unit/parser_trees.inc"
#undef TREE
};

typedef struct {
    ParseMode mode;
    bool is_text;
    const char *source;
    size_t size;
    const char *type;
    const char *message;
    int lineno, offset, end_lineno, end_offset;
    const char *text;
} MessageCase;

static const MessageCase messages[] = {
#define MESSAGE(MODE, is_text, source, size, type, message, lineno, offset, end_lineno,            \
                end_offset, text)                                                                  \
    {PARSE_##MODE, is_text, source,     size,       #type, message,                                \
     lineno,       offset,  end_lineno, end_offset, text},
#include "tests/unit/parser_messages.inc"
#undef MESSAGE
};

static Thread *thread;

// A parsed source; finish frees its tree.
typedef struct {
    Arena arena;
    AstContext context;
    ParseReport report;
    AstModule *module;
} Parsed;

static void parse(Parsed *parsed, const char *source, size_t size, ParseMode mode, bool is_text) {
    memset(parsed, 0, sizeof *parsed);
    parsed->context = (AstContext){thread, &parsed->arena, VALUE_ABSENT};
    parsed->module = parse_text(&parsed->context, source, size, "<s>", mode,
                                is_text ? PARSE_IGNORE_COOKIE : 0, &parsed->report);
}

static void finish(Parsed *parsed) {
    arena_free_all(&parsed->arena);
    error_clear(thread);
}

static void test_trees(void) {
    for (size_t i = 0; i < COUNT_OF(trees); i++) {
        const TreeCase *wanted = &trees[i];
        Parsed parsed;
        parse(&parsed, wanted->source, wanted->size, wanted->mode, wanted->is_text);
        TextBuffer text = {0};
        if (CHECK(parsed.module != NULL) && CHECK(ast_dump(thread, parsed.module, true, -1, &text)))
            CHECK_TEXT(text_buffer_text(&text), wanted->tree);
        else
            printf("    source: %s\n", wanted->source);
        text_buffer_free(&text);
        finish(&parsed);
    }
}

static const char *type_name(SyntaxProblemKind kind) {
    switch (kind) {
    case PROBLEM_SYNTAX: return "SyntaxError";
    case PROBLEM_INDENTATION: return "IndentationError";
    case PROBLEM_TAB: return "TabError";
    default: return "?";
    }
}

static bool text_is(const SyntaxProblem *problem, const char *text) {
    if (text == NULL || problem->text == NULL) return text == problem->text;
    return strlen(text) == problem->text_size && memcmp(text, problem->text, strlen(text)) == 0;
}

static void test_messages(void) {
    for (size_t i = 0; i < COUNT_OF(messages); i++) {
        const MessageCase *wanted = &messages[i];
        Parsed parsed;
        parse(&parsed, wanted->source, wanted->size, wanted->mode, wanted->is_text);
        const SyntaxProblem *problem = &parsed.report.problem;
        bool same = CHECK(parsed.module == NULL && problem->message != NULL) &&
                    CHECK_TEXT(type_name(problem->kind), wanted->type) &&
                    CHECK_TEXT(problem->message, wanted->message) &&
                    CHECK(problem->lineno == wanted->lineno) &&
                    CHECK(problem->offset == wanted->offset) &&
                    CHECK(problem->end_lineno == wanted->end_lineno) &&
                    CHECK(problem->end_offset == wanted->end_offset) &&
                    CHECK(text_is(problem, wanted->text));
        if (!same) printf("    source: %s\n", wanted->source);
        finish(&parsed);
    }
}

// `count` copies of a text between two others.
static char *repeat(const char *before, const char *text, size_t count, const char *after) {
    TextBuffer buffer = {0};
    text_buffer_append_text(&buffer, before);
    for (size_t i = 0; i < count; i++) text_buffer_append_text(&buffer, text);
    text_buffer_append_text(&buffer, after);
    return text_buffer_take(&buffer);
}

// Parses such a text. Result: what was wrong with it.
static SyntaxProblemKind parse_repeated(const char *before, const char *text, size_t count,
                                        const char *after) {
    char *source = repeat(before, text, count, after);
    if (!CHECK(source != NULL)) return PROBLEM_NONE;
    Parsed parsed;
    parse(&parsed, source, strlen(source), PARSE_EXEC, true);
    SyntaxProblemKind kind = parsed.report.problem.kind;
    CHECK((parsed.module == NULL) == (kind != PROBLEM_NONE));
    finish(&parsed);
    free(source);
    return kind;
}

static void test_sizes(void) {
    CHECK(parse_repeated("", "1+", 500000, "1") == PROBLEM_NONE);
    CHECK(parse_repeated("x = [", "12, ", 250000, "]") == PROBLEM_NONE);
    CHECK(parse_repeated("a", ".b(c)[0]", 100000, "") == PROBLEM_NONE);
    CHECK(parse_repeated("", "x = ", 100000, "1") == PROBLEM_NONE);
    CHECK(parse_repeated("if a: b\n", "elif a: b\n", 50000, "else: c\n") == PROBLEM_NONE);
    CHECK(parse_repeated("", "'a' ", 100000, "") == PROBLEM_NONE);
    CHECK(parse_repeated("", "(", 200, "1)") == PROBLEM_SYNTAX);
    CHECK(parse_repeated("", "(", 10000, "1") == PROBLEM_SYNTAX);
    CHECK(parse_repeated("", "f'{", 200, "") == PROBLEM_SYNTAX);
    CHECK(parse_repeated("", "\\\n", 100000, "x") == PROBLEM_NONE);
    CHECK(parse_repeated("", "-", 1000000, "1") == PROBLEM_TOO_COMPLEX);
    CHECK(parse_repeated("", "not ", 1000000, "1") == PROBLEM_TOO_COMPLEX);
    CHECK(parse_repeated("", "lambda: ", 1000000, "1") == PROBLEM_TOO_COMPLEX);
    CHECK(parse_repeated("", "1 if 1 else ", 1000000, "1") == PROBLEM_TOO_COMPLEX);
    CHECK(parse_repeated("", "1 ** ", 1000000, "1") == PROBLEM_TOO_COMPLEX);
    CHECK(parse_repeated("x = 1\n", "y = f(a, b)[c]\n", 20000, "z w\n") == PROBLEM_SYNTAX);
}

static size_t given; // warnings
static int given_lines[8];
static char given_messages[8][64];

static bool note_warning(Thread *at, Type *category, Value message, Value filename, int lineno) {
    (void)filename;
    CHECK(category == &exception_SyntaxWarning);
    size_t size;
    const char *text = str_as_utf8_lossy(at, message, &size);
    if (given < COUNT_OF(given_lines)) {
        given_lines[given] = lineno;
        snprintf(given_messages[given], sizeof given_messages[given], "%s", text);
    }
    given++;
    return true;
}

static void test_warnings(void) {
    static const char source[] = "'\\d'\nf'\\{x}'\n1if x else 2\nb'\\400'\n'''\n\\q'''\n'\\n'";
    static const struct {
        int lineno;
        const char *message;
    } wanted[] = {
        {1, "invalid escape sequence '\\d'"}, {2, "invalid escape sequence '\\{'"},
        {3, "invalid decimal literal"},       {4, "invalid octal escape sequence '\\400'"},
        {5, "invalid escape sequence '\\q'"},
    };
    source_warning_handler = note_warning;
    given = 0;
    Parsed parsed;
    parse(&parsed, source, sizeof source - 1, PARSE_EXEC, true);
    source_warning_handler = NULL;
    CHECK(given == COUNT_OF(wanted));
    for (size_t i = 0; i < given && i < COUNT_OF(wanted); i++) {
        CHECK(given_lines[i] == wanted[i].lineno);
        CHECK_TEXT(given_messages[i], wanted[i].message);
    }
    finish(&parsed);
}

static void check_items(const GrammarItem *item);

static void check_alternatives(const GrammarAlternative *alternative) {
    for (; alternative != NULL; alternative = alternative->next) check_items(alternative->items);
}

static void check_items(const GrammarItem *item) {
    for (; item != NULL; item = item->next) {
        CHECK(item->type != ITEM_TOKEN || item->token != TOKEN_COUNT);
        CHECK(item->type != ITEM_RULE || item->rule >= 0);
        check_alternatives(item->group);
        check_items(item->inner);
        check_items(item->separator);
    }
}

// Every word of the grammar of mistakes is a token or a rule.
static void test_grammar(void) {
    Arena arena = {0};
    const Grammar *grammar = grammar_read(&arena);
    if (CHECK(grammar != NULL) && CHECK(grammar->count < GRAMMAR_MAX_RULES))
        for (int i = 0; i < grammar->count; i++) {
            CHECK(grammar->rules[i].alternatives != NULL);
            check_alternatives(grammar->rules[i].alternatives);
        }
    arena_free_all(&arena);
}

static void test_digit_limit(void) {
    CHECK(parse_repeated("x = ", "9", 4301, "") == PROBLEM_SYNTAX);
    CHECK(parse_repeated("x = ", "9", 4300, "") == PROBLEM_NONE);
    CHECK(parse_repeated("x = ", "9", 4301, ".0") == PROBLEM_NONE);
    CHECK(parse_repeated("x = 0x", "9", 50000, "") == PROBLEM_NONE);
}

static void test_raising(void) {
    Arena arena = {0};
    AstContext context = {thread, &arena, VALUE_ABSENT};
    CHECK(parse_source(&context, "if x:\ny", 7, "f.py", PARSE_EXEC, 0) == NULL);
    CHECK(error_matches(thread, &exception_IndentationError));
    error_clear(thread);
    CHECK(parse_source(&context, "x", 1, "f.py", PARSE_EXEC, 0) != NULL);
    CHECK(!error_is_pending(thread));
    arena_free_all(&arena);
}

int main(void) {
    RuntimeOptions options = {0};
    Runtime *runtime = runtime_new(&options);
    if (runtime == NULL) return EXIT_FAILURE;
    thread = runtime->main_thread;
    test_grammar();
    test_trees();
    test_messages();
    test_sizes();
    test_warnings();
    test_digit_limit();
    test_raising();
    runtime_delete(runtime);
    return harness_finish();
}
