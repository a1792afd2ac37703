// token_dump.c — tokens as the module tokenize shows them.
//
// The lexer leaves out comments and the line ends that mean nothing; they are found again in the
// text between two tokens. INDENT and DEDENT stand behind those, so they wait for the token that
// follows. Columns are characters. The lexer's text has \n for every line end; what stood there is
// looked up in the bytes of the file.
#include "compiler/token_dump.h"

#include <string.h>

#include "compiler/lexer.h"
#include "objects/str.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"

static const char *const operator_names[TOKEN_COUNT] = {
    [TOKEN_LEFT_PAREN] = "LPAR",
    [TOKEN_RIGHT_PAREN] = "RPAR",
    [TOKEN_LEFT_BRACKET] = "LSQB",
    [TOKEN_RIGHT_BRACKET] = "RSQB",
    [TOKEN_LEFT_BRACE] = "LBRACE",
    [TOKEN_RIGHT_BRACE] = "RBRACE",
    [TOKEN_COLON] = "COLON",
    [TOKEN_COMMA] = "COMMA",
    [TOKEN_SEMICOLON] = "SEMI",
    [TOKEN_DOT] = "DOT",
    [TOKEN_ELLIPSIS] = "ELLIPSIS",
    [TOKEN_ARROW] = "RARROW",
    [TOKEN_EXCLAMATION] = "EXCLAMATION",
    [TOKEN_COLON_EQUAL] = "COLONEQUAL",
    [TOKEN_EQUAL] = "EQUAL",
    [TOKEN_AT] = "AT",
    [TOKEN_PLUS] = "PLUS",
    [TOKEN_MINUS] = "MINUS",
    [TOKEN_STAR] = "STAR",
    [TOKEN_SLASH] = "SLASH",
    [TOKEN_PERCENT] = "PERCENT",
    [TOKEN_DOUBLE_SLASH] = "DOUBLESLASH",
    [TOKEN_DOUBLE_STAR] = "DOUBLESTAR",
    [TOKEN_VERTICAL_BAR] = "VBAR",
    [TOKEN_CIRCUMFLEX] = "CIRCUMFLEX",
    [TOKEN_AMPERSAND] = "AMPER",
    [TOKEN_TILDE] = "TILDE",
    [TOKEN_LEFT_SHIFT] = "LEFTSHIFT",
    [TOKEN_RIGHT_SHIFT] = "RIGHTSHIFT",
    [TOKEN_EQUAL_EQUAL] = "EQEQUAL",
    [TOKEN_NOT_EQUAL] = "NOTEQUAL",
    [TOKEN_LESS] = "LESS",
    [TOKEN_GREATER] = "GREATER",
    [TOKEN_LESS_EQUAL] = "LESSEQUAL",
    [TOKEN_GREATER_EQUAL] = "GREATEREQUAL",
    [TOKEN_PLUS_EQUAL] = "PLUSEQUAL",
    [TOKEN_MINUS_EQUAL] = "MINEQUAL",
    [TOKEN_STAR_EQUAL] = "STAREQUAL",
    [TOKEN_AT_EQUAL] = "ATEQUAL",
    [TOKEN_SLASH_EQUAL] = "SLASHEQUAL",
    [TOKEN_PERCENT_EQUAL] = "PERCENTEQUAL",
    [TOKEN_AMPERSAND_EQUAL] = "AMPEREQUAL",
    [TOKEN_VERTICAL_BAR_EQUAL] = "VBAREQUAL",
    [TOKEN_CIRCUMFLEX_EQUAL] = "CIRCUMFLEXEQUAL",
    [TOKEN_LEFT_SHIFT_EQUAL] = "LEFTSHIFTEQUAL",
    [TOKEN_RIGHT_SHIFT_EQUAL] = "RIGHTSHIFTEQUAL",
    [TOKEN_DOUBLE_STAR_EQUAL] = "DOUBLESTAREQUAL",
    [TOKEN_DOUBLE_SLASH_EQUAL] = "DOUBLESLASHEQUAL",
    [TOKEN_STRING] = "STRING",
    [TOKEN_NUMBER] = "NUMBER",
    [TOKEN_FSTRING_START] = "FSTRING_START",
    [TOKEN_FSTRING_MIDDLE] = "FSTRING_MIDDLE",
    [TOKEN_FSTRING_END] = "FSTRING_END",
    [TOKEN_UNKNOWN] = "ERRORTOKEN",
};

