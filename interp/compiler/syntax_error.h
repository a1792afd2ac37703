// syntax_error.h — why a source text could not be compiled, and the Python exception made of it.
//
// Lexer, parser and symbol table do not build exceptions: they fill a SyntaxProblem, which can be
// overwritten by a better one while the parser looks for the cause. It becomes an exception once.
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include "base/config.h"
#include "compiler/ast.h"

typedef enum {
    PROBLEM_NONE,
    PROBLEM_SYNTAX,      // SyntaxError
    PROBLEM_INDENTATION, // IndentationError
    PROBLEM_TAB,         // TabError
    PROBLEM_TOO_COMPLEX, // MemoryError, raised when nesting exhausts the C stack
    PROBLEM_RAISED,      // thread->exception is set already (no memory, an error in a constant)
} SyntaxProblemKind;

// The fields of SyntaxError as Python sees them: lines and offsets from 1, offsets in characters;
// an end offset of 0 or -1 means unknown. Message and text live in the context's arena.
typedef struct {
    SyntaxProblemKind kind;
    const char *message;
    bool has_location; // false: the exception has a message only
    int lineno;
    int offset;
    int end_lineno;
    int end_offset;
    bool has_no_end;  // end_lineno and end_offset are None
    const char *text; // the source line, or NULL for None
    size_t text_size;
} SyntaxProblem;

// What became of a warning.
typedef enum {
    WARNING_GIVEN,    // or filtered out
    WARNING_IS_ERROR, // -W error: the caller makes it a SyntaxError where it stands
    WARNING_RAISED,   // thread->exception is set
} WarningOutcome;

// Issues a SyntaxWarning about a line of a source.
WarningOutcome syntax_warn(struct Thread *thread, const char *filename, int lineno,
                           const char *message);

// Formats into the context's arena; on lack of memory a static text.
const char *syntax_message_format(AstContext *context, const char *format, va_list arguments);

// Bytes of a file's line that an error shows, as in CPython.
enum { SYNTAX_LINE_LIMIT = 999 };
// Line `lineno` of a file with its line end, no more than SYNTAX_LINE_LIMIT bytes of it: malloc'ed;
// NULL when there is none.
char *syntax_file_line(const char *path, int lineno, size_t *size);

// Raises the exception that the problem describes. `filename` is UTF-8. Always leaves
// thread->exception set.
void syntax_problem_raise(struct Thread *thread, const SyntaxProblem *problem,
                          const char *filename);
