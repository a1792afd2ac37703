// parser.h — from source text to the syntax tree of Python 3.12, complete with positions.
#pragma once

#include "compiler/ast.h"
#include "compiler/syntax_error.h"

typedef enum {
    PARSE_EXEC,   // a file: AST_MODULE
    PARSE_EVAL,   // an expression: AST_EXPRESSION
    PARSE_SINGLE, // what was typed at a prompt: AST_INTERACTIVE
} ParseMode;

typedef enum {
    PARSE_IGNORE_COOKIE = 1 << 0, // the source was a str: it is UTF-8 whatever its cookie says
    PARSE_FROM_FILE = 1 << 1,     // a script file, which CPython reads line by line
    PARSE_QUIET = 1 << 2,         // no warnings
} ParseFlags;

// What parse_text found besides the tree.
typedef struct {
    SyntaxProblem problem; // kind PROBLEM_NONE when the source was accepted
} ParseReport;

// Parses without raising (except PROBLEM_RAISED), giving SyntaxWarnings as they are met. Result:
// the tree in the context's arena, or NULL with report->problem filled.
AstModule *parse_text(AstContext *context, const char *bytes, size_t size, const char *filename,
                      ParseMode mode, unsigned flags, ParseReport *report);

// The same, raising what was found: SyntaxError, IndentationError, TabError, or MemoryError when
// the nesting exhausts the C stack. RAISES.
AstModule *parse_source(AstContext *context, const char *bytes, size_t size, const char *filename,
                        ParseMode mode, unsigned flags);
