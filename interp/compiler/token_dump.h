// token_dump.h — the tokens of a source file as text, in the form of `python -m tokenize -e`.
#pragma once

#include "base/text_buffer.h"
#include "compiler/ast.h"

// Appends a line for each token of a file, comments and line ends that mean nothing included. False
// with the thread's exception set: SyntaxError where the lexer stops, MemoryError.
bool token_dump(struct Thread *thread, const char *bytes, size_t size, const char *filename,
                TextBuffer *out);
