// lexer.h — source text to tokens, one at a time.
//
// The lexer follows CPython 3.12's tokenizer state for state, because its error messages and their
// places depend on it: f-strings are split into START, MIDDLE and END tokens with the tokens of
// their expressions between (PEP 701), and a stack of modes says how deep the lexer is in them.
//
// Invariants: the text ends with a NUL; `cursor` never passes it. `line_end` is the end of the line
// being read, the '\n' included; the line number grows when the first byte of the next line is
// read, not when the '\n' is.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "compiler/ast.h"
#include "compiler/source_text.h"
#include "compiler/syntax_error.h"

typedef enum {
#define TOKEN(KIND, text)    TOKEN_##KIND,
#define OPERATOR(KIND, text) TOKEN_##KIND,
#define KEYWORD(KIND, text)  TOKEN_##KIND,
#include "compiler/tokens.def"
    TOKEN_COUNT
} TokenKind;

typedef struct {
    uint8_t kind;
    bool synthetic; // INDENT, DEDENT, END: has a line but no column (CPython's column -1)
    bool raw;       // FSTRING_START: has the prefix r
    uint8_t level;  // open brackets behind the token
    int lineno;
    int col_offset;
    int end_lineno;
    int end_col_offset;
    const char *start;
    const char *end;
} Token;

enum {
    LEXER_MAX_INDENT = 100,
    LEXER_MAX_NESTING = 200,
    LEXER_MAX_FSTRINGS = 150,
    LEXER_MAX_FSTRING_FIELDS = 3, // nested replacement fields: f'{a:{b:{c}}}'
};

// An f-string being read.
typedef struct {
    const char *start; // its first byte, the prefix
    const char *line_start;
    int lineno;
    char quote;
    uint8_t quote_size;
    bool raw;
    bool in_text;    // the next token is text; else an expression is being read
    bool in_spec;    // in a format spec, until a field in it or the field itself ends
    int brace_depth; // open brackets of all kinds inside the f-string
    int field_depth; // nesting of replacement fields, -1 outside of them
} LexerFString;

typedef struct {
    char bracket;
    int lineno;
    int col_offset;
} LexerBracket;

// Why the lexer stopped; some states decide how the parser reports an error.
typedef enum {
    LEXER_OK,
    LEXER_AT_END,
    LEXER_FAILED,       // *problem is filled
    LEXER_END_IN_TOKEN, // the text ended inside brackets or after a backslash
    LEXER_BAD_DEDENT,
    LEXER_BAD_TABS,
    LEXER_TOO_DEEP,
    LEXER_BAD_CONTINUATION,
} LexerState;

typedef struct {
    AstContext *context;
    SyntaxProblem *problem;
    const char *filename;   // of warnings; NULL: none are given
    const char *error_file; // errors show lines of this file; NULL: of the text
    bool by_line;           // behaves as CPython does for the main program, which it reads by lines
    bool made_up_end;       // the last line end is not the source's
    const char *text;
    const char *text_end;
    const char *cursor;
    const char *line_end;
    const char *line_start;
    const char *buffer_start;     // first line of the text that a problem here is shown with
    const char *token_start;      // NULL while no token has begun
    const char *token_line_start; // start of the line where a string began
    int token_lineno;             // the line where it began
    int lineno;
    LexerState state;
    int pending; // INDENTs (> 0) or DEDENTs (< 0) to give out
    bool at_line_start;
    int indent;
    int columns[LEXER_MAX_INDENT];
    int alternate_columns[LEXER_MAX_INDENT];
    int level;
    LexerBracket brackets[LEXER_MAX_NESTING];
    int fstring_count;
    LexerFString fstrings[LEXER_MAX_FSTRINGS];
} Lexer;

// The text must outlive the lexer and its tokens.
void lexer_init(Lexer *lexer, AstContext *context, SourceText text, SyntaxProblem *problem);

// Reads the next token. Result: false when there is none; `state` says why, and *problem is filled
// if it is LEXER_FAILED.
bool lexer_next(Lexer *lexer, Token *token);

// Fills *problem from a state other than LEXER_FAILED; the parser calls it when it needs the token
// that could not be read.
void lexer_describe_failure(Lexer *lexer);

// The source line with that number, without its line end. Result: its first byte, *size its length.
const char *lexer_line(const Lexer *lexer, int lineno, size_t *size);

// The text of an operator or keyword, a description of other kinds.
const char *token_kind_text(TokenKind kind);

static inline bool token_is_keyword(TokenKind kind) {
    return kind >= TOKEN_FALSE && kind <= TOKEN_YIELD;
}

// Where the lexer stands in its line, in bytes; 0 at the end of a text that is read by lines, whose
// buffer is empty then.
int lexer_offset(const Lexer *lexer);

// Fills *problem with a located problem. Columns are bytes from 0; end_column -1 means unknown.
// The problem's text is line `lineno` of the source.
void lexer_fill_problem(Lexer *lexer, SyntaxProblemKind kind, int lineno, int column,
                        int end_lineno, int end_column, const char *message);
