// lexer_fstring.c — the text parts of f-strings (PEP 701). An f-string is FSTRING_START, then text
// parts (FSTRING_MIDDLE) and the tokens of replacement fields in turn, then FSTRING_END. A doubled
// brace ends a text part behind its first brace; the next part begins behind the second.
#include "compiler/lexer_internal.h"

bool lexer_start_fstring(Lexer *lexer, Token *token, int quote, bool raw) {
    int quote_size = 1;
    lexer->token_lineno = lexer->lineno;
    lexer->token_line_start = lexer->line_start;
    if (lexer->line_end - lexer->cursor >= 2 && lexer->cursor[0] == quote &&
        lexer->cursor[1] == quote) {
        quote_size = 3;
        lexer->cursor += 2;
    }
    if (lexer->fstring_count + 1 >= LEXER_MAX_FSTRINGS)
        return lexer_fail(lexer, "too many nested f-strings");
    lexer->fstrings[lexer->fstring_count++] = (LexerFString){
        .start = lexer->token_start,
        .line_start = lexer->line_start,
        .lineno = lexer->lineno,
        .quote = (char)quote,
        .quote_size = (uint8_t)quote_size,
        .raw = raw,
        .in_text = true,
        .field_depth = -1,
    };
    lexer_finish_token(lexer, token, TOKEN_FSTRING_START, lexer->token_start, lexer->cursor);
    token->raw = raw;
    return true;
}

static bool start_field(Lexer *lexer, LexerFString *fstring) {
    if (++fstring->field_depth >= LEXER_MAX_FSTRING_FIELDS)
        return lexer_fail(lexer, "f-string: expressions nested too deeply");
    fstring->in_text = false;
    return true;
}

static bool finish_text(Lexer *lexer, Token *token, const char *end) {
    return lexer_finish_token(lexer, token, TOKEN_FSTRING_MIDDLE, lexer->token_start, end);
}

// The second brace of a doubled one is no part of the text, but of its position.
static bool finish_at_doubled_brace(Lexer *lexer, Token *token) {
    finish_text(lexer, token, lexer->cursor - 1);
    token->end_col_offset++;
    return true;
}

// The line or the text ended inside the f-string.
static bool handle_line_end(Lexer *lexer, Token *token, LexerFString *fstring, int c,
                            bool in_spec) {
    if (in_spec && c == '\n') {
        lexer_unread(lexer, c);
        fstring->in_text = false;
        return finish_text(lexer, token, lexer->cursor);
    }
    return lexer_fail_at_string_start(
        lexer, fstring->start, fstring->line_start, fstring->lineno,
        fstring->quote_size == 3
            ? "unterminated triple-quoted f-string literal (detected at line %d)"
            : "unterminated f-string literal (detected at line %d)",
        lexer->lineno);
}

static bool handle_open_brace(Lexer *lexer, Token *token, LexerFString *fstring, bool in_spec) {
    int next = lexer_read(lexer);
    if (next == '{' && !in_spec) return finish_at_doubled_brace(lexer, token);
    lexer_unread(lexer, next);
    lexer_unread(lexer, '{');
    if (!start_field(lexer, fstring)) return false;
    return finish_text(lexer, token, lexer->cursor);
}

static bool handle_close_brace(Lexer *lexer, Token *token, LexerFString *fstring, bool in_spec) {
    int next = lexer_read(lexer);
    if (next == '}' && !in_spec && fstring->brace_depth == 0)
        return finish_at_doubled_brace(lexer, token);
    lexer_unread(lexer, next);
    lexer_unread(lexer, '}');
    fstring->in_text = false;
    return finish_text(lexer, token, lexer->cursor);
}

// Reads past a backslash and what it escapes; sets *named after \N{.
static bool skip_escape(Lexer *lexer, LexerFString *fstring, bool *named) {
    int next = lexer_read(lexer);
    if (next == '{' || next == '}') {
        // A brace keeps its meaning after a backslash.
        if (!fstring->raw && !lexer_warn(lexer, "invalid escape sequence '\\%c'", next))
            return false;
        lexer_unread(lexer, next);
        return true;
    }
    if (!fstring->raw && next == 'N') {
        next = lexer_read(lexer);
        if (next == '{')
            *named = true;
        else
            lexer_unread(lexer, next);
    }
    return true;
}

static bool read_text(Lexer *lexer, Token *token, LexerFString *fstring) {
    int quotes = 0;
    bool named = false;
    while (quotes != fstring->quote_size) {
        int c = lexer_read(lexer);
        bool in_spec = fstring->in_spec && fstring->field_depth >= 0;
        if (c == LEXER_EOF || (fstring->quote_size == 1 && c == '\n'))
            return handle_line_end(lexer, token, fstring, c, in_spec);
        if (c == fstring->quote) {
            quotes++;
            continue;
        }
        quotes = 0;
        if (c == '{') return handle_open_brace(lexer, token, fstring, in_spec);
        if (c == '}') {
            if (named) return finish_text(lexer, token, lexer->cursor);
            return handle_close_brace(lexer, token, fstring, in_spec);
        }
        if (c == '\\' && !skip_escape(lexer, fstring, &named)) return false;
    }
    lexer->cursor -= fstring->quote_size;
    return finish_text(lexer, token, lexer->cursor);
}

bool lexer_read_fstring_text(Lexer *lexer, Token *token, bool *is_text) {
    LexerFString *fstring = &lexer->fstrings[lexer->fstring_count - 1];
    *is_text = true;
    int c = lexer_read(lexer);
    lexer_unread(lexer, c);
    lexer->token_start = lexer->cursor;
    lexer->token_lineno = lexer->lineno;
    lexer->token_line_start = lexer->line_start;
    size_t available = (size_t)(lexer->line_end - lexer->cursor);
    if (c == '{' && !(available >= 2 && lexer->cursor[1] == '{')) {
        *is_text = false;
        return start_field(lexer, fstring);
    }
    int quotes = 0;
    while (quotes < fstring->quote_size && (size_t)quotes < available &&
           lexer->cursor[quotes] == fstring->quote)
        quotes++;
    if (quotes == fstring->quote_size) {
        lexer->cursor += quotes;
        lexer->fstring_count--;
        return lexer_finish_token(lexer, token, TOKEN_FSTRING_END, lexer->token_start,
                                  lexer->cursor);
    }
    return read_text(lexer, token, fstring);
}
