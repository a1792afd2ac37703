// parser_literals.c — identifiers and numbers. Each identifier of a source text is interned once:
// a table by its bytes spares the object layer the rest.
#include <stdlib.h>
#include <string.h>

#include "base/float_text.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "compiler/parser_internal.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "runtime/errors.h"

enum { FIRST_NAME_CAPACITY = 64, NAME_GROWTH = 4 };
#define HASH_FACTOR UINT64_C(0x9e3779b97f4a7c15)

static uint64_t load_word(const char *text, size_t size) {
    uint64_t word = 0;
    memcpy(&word, text, size);
    return word;
}

// By words; the last two of a long text overlap.
static uint64_t hash_text(const char *text, size_t size) {
    uint64_t hash = size;
    if (size >= 8) {
        for (size_t i = 0; i + 8 < size; i += 8)
            hash = (hash ^ load_word(text + i, 8)) * HASH_FACTOR, hash ^= hash >> 32;
        hash ^= load_word(text + size - 8, 8);
    } else if (size >= 4) {
        hash ^= load_word(text, 4) << 32 ^ load_word(text + size - 4, 4) << 8;
    } else {
        for (size_t i = 0; i < size; i++) hash = hash << 8 ^ (unsigned char)text[i];
    }
    hash *= HASH_FACTOR;
    return hash ^ hash >> 32;
}

// The entry of a text with that hash, or the free one where it belongs.
static ParserName *find_name(ParserName *names, size_t capacity, const char *text, size_t size,
                             uint64_t hash) {
    for (size_t i = hash;; i++) {
        ParserName *entry = &names[i & (capacity - 1)];
        if (entry->text == NULL ||
            (entry->hash == hash && entry->size == size && memcmp(entry->text, text, size) == 0))
            return entry;
    }
}

static bool grow_names(Parser *parser) {
    size_t capacity =
        parser->name_capacity ? parser->name_capacity * NAME_GROWTH : FIRST_NAME_CAPACITY;
    ParserName *names = calloc(capacity, sizeof *names);
    if (names == NULL) {
        raise_memory_error(parser->context->thread);
        return false;
    }
    for (size_t i = 0; i < parser->name_capacity; i++) {
        ParserName *old = &parser->names[i];
        if (old->text != NULL) *find_name(names, capacity, old->text, old->size, old->hash) = *old;
    }
    free(parser->names);
    parser->names = names;
    parser->name_capacity = capacity;
    return true;
}

// The str of an identifier: NFKC-normalised when it is not ASCII (PEP 3131).
static Value make_name(Parser *parser, const char *text, size_t size) {
    Thread *thread = parser->context->thread;
    if (utf8_is_ascii(text, size)) return str_intern_utf8(thread, text, size);
    Value name = str_from_utf8(thread, text, size);
    if (!value_is_error(name)) {
        const Str *str = value_as_str(name);
        size_t count;
        uint32_t *normal =
            unicode_normalize(UNICODE_NFKC, str->data, str_kind(str), str->length, &count);
        if (normal == NULL) return raise_memory_error(thread);
        name = str_from_kind(thread, 4, normal, count);
        free(normal);
    }
    return value_is_error(name) ? name : str_intern(thread, name);
}

Value parser_intern(Parser *parser, const char *text, size_t size) {
    if ((parser->name_count + 1) * 4 > parser->name_capacity * 3 && !grow_names(parser)) {
        parser_fail_raised(parser);
        return VALUE_ABSENT;
    }
    uint64_t hash = hash_text(text, size);
    ParserName *entry = find_name(parser->names, parser->name_capacity, text, size, hash);
    if (entry->text != NULL) return entry->name;
    Value name = make_name(parser, text, size);
    const char *copy = arena_copy(parser->context->arena, text, size + (size == 0));
    if (value_is_error(name) || value_is_error(parser_keep(parser, name)) || copy == NULL) {
        parser_fail_raised(parser);
        return VALUE_ABSENT;
    }
    *entry = (ParserName){copy, size, hash, name};
    parser->name_count++;
    return name;
}

