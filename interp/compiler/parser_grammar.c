// parser_grammar.c — reads the text of parser_grammar.inc. The text is ours: mistakes in it are
// caught by the unit tests, not reported.
#include "compiler/parser_grammar.h"

#include <string.h>

static const char grammar_text[] =
#include "compiler/parser_grammar.inc"
    ;

typedef struct {
    Arena *arena;
    Grammar *grammar;
    const char *cursor;
    bool failed; // no memory
} GrammarReader;

static GrammarAlternative *read_alternatives(GrammarReader *reader);
static GrammarItem *read_item(GrammarReader *reader);

static void skip_spaces(GrammarReader *reader) {
    while (*reader->cursor == ' ') reader->cursor++;
}

static bool accept(GrammarReader *reader, char c) {
    skip_spaces(reader);
    if (*reader->cursor != c) return false;
    reader->cursor++;
    return true;
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static const char *read_word(GrammarReader *reader, size_t *size) {
    skip_spaces(reader);
    const char *start = reader->cursor;
    while (is_word(*reader->cursor)) reader->cursor++;
    *size = (size_t)(reader->cursor - start);
    return start;
}

static GrammarItem *new_item(GrammarReader *reader, GrammarItemType type) {
    GrammarItem *item = arena_allocate_zeroed(reader->arena, sizeof *item);
    static GrammarItem none;
    if (item == NULL) {
        reader->failed = true;
        return &none;
    }
    item->type = type;
    return item;
}

static bool same_text(const char *a, size_t size, const char *b) {
    return strlen(b) == size && memcmp(a, b, size) == 0;
}

int grammar_rule_find(const Grammar *grammar, const char *name, size_t size) {
    for (int i = 0; i < grammar->count; i++)
        if (grammar->rules[i].name_size == size && memcmp(grammar->rules[i].name, name, size) == 0)
            return i;
    return -1;
}

// Token kinds that have names instead of texts in the grammar.
static TokenKind named_token(const char *name, size_t size) {
    static const struct {
        const char *name;
        TokenKind kind;
    } names[] = {
#define TOKEN(KIND, text) {#KIND, TOKEN_##KIND},
#include "compiler/tokens.def"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_text(name, size, names[i].name)) return names[i].kind;
    return TOKEN_COUNT;
}

// 'token'; the quote has been read.
static GrammarItem *read_token(GrammarReader *reader) {
    const char *start = reader->cursor;
    while (*reader->cursor != '\'') reader->cursor++;
    size_t size = (size_t)(reader->cursor++ - start);
    GrammarItem *item = new_item(reader, ITEM_TOKEN);
    item->token = TOKEN_COUNT;
    for (int kind = TOKEN_LEFT_PAREN; kind < TOKEN_COUNT; kind++)
        if (same_text(start, size, token_kind_text(kind))) item->token = (TokenKind)kind;
    return item;
}

static GrammarItem *read_named(GrammarReader *reader) {
    size_t size;
    const char *name = read_word(reader, &size);
    if (same_text(name, size, "SOFT_KEYWORD")) return new_item(reader, ITEM_SOFT_KEYWORD);
    if (*name >= 'A' && *name <= 'Z') {
        GrammarItem *item = new_item(reader, ITEM_TOKEN);
        item->token = named_token(name, size);
        return item;
    }
    GrammarItem *item = new_item(reader, ITEM_RULE);
    item->rule = grammar_rule_find(reader->grammar, name, size);
    return item;
}

static GrammarItem *read_primary(GrammarReader *reader) {
    if (accept(reader, '\'')) return read_token(reader);
    if (accept(reader, '<')) {
        GrammarItem *item = new_item(reader, ITEM_WORD);
        item->word = read_word(reader, &item->word_size);
        accept(reader, '>');
        return item;
    }
    if (accept(reader, '(')) {
        GrammarItem *item = new_item(reader, ITEM_GROUP);
        item->group = read_alternatives(reader);
        accept(reader, ')');
        return item;
    }
    if (accept(reader, '[')) {
        GrammarItem *group = new_item(reader, ITEM_GROUP);
        group->group = read_alternatives(reader);
        accept(reader, ']');
        GrammarItem *item = new_item(reader, ITEM_OPTIONAL);
        item->inner = group;
        return item;
    }
    return read_named(reader);
}

static GrammarItem *wrap(GrammarReader *reader, GrammarItemType type, GrammarItem *inner) {
    GrammarItem *item = new_item(reader, type);
    item->inner = inner;
    return item;
}

// A primary with what follows it without a space: ? * + or .item+
static GrammarItem *read_postfix(GrammarReader *reader) {
    GrammarItem *item = read_primary(reader);
    char c = *reader->cursor;
    if (c == '?' || c == '*' || c == '+' || c == '.') reader->cursor++;
    switch (c) {
    case '?': return wrap(reader, ITEM_OPTIONAL, item);
    case '*': return wrap(reader, ITEM_REPEAT, item);
    case '+': {
        GrammarItem *repeat = wrap(reader, ITEM_REPEAT, item);
        repeat->minimum = 1;
        return repeat;
    }
    case '.': {
        GrammarItem *gather = wrap(reader, ITEM_GATHER, read_primary(reader));
        gather->separator = item;
        accept(reader, '+');
        return gather;
    }
    default: return item;
    }
}

static GrammarItem *read_item(GrammarReader *reader) {
    if (accept(reader, '~')) return new_item(reader, ITEM_CUT);
    if (accept(reader, '!')) return wrap(reader, ITEM_NOT_AHEAD, read_postfix(reader));
    if (accept(reader, '&')) {
        bool forced = accept(reader, '&');
        return wrap(reader, forced ? ITEM_FORCED : ITEM_AHEAD, read_postfix(reader));
    }
    skip_spaces(reader);
    int capture = 0;
    if ((*reader->cursor == 'a' || *reader->cursor == 'b') && reader->cursor[1] == '=') {
        capture = *reader->cursor - 'a' + 1;
        reader->cursor += 2;
    }
    GrammarItem *item = read_postfix(reader);
    item->capture = capture;
    return item;
}

// {type a b: message} or {do name}; the brace has been read. It ends at a brace with " |" or " ;"
// behind it: messages have braces too.
static void read_action(GrammarReader *reader, GrammarAlternative *alternative) {
    static const struct {
        const char *name;
        GrammarActionType type;
    } actions[] = {
        {"at", ACTION_AT},     {"range", ACTION_RANGE}, {"from", ACTION_FROM},
        {"last", ACTION_LAST}, {"next", ACTION_NEXT},   {"indent", ACTION_INDENT},
        {"do", ACTION_DO},
    };
    size_t size;
    const char *name = read_word(reader, &size);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (same_text(name, size, actions[i].name)) alternative->action = actions[i].type;
    if (alternative->action != ACTION_DO) {
        while (*reader->cursor != ':') reader->cursor++;
        reader->cursor++;
    }
    skip_spaces(reader);
    const char *start = reader->cursor, *end = start;
    for (;; end++) {
        if (*end != '}') continue;
        const char *behind = end + 1;
        while (*behind == ' ') behind++;
        if (behind > end + 1 && (*behind == '|' || *behind == ';')) break;
    }
    alternative->message = arena_copy_text(reader->arena, start, (size_t)(end - start));
    if (alternative->message == NULL) reader->failed = true;
    reader->cursor = end + 1;
}

static GrammarAlternative *read_alternatives(GrammarReader *reader) {
    GrammarAlternative *first = NULL, **link = &first;
    do {
        GrammarAlternative *alternative = arena_allocate_zeroed(reader->arena, sizeof *alternative);
        if (alternative == NULL) {
            reader->failed = true;
            return first;
        }
        *link = alternative;
        link = &alternative->next;
        GrammarItem **item_link = &alternative->items;
        for (;;) {
            skip_spaces(reader);
            char c = *reader->cursor;
            if (c == '|' || c == ';' || c == ')' || c == ']') break;
            if (c == '{') {
                reader->cursor++;
                read_action(reader, alternative);
                continue;
            }
            *item_link = read_item(reader);
            if (reader->failed) return first;
            item_link = &(*item_link)->next;
        }
    } while (accept(reader, '|'));
    return first;
}

// Registers the names of all rules, so that a rule may use a later one. A rule ends at the only
// semicolon outside of quotes and messages: one with a space before and a name or nothing behind.
static void read_names(GrammarReader *reader) {
    for (const char *c = grammar_text; *c != '\0';) {
        const char *start = c;
        while (is_word(*c)) c++;
        GrammarRule *rule = &reader->grammar->rules[reader->grammar->count++];
        rule->name = start;
        rule->name_size = (size_t)(c - start);
        rule->memoised = *c == '*';
        rule->invalid = rule->name_size > 8 && memcmp(start, "invalid_", 8) == 0;
        while (!(c[0] == ' ' && c[1] == ';' && (is_word(c[2]) || c[2] == '\0'))) c++;
        c += 2;
    }
}

Grammar *grammar_read(Arena *arena) {
    Grammar *grammar = arena_allocate_zeroed(arena, sizeof *grammar);
    if (grammar == NULL) return NULL;
    GrammarReader reader = {.arena = arena, .grammar = grammar};
    read_names(&reader);
    for (int i = 0; i < grammar->count; i++) {
        GrammarRule *rule = &grammar->rules[i];
        reader.cursor = rule->name + rule->name_size + rule->memoised + 1;
        rule->alternatives = read_alternatives(&reader);
    }
    return reader.failed ? NULL : grammar;
}
