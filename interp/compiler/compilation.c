// compilation.c — errors, warnings, names and future features: what all passes share.
//
// The source line that an error shows is read from the file named by `filename` when the error is
// raised, because that is what CPython does: an error in a text compiled under another name has no
// line.

#include "compiler/compilation.h"

#include <stdlib.h>
#include <string.h>

#include "bytecode/code.h"
#include "compiler/syntax_error.h"
#include "objects/exception.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

// Line `lineno` of the file with its '\n', or VALUE_NONE.
static Value read_source_line(Compilation *compilation, int lineno) {
    Thread *thread = compilation->thread;
    size_t size;
    const char *path = str_as_utf8_lossy(thread, compilation->filename, &size);
    if (path == NULL) {
        error_clear(thread);
        return VALUE_NONE;
    }
    char *line = syntax_file_line(path, lineno, &size);
    if (line == NULL) return VALUE_NONE;
    Value text = str_decode_utf8(thread, line, size, "replace");
    free(line);
    if (!value_is_error(text)) return text;
    error_clear(thread);
    return VALUE_NONE;
}

// Raises the error with message and details as its arguments.
static void raise_at(Compilation *compilation, AstPosition position, Value message) {
    Thread *thread = compilation->thread;
    size_t size;
    const char *text = str_as_utf8_lossy(thread, message, &size);
    if (text == NULL) return;
    Value line = read_source_line(compilation, position.lineno);
    (void)raise_syntax_error(thread, &exception_SyntaxError, text, compilation->filename,
                             position.lineno, position.col_offset + 1, position.end_lineno,
                             position.end_col_offset + 1, line);
}

// Errors that CPython finds before code generation have the message as their only argument; the
// place is in the attributes alone.
static void drop_details(Compilation *compilation, AstPosition position, Value message) {
    Thread *thread = compilation->thread;
    if (!value_is_exception(thread->exception)) return;
    Value pending = error_take(thread);
    Value args = tuple_from_values(thread, &message, 1);
    if (value_is_error(args)) return;
    Exception *exception = value_as_exception(pending);
    object_store(thread->heap, exception, &exception->args, args);
    if (position.end_col_offset == COMPILATION_NO_END &&
        !object_set_attribute(thread, pending, NAMES(thread)->end_offset, VALUE_NONE))
        return;
    error_restore(thread, pending);
}

bool compilation_raise(Compilation *compilation, AstPosition position, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Value message = str_format_va(compilation->thread, format, arguments);
    va_end(arguments);
    if (value_is_error(message)) return false;
    raise_at(compilation, position, message);
    drop_details(compilation, position, message);
    return false;
}

bool compilation_raise_detailed(Compilation *compilation, AstPosition position, Value message) {
    raise_at(compilation, position, message);
    return false;
}

bool compilation_warn(Compilation *compilation, AstPosition position, const char *format, ...) {
    Thread *thread = compilation->thread;
    va_list arguments;
    va_start(arguments, format);
    Value message = str_format_va(thread, format, arguments);
    va_end(arguments);
    if (value_is_error(message)) return false;
    if (warn_source(thread, &exception_SyntaxWarning, compilation->filename, position.lineno, "%U",
                    message))
        return true;
    if (error_clear_if(thread, &exception_SyntaxWarning)) raise_at(compilation, position, message);
    return false;
}

AstExpression *compilation_push_spine(Compilation *compilation, AstExpression *expression) {
    for (AstExpression *next; (next = ast_spine_next(expression)) != NULL; expression = next) {
        if (!ast_spine_push(compilation->ast->arena, &compilation->spine, expression)) {
            (void)raise_memory_error(compilation->thread);
            return NULL;
        }
    }
    return expression;
}

void *compilation_allocate(Compilation *compilation, size_t size) {
    void *block = arena_allocate_zeroed(compilation->ast->arena, size);
    if (block == NULL) (void)raise_memory_error(compilation->thread);
    return block;
}

Value compilation_intern(Compilation *compilation, Value text) {
    Value name = str_intern(compilation->thread, text);
    if (value_is_error(name) || !ast_keep(compilation->ast, name)) return VALUE_ERROR;
    return name;
}

Value compilation_intern_c(Compilation *compilation, const char *text) {
    Value name = str_intern_c(compilation->thread, text);
    if (value_is_error(name) || !ast_keep(compilation->ast, name)) return VALUE_ERROR;
    return name;
}

// Private names start with two underscores, which have been seen, do not end with two and have no
// dot.
static bool is_private(const Str *name) {
    uint64_t length = name->length;
    if (str_at(name, length - 1) == '_' && str_at(name, length - 2) == '_') return false;
    for (uint64_t i = 0; i < length; i++) {
        if (str_at(name, i) == '.') return false;
    }
    return true;
}

Value compilation_mangle_private(Compilation *compilation, Value private_name, Value name) {
    if (!is_private(value_as_str(name))) return name;
    const Str *class_name = value_as_str(private_name);
    uint64_t start = 0;
    while (start < class_name->length && str_at(class_name, start) == '_') start++;
    if (start == class_name->length) return name; // a class named ___ does not mangle
    Thread *thread = compilation->thread;
    Value stripped = str_substring(thread, private_name, start, class_name->length);
    if (value_is_error(stripped)) return VALUE_ERROR;
    Value mangled = str_format(thread, "_%U%U", stripped, name);
    return value_is_error(mangled) ? VALUE_ERROR : compilation_intern(compilation, mangled);
}

static bool read_feature(Compilation *compilation, const AstAlias *alias, AstPosition position) {
    static const char *const mandatory[] = {
        "nested_scopes",  "generators",     "division",         "absolute_import",
        "with_statement", "print_function", "unicode_literals", "generator_stop",
    };
    const Str *name = value_as_str(alias->name);
    for (size_t i = 0; i < COUNT_OF(mandatory); i++) {
        if (str_equals_c(name, mandatory[i])) return true;
    }
    if (str_equals_c(name, "barry_as_FLUFL")) {
        compilation->flags |= CO_FUTURE_BARRY_AS_BDFL;
        return true;
    }
    if (str_equals_c(name, "annotations")) {
        compilation->flags |= CO_FUTURE_ANNOTATIONS;
        return true;
    }
    if (str_equals_c(name, "braces"))
        return compilation_raise(compilation, position, "not a chance");
    return compilation_raise(compilation, position, "future feature %U is not defined",
                             alias->name);
}

bool compilation_read_future(Compilation *compilation, const AstModule *module) {
    if (module->kind == AST_EXPRESSION) return true;
    size_t first = ast_docstring_find(module->body) != NULL ? 1 : 0;
    for (size_t i = first; i < module->body.count; i++) {
        const AstStatement *statement = module->body.items[i];
        if (statement->kind != AST_IMPORT_FROM) break; // the level does not count
        Value name = statement->import_from.module;
        if (value_is_absent(name) || !value_same(name, NAMES(compilation->thread)->__future__))
            break;
        AstAliases aliases = statement->import_from.names;
        AstPosition position = statement->position;
        position.end_lineno = position.lineno;
        position.end_col_offset = COMPILATION_NO_END;
        for (size_t j = 0; j < aliases.count; j++) {
            if (!read_feature(compilation, aliases.items[j], position)) return false;
        }
        compilation->last_future = statement->position;
    }
    return true;
}
