// parser_grammar.h — the grammar of parser_grammar.inc as a structure that can be interpreted. It
// is read anew for each syntax error, so that a program without one pays nothing for it.
#pragma once

#include "base/arena.h"
#include "compiler/lexer.h"

typedef enum {
    ITEM_TOKEN,        // 'token' or a token kind
    ITEM_WORD,         // a soft keyword
    ITEM_SOFT_KEYWORD, // any of them
    ITEM_RULE,
    ITEM_GROUP,
    ITEM_OPTIONAL,
    ITEM_REPEAT, // `minimum` 0 or 1
    ITEM_GATHER, // one or more, separated
    ITEM_AHEAD,
    ITEM_NOT_AHEAD,
    ITEM_FORCED, // a token that must be there
    ITEM_CUT,
} GrammarItemType;

typedef struct GrammarItem GrammarItem;
typedef struct GrammarAlternative GrammarAlternative;

struct GrammarItem {
    GrammarItem *next; // in its alternative
    GrammarItemType type;
    int capture; // 0 none, 1 `a`, 2 `b`
    int minimum;
    TokenKind token;
    const char *word;
    size_t word_size;
    int rule;
    GrammarAlternative *group;
    GrammarItem *inner;     // what is optional, repeated, gathered or looked at
    GrammarItem *separator; // of ITEM_GATHER
};

typedef enum {
    ACTION_NONE,
    ACTION_AT,
    ACTION_RANGE,
    ACTION_FROM,
    ACTION_LAST,
    ACTION_NEXT,
    ACTION_INDENT,
    ACTION_DO,
} GrammarActionType;

struct GrammarAlternative {
    GrammarAlternative *next;
    GrammarItem *items;
    GrammarActionType action;
    const char *message; // NUL-ended; of ACTION_DO its name
};

typedef struct {
    const char *name;
    size_t name_size;
    bool memoised;
    bool invalid; // a mistake
    GrammarAlternative *alternatives;
} GrammarRule;

enum { GRAMMAR_MAX_RULES = 320 };

typedef struct {
    GrammarRule rules[GRAMMAR_MAX_RULES];
    int count;
} Grammar;

// Reads the grammar. NULL when there is no memory.
Grammar *grammar_read(Arena *arena);

// Index of a rule by name; -1 if there is none.
int grammar_rule_find(const Grammar *grammar, const char *name, size_t size);
