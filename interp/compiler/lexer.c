// lexer.c — the main loop of the lexer: lines and indentation, names, strings, operators. Numbers
// are read by lexer_number.c, the text parts of f-strings by lexer_fstring.c.
//
// Invariants: see lexer.h. A static that returns false has set lexer->state.
#include "compiler/lexer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "compiler/lexer_internal.h"

enum { TAB_SIZE = 8 };

// What a byte may be, as bits. All bytes above ASCII may stand in a name, until it is checked.
enum { IN_NAME = 1, IN_PREFIX = 2, IN_NUMBER = 4, NOT_ASCII = 8, IN_OPERATOR = 16, COMBINES = 32 };
static const uint8_t byte_classes[256] = {
    ['0' ... '9'] = IN_NAME | IN_NUMBER,
    ['A'] = IN_NAME,
    ['B'] = IN_NAME | IN_PREFIX,
    ['C' ... 'E'] = IN_NAME,
    ['F'] = IN_NAME | IN_PREFIX,
    ['G' ... 'Q'] = IN_NAME,
    ['R'] = IN_NAME | IN_PREFIX,
    ['S' ... 'T'] = IN_NAME,
    ['U'] = IN_NAME | IN_PREFIX,
    ['V' ... 'Z'] = IN_NAME,
    ['_'] = IN_NAME,
    ['a'] = IN_NAME,
    ['b'] = IN_NAME | IN_PREFIX,
    ['c' ... 'e'] = IN_NAME,
    ['f'] = IN_NAME | IN_PREFIX,
    ['g' ... 'q'] = IN_NAME,
    ['r'] = IN_NAME | IN_PREFIX,
    ['s' ... 't'] = IN_NAME,
    ['u'] = IN_NAME | IN_PREFIX,
    ['v' ... 'z'] = IN_NAME,
    [128 ... 255] = IN_NAME | NOT_ASCII,
    ['('] = IN_OPERATOR,
    [')'] = IN_OPERATOR,
    ['['] = IN_OPERATOR,
    [']'] = IN_OPERATOR,
    [','] = IN_OPERATOR,
    [':'] = IN_OPERATOR,
    ['%'] = IN_OPERATOR,
    ['+'] = IN_OPERATOR,
    ['-'] = IN_OPERATOR,
    ['|'] = IN_OPERATOR,
    ['&'] = IN_OPERATOR,
    ['.'] = IN_OPERATOR | COMBINES,
    ['='] = IN_OPERATOR | COMBINES,
    ['*'] = IN_OPERATOR | COMBINES,
    ['/'] = IN_OPERATOR | COMBINES,
    ['<'] = IN_OPERATOR | COMBINES,
    ['>'] = IN_OPERATOR | COMBINES,
};

static const struct {
    const char *text;
    uint8_t size;
    uint8_t kind;
} keywords[] = {
#define KEYWORD(KIND, text) {text, sizeof(text) - 1, TOKEN_##KIND},
#include "compiler/tokens.def"
};

// The first keyword that starts with a letter; the others follow it.
static const uint8_t first_keywords[128] = {
    ['F'] = TOKEN_FALSE,    ['N'] = TOKEN_NONE,   ['T'] = TOKEN_TRUE,  ['a'] = TOKEN_AND,
    ['b'] = TOKEN_BREAK,    ['c'] = TOKEN_CLASS,  ['d'] = TOKEN_DEF,   ['e'] = TOKEN_ELIF,
    ['f'] = TOKEN_FINALLY,  ['g'] = TOKEN_GLOBAL, ['i'] = TOKEN_IF,    ['l'] = TOKEN_LAMBDA,
    ['n'] = TOKEN_NONLOCAL, ['o'] = TOKEN_OR,     ['p'] = TOKEN_PASS,  ['r'] = TOKEN_RAISE,
    ['t'] = TOKEN_TRY,      ['w'] = TOKEN_WHILE,  ['y'] = TOKEN_YIELD,
};

static const char *const kind_texts[TOKEN_COUNT] = {
#define TOKEN(KIND, text)    text,
#define OPERATOR(KIND, text) text,
#define KEYWORD(KIND, text)  text,
#include "compiler/tokens.def"
};

const char *token_kind_text(TokenKind kind) { return kind_texts[kind]; }