typedef struct {
    int line, column;
} Place;

typedef struct {
    Thread *thread;
    TextBuffer *out;
    const char *next;       // what comes behind the last token
    const char *line_start; // of the line that `next` is in
    int line;
    const char *file_next, *file_end; // the line `file_line` of the file's own bytes
    int file_line;
    int waiting; // INDENTs (> 0) or DEDENTs (< 0) before the next token
} Dumper;

static int count_characters(const char *start, const char *end) {
    int count = 0;
    for (; start < end; start++) count += ((unsigned char)*start & 0xc0) != 0x80;
    return count;
}

static Place here(const Dumper *dumper) {
    return (Place){dumper->line, count_characters(dumper->line_start, dumper->next)};
}

static void advance_to(Dumper *dumper, const char *end) {
    for (; dumper->next < end; dumper->next++) {
        if (*dumper->next != '\n') continue;
        dumper->line++;
        dumper->line_start = dumper->next + 1;
    }
}

static bool put_token(Dumper *dumper, Place start, Place end, const char *name, const char *text,
                      size_t size) {
    Value value = str_from_utf8(dumper->thread, text, size);
    Value repr = value_is_error(value) ? value : object_repr(dumper->thread, value);
    if (value_is_error(repr)) return false;
    size_t length;
    const char *bytes = str_as_utf8_lossy(dumper->thread, repr, &length);
    if (bytes == NULL) return false;
    char range[64];
    snprintf(range, sizeof range, "%d,%d-%d,%d:", start.line, start.column, end.line, end.column);
    text_buffer_append_format(dumper->out, "%-20s%-15s", range, name);
    text_buffer_append(dumper->out, bytes, length);
    int width = count_characters(bytes, bytes + length);
    text_buffer_append_fill(dumper->out, ' ', width < 15 ? (size_t)(15 - width) : 0);
    text_buffer_append_byte(dumper->out, '\n');
    return true;
}

// What ends a line in the file: "\n", "\r\n", or nothing at the end of the file.
static const char *line_end(Dumper *dumper) {
    for (; dumper->file_line < dumper->line; dumper->file_line++) {
        const char *feed =
            memchr(dumper->file_next, '\n', (size_t)(dumper->file_end - dumper->file_next));
        dumper->file_next = feed != NULL ? feed + 1 : dumper->file_end;
    }
    const char *feed =
        memchr(dumper->file_next, '\n', (size_t)(dumper->file_end - dumper->file_next));
    if (feed == NULL) return "";
    return feed > dumper->file_next && feed[-1] == '\r' ? "\r\n" : "\n";
}

// `next` is at the end of a line.
static bool put_line_end(Dumper *dumper, const char *name) {
    const char *text = line_end(dumper);
    Place start = here(dumper), end = start;
    end.column += text[0] == '\r' ? 2 : 1;
    if (!put_token(dumper, start, end, name, text, strlen(text))) return false;
    advance_to(dumper, dumper->next + 1);
    return true;
}

static bool put_up_to(Dumper *dumper, const char *end, const char *name) {
    Place start = here(dumper);
    const char *text = dumper->next;
    advance_to(dumper, end);
    return put_token(dumper, start, here(dumper), name, text, (size_t)(end - text));
}

