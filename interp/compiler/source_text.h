// source_text.h — from the bytes of a source file to the text that the lexer reads.
//
// The text is UTF-8 whatever the declared encoding (byte order mark, or a coding cookie in the
// first two lines, PEP 263), all line ends are \n, and the last line of a file has
// one. Known encodings: UTF-8, ASCII, Latin-1, ISO-8859-15, Windows-1252, by their usual aliases.
#pragma once

#include "compiler/ast.h"
#include "compiler/syntax_error.h"

typedef struct {
    const char *bytes; // ended by a NUL that is not counted
    size_t size;
    const char *encoding; // as CPython names it: "utf-8", what a cookie says
    bool made_up_end;     // the last line end was added
} SourceText;

typedef enum {
    SOURCE_IGNORE_COOKIE = 1 << 0, // the bytes come from a str: UTF-8, whatever the cookie says
    SOURCE_IS_FILE = 1 << 1, // a script: undeclared UTF-8 is checked, null bytes are left to the
                             // lexer, problems of the encoding have no place
    SOURCE_ADD_NEWLINE = 1 << 2, // end the last line
} SourceFlags;

// Result: false with *problem filled when the bytes cannot be decoded. The text lives in the arena.
bool source_text_decode(AstContext *context, const char *bytes, size_t size, unsigned flags,
                        const char *filename, SourceText *text, SyntaxProblem *problem);
