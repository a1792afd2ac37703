// ast_dump.h — the syntax tree as text, in the form of CPython's ast.dump(tree).
#pragma once

#include "base/text_buffer.h"
#include "compiler/ast.h"

// Appends the tree to `out`; with_positions prints lineno, col_offset, end_lineno and
// end_col_offset too, as include_attributes=True does; indent is dump's own, -1 for None (together
// with positions: -1 only). False with the thread's exception set:
// RecursionError for a tree too deep, MemoryError, or what a constant's repr raised.
bool ast_dump(struct Thread *thread, const AstModule *module, bool with_positions, int indent,
              TextBuffer *out);
// The tree of a source file, as ast.dump(ast.parse(source), indent=2) prints it, and a line end.
bool ast_dump_source(struct Thread *thread, const char *bytes, size_t size, const char *filename,
                     TextBuffer *out);
