// ast_optimize_format.c — "%s-%5r" % (a, b) as an f-string: only %s, %r, %a with the flag `-`, a
// width and a precision of at most two digits; other flags are read and without effect. Source:
// CPython's ast_opt.c, optimize_format.

#include "compiler/ast_optimize_internal.h"

#include <stdio.h>

#include "objects/str.h"
#include "runtime/errors.h"

static const AstPosition nowhere = {-1, -1, -1, -1};

typedef struct {
    Compilation *compilation;
    const Str *format;
    uint64_t position;
} FormatReader;

// The text up to the next field as a constant node; NULL when there is none (or, with an exception
// pending, on failure).
static AstExpression *read_literal(FormatReader *reader) {
    AstContext *context = reader->compilation->ast;
    StrBuilder builder;
    str_builder_start(&builder, context->thread);
    uint64_t start = reader->position;
    while (reader->position < reader->format->length) {
        uint32_t character = str_at(reader->format, reader->position);
        if (character == '%') {
            if (reader->position + 1 == reader->format->length ||
                str_at(reader->format, reader->position + 1) != '%')
                break;
            reader->position++;
        }
        reader->position++;
        if (!str_builder_append_character(&builder, character)) return NULL;
    }
    if (reader->position == start) return NULL;
    Value text = str_builder_finish(&builder);
    if (value_is_error(text) || !ast_keep(context, text)) return NULL;
    AstExpression *literal = ast_expression_new(context, AST_CONSTANT, nowhere);
    if (literal != NULL) literal->constant = (AstConstant){text, VALUE_ABSENT};
    return literal;
}

// The next character, 0 at the end.
static uint32_t next_character(FormatReader *reader) {
    if (reader->position == reader->format->length) return 0;
    return str_at(reader->format, reader->position++);
}

// A number of at most two digits into *number; false if it has more or the format ends.
static bool read_number(FormatReader *reader, uint32_t *character, int *number) {
    enum { MAX_DIGITS = 3 };
    *number = 0;
    for (int digits = 0; *character >= '0' && *character <= '9';) {
        *number = *number * 10 + (int)(*character - '0');
        *character = next_character(reader);
        if (*character == 0 || ++digits >= MAX_DIGITS) return false;
    }
    return true;
}

typedef struct {
    uint32_t conversion;
    bool left;
    int width, precision; // -1: none
} Field;

// False when the field is none of those that can be expressed.
static bool read_field(FormatReader *reader, Field *field) {
    *field = (Field){.width = -1, .precision = -1};
    uint32_t character;
    for (;;) {
        character = next_character(reader);
        if (character == '-')
            field->left = true;
        else if (character != '+' && character != ' ' && character != '#' && character != '0')
            break;
    }
    if (character >= '0' && character <= '9' && !read_number(reader, &character, &field->width))
        return false;
    if (character == '.') {
        character = next_character(reader);
        if (!read_number(reader, &character, &field->precision)) return false;
    }
    field->conversion = character;
    return character == 's' || character == 'r' || character == 'a';
}

static AstExpression *make_field(FormatReader *reader, const Field *field,
                                 AstExpression *argument) {
    AstContext *context = reader->compilation->ast;
    AstExpression *value = ast_expression_new(context, AST_FORMATTED_VALUE, argument->position);
    if (value == NULL) return NULL;
    value->formatted_value =
        (AstFormattedValue){.value = argument, .conversion = (int)field->conversion};
    char text[32];
    int length = 0;
    if (!field->left && field->width > 0) text[length++] = '>';
    if (field->width >= 0)
        length += snprintf(text + length, sizeof text - (size_t)length, "%d", field->width);
    if (field->precision >= 0)
        length += snprintf(text + length, sizeof text - (size_t)length, ".%d", field->precision);
    if (length == 0) return value;
    Value specification = str_from_utf8(context->thread, text, (size_t)length);
    AstExpression *constant = ast_expression_new(context, AST_CONSTANT, nowhere);
    if (constant == NULL || value_is_error(specification) || !ast_keep(context, specification))
        return NULL;
    constant->constant = (AstConstant){specification, VALUE_ABSENT};
    value->formatted_value.format_spec = constant;
    return value;
}

bool fold_format(Compilation *compilation, AstExpression *expression, Value format,
                 AstExpressions elements) {
    FormatReader reader = {compilation, value_as_str(format), 0};
    AstExpressions parts = {0};
    parts.items =
        compilation_allocate(compilation, (elements.count * 2 + 1) * sizeof(AstExpression *));
    if (parts.items == NULL) return false;
    size_t used = 0;
    for (;;) {
        AstExpression *literal = read_literal(&reader);
        if (literal != NULL)
            parts.items[parts.count++] = literal;
        else if (error_is_pending(compilation->thread))
            return false;
        if (reader.position >= reader.format->length) break;
        if (used >= elements.count) return true;
        reader.position++; // the %
        Field field;
        if (!read_field(&reader, &field)) return true;
        AstExpression *part = make_field(&reader, &field, elements.items[used++]);
        if (part == NULL) return false;
        parts.items[parts.count++] = part;
    }
    if (used < elements.count) return true;
    expression->kind = AST_JOINED_STR;
    expression->joined_str = (AstJoinedStr){parts};
    return true;
}