void lexer_init(Lexer *lexer, AstContext *context, SourceText text, SyntaxProblem *problem) {
    memset(lexer, 0, offsetof(Lexer, columns));
    lexer->context = context;
    lexer->problem = problem;
    lexer->text = lexer->cursor = lexer->line_start = lexer->line_end = text.bytes;
    lexer->buffer_start = text.bytes;
    lexer->text_end = text.bytes + text.size;
    lexer->at_line_start = true;
    lexer->made_up_end = text.made_up_end;
    lexer->columns[0] = lexer->alternate_columns[0] = 0;
    lexer->level = 0;
    lexer->fstring_count = 0;
}

int lexer_next_line(Lexer *lexer) {
    if (lexer->cursor >= lexer->text_end) {
        if (lexer->state == LEXER_OK) lexer->state = LEXER_AT_END;
        return LEXER_EOF;
    }
    const char *line_feed = memchr(lexer->cursor, '\n', (size_t)(lexer->text_end - lexer->cursor));
    lexer->line_start = lexer->cursor;
    // Lines joined by a token or a backslash are one buffer, as in CPython.
    if (lexer->token_start == NULL) lexer->buffer_start = lexer->cursor;
    lexer->line_end = line_feed ? line_feed + 1 : lexer->text_end;
    lexer->lineno++;
    if (lexer->by_line && memchr(lexer->cursor, '\0', (size_t)(lexer->line_end - lexer->cursor))) {
        (void)lexer_fail(lexer, "source code cannot contain null bytes");
        return LEXER_EOF;
    }
    return (unsigned char)*lexer->cursor++;
}

// Errors.

