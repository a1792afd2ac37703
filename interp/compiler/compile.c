// compile.c — runs the passes: parse, read future features, optimise the tree, build the symbol
// table, generate code. Everything between source and code objects lives in one arena.

#include "compiler/compile.h"

#include <string.h>

#include "compiler/ast_optimize.h"
#include "compiler/codegen.h"
#include "compiler/compilation.h"
#include "compiler/parser.h"
#include "compiler/symbols.h"
#include "objects/str.h"
#include "runtime/errors.h"

Value compile_tree(AstContext *context, AstModule *module, Value filename, int flags,
                   int optimize) {
    Compilation compilation = {
        .ast = context,
        .thread = context->thread,
        .filename = filename,
        .optimize = optimize < 0 ? context->thread->runtime->options.optimize : optimize,
        .flags = flags,
    };
    SymbolTable symbols;
    if (!compilation_read_future(&compilation, module) || !ast_optimize(&compilation, module) ||
        !symbols_build(&symbols, &compilation, module))
        return VALUE_ERROR;
    return codegen_module(&compilation, &symbols, module);
}

Value compile_source(Thread *thread, const char *bytes, size_t size, Value filename,
                     CompileMode mode, int flags, int optimize) {
    static const ParseMode modes[] = {
        [COMPILE_EXEC] = PARSE_EXEC, [COMPILE_EVAL] = PARSE_EVAL, [COMPILE_SINGLE] = PARSE_SINGLE};
    size_t name_size;
    const char *name = str_as_utf8_lossy(thread, filename, &name_size);
    if (name == NULL) return VALUE_ERROR;
    Arena arena = {0};
    AstContext context = {.thread = thread, .arena = &arena, .keep = VALUE_ABSENT};
    unsigned parse_flags =
        (flags & (COMPILE_IGNORE_COOKIE | COMPILE_SOURCE_IS_UTF8) ? PARSE_IGNORE_COOKIE : 0) |
        (flags & COMPILE_FROM_FILE ? PARSE_FROM_FILE : 0);
    flags &= ~COMPILE_FROM_FILE;
    AstModule *module = parse_source(&context, bytes, size, name, modes[mode], parse_flags);
    Value code =
        module == NULL ? VALUE_ERROR : compile_tree(&context, module, filename, flags, optimize);
    arena_free_all(&arena);
    return code;
}

Value compile_port(Thread *thread, const char *source, size_t size, Value filename,
                   const char *mode, int flags, int optimize) {
    CompileMode compile_mode = strcmp(mode, "eval") == 0     ? COMPILE_EVAL
                               : strcmp(mode, "single") == 0 ? COMPILE_SINGLE
                                                             : COMPILE_EXEC;
    return compile_source(thread, source, size, filename, compile_mode, flags, optimize);
}
