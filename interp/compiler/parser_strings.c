// parser_strings.c — string literals: escapes, f-strings, and the merging of neighbours.
//
// Adjacent literals are one expression. Without an f-string among them it is a Constant; with one
// it is a JoinedStr in which neighbouring texts are joined and empty ones dropped.
#include <stdio.h>
#include <string.h>

#include "base/text_buffer.h"
#include "base/unicode_names.h"
#include "base/utf8.h"
#include "compiler/lexer_internal.h"
#include "compiler/parser_internal.h"
#include "objects/bytes.h"
#include "objects/str.h"
#include "runtime/errors.h"

// What a literal's quotes enclose.
typedef struct {
    const char *text;
    size_t size;
    bool raw;
    bool bytes;
    bool u_prefix;
} StringParts;

static StringParts split_string(const Token *token) {
    StringParts parts = {.text = token->start};
    parts.u_prefix = *parts.text == 'u';
    for (; *parts.text != '"' && *parts.text != '\''; parts.text++) {
        char c = (char)(*parts.text | 0x20);
        if (c == 'r') parts.raw = true;
        if (c == 'b') parts.bytes = true;
    }
    size_t size = (size_t)(token->end - parts.text);
    size_t quotes =
        size >= 6 && parts.text[1] == parts.text[0] && parts.text[2] == parts.text[0] ? 3 : 1;
    parts.text += quotes;
    parts.size = size - 2 * quotes;
    parts.raw = parts.raw || memchr(parts.text, '\\', parts.size) == NULL;
    return parts;
}

// An escape being decoded. `column` counts what CPython's decoder sees, where a character outside
// of ASCII stands as a ten-byte escape; only messages need it.
typedef struct {
    Parser *parser;
    const char *cursor;
    const char *end;
    size_t column;
    TextBuffer out;
    AstPosition position;
} EscapeReader;

// An f-string's texts are decoded behind the literals in its fields, so that ends do not only grow.
static bool has_warned(const Parser *parser, const char *end) {
    for (size_t i = parser->warned.count; i-- > 0;)
        if (parser->warned.items[i] == (uintptr_t)end) return true;
    return false;
}

// Warns of an escape at the cursor, once a literal and not again when it is parsed again. False
// with a problem where warnings are errors.
static bool warn_escape(EscapeReader *reader, const char *format, int size, const char *escape) {
    Parser *parser = reader->parser;
    Lexer *lexer = &parser->lexer;
    if ((parser->reparsing && !parser->may_warn) || has_warned(parser, reader->end)) return true;
    if (!words_push(&parser->warned, (uintptr_t)reader->end)) {
        raise_memory_error(parser->context->thread);
        parser_fail_raised(parser);
        return false;
    }
    if (lexer->filename == NULL) return true;
    char message[64];
    snprintf(message, sizeof message, format, size, escape);
    switch (
        syntax_warn(parser->context->thread, lexer->filename, reader->position.lineno, message)) {
    case WARNING_GIVEN: return true;
    case WARNING_IS_ERROR: parser_fail_at(parser, reader->position, "%s", message); return false;
    default: parser_fail_raised(parser); return false;
    }
}

