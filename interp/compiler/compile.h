// compile.h — from source text to a code object: the door of the compiler.
#pragma once

#include "compiler/ast.h"
#include "runtime/thread.h"

typedef enum {
    COMPILE_EXEC,   // a file
    COMPILE_EVAL,   // an expression
    COMPILE_SINGLE, // what was typed at a prompt: expression statements print their value
} CompileMode;

// Compiles UTF-8 (or as declared in the text) source. `filename` is a str; `flags` are those of
// compile(): CO_FUTURE_... and COMPILE_... of compilation.h; `optimize` is -O's level, -1 for the
// interpreter's own. Result: a code object, or VALUE_ERROR with SyntaxError or a subclass,
// ValueError, MemoryError, RecursionError or OverflowError.
RAISES Value compile_source(Thread *thread, const char *bytes, size_t size, Value filename,
                            CompileMode mode, int flags, int optimize);

// Compiles a tree, which is changed by it. The context must be that of the tree.
RAISES Value compile_tree(AstContext *context, AstModule *module, Value filename, int flags,
                          int optimize);

// compile_source in the form of runtime/ports.h: mode is "exec", "eval" or "single".
RAISES Value compile_port(Thread *thread, const char *source, size_t size, Value filename,
                          const char *mode, int flags, int optimize);
