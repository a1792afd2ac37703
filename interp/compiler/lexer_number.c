// lexer_number.c — numeric literals: their extent, and what is wrong with them. Their values are
// made by parser_literals.c.
#include <string.h>

#include "compiler/lexer_internal.h"

static bool is_digit(int c) { return c >= '0' && c <= '9'; }

static bool is_digit_of(int c, int base) {
    if (base == 16) return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    return c >= '0' && c < '0' + base;
}

// After c, the word goes on with `rest` and ends there.
static bool follows(Lexer *lexer, const char *rest) {
    size_t size = strlen(rest);
    const char *end = lexer->cursor + size;
    if (end > lexer->line_end || memcmp(lexer->cursor, rest, size) != 0) return false;
    return end == lexer->line_end || !lexer_is_name_part((unsigned char)*end);
}

// Whether one of the keywords that may follow an expression starts with c at the cursor.
static bool keyword_follows(Lexer *lexer, int c) {
    switch (c) {
    case 'a': return follows(lexer, "nd");
    case 'e': return follows(lexer, "lse");
    case 'f': return follows(lexer, "or");
    case 'i': {
        int next = lexer->cursor < lexer->line_end ? *lexer->cursor : 0;
        return next == 'f' || next == 'n' || next == 's';
    }
    case 'n': return follows(lexer, "ot");
    case 'o': return follows(lexer, "r");
    default: return false;
    }
}

// A number must not run into a name, except for keywords, which earn a warning.
static bool check_end(Lexer *lexer, int c, const char *kind) {
    if (keyword_follows(lexer, c)) {
        lexer_unread(lexer, c);
        if (!lexer_warn(lexer, "invalid %s literal", kind)) return false;
        lexer_read(lexer);
        return true;
    }
    if (c >= 0 && c < 128 && lexer_is_name_part(c)) {
        lexer_unread(lexer, c);
        return lexer_fail(lexer, "invalid %s literal", kind);
    }
    return true;
}

// Reads digits and single underscores between them. Result: the byte after them, or LEXER_EOF - 1
// when an underscore is misplaced.
enum { BAD_DIGITS = LEXER_EOF - 1 };
static int read_decimal_tail(Lexer *lexer) {
    for (;;) {
        int c;
        do c = lexer_read(lexer);
        while (is_digit(c));
        if (c != '_') return c;
        c = lexer_read(lexer);
        if (!is_digit(c)) {
            lexer_unread(lexer, c);
            lexer_fail(lexer, "invalid decimal literal");
            return BAD_DIGITS;
        }
    }
}

static bool finish_number(Lexer *lexer, Token *token, int c) {
    lexer_unread(lexer, c);
    return lexer_finish_token(lexer, token, TOKEN_NUMBER, lexer->token_start, lexer->cursor);
}

// Reads what follows 0x, 0o or 0b.
static bool read_based(Lexer *lexer, Token *token, int base, const char *kind) {
    int c = lexer_read(lexer);
    do {
        if (c == '_') c = lexer_read(lexer);
        if (!is_digit_of(c, base)) {
            if (is_digit(c)) return lexer_fail(lexer, "invalid digit '%c' in %s literal", c, kind);
            lexer_unread(lexer, c);
            return lexer_fail(lexer, "invalid %s literal", kind);
        }
        do c = lexer_read(lexer);
        while (is_digit_of(c, base));
    } while (c == '_');
    if (is_digit(c)) return lexer_fail(lexer, "invalid digit '%c' in %s literal", c, kind);
    if (!check_end(lexer, c, kind)) return false;
    return finish_number(lexer, token, c);
}

static bool read_imaginary_or_end(Lexer *lexer, Token *token, int c) {
    const char *kind = "decimal";
    if (c == 'j' || c == 'J') {
        c = lexer_read(lexer);
        kind = "imaginary";
    }
    if (!check_end(lexer, c, kind)) return false;
    return finish_number(lexer, token, c);
}

static bool read_exponent(Lexer *lexer, Token *token, int c) {
    if (c != 'e' && c != 'E') return read_imaginary_or_end(lexer, token, c);
    int letter = c;
    c = lexer_read(lexer);
    if (c == '+' || c == '-') {
        c = lexer_read(lexer);
        if (!is_digit(c)) {
            lexer_unread(lexer, c);
            return lexer_fail(lexer, "invalid decimal literal");
        }
    } else if (!is_digit(c)) {
        lexer_unread(lexer, c);
        if (!check_end(lexer, letter, "decimal")) return false;
        return finish_number(lexer, token, letter);
    }
    c = read_decimal_tail(lexer);
    if (c == BAD_DIGITS) return false;
    return read_imaginary_or_end(lexer, token, c);
}

// c is the byte after the point.
static bool read_fraction(Lexer *lexer, Token *token, int c) {
    if (is_digit(c)) {
        c = read_decimal_tail(lexer);
        if (c == BAD_DIGITS) return false;
    }
    return read_exponent(lexer, token, c);
}

// Reads a number that starts with 0 and has no base.
static bool read_after_zero(Lexer *lexer, Token *token, int c) {
    for (;;) {
        if (c == '_') {
            c = lexer_read(lexer);
            if (!is_digit(c)) {
                lexer_unread(lexer, c);
                return lexer_fail(lexer, "invalid decimal literal");
            }
        }
        if (c != '0') break;
        c = lexer_read(lexer);
    }
    const char *zeros_end = lexer->cursor;
    bool nonzero = is_digit(c);
    if (nonzero) {
        c = read_decimal_tail(lexer);
        if (c == BAD_DIGITS) return false;
    }
    if (c == '.') return read_fraction(lexer, token, lexer_read(lexer));
    if (c == 'e' || c == 'E') return read_exponent(lexer, token, c);
    if (c == 'j' || c == 'J') return read_imaginary_or_end(lexer, token, c);
    if (nonzero) {
        lexer_unread(lexer, c);
        return lexer_fail_range(lexer, (int)(lexer->token_start + 1 - lexer->line_start),
                                (int)(zeros_end - lexer->line_start),
                                "leading zeros in decimal integer literals are not permitted; use "
                                "an 0o prefix for octal integers");
    }
    if (!check_end(lexer, c, "decimal")) return false;
    return finish_number(lexer, token, c);
}

bool lexer_read_number(Lexer *lexer, Token *token, int c) {
    if (c == '.') return read_fraction(lexer, token, lexer_read(lexer));
    if (c == '0') {
        c = lexer_read(lexer);
        switch (c) {
        case 'x':
        case 'X': return read_based(lexer, token, 16, "hexadecimal");
        case 'o':
        case 'O': return read_based(lexer, token, 8, "octal");
        case 'b':
        case 'B': return read_based(lexer, token, 2, "binary");
        default: return read_after_zero(lexer, token, c);
        }
    }
    c = read_decimal_tail(lexer);
    if (c == BAD_DIGITS) return false;
    if (c == '.') return read_fraction(lexer, token, lexer_read(lexer));
    return read_exponent(lexer, token, c);
}
