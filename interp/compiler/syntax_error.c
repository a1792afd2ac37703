// syntax_error.c — see syntax_error.h.
#include "compiler/syntax_error.h"

#include "base/text_buffer.h"
#include "objects/str.h"
#include "runtime/errors.h"

const char *syntax_message_format(AstContext *context, const char *format, va_list arguments) {
    TextBuffer buffer = {0};
    text_buffer_append_arguments(&buffer, format, arguments);
    const char *copy = arena_copy_text(context->arena, text_buffer_text(&buffer), buffer.length);
    text_buffer_free(&buffer);
    return copy ? copy : "invalid syntax";
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
}