static size_t count_characters(const char *bytes, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

const char *lexer_line(const Lexer *lexer, int lineno, size_t *size) {
    const char *line = lexer->text;
    for (int i = 1; i < lineno; i++) {
        const char *line_feed = memchr(line, '\n', (size_t)(lexer->text_end - line));
        if (line_feed == NULL) break;
        line = line_feed + 1;
    }
    const char *end = memchr(line, '\n', (size_t)(lexer->text_end - line));
    *size = (size_t)((end ? end : lexer->text_end) - line);
    return line;
}

static int character_offset(const char *line, size_t size, int offset) {
    if (offset <= 0) return offset;
    size_t within = (size_t)offset > size ? size : (size_t)offset;
    size_t count = count_characters(line, within);
    // Past the end of the line the offset counts one more, so that a caret may stand there.
    return (int)((size_t)offset > size ? count + 1 : count);
}

// The line with U+FFFD for what is not UTF-8 in it.
static const char *replace_invalid(Lexer *lexer, const char *line, size_t *size) {
    Utf8Summary summary;
    Utf8Error error;
    if (utf8_scan(line, *size, UTF8_STRICT, &summary, &error)) return line;
    char *copy = arena_allocate(lexer->context->arena, *size * 3);
    if (copy == NULL) {
        *size = 0;
        return line;
    }
    size_t rest = *size, length = 0;
    do {
        memcpy(copy + length, line, error.start);
        length += error.start;
        memcpy(copy + length, "\xEF\xBF\xBD", 3);
        length += 3;
        line += error.end;
        rest -= error.end;
    } while (!utf8_scan(line, rest, UTF8_STRICT, &summary, &error));
    memcpy(copy + length, line, rest);
    *size = length + rest;
    return copy;
}

const char *lexer_describe_utf8_error(AstContext *context, const char *text, size_t size,
                                      const char *base) {
    Utf8Summary summary;
    Utf8Error error;
    if (utf8_scan(text, size, UTF8_STRICT, &summary, &error)) return NULL;
    size_t start = (size_t)(text - base) + error.start, end = (size_t)(text - base) + error.end;
    char message[128];
    if (end - start == 1)
        snprintf(message, sizeof message,
                 "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                 (unsigned char)text[error.start], start, error.reason);
    else
        snprintf(message, sizeof message,
                 "(unicode error) 'utf-8' codec can't decode bytes in position %zu-%zu: %s", start,
                 end - 1, error.reason);
    const char *copy = arena_copy_text(context->arena, message, strlen(message));
    return copy ? copy : "the source is not UTF-8";
}

// The line that CPython would read again from the file; false where it shows its buffer.
static bool find_file_line(Lexer *lexer, int lineno, const char **line, size_t *size) {
    if (lexer->error_file == NULL) return false;
    if (lexer->by_line) {
        *line = lexer_line(lexer, lineno, size);
        const char *end = *line + *size;
        bool has_end = end < lexer->text_end && !(lexer->made_up_end && end + 1 == lexer->text_end);
        *size += has_end;
        if (*size > SYNTAX_LINE_LIMIT) *size = SYNTAX_LINE_LIMIT;
        return true;
    }
    char *found = syntax_file_line(lexer->error_file, lineno, size);
    if (found == NULL) return false;
    *line = arena_copy_text(lexer->context->arena, found, *size);
    free(found);
    return *line != NULL;
}

void lexer_fill_problem(Lexer *lexer, SyntaxProblemKind kind, int lineno, int offset,
                        int end_lineno, int end_offset, const char *message) {
    size_t size;
    const char *line;
    if (!find_file_line(lexer, lineno, &line, &size)) {
        line = lexer_line(lexer, lineno, &size);
        if (lexer->lineno <= lineno) {
            line = lexer->buffer_start;
            size = (size_t)(lexer->line_end - line);
        }
    }
    line = replace_invalid(lexer, line, &size);
    *lexer->problem = (SyntaxProblem){
        .kind = kind,
        .message = message,
        .has_location = true,
        .lineno = lineno,
        .offset = character_offset(line, size, offset),
        .end_lineno = end_lineno,
        .end_offset = character_offset(line, size, end_offset),
        .text = line,
        .text_size = size,
    };
}

static bool fail_at(Lexer *lexer, int offset, int end_offset, const char *message) {
    if (lexer->state == LEXER_FAILED) return false; // the first problem stands
    const char *end =
        memchr(lexer->line_start, '\n', (size_t)(lexer->text_end - lexer->line_start));
    *lexer->problem = (SyntaxProblem){
        .kind = PROBLEM_SYNTAX,
        .message = message,
        .has_location = true,
        .lineno = lexer->lineno,
        .offset = offset,
        .end_lineno = lexer->lineno,
        .end_offset = end_offset,
        .text = lexer->line_start,
        .text_size =
            strnlen(lexer->line_start, (size_t)((end ? end : lexer->text_end) - lexer->line_start)),
    };
    lexer->state = LEXER_FAILED;
    return false;
}

bool lexer_fail(Lexer *lexer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = syntax_message_format(lexer->context, format, arguments);
    va_end(arguments);
    int offset =
        (int)count_characters(lexer->line_start, (size_t)(lexer->cursor - lexer->line_start));
    return fail_at(lexer, offset, offset, message);
}

bool lexer_fail_range(Lexer *lexer, int offset, int end_offset, const char *message) {
    return fail_at(lexer, offset, end_offset, message);
}

bool lexer_fail_at_string_start(Lexer *lexer, const char *start, const char *line_start, int lineno,
                                const char *format, int detected_lineno) {
    lexer->cursor = start + 1;
    lexer->line_start = line_start;
    lexer->lineno = lineno;
    return lexer_fail(lexer, format, detected_lineno);
}

bool lexer_warn(Lexer *lexer, const char *format, ...) {
    if (lexer->filename == NULL) return true;
    va_list arguments;
    va_start(arguments, format);
    const char *message = syntax_message_format(lexer->context, format, arguments);
    va_end(arguments);
    switch (syntax_warn(lexer->context->thread, lexer->filename, lexer->lineno, message)) {
    case WARNING_GIVEN: return true;
    case WARNING_IS_ERROR: return lexer_fail(lexer, "%s", message);
    default:
        *lexer->problem = (SyntaxProblem){.kind = PROBLEM_RAISED};
        lexer->state = LEXER_FAILED;
        return false;
    }
}

int lexer_offset(const Lexer *lexer) {
    bool at_end = lexer->state == LEXER_AT_END ||
                  (lexer->state == LEXER_END_IN_TOKEN && lexer->token_start == NULL);
    if (lexer->by_line && at_end) return 0;
    return (int)(lexer->cursor - lexer->line_start);
}

void lexer_describe_failure(Lexer *lexer) {
    int lineno = lexer->lineno;
    int offset = lexer_offset(lexer);
    switch (lexer->state) {
    case LEXER_OK:
    case LEXER_FAILED: return;
    case LEXER_AT_END:
    case LEXER_END_IN_TOKEN:
        if (lexer->level > 0) {
            lexer_describe_unclosed(lexer);
            return;
        }
        lexer_fill_problem(lexer, PROBLEM_SYNTAX, lineno, offset, lineno, -1,
                           "unexpected EOF while parsing");
        return;
    case LEXER_BAD_DEDENT:
        lexer_fill_problem(lexer, PROBLEM_INDENTATION, lineno, offset, lineno, -1,
                           "unindent does not match any outer indentation level");
        return;
    case LEXER_BAD_TABS:
        lexer_fill_problem(lexer, PROBLEM_TAB, lineno, 1, lineno, 0,
                           "inconsistent use of tabs and spaces in indentation");
        return;
    case LEXER_TOO_DEEP:
        lexer_fill_problem(lexer, PROBLEM_INDENTATION, lineno, 1, lineno, 0,
                           "too many levels of indentation");
        return;
    case LEXER_BAD_CONTINUATION:
        // CPython counts from the start of its buffer here.
        offset = (int)(lexer->cursor - lexer->buffer_start);
        lexer_fill_problem(lexer, PROBLEM_SYNTAX, lineno, offset, lineno, 0,
                           "unexpected character after line continuation character");
        return;
    }
}

void lexer_describe_unclosed(Lexer *lexer) {
    LexerBracket *bracket = &lexer->brackets[lexer->level - 1];
    char message[] = "'(' was never closed";
    message[1] = bracket->bracket;
    char *copy = arena_copy_text(lexer->context->arena, message, sizeof message - 1);
    lexer_fill_problem(lexer, PROBLEM_SYNTAX, bracket->lineno, bracket->col_offset + 1,
                       bracket->lineno, 0, copy ? copy : "a bracket was never closed");
}

// Tokens.

bool lexer_finish_token(Lexer *lexer, Token *token, TokenKind kind, const char *start,
                        const char *end) {
    bool is_string = kind >= TOKEN_STRING && kind <= TOKEN_FSTRING_END;
    const char *line_start = is_string ? lexer->token_line_start : lexer->line_start;
    token->kind = (uint8_t)kind;
    token->synthetic = token->raw = false;
    token->lineno = is_string ? lexer->token_lineno : lexer->lineno;
    token->col_offset = (int)(start - line_start);
    token->end_lineno = lexer->lineno;
    token->end_col_offset = (int)(end - lexer->line_start);
    token->start = start;
    token->end = end;
    return true;
}

static bool finish_synthetic(Lexer *lexer, Token *token, TokenKind kind) {
    *token = (Token){
        .kind = (uint8_t)kind,
        .synthetic = true,
        .lineno = lexer->lineno,
        .col_offset = -1,
        .end_lineno = lexer->lineno,
        .end_col_offset = -1,
        .start = lexer->cursor,
        .end = lexer->cursor,
    };
    return true;
}

static bool stop(Lexer *lexer, LexerState state) {
    if (lexer->state == LEXER_FAILED) return false;
    lexer->state = state;
    if (state != LEXER_BAD_CONTINUATION) lexer->cursor = lexer->line_end;
    return false;
}

// After a backslash: the next line goes on. Result: the first byte of that line, LEXER_EOF with
// the state set otherwise.
static int continue_line(Lexer *lexer) {
    int c = lexer_read(lexer);
    if (c != '\n') {
        stop(lexer, LEXER_BAD_CONTINUATION);
        return LEXER_EOF;
    }
    c = lexer_read(lexer);
    if (c == LEXER_EOF) {
        stop(lexer, LEXER_END_IN_TOKEN);
        return LEXER_EOF;
    }
    lexer_unread(lexer, c);
    return c;
}

// Compares the columns of a new line with the enclosing blocks.
static bool compare_indentation(Lexer *lexer, int column, int alternate) {
    if (column == lexer->columns[lexer->indent]) {
        if (alternate != lexer->alternate_columns[lexer->indent])
            return stop(lexer, LEXER_BAD_TABS);
        return true;
    }
    if (column > lexer->columns[lexer->indent]) {
        if (lexer->indent + 1 >= LEXER_MAX_INDENT) return stop(lexer, LEXER_TOO_DEEP);
        if (alternate <= lexer->alternate_columns[lexer->indent])
            return stop(lexer, LEXER_BAD_TABS);
        lexer->pending++;
        lexer->columns[++lexer->indent] = column;
        lexer->alternate_columns[lexer->indent] = alternate;
        return true;
    }
    while (lexer->indent > 0 && column < lexer->columns[lexer->indent]) {
        lexer->pending--;
        lexer->indent--;
    }
    if (column != lexer->columns[lexer->indent]) return stop(lexer, LEXER_BAD_DEDENT);
    if (alternate != lexer->alternate_columns[lexer->indent]) return stop(lexer, LEXER_BAD_TABS);
    return true;
}

// Reads the white space at the start of a line. *blank: the line holds nothing else.
static bool read_indentation(Lexer *lexer, bool *blank) {
    int column = 0, alternate = 0, continued_column = 0;
    int c;
    for (;;) {
        c = lexer_read(lexer);
        if (c == ' ') {
            const char *first = lexer->cursor - 1, *end = lexer->cursor;
            while (*end == ' ') end++;
            lexer->cursor = end;
            column += (int)(end - first), alternate += (int)(end - first);
        } else if (c == '\t') {
            column = (column / TAB_SIZE + 1) * TAB_SIZE;
            alternate++;
        } else if (c == '\f') {
            column = alternate = 0;
        } else if (c == '\\') {
            // The indentation of a line that continues is that of its first part.
            if (continued_column == 0) continued_column = column;
            if (continue_line(lexer) == LEXER_EOF) return false;
        } else {
            break;
        }
    }
    lexer_unread(lexer, c);
    *blank = c == '#' || c == '\n';
    if (*blank || lexer->level > 0) return true;
    if (continued_column != 0) column = alternate = continued_column;
    return compare_indentation(lexer, column, alternate);
}

bool lexer_is_name_part(int c) { return c != LEXER_EOF && byte_classes[c] & IN_NAME; }

// Checks the characters of a name that has some outside of ASCII.
static bool check_name(Lexer *lexer) {
    const char *cursor = lexer->token_start;
    const char *end = lexer->cursor;
    while (cursor < end) {
        uint32_t c;
        unsigned size = utf8_decode_checked(cursor, (size_t)(end - cursor), UTF8_STRICT, &c);
        if (size == 0) {
            const char *message =
                lexer_describe_utf8_error(lexer->context, lexer->token_start,
                                          (size_t)(end - lexer->token_start), lexer->token_start);
            lexer_fill_problem(lexer, PROBLEM_SYNTAX, lexer->lineno,
                               (int)(lexer->cursor - lexer->line_start), lexer->lineno, -1,
                               message);
            lexer->state = LEXER_FAILED;
            return false;
        }
        bool legal = cursor == lexer->token_start ? unicode_is_identifier_start(c)
                                                  : unicode_is_identifier_part(c);
        if (!legal) {
            lexer->cursor = cursor + size;
            if (!unicode_is_printable(c))
                return lexer_fail(lexer, "invalid non-printable character U+%04X", c);
            return lexer_fail(lexer, "invalid character '%.*s' (U+%04X)", (int)size, cursor, c);
        }
        cursor += size;
    }
    return true;
}

static TokenKind classify_name(const char *start, size_t size) {
    if (size < 2 || size > 8) return TOKEN_NAME;
    TokenKind kind = first_keywords[(unsigned char)*start & 127];
    if (kind == TOKEN_END) return TOKEN_NAME;
    for (size_t i = kind - TOKEN_FALSE; i < COUNT_OF(keywords); i++) {
        if (keywords[i].text[0] != *start) break;
        if (keywords[i].size == size && keywords[i].text[1] == start[1] &&
            memcmp(keywords[i].text, start, size) == 0)
            return keywords[i].kind;
    }
    return TOKEN_NAME;
}

// Reports a string without end; inside an f-string's expression its quote may have been meant to
// end the f-string.
static bool fail_unterminated(Lexer *lexer, int quote, int quote_size) {
    int detected = lexer->lineno;
    lexer->cursor = lexer->token_start + 1;
    lexer->line_start = lexer->token_line_start;
    lexer->lineno = lexer->token_lineno;
    if (lexer->fstring_count > 0) {
        LexerFString *outer = &lexer->fstrings[lexer->fstring_count - 1];
        if (outer->quote == quote && outer->quote_size == quote_size)
            return lexer_fail(lexer, "f-string: expecting '}'");
    }
    return lexer_fail(lexer,
                      quote_size == 3
                          ? "unterminated triple-quoted string literal (detected at line %d)"
                          : "unterminated string literal (detected at line %d)",
                      detected);
}

// Skips what is neither quote nor backslash nor line end; *quotes, those read just before, are then
// part of the text. It may stop early: looking far for a quote behind each backslash would cost the
// square of a line's length.
static const char *skip_plain(const char *cursor, const char *end, int quote, int *quotes) {
    enum { FARTHEST = 128 };
    if (end - cursor > FARTHEST) end = cursor + FARTHEST;
    if (cursor >= end) return cursor;
    const char *stop = memchr(cursor, quote, (size_t)(end - cursor));
    if (stop == NULL) stop = end - (end[-1] == '\n');
    const char *backslash = memchr(cursor, '\\', (size_t)(stop - cursor));
    if (backslash != NULL) stop = backslash;
    if (stop > cursor) *quotes = 0;
    return stop;
}

// Reads a string whose first quote has been read.
static bool read_string(Lexer *lexer, Token *token, int quote) {
    int quote_size = 1, end_size = 0;
    lexer->token_lineno = lexer->lineno;
    lexer->token_line_start = lexer->line_start;
    int c = lexer_read(lexer);
    if (c == quote) {
        c = lexer_read(lexer);
        if (c == quote)
            quote_size = 3;
        else
            end_size = 1;
    }
    if (c != quote) lexer_unread(lexer, c);
    while (end_size != quote_size) {
        lexer->cursor = skip_plain(lexer->cursor, lexer->line_end, quote, &end_size);
        c = lexer_read(lexer);
        if (c == LEXER_EOF || (quote_size == 1 && c == '\n'))
            return fail_unterminated(lexer, quote, quote_size);
        if (c == quote) {
            end_size++;
        } else {
            end_size = 0;
            if (c == '\\') lexer_read(lexer);
        }
    }
    return lexer_finish_token(lexer, token, TOKEN_STRING, lexer->token_start, lexer->cursor);
}

// Reads letters that may be the prefix of a string, c the first of them. Result: the quote behind
// them, which has been read too; 0 if they are the start of a name: the cursor is then inside it.
static int read_prefix(Lexer *lexer, int c, bool *is_fstring, bool *is_raw) {
    bool saw_b = false, saw_r = false, saw_u = false, saw_f = false;
    while (byte_classes[c] & IN_PREFIX) {
        if (!(saw_b || saw_u || saw_f) && (c == 'b' || c == 'B'))
            saw_b = true;
        else if (!(saw_b || saw_u || saw_r || saw_f) && (c == 'u' || c == 'U'))
            saw_u = true;
        else if (!(saw_r || saw_u) && (c == 'r' || c == 'R'))
            saw_r = true;
        else if (!(saw_f || saw_b || saw_u) && (c == 'f' || c == 'F'))
            saw_f = true;
        else
            break;
        c = lexer_read(lexer);
        *is_fstring = saw_f;
        *is_raw = saw_r;
        if (c == '"' || c == '\'') return c;
        if (c == LEXER_EOF) break;
    }
    lexer_unread(lexer, c);
    return 0;
}

// Reads a name, a keyword, or a string with a prefix; c is the first byte.
static bool read_name(Lexer *lexer, Token *token, int c) {
    if (byte_classes[c] & IN_PREFIX) {
        bool is_fstring, is_raw;
        int quote = read_prefix(lexer, c, &is_fstring, &is_raw);
        if (quote != 0)
            return is_fstring ? lexer_start_fstring(lexer, token, quote, is_raw)
                              : read_string(lexer, token, quote);
    }
    const char *end = lexer->cursor;
    uint8_t class, classes = byte_classes[c];
    while ((class = byte_classes[(unsigned char)*end]) & IN_NAME) end++, classes |= class;
    lexer->cursor = end;
    if (end == lexer->line_end) lexer_read(lexer); // notes the end of the text
    if (classes & NOT_ASCII && !check_name(lexer)) return false;
    TokenKind kind = classify_name(lexer->token_start, (size_t)(end - lexer->token_start));
    return lexer_finish_token(lexer, token, kind, lexer->token_start, end);
}

// The longest operator that starts with c. The bytes behind the cursor belong to the same line.
static TokenKind longest_operator(const char *text, size_t available, size_t *size) {
    static const struct {
        const char *text;
        uint8_t size;
        uint8_t kind;
    } operators[] = {
#define OPERATOR(KIND, text) {text, sizeof(text) - 1, TOKEN_##KIND},
#include "compiler/tokens.def"
    };
    static const uint8_t one_byte[128] = {
        ['('] = TOKEN_LEFT_PAREN,   [')'] = TOKEN_RIGHT_PAREN,
        ['['] = TOKEN_LEFT_BRACKET, [']'] = TOKEN_RIGHT_BRACKET,
        ['{'] = TOKEN_LEFT_BRACE,   ['}'] = TOKEN_RIGHT_BRACE,
        [':'] = TOKEN_COLON,        [','] = TOKEN_COMMA,
        [';'] = TOKEN_SEMICOLON,    ['.'] = TOKEN_DOT,
        ['!'] = TOKEN_EXCLAMATION,  ['='] = TOKEN_EQUAL,
        ['@'] = TOKEN_AT,           ['+'] = TOKEN_PLUS,
        ['-'] = TOKEN_MINUS,        ['*'] = TOKEN_STAR,
        ['/'] = TOKEN_SLASH,        ['%'] = TOKEN_PERCENT,
        ['|'] = TOKEN_VERTICAL_BAR, ['^'] = TOKEN_CIRCUMFLEX,
        ['&'] = TOKEN_AMPERSAND,    ['~'] = TOKEN_TILDE,
        ['<'] = TOKEN_LESS,         ['>'] = TOKEN_GREATER,
    };
    *size = 1;
    TokenKind best = one_byte[(unsigned char)*text & 127];
    if (best == TOKEN_END) best = TOKEN_UNKNOWN;
    if (available < 2 || !(byte_classes[(unsigned char)text[1]] & COMBINES)) return best;
    for (size_t i = 0; i < COUNT_OF(operators); i++)
        if (operators[i].text[0] == text[0] && operators[i].text[1] == text[1] &&
            operators[i].size > *size && operators[i].size <= available &&
            memcmp(operators[i].text, text, operators[i].size) == 0) {
            *size = operators[i].size;
            best = operators[i].kind;
        }
    if (text[0] == '<' && text[1] == '>') {
        // One token in CPython too, legal only under its joke feature barry_as_FLUFL.
        *size = 2;
        best = TOKEN_UNKNOWN;
    }
    return best;
}

static bool open_bracket(Lexer *lexer, int c) {
    if (lexer->level >= LEXER_MAX_NESTING) return lexer_fail(lexer, "too many nested parentheses");
    lexer->brackets[lexer->level++] = (LexerBracket){
        .bracket = (char)c,
        .lineno = lexer->lineno,
        .col_offset = (int)(lexer->token_start - lexer->line_start),
    };
    if (lexer->fstring_count > 0) lexer->fstrings[lexer->fstring_count - 1].brace_depth++;
    return true;
}

static bool fail_mismatch(Lexer *lexer, LexerFString *fstring, LexerBracket *opening, int c) {
    if (fstring != NULL && opening->bracket == '{' &&
        fstring->brace_depth - 1 == fstring->field_depth)
        return lexer_fail(lexer, "f-string: unmatched '%c'", c);
    if (opening->lineno != lexer->lineno)
        return lexer_fail(lexer,
                          "closing parenthesis '%c' does not match opening parenthesis '%c' on "
                          "line %d",
                          c, opening->bracket, opening->lineno);
    return lexer_fail(lexer, "closing parenthesis '%c' does not match opening parenthesis '%c'", c,
                      opening->bracket);
}

static bool close_bracket(Lexer *lexer, int c) {
    LexerFString *fstring =
        lexer->fstring_count > 0 ? &lexer->fstrings[lexer->fstring_count - 1] : NULL;
    if (fstring != NULL && fstring->brace_depth == 0 && c == '}')
        return lexer_fail(lexer, "f-string: single '}' is not allowed");
    if (lexer->level == 0) return lexer_fail(lexer, "unmatched '%c'", c);
    LexerBracket *opening = &lexer->brackets[--lexer->level];
    bool matches = (opening->bracket == '(' && c == ')') || (opening->bracket == '[' && c == ']') ||
                   (opening->bracket == '{' && c == '}');
    if (!matches) return fail_mismatch(lexer, fstring, opening, c);
    if (fstring == NULL) return true;
    if (--fstring->brace_depth < 0) return lexer_fail(lexer, "f-string: unmatched '%c'", c);
    if (c == '}' && fstring->brace_depth == fstring->field_depth) {
        fstring->field_depth--;
        fstring->in_text = true;
        fstring->in_spec = false;
    }
    return true;
}

static bool read_operator(Lexer *lexer, Token *token, int c) {
    LexerFString *fstring =
        lexer->fstring_count > 0 ? &lexer->fstrings[lexer->fstring_count - 1] : NULL;
    if (fstring != NULL && fstring->field_depth >= 0 &&
        (c == ':' || c == '}' || c == '!' || c == '{')) {
        int depth = fstring->brace_depth - (c != '{');
        if (c == ':' && depth == fstring->field_depth) {
            fstring->in_text = fstring->in_spec = true;
            return lexer_finish_token(lexer, token, TOKEN_COLON, lexer->token_start, lexer->cursor);
        }
    }
    size_t size;
    TokenKind kind =
        longest_operator(lexer->token_start, (size_t)(lexer->line_end - lexer->token_start), &size);
    lexer->cursor = lexer->token_start + size;
    if (kind >= TOKEN_LEFT_PAREN && kind <= TOKEN_RIGHT_BRACE) {
        bool opens = c == '(' || c == '[' || c == '{';
        if (!(opens ? open_bracket(lexer, c) : close_bracket(lexer, c))) return false;
    }
    if (c < 32 || c == 127)
        return lexer_fail(lexer, "invalid non-printable character U+%04X", (unsigned)c);
    return lexer_finish_token(lexer, token, kind, lexer->token_start, lexer->cursor);
}

// Gives out indentation due at the start of a line. Result: true when *token was filled or the
// state is not LEXER_OK; *blank as in read_indentation.
static bool start_line(Lexer *lexer, Token *token, bool *blank, bool *done) {
    *done = true;
    lexer->token_start = NULL;
    *blank = false;
    if (lexer->at_line_start) {
        lexer->at_line_start = false;
        if (!read_indentation(lexer, blank)) return false;
    }
    lexer->token_start = lexer->cursor;
    if (lexer->pending < 0) {
        lexer->pending++;
        return finish_synthetic(lexer, token, TOKEN_DEDENT);
    }
    if (lexer->pending > 0) {
        lexer->pending--;
        return finish_synthetic(lexer, token, TOKEN_INDENT);
    }
    *done = false;
    return true;
}

// Skips white space, comments and joined lines. Result: the first byte of the next token, or
// LEXER_EOF.
static int skip_space(Lexer *lexer) {
    int c;
    for (;;) {
        lexer->token_start = NULL;
        do c = lexer_read(lexer);
        while (c == ' ' || c == '\t' || c == '\f');
        lexer->token_start = lexer->cursor - (c != LEXER_EOF);
        if (c == '#') {
            lexer->cursor = lexer->line_end - (lexer->line_end[-1] == '\n');
            c = lexer_read(lexer);
        }
        if (c != '\\') return c;
        if (continue_line(lexer) == LEXER_EOF) return LEXER_EOF;
    }
}

static bool finish_text(Lexer *lexer, Token *token) {
    if (lexer->level > 0 && lexer->state == LEXER_AT_END) lexer->state = LEXER_END_IN_TOKEN;
    if (lexer->state != LEXER_AT_END) return false;
    return finish_synthetic(lexer, token, TOKEN_END);
}

// The first byte of a token that follows in the line behind at most one space, which is the usual
// case; 0 where skip_space has to look.
static int find_near_token(Lexer *lexer) {
    const char *cursor = lexer->cursor;
    if (cursor >= lexer->line_end) return 0;
    cursor += *cursor == ' ';
    unsigned char c = (unsigned char)*cursor;
    if (!(byte_classes[c] & (IN_NAME | IN_OPERATOR))) return 0;
    lexer->token_start = cursor;
    lexer->cursor = cursor + 1;
    return c;
}

static bool read_token(Lexer *lexer, Token *token) {
    for (;;) {
        bool blank = false, done;
        if (lexer->at_line_start || lexer->pending != 0) {
            if (!start_line(lexer, token, &blank, &done)) return false;
            if (done) return true;
        }
        int c = find_near_token(lexer);
        if (c == 0) c = skip_space(lexer);
        if (c == LEXER_EOF) return finish_text(lexer, token);
        if (c == '\n') {
            lexer->at_line_start = true;
            if (blank || lexer->level > 0) continue;
            // A comment before it belongs to it.
            return lexer_finish_token(lexer, token, TOKEN_NEWLINE, lexer->token_start,
                                      lexer->cursor);
        }
        uint8_t class = byte_classes[c];
        if (class & IN_NUMBER) return lexer_read_number(lexer, token, c);
        if (class & IN_NAME) return read_name(lexer, token, c);
        if (class & IN_OPERATOR && c != '.') return read_operator(lexer, token, c);
        if (c == '"' || c == '\'') return read_string(lexer, token, c);
        if (c == '.' && lexer->cursor < lexer->line_end && *lexer->cursor >= '0' &&
            *lexer->cursor <= '9')
            return lexer_read_number(lexer, token, c);
        return read_operator(lexer, token, c);
    }
}

bool lexer_next(Lexer *lexer, Token *token) {
    bool is_text = false, ok = true;
    if (lexer->fstring_count > 0 && lexer->fstrings[lexer->fstring_count - 1].in_text)
        ok = lexer_read_fstring_text(lexer, token, &is_text);
    if (ok && !is_text) ok = read_token(lexer, token);
    if (ok) token->level = (uint8_t)lexer->level;
    return ok;
}