static bool fail_escape(EscapeReader *reader, size_t size, const char *reason) {
    parser_fail_at(reader->parser, reader->position,
                   "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: "
                   "%s",
                   reader->column, reader->column + size - 1, reason);
    return false;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Reads \xXX, \uXXXX or \UXXXXXXXX; the cursor is behind the letter.
static bool read_hex_escape(EscapeReader *reader, int digits, const char *reason) {
    uint32_t c = 0;
    int count = 0;
    for (; count < digits && reader->cursor < reader->end && hex_digit(*reader->cursor) >= 0;
         count++)
        c = c << 4 | (uint32_t)hex_digit(*reader->cursor++);
    if (count < digits) return fail_escape(reader, (size_t)count + 2, reason);
    if (c > UTF8_MAX_CODE_POINT)
        return fail_escape(reader, (size_t)count + 2, "illegal Unicode character");
    text_buffer_append_code_point(&reader->out, c);
    reader->column += (size_t)digits + 2;
    return true;
}

// What CPython's decoder sees of a text, as `column` counts.
static size_t decoder_columns(const char *text, const char *end) {
    size_t columns = 0;
    for (const char *c = text; c < end; c++) {
        unsigned char byte = (unsigned char)*c;
        columns += byte < 0x80 ? 1 : byte >= 0xC0 ? 10 : 0;
    }
    return columns;
}

// Reads \N{NAME}; the cursor is behind the letter.
static bool read_named_escape(EscapeReader *reader) {
    if (reader->cursor == reader->end || *reader->cursor != '{')
        return fail_escape(reader, 2, "malformed \\N character escape");
    const char *close = memchr(reader->cursor, '}', (size_t)(reader->end - reader->cursor));
    const char *name = reader->cursor + 1, *end = close ? close : reader->end;
    size_t columns = decoder_columns(reader->cursor, end);
    if (close == NULL || end == name)
        return fail_escape(reader, columns + 2, "malformed \\N character escape");
    uint32_t c;
    if (!unicode_names_find(name, (size_t)(end - name), &c))
        return fail_escape(reader, columns + 3, "unknown Unicode character name");
    text_buffer_append_code_point(&reader->out, c);
    reader->cursor = close + 1;
    reader->column += columns + 3;
    return true;
}

// The cursor is at the first digit.
static bool read_octal_escape(EscapeReader *reader, bool bytes) {
    const char *start = reader->cursor;
    unsigned c = 0;
    while (reader->cursor < reader->end && reader->cursor < start + 3 && *reader->cursor >= '0' &&
           *reader->cursor <= '7')
        c = c << 3 | (unsigned)(*reader->cursor++ - '0');
    if (c > 0377 && !warn_escape(reader, "invalid octal escape sequence '\\%.*s'", 3, start))
        return false;
    if (bytes)
        text_buffer_append_byte(&reader->out, (char)c);
    else
        text_buffer_append_code_point(&reader->out, c);
    reader->column += (size_t)(reader->cursor - start) + 1;
    return true;
}

// The byte that a one-letter escape stands for; -1 if there is none.
static int simple_escape(char c) {
    switch (c) {
    case '\\':
    case '\'':
    case '"': return c;
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return -1;
    }
}

// Reads an escape of a str; the cursor is behind the backslash.
static bool read_escape(EscapeReader *reader) {
    if (reader->cursor == reader->end || (unsigned char)*reader->cursor >= 0x80) {
        // In an f-string a backslash before a brace stands for itself; before a character outside
        // of ASCII it does too.
        text_buffer_append_byte(&reader->out, '\\');
        reader->column += 6;
        return true;
    }
    char c = *reader->cursor;
    int simple = simple_escape(c);
    if (c >= '0' && c <= '7') return read_octal_escape(reader, false);
    reader->cursor++;
    switch (c) {
    case '\n': reader->column += 2; return true;
    case 'x': return read_hex_escape(reader, 2, "truncated \\xXX escape");
    case 'u': return read_hex_escape(reader, 4, "truncated \\uXXXX escape");
    case 'U': return read_hex_escape(reader, 8, "truncated \\UXXXXXXXX escape");
    case 'N': return read_named_escape(reader);
    default: break;
    }
    if (simple < 0) {
        bool is_ascii = (unsigned char)c < 0x80; // CPython does not notice others
        // Before the second of two braces, in an f-string, the lexer has warned.
        bool is_doubled =
            (c == '{' || c == '}') && reader->cursor == reader->end && *reader->end == c;
        if (is_ascii && !is_doubled &&
            !warn_escape(reader, "invalid escape sequence '\\%.*s'", 1, reader->cursor - 1))
            return false;
        text_buffer_append_byte(&reader->out, '\\');
        simple = c;
    }
    text_buffer_append_byte(&reader->out, (char)simple);
    reader->column += 2;
    return true;
}

static bool read_escapes(EscapeReader *reader) {
    while (reader->cursor < reader->end) {
        const char *backslash =
            memchr(reader->cursor, '\\', (size_t)(reader->end - reader->cursor));
        const char *stop = backslash ? backslash : reader->end;
        reader->column += decoder_columns(reader->cursor, stop);
        text_buffer_append(&reader->out, reader->cursor, (size_t)(stop - reader->cursor));
        reader->cursor = stop;
        if (backslash == NULL) break;
        reader->cursor++;
        if (!read_escape(reader)) return false;
    }
    return true;
}

// The bytes come from the source, which may hold anything when it was not a file. In a literal with
// escapes CPython decodes each run of characters outside of ASCII by itself.
static bool check_utf8(Parser *parser, const char *text, size_t size, bool raw,
                       AstPosition position) {
    if (utf8_is_ascii(text, size)) return true;
    const char *message = lexer_describe_utf8_error(parser->context, text, size, text);
    if (message == NULL) return true;
    for (const char *c = text, *run = text; !raw && c < text + size; c = run) {
        while (c < text + size && (unsigned char)*c < 0x80) c++;
        for (run = c; run < text + size && (unsigned char)*run >= 0x80;) run++;
        const char *found = lexer_describe_utf8_error(parser->context, c, (size_t)(run - c), c);
        if (found != NULL) {
            message = found;
            break;
        }
    }
    parser_fail_at(parser, position, "%s", message);
    return false;
}

static AstPosition token_position(const Token *token) {
    return (AstPosition){token->lineno, token->col_offset, token->end_lineno,
                         token->end_col_offset};
}

// Result: VALUE_ERROR with a problem.
static Value decode_text(Parser *parser, const char *text, size_t size, bool raw,
                         AstPosition position) {
    raw = raw || memchr(text, '\\', size) == NULL;
    if (!check_utf8(parser, text, size, raw, position)) return VALUE_ERROR;
    Thread *thread = parser->context->thread;
    if (raw) return parser_keep(parser, str_from_utf8(thread, text, size));
    EscapeReader reader = {
        .parser = parser, .cursor = text, .end = text + size, .position = position};
    Value value = VALUE_ERROR;
    if (read_escapes(&reader)) {
        value = reader.out.failed
                    ? raise_memory_error(thread)
                    : str_from_utf8(thread, text_buffer_text(&reader.out), reader.out.length);
        value = parser_keep(parser, value);
    }
    text_buffer_free(&reader.out);
    return value;
}

// Reads the escapes of bytes. False with a problem.
static bool read_bytes_escapes(EscapeReader *reader, const char *start) {
    while (reader->cursor < reader->end) {
        char c = *reader->cursor++;
        if (c != '\\') {
            text_buffer_append_byte(&reader->out, c);
            continue;
        }
        c = *reader->cursor;
        if (c >= '0' && c <= '7') {
            if (!read_octal_escape(reader, true)) return false;
            continue;
        }
        reader->cursor++;
        int simple = simple_escape(c);
        if (c == 'x') {
            int high = reader->cursor < reader->end ? hex_digit(*reader->cursor) : -1;
            int low = reader->cursor + 1 < reader->end ? hex_digit(reader->cursor[1]) : -1;
            if (high < 0 || low < 0) {
                parser_fail_at(reader->parser, reader->position,
                               "(value error) invalid \\x escape at position %d",
                               (int)(reader->cursor - 2 - start));
                return false;
            }
            reader->cursor += 2;
            text_buffer_append_byte(&reader->out, (char)(high << 4 | low));
        } else if (simple >= 0) {
            text_buffer_append_byte(&reader->out, (char)simple);
        } else if (c != '\n') {
            if (!warn_escape(reader, "invalid escape sequence '\\%.*s'", 1, reader->cursor - 1))
                return false;
            text_buffer_append_byte(&reader->out, '\\');
            text_buffer_append_byte(&reader->out, c);
        }
    }
    return true;
}

static Value decode_bytes(Parser *parser, const StringParts *parts, AstPosition position) {
    Thread *thread = parser->context->thread;
    if (!utf8_is_ascii(parts->text, parts->size)) {
        parser_fail_at(parser, position, "bytes can only contain ASCII literal characters");
        return VALUE_ERROR;
    }
    if (parts->raw) return parser_keep(parser, bytes_new(thread, parts->text, parts->size));
    EscapeReader reader = {.parser = parser,
                           .cursor = parts->text,
                           .end = parts->text + parts->size,
                           .position = position};
    Value value = VALUE_ERROR;
    if (read_bytes_escapes(&reader, parts->text)) {
        value = reader.out.failed
                    ? raise_memory_error(thread)
                    : bytes_new(thread, text_buffer_text(&reader.out), reader.out.length);
        value = parser_keep(parser, value);
    }
    text_buffer_free(&reader.out);
    return value;
}

// A STRING token.
static AstExpression *parse_string_token(Parser *parser) {
    const Token *token = parser_token(parser);
    parser->position++;
    StringParts parts = split_string(token);
    AstPosition position = token_position(token);
    Value value = parts.bytes ? decode_bytes(parser, &parts, position)
                              : decode_text(parser, parts.text, parts.size, parts.raw, position);
    if (value_is_error(value)) return NULL;
    AstExpression *node = parser_constant_node(parser, value, position);
    if (node != NULL && parts.u_prefix) {
        node->constant.kind = parser_intern(parser, "u", 1);
        if (value_is_absent(node->constant.kind)) return NULL;
    }
    return node;
}

// Merging.

static bool is_empty_text(const AstExpression *node) {
    return node->kind == AST_CONSTANT && value_as_str(node->constant.value)->length == 0;
}

// Joins the constants in items[0..count) to one. The first one's prefix counts.
static AstExpression *join_constants(Parser *parser, AstExpression **items, size_t count) {
    if (count == 1) return items[0];
    Thread *thread = parser->context->thread;
    Value *values = ast_allocate(parser->context, count * sizeof *values);
    if (values == NULL) return parser_fail_raised(parser);
    for (size_t i = 0; i < count; i++) values[i] = items[i]->constant.value;
    Value empty = str_from_utf8(thread, "", 0);
    Value joined = value_is_error(empty) ? empty : str_join(thread, empty, values, count);
    if (value_is_error(parser_keep(parser, joined))) return NULL;
    AstExpression *node = parser_constant_node(
        parser, joined, position_join(items[0]->position, items[count - 1]->position));
    if (node) node->constant.kind = items[0]->constant.kind;
    return node;
}

// Replaces JoinedStr nodes among the items above `base` on the scratch stack by their values.
static AstExpression **flatten(Parser *parser, size_t base, size_t *count) {
    size_t total = 0;
    for (size_t i = base; i < parser->scratch.count; i++) {
        AstExpression *node = (AstExpression *)(uintptr_t)parser->scratch.items[i];
        total += node->kind == AST_JOINED_STR ? node->joined_str.values.count : 1;
    }
    AstExpression **flat = ast_allocate(parser->context, total * sizeof *flat);
    if (flat == NULL) return parser_fail_raised(parser);
    *count = 0;
    for (size_t i = base; i < parser->scratch.count; i++) {
        AstExpression *node = (AstExpression *)(uintptr_t)parser->scratch.items[i];
        if (node->kind != AST_JOINED_STR) {
            flat[(*count)++] = node;
            continue;
        }
        AstExpressions values = node->joined_str.values;
        if (values.count > 0) memcpy(flat + *count, values.items, values.count * sizeof *flat);
        *count += values.count;
    }
    words_truncate(&parser->scratch, base);
    return flat;
}

// Makes a JoinedStr of the items above `base`: constants joined, empty ones dropped.
static AstExpression *merge_fstring(Parser *parser, size_t base, AstPosition position) {
    size_t count, kept = 0;
    AstExpression **items = flatten(parser, base, &count);
    AstExpression *result = parser_node(parser, AST_JOINED_STR, position);
    if (items == NULL || result == NULL) return NULL;
    for (size_t i = 0; i < count;) {
        if (items[i]->kind != AST_CONSTANT) {
            items[kept++] = items[i++];
            continue;
        }
        size_t end = i;
        while (end < count && items[end]->kind == AST_CONSTANT) end++;
        AstExpression *joined = join_constants(parser, items + i, end - i);
        if (joined == NULL) return NULL;
        if (!is_empty_text(joined)) items[kept++] = joined;
        i = end;
    }
    result->joined_str.values = (AstExpressions){kept, items};
    return result;
}

// Joins the bytes literals above `base`.
static AstExpression *merge_bytes(Parser *parser, size_t base, AstPosition position) {
    TextBuffer joined = {0};
    AstExpression *first = (AstExpression *)(uintptr_t)parser->scratch.items[base];
    for (size_t i = base; i < parser->scratch.count; i++) {
        AstExpression *node = (AstExpression *)(uintptr_t)parser->scratch.items[i];
        const unsigned char *data;
        size_t size;
        if (bytes_view(node->constant.value, &data, &size))
            text_buffer_append(&joined, (const char *)data, size);
    }
    words_truncate(&parser->scratch, base);
    Thread *thread = parser->context->thread;
    Value value = joined.failed ? raise_memory_error(thread)
                                : bytes_new(thread, text_buffer_text(&joined), joined.length);
    text_buffer_free(&joined);
    if (value_is_error(parser_keep(parser, value))) return NULL;
    AstExpression *node = parser_constant_node(parser, value, position);
    if (node) node->constant.kind = first->constant.kind;
    return node;
}

AstExpression *parse_strings(Parser *parser) {
    AstPosition start = parser_start(parser);
    size_t base = parser->scratch.count;
    bool bytes_found = false, text_found = false, fstring_found = false;
    for (;;) {
        TokenKind kind = parser_peek(parser);
        if (kind == TOKEN_COUNT) return NULL;
        if (kind != TOKEN_STRING && kind != TOKEN_FSTRING_START) break;
        AstExpression *node =
            kind == TOKEN_STRING ? parse_string_token(parser) : parse_fstring(parser);
        if (node == NULL || !parser_push(parser, node)) return NULL;
        bool bytes = kind == TOKEN_STRING && !value_is_str(node->constant.value);
        bytes_found |= bytes;
        text_found |= !bytes;
        fstring_found |= kind == TOKEN_FSTRING_START;
    }
    if (bytes_found && text_found)
        return parser_fail_at_last_token(parser, "cannot mix bytes and nonbytes literals");
    AstPosition position = parser_finish(parser, start);
    if (fstring_found) return merge_fstring(parser, base, position);
    size_t count = parser->scratch.count - base;
    AstExpression *first = (AstExpression *)(uintptr_t)parser->scratch.items[base];
    if (count == 1) {
        words_truncate(&parser->scratch, base);
        return first;
    }
    if (bytes_found) return merge_bytes(parser, base, position);
    AstExpression **items = flatten(parser, base, &count);
    return items ? join_constants(parser, items, count) : NULL;
}

// Replacement fields.

// A text of an f-string. Its escapes are decoded only when the end of the f-string has been read,
// because there CPython reports what is wrong with them.
typedef struct {
    AstExpression node; // the Constant
    const char *text;
    size_t size;
} PendingText;

static bool push_pending(Parser *parser, const char *text, size_t size, AstPosition position) {
    PendingText *pending = ast_allocate(parser->context, sizeof *pending);
    if (pending == NULL) {
        parser_fail_raised(parser);
        return false;
    }
    *pending = (PendingText){{.kind = AST_CONSTANT, .position = position}, text, size};
    return parser_push(parser, &pending->node);
}

// What a `=` in a replacement field repeats: the source of the expression. CPython 3.12 drops
// everything from a # to the end of its line, even inside a string. NULL without memory.
static const char *debug_text(Parser *parser, const char *start, const char *end, size_t *size) {
    char *copy = ast_allocate(parser->context, (size_t)(end - start) + 1);
    if (copy == NULL) return parser_fail_raised(parser);
    *size = 0;
    for (const char *c = start; c < end; c++) {
        if (*c == '#') {
            while (c < end && *c != '\n') c++;
            if (c == end) break;
        }
        copy[(*size)++] = *c;
    }
    return copy;
}

// Pushes the text that a `=` repeats. In a format specification it is taken as it is.
static bool push_debug_text(Parser *parser, const char *start, const char *end, bool pending,
                            AstPosition position) {
    size_t size = 0;
    const char *text = debug_text(parser, start, end, &size);
    if (text == NULL) return false;
    if (pending) return push_pending(parser, text, size, position);
    Value value = decode_text(parser, text, size, true, position);
    if (value_is_error(value)) return false;
    AstExpression *node = parser_constant_node(parser, value, position);
    return node != NULL && parser_push(parser, node);
}

// '!' NAME. Result: the character, -1 when there is no conversion, 0 with a failure.
static int parse_conversion(Parser *parser) {
    if (parser_peek(parser) != TOKEN_EXCLAMATION) return -1;
    Token mark = *parser_token(parser);
    parser->position++;
    if (parser_peek(parser) != TOKEN_NAME) return 0;
    Token name = *parser_token(parser);
    parser->position++;
    AstPosition position = token_position(&name);
    if (mark.end != name.start) {
        // The spelling is CPython 3.12's.
        parser_fail_at(parser, position_join(token_position(&mark), position),
                       "f-string: conversion type must come right after the exclamanation mark");
        return 0;
    }
    size_t size = (size_t)(name.end - name.start);
    if (size == 1 && strchr("sra", *name.start) != NULL) return *name.start;
    parser_fail_at(parser, position,
                   "f-string: invalid conversion character '%.*s': expected 's', 'r', or 'a'",
                   (int)size, name.start);
    return 0;
}

static bool parse_field(Parser *parser, bool in_spec);

// ':' and the parts of a format specification up to the '}'.
static AstExpression *parse_format_spec(Parser *parser) {
    AstPosition start = parser_start(parser);
    size_t base = parser->scratch.count;
    parser->position++;
    for (;;) {
        TokenKind kind = parser_peek(parser);
        if (kind == TOKEN_FSTRING_MIDDLE) {
            const Token *token = parser_token(parser);
            AstPosition position = token_position(token);
            parser->position++;
            Value text = decode_text(parser, token->start, (size_t)(token->end - token->start),
                                     false, position);
            if (value_is_error(text)) return NULL;
            AstExpression *node = parser_constant_node(parser, text, position);
            if (node == NULL || !parser_push(parser, node)) return NULL;
        } else if (kind == TOKEN_LEFT_BRACE) {
            if (!parse_field(parser, true)) return NULL;
        } else {
            break;
        }
    }
    if (parser_peek(parser) == TOKEN_COUNT) return NULL;
    return merge_fstring(parser, base, parser_finish(parser, start));
}

// Parses '{' ... '}' and pushes the resulting items on the scratch stack: with `=` a text before
// the value.
static bool parse_field(Parser *parser, bool in_spec) {
    if (!parser_has_room(parser)) return false;
    AstPosition start = parser_start(parser);
    const char *source = parser_token(parser)->end;
    parser->position++;
    AstExpression *value = parse_annotated_rhs(parser);
    if (value == NULL) return false;
    bool debug = parser_accept(parser, TOKEN_EQUAL);
    if (parser_peek(parser) == TOKEN_COUNT) return false;
    const Token *next = parser_token(parser);
    const char *source_end = next->start;
    AstPosition text_position = {start.lineno, start.col_offset + 1, next->lineno,
                                 next->col_offset};
    int conversion = parse_conversion(parser);
    AstExpression *spec = NULL;
    if (conversion == 0 ||
        (parser_peek(parser) == TOKEN_COLON && (spec = parse_format_spec(parser)) == NULL))
        return false;
    if (!parser_accept(parser, TOKEN_RIGHT_BRACE)) return false;
    if (debug) {
        if (!push_debug_text(parser, source, source_end, !in_spec, text_position)) return false;
        if (conversion == -1 && spec == NULL) conversion = 'r';
    }
    AstExpression *node = parser_node(parser, AST_FORMATTED_VALUE, parser_finish(parser, start));
    if (node == NULL) return false;
    node->formatted_value = (AstFormattedValue){value, conversion, spec};
    return parser_push(parser, node);
}

// Decodes the pending texts above `base` and drops those that are empty.
static bool decode_pending(Parser *parser, size_t base, bool raw) {
    AstPosition end = token_position(&parser->tokens.items[parser->position - 1]);
    size_t kept = base;
    for (size_t i = base; i < parser->scratch.count; i++) {
        AstExpression *node = (AstExpression *)(uintptr_t)parser->scratch.items[i];
        if (node->kind == AST_CONSTANT) {
            const PendingText *pending = (PendingText *)node;
            node->constant.value = decode_text(parser, pending->text, pending->size, raw, end);
            if (value_is_error(node->constant.value)) return false;
            if (is_empty_text(node)) continue;
        }
        parser->scratch.items[kept++] = (uint64_t)(uintptr_t)node;
    }
    words_truncate(&parser->scratch, kept);
    return true;
}

AstExpression *parse_fstring(Parser *parser) {
    AstPosition start = parser_start(parser);
    bool raw = parser_token(parser)->raw;
    size_t base = parser->scratch.count;
    parser->position++;
    for (;;) {
        TokenKind kind = parser_peek(parser);
        if (kind == TOKEN_LEFT_BRACE) {
            if (!parse_field(parser, false)) return NULL;
        } else if (kind == TOKEN_FSTRING_MIDDLE) {
            const Token *token = parser_token(parser);
            parser->position++;
            if (!push_pending(parser, token->start, (size_t)(token->end - token->start),
                              token_position(token)))
                return NULL;
        } else {
            break;
        }
    }
    if (!parser_accept(parser, TOKEN_FSTRING_END) || !decode_pending(parser, base, raw))
        return NULL;
    AstExpression *node = parser_node(parser, AST_JOINED_STR, parser_finish(parser, start));
    if (node == NULL || !PARSER_COLLECT(parser, base, node->joined_str.values)) return NULL;
    return node;
}
