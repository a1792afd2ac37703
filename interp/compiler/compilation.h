// compilation.h — what every pass of one compilation knows: the source's name, the flags, the
// memory, and how a problem is reported.
//
// Invariants: the Compilation lives in a local variable of the function that compiles, as does its
// AstContext, so that the collector finds `filename` and `ast->keep`; identifiers are interned strs
// and compared by value_same; a function that returns false or VALUE_ERROR has set
// thread->exception.
#pragma once

#include "base/config.h"
#include "compiler/ast.h"
#include "compiler/ast_spine.h"
#include "objects/str.h"
#include "runtime/thread.h"

// Bits of Compilation.flags beside CO_FUTURE_...; the numbers are those of compile()'s flags
// argument (CPython's PyCF_...).
enum {
    COMPILE_SOURCE_IS_UTF8 = 0x100,
    COMPILE_DONT_IMPLY_DEDENT = 0x200,
    COMPILE_ONLY_AST = 0x400,
    COMPILE_IGNORE_COOKIE = 0x800,
    COMPILE_ALLOW_TOP_LEVEL_AWAIT = 0x2000,
    COMPILE_ALLOW_INCOMPLETE_INPUT = 0x4000,
    COMPILE_FROM_FILE = 1 << 28, // Krait's own: a script file, which words encoding errors its way
    COMPILE_FUTURE_MASK = 0x1fe0000, // the flags that a code object shows in co_flags
};

typedef struct Compilation {
    AstContext *ast;
    Thread *thread;
    Value filename; // str
    int optimize;   // 0, 1 (-O) or 2 (-OO)
    int flags;
    AstPosition last_future; // of the last `from __future__ import`; line 0: there is none
    AstSpine spine;          // shared by the passes, see ast_spine.h
    uint64_t folded_items;   // of all concatenations computed so far: bounds their cost
} Compilation;

// Raises SyntaxError at a position; the text of the line comes from the file of that name if there
// is one, as in CPython. The format is that of raise_error. Result: always false.
COLD bool compilation_raise(Compilation *compilation, AstPosition position, const char *format,
                            ...);
// The end_col_offset of a position whose end is not told.
enum { COMPILATION_NO_END = -2 };

// The same as CPython's code generator does it: the details are arguments of the exception too.
COLD bool compilation_raise_detailed(Compilation *compilation, AstPosition position, Value message);

// Issues a SyntaxWarning; where warnings are errors it becomes a SyntaxError and the result false.
COLD RAISES bool compilation_warn(Compilation *compilation, AstPosition position,
                                  const char *format, ...);

// Is there room on the C stack for one more level? False with RecursionError.
ALWAYS_INLINE RAISES bool compilation_check_stack(Compilation *compilation) {
    return LIKELY(stack_has_room(compilation->thread)) ||
           thread_check_stack(compilation->thread, " during compilation");
}

// Pushes the nodes of the left spine from `expression` down onto the shared stack. Result: the
// first expression that is no spine node; NULL with MemoryError.
RAISES AstExpression *compilation_push_spine(Compilation *compilation, AstExpression *expression);

// Memory from the arena, zeroed; NULL with MemoryError.
RAISES void *compilation_allocate(Compilation *compilation, size_t size);

// The interned str of that text, kept alive as long as the compilation.
RAISES Value compilation_intern(Compilation *compilation, Value text);
RAISES Value compilation_intern_c(Compilation *compilation, const char *text);

// The name under which an identifier is stored inside the class `private_name` (VALUE_ABSENT
// outside classes): __x becomes _Class__x (CPython: _Py_Mangle).
RAISES Value compilation_mangle_private(Compilation *compilation, Value private_name,
                                        Value name); // of a name with two underscores
static inline RAISES Value compilation_mangle(Compilation *compilation, Value private_name,
                                              Value name) {
    const Str *text = value_as_str(name);
    bool plain = text->length < 2 || str_at(text, 0) != '_' || str_at(text, 1) != '_';
    return LIKELY(plain) || value_is_absent(private_name)
               ? name
               : compilation_mangle_private(compilation, private_name, name);
}

// Reads the `from __future__ import ...` statements at the start of a module into flags and
// last_future. False with SyntaxError for an unknown feature.
RAISES bool compilation_read_future(Compilation *compilation, const AstModule *module);