Value parser_keep(Parser *parser, Value value) {
    if (value_is_error(value) || !ast_keep(parser->context, value)) {
        parser_fail_raised(parser);
        return VALUE_ERROR;
    }
    return value;
}

Value parser_identifier(Parser *parser) {
    if (parser_peek(parser) != TOKEN_NAME) return VALUE_ABSENT;
    const Token *token = parser_token(parser);
    parser->position++;
    return parser_intern(parser, token->start, (size_t)(token->end - token->start));
}

AstExpression *parse_name(Parser *parser) {
    AstPosition start = parser_start(parser);
    Value name = parser_identifier(parser);
    if (value_is_absent(name)) return NULL;
    AstExpression *node = parser_node(parser, AST_NAME, parser_finish(parser, start));
    if (node) node->name = (AstName){name, AST_LOAD};
    return node;
}

// Copies a number without its underscores, NUL behind it. The caller frees it if it is not `small`.
static char *copy_digits(const char *text, size_t *size, char *small, size_t small_size) {
    char *copy = *size < small_size ? small : malloc(*size + 1);
    if (copy == NULL) return NULL;
    size_t count = 0;
    for (size_t i = 0; i < *size; i++)
        if (text[i] != '_') copy[count++] = text[i];
    copy[count] = '\0';
    *size = count;
    return copy;
}

static Value number_value(Parser *parser, const char *text, size_t size) {
    Thread *thread = parser->context->thread;
    if (size > 2 && text[0] == '0') {
        switch (text[1] | 0x20) {
        case 'x': return int_from_text(thread, text + 2, size - 2, 16);
        case 'o': return int_from_text(thread, text + 2, size - 2, 8);
        case 'b': return int_from_text(thread, text + 2, size - 2, 2);
        default: break;
        }
    }
    bool imaginary = (text[size - 1] | 0x20) == 'j';
    if (!imaginary && strpbrk(text, ".eE") == NULL) return int_from_text(thread, text, size, 10);
    double number = 0;
    size_t length = size - imaginary;
    (void)float_text_parse(text, length, &number);
    return imaginary ? complex_new(thread, 0.0, number) : float_new(thread, number);
}

// Decimal ints have a limit on their digits (sys.set_int_max_str_digits); 0 is none.
static bool exceeds_limit(Parser *parser, const char *text, size_t size) {
    int limit = parser->context->thread->runtime->int_digit_limit;
    return limit > 0 && size > (size_t)limit && strspn(text, "0123456789") == size;
}

static AstExpression *fail_limit(Parser *parser, size_t size, AstPosition position) {
    position.col_offset = position.end_col_offset = -1;
    return parser_fail_at(parser, position,
                          "Exceeds the limit (%d digits) for integer string conversion: value has "
                          "%zu digits; use sys.set_int_max_str_digits() to increase the limit - "
                          "Consider hexadecimal for huge integer literals to avoid decimal "
                          "conversion limits.",
                          parser->context->thread->runtime->int_digit_limit, size);
}

AstExpression *parse_number(Parser *parser) {
    AstPosition start = parser_start(parser);
    const Token *token = parser_token(parser);
    size_t size = (size_t)(token->end - token->start);
    char small[64];
    char *digits = copy_digits(token->start, &size, small, sizeof small);
    parser->position++;
    AstPosition position = parser_finish(parser, start);
    bool too_long = digits != NULL && exceeds_limit(parser, digits, size);
    Value value = VALUE_ERROR;
    if (digits == NULL)
        raise_memory_error(parser->context->thread);
    else if (!too_long)
        value = number_value(parser, digits, size);
    if (digits != small) free(digits);
    if (too_long) return fail_limit(parser, size, position);
    if (value_is_error(parser_keep(parser, value))) return NULL;
    return parser_constant_node(parser, value, position);
}