// Comments, and line ends that mean nothing, before `end`.
static bool put_gap(Dumper *dumper, const char *end) {
    while (dumper->next < end) {
        char c = *dumper->next;
        if (c == '\\') { // a joined line
            advance_to(dumper, dumper->next + 2);
        } else if (c == '#') {
            const char *comment_end = dumper->next;
            while (comment_end < end && *comment_end != '\n') comment_end++;
            if (!put_up_to(dumper, comment_end, "COMMENT")) return false;
        } else if (c == '\n') {
            if (!put_line_end(dumper, "NL")) return false;
        } else {
            advance_to(dumper, dumper->next + 1);
        }
    }
    return true;
}

// The INDENT or the DEDENTs that wait for the token at `next`.
static bool put_indentation(Dumper *dumper) {
    Place place = here(dumper), start = {place.line, 0};
    if (dumper->waiting > 0 && !put_token(dumper, start, place, "INDENT", dumper->line_start,
                                          (size_t)(dumper->next - dumper->line_start)))
        return false;
    for (; dumper->waiting < 0; dumper->waiting++)
        if (!put_token(dumper, place, place, "DEDENT", "", 0)) return false;
    dumper->waiting = 0;
    return true;
}

static bool put_next(Dumper *dumper, const Token *token) {
    switch (token->kind) {
    case TOKEN_INDENT: dumper->waiting++; return true;
    case TOKEN_DEDENT: dumper->waiting--; return true;
    case TOKEN_NEWLINE: // a comment before it belongs to it
        return put_gap(dumper, token->end - 1) && put_line_end(dumper, "NEWLINE");
    default: break;
    }
    if (!put_gap(dumper, token->start)) return false;
    if (!put_indentation(dumper)) return false;
    if (token->kind == TOKEN_END)
        return put_token(dumper, here(dumper), here(dumper), "ENDMARKER", "", 0);
    const char *name = operator_names[token->kind];
    return put_up_to(dumper, token->end, name != NULL ? name : "NAME");
}

static bool raise_no_memory(Thread *thread) {
    raise_memory_error(thread);
    return false;
}

static bool dump_all(AstContext *context, Lexer *lexer, Dumper *dumper, const char *filename) {
    for (;;) {
        Token token;
        if (!lexer_next(lexer, &token)) {
            lexer_describe_failure(lexer);
            syntax_problem_raise(context->thread, lexer->problem, filename);
            return false;
        }
        if (!put_next(dumper, &token)) return false;
        if (token.kind == TOKEN_END)
            return !dumper->out->failed || raise_no_memory(context->thread);
    }
}

static bool dump_file(AstContext *context, const char *bytes, size_t size, const char *filename,
                      TextBuffer *out) {
    SourceText text;
    SyntaxProblem problem = {0};
    if (!source_text_decode(context, bytes, size, SOURCE_IS_FILE | (size ? SOURCE_ADD_NEWLINE : 0),
                            filename, &text, &problem)) {
        syntax_problem_raise(context->thread, &problem, filename);
        return false;
    }
    Lexer *lexer = ast_allocate(context, sizeof *lexer);
    if (lexer == NULL) return false;
    lexer_init(lexer, context, text, &problem);
    Dumper dumper = {
        .thread = context->thread,
        .out = out,
        .next = text.bytes,
        .line_start = text.bytes,
        .line = 1,
        .file_next = bytes,
        .file_end = bytes + size,
        .file_line = 1,
    };
    Place origin = {0, 0};
    return put_token(&dumper, origin, origin, "ENCODING", text.encoding, strlen(text.encoding)) &&
           dump_all(context, lexer, &dumper, filename);
}

bool token_dump(struct Thread *thread, const char *bytes, size_t size, const char *filename,
                TextBuffer *out) {
    Arena arena = {0};
    AstContext context = {.thread = thread, .arena = &arena, .keep = VALUE_ABSENT};
    bool done = dump_file(&context, bytes, size, filename, out);
    arena_free_all(&arena);
    return done;
}
