// syntax_error.c — see syntax_error.h.
#include "compiler/syntax_error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text_buffer.h"
#include "objects/str.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"

const char *syntax_message_format(AstContext *context, const char *format, va_list arguments) {
    TextBuffer buffer = {0};
    text_buffer_append_arguments(&buffer, format, arguments);
    const char *copy = arena_copy_text(context->arena, text_buffer_text(&buffer), buffer.length);
    text_buffer_free(&buffer);
    return copy ? copy : "invalid syntax";
}

WarningOutcome syntax_warn(struct Thread *thread, const char *filename, int lineno,
                           const char *message) {
    Value file = str_from_c(thread, filename);
    if (value_is_error(file)) return WARNING_RAISED;
    if (warn_source(thread, &exception_SyntaxWarning, file, lineno, "%s", message))
        return WARNING_GIVEN;
    return error_clear_if(thread, &exception_SyntaxWarning) ? WARNING_IS_ERROR : WARNING_RAISED;
}

static Type *problem_type(SyntaxProblemKind kind) {
    switch (kind) {
    case PROBLEM_INDENTATION: return &exception_IndentationError;
    case PROBLEM_TAB: return &exception_TabError;
    default: return &exception_SyntaxError;
    }
}

void syntax_problem_raise(struct Thread *thread, const SyntaxProblem *problem,
                          const char *filename) {
    if (problem->kind == PROBLEM_RAISED) {
        if (!error_is_pending(thread)) raise_memory_error(thread);
        return;
    }
    if (problem->kind == PROBLEM_TOO_COMPLEX) {
        raise_error(thread, &exception_MemoryError, "%s", problem->message);
        return;
    }
    if (!problem->has_location) {
        raise_error(thread, problem_type(problem->kind), "%s", problem->message);
        return;
    }
    Value file = str_from_c(thread, filename);
    Value text = VALUE_NONE;
    if (problem->text != NULL)
        text = str_decode_utf8(thread, problem->text, problem->text_size, "replace");
    if (value_is_error(file) || value_is_error(text)) return;
    raise_syntax_error(thread, problem_type(problem->kind), problem->message, file, problem->lineno,
                       problem->offset, problem->end_lineno, problem->end_offset, text);
    if (!problem->has_no_end) return;
    Value exception = error_take(thread), end_lineno = str_intern_c(thread, "end_lineno");
    if (!value_is_error(end_lineno) &&
        object_set_attribute(thread, exception, end_lineno, VALUE_NONE) &&
        object_set_attribute(thread, exception, NAMES(thread)->end_offset, VALUE_NONE))
        error_restore(thread, exception);
}

char *syntax_file_line(const char *path, int lineno, size_t *size) {
    FILE *file = lineno > 0 ? fopen(path, "rb") : NULL;
    if (file == NULL) return NULL;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length = -1;
    for (int i = 0; i < lineno; i++) {
        length = getline(&line, &capacity, file);
        if (length < 0) break;
    }
    fclose(file);
    if (length < 0) {
        free(line);
        return NULL;
    }
    if (length >= 2 && line[length - 2] == '\r' && line[length - 1] == '\n')
        line[--length - 1] = '\n';
    if (lineno == 1 && length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
        length -= 3;
        memmove(line, line + 3, (size_t)length);
    }
    *size = (size_t)length > SYNTAX_LINE_LIMIT ? SYNTAX_LINE_LIMIT : (size_t)length;
    return line;
}
