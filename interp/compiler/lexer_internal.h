// lexer_internal.h — what the files of the lexer share: reading bytes, finishing tokens, failing.
#pragma once

#include "compiler/lexer.h"

enum { LEXER_EOF = -1 };

// Goes to the next line and reads its first byte; LEXER_EOF at the end of the text.
int lexer_next_line(Lexer *lexer);

// Reads a byte; LEXER_EOF at the end of the text.
static inline int lexer_read(Lexer *lexer) {
    if (LIKELY(lexer->cursor < lexer->line_end)) return (unsigned char)*lexer->cursor++;
    return lexer_next_line(lexer);
}

// Takes back the byte read last; may be called with LEXER_EOF.
static inline void lexer_unread(Lexer *lexer, int c) {
    if (c != LEXER_EOF) lexer->cursor--;
}

// Whether a byte may stand in a name; all bytes above ASCII may, until the name is checked.
bool lexer_is_name_part(int c);

// Fills *token with start and end; a string's start is lexer->token_lineno and token_line_start.
// Result: true.
bool lexer_finish_token(Lexer *lexer, Token *token, TokenKind kind, const char *start,
                        const char *end);

// These fail with a SyntaxError at the cursor, between two offsets of the current line, or at the
// first byte of a string (format takes an int: the line where the end was missed). Result: false.
bool lexer_fail(Lexer *lexer, const char *format, ...) PRINTF_LIKE(2, 3);
bool lexer_fail_range(Lexer *lexer, int offset, int end_offset, const char *message);
bool lexer_fail_at_string_start(Lexer *lexer, const char *start, const char *line_start, int lineno,
                                const char *format, int detected_lineno);

// Describes the first invalid sequence of UTF-8 in a text, or NULL; positions count from `base`.
const char *lexer_describe_utf8_error(AstContext *context, const char *text, size_t size,
                                      const char *base);

// Notes a SyntaxWarning at the current line. False when there is no memory.
bool lexer_warn(Lexer *lexer, const char *format, ...) PRINTF_LIKE(2, 3);

// Fills *problem: the innermost open bracket was never closed.
void lexer_describe_unclosed(Lexer *lexer);

// Reads a number whose first byte c (a digit, or a point before a digit) has been read.
bool lexer_read_number(Lexer *lexer, Token *token, int c);

// Begins an f-string whose prefix and first quote have been read.
bool lexer_start_fstring(Lexer *lexer, Token *token, int quote, bool raw);

// Reads a text part or the end of the innermost f-string. *is_text false: a replacement field
// begins here, the next token is read as usual.
bool lexer_read_fstring_text(Lexer *lexer, Token *token, bool *is_text);
