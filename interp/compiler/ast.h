// ast.h — the abstract syntax tree: what the parser makes and every later pass of the compiler
// reads and rewrites.
//
// One idea: the node kinds live in ast_nodes.def; this header turns the table into enums and
// structs. A node of a sum type is {kind, position, union}; `expression->bin_op.left` is valid
// exactly when `expression->kind == AST_BIN_OP`.
//
// Invariants:
// - Nodes and sequences are allocated in AstContext.arena and die with it; nodes may be rewritten
// in place.
// - The collector does not scan the arena: every Value stored in a node was passed to ast_keep
// first.
//   (None, True, False, Ellipsis, small ints and flonums are not heap objects and need no keeping.)
// - An optional node is NULL, an optional identifier VALUE_ABSENT, an empty sequence {0, anything}.
// - Positions are those of CPython 3.12: lines from 1, columns from 0 in bytes of the UTF-8 form of
// the line.
// - The tree can be very deep on its left side: `1+1+...` with n terms is n nested BinOp nodes
// whose `left` is
//   the next one, `a.b.c()[0]...` likewise through `value` and `func`; n may be 500,000. The depth
//   of every other kind of nesting is bounded by the C stack of the parser, not by a small number.
//   A pass that recurses must walk the left spine of BinOp, Attribute, Subscript and Call in a loop
//   or check the stack at each level.

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/config.h"
#include "runtime/value.h"

struct Thread;

// Columns are -1 and lines 0 in nodes without a place in the source.
typedef struct AstPosition {
    int lineno;
    int col_offset;
    int end_lineno;
    int end_col_offset;
} AstPosition;

typedef struct AstExpression AstExpression;
typedef struct AstStatement AstStatement;
typedef struct AstPattern AstPattern;
typedef struct AstTypeParam AstTypeParam;
typedef struct AstComprehension AstComprehension;
typedef struct AstArguments AstArguments;
typedef struct AstArgument AstArgument;
typedef struct AstKeyword AstKeyword;
typedef struct AstAlias AstAlias;
typedef struct AstWithItem AstWithItem;
typedef struct AstMatchCase AstMatchCase;
typedef struct AstExceptHandler AstExceptHandler;

typedef enum AstBoolOperator {
#define BOOL_OPERATOR(KIND, Name) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstBoolOperator;

// In the order of CPython's operator_ty, which starts at 1 there.
typedef enum AstBinaryOperator {
#define BINARY_OPERATOR(KIND, Name) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstBinaryOperator;

typedef enum AstUnaryOperator {
#define UNARY_OPERATOR(KIND, Name) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstUnaryOperator;

typedef enum AstCompareOperator {
#define COMPARE_OPERATOR(KIND, Name) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstCompareOperator;

typedef enum AstContextKind {
#define CONTEXT(KIND, Name) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstContextKind;

typedef enum AstExpressionKind {
#define EXPRESSION(KIND, Name, member, fields) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstExpressionKind;

typedef enum AstStatementKind {
#define STATEMENT(KIND, Name, member, fields) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstStatementKind;

typedef enum AstPatternKind {
#define PATTERN(KIND, Name, member, fields) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstPatternKind;

typedef enum AstTypeParamKind {
#define TYPE_PARAM(KIND, Name, member, fields) AST_##KIND,
#include "compiler/ast_nodes.def"
} AstTypeParamKind;

typedef enum AstModuleKind {
    AST_MODULE,      // a file: body
    AST_INTERACTIVE, // one statement typed at a prompt: body
    AST_EXPRESSION,  // the argument of eval(): expression
} AstModuleKind;

// Sequences. `items` may be rewritten in place; they have no spare capacity.
#define AST_SEQUENCE(Name, Item)                                                                   \
    typedef struct Name {                                                                          \
        size_t count;                                                                              \
        Item *items;                                                                               \
    } Name

AST_SEQUENCE(AstExpressions, AstExpression *);
AST_SEQUENCE(AstStatements, AstStatement *);
AST_SEQUENCE(AstPatterns, AstPattern *);
AST_SEQUENCE(AstTypeParams, AstTypeParam *);
AST_SEQUENCE(AstComprehensions, AstComprehension *);
AST_SEQUENCE(AstArgumentList, AstArgument *);
AST_SEQUENCE(AstKeywords, AstKeyword *);
AST_SEQUENCE(AstAliases, AstAlias *);
AST_SEQUENCE(AstWithItems, AstWithItem *);
AST_SEQUENCE(AstMatchCases, AstMatchCase *);
AST_SEQUENCE(AstExceptHandlers, AstExceptHandler *);
AST_SEQUENCE(AstIdentifiers, Value);
AST_SEQUENCE(AstCompareOperators, AstCompareOperator);

// The C type of each field type of ast_nodes.def.
#define AST_TYPE_INT               int
#define AST_TYPE_IDENTIFIER        Value // an interned str
#define AST_TYPE_CONSTANT          Value
#define AST_TYPE_IDENTIFIERS       AstIdentifiers
#define AST_TYPE_BOOL_OPERATOR     AstBoolOperator
#define AST_TYPE_BINARY_OPERATOR   AstBinaryOperator
#define AST_TYPE_UNARY_OPERATOR    AstUnaryOperator
#define AST_TYPE_COMPARE_OPERATORS AstCompareOperators
#define AST_TYPE_CONTEXT           AstContextKind
#define AST_TYPE_EXPRESSION        AstExpression *
#define AST_TYPE_EXPRESSIONS       AstExpressions
#define AST_TYPE_STATEMENTS        AstStatements
#define AST_TYPE_PATTERN           AstPattern *
#define AST_TYPE_PATTERNS          AstPatterns
#define AST_TYPE_TYPE_PARAMS       AstTypeParams
#define AST_TYPE_COMPREHENSIONS    AstComprehensions
#define AST_TYPE_ARGUMENTS         AstArguments *
#define AST_TYPE_ARGUMENT          AstArgument *
#define AST_TYPE_ARGUMENT_LIST     AstArgumentList
#define AST_TYPE_KEYWORDS          AstKeywords
#define AST_TYPE_ALIASES           AstAliases
#define AST_TYPE_WITH_ITEMS        AstWithItems
#define AST_TYPE_MATCH_CASES       AstMatchCases
#define AST_TYPE_EXCEPT_HANDLERS   AstExceptHandlers

// One struct per constructor: AstBinOp {left, op, right}, AstIf {test, body, orelse}, ...
#define FIELD(TYPE, name) AST_TYPE_##TYPE name;
#define STRUCT(Name, fields)                                                                       \
    typedef struct Ast##Name {                                                                     \
        fields                                                                                     \
    } Ast##Name;
#define STATEMENT(KIND, Name, member, fields)  STRUCT(Name, fields)
#define EXPRESSION(KIND, Name, member, fields) STRUCT(Name, fields)
#define PATTERN(KIND, Name, member, fields)    STRUCT(Name, fields)
#define TYPE_PARAM(KIND, Name, member, fields) STRUCT(Name, fields)
#include "compiler/ast_nodes.def"
#undef STRUCT

#define PRODUCT(Name, python_name, fields)                                                         \
    struct Ast##Name {                                                                             \
        fields                                                                                     \
    };
#define POSITIONED_PRODUCT(Name, python_name, fields)                                              \
    struct Ast##Name {                                                                             \
        AstPosition position;                                                                      \
        fields                                                                                     \
    };
#include "compiler/ast_nodes.def"
#undef FIELD

struct AstExpression {
    AstExpressionKind kind;
    AstPosition position;
    union {
#define EXPRESSION(KIND, Name, member, fields) Ast##Name member;
#include "compiler/ast_nodes.def"
    };
};

struct AstStatement {
    AstStatementKind kind;
    AstPosition position;
    union {
#define STATEMENT(KIND, Name, member, fields) Ast##Name member;
#include "compiler/ast_nodes.def"
    };
};

struct AstPattern {
    AstPatternKind kind;
    AstPosition position;
    union {
#define PATTERN(KIND, Name, member, fields) Ast##Name member;
#include "compiler/ast_nodes.def"
    };
};

struct AstTypeParam {
    AstTypeParamKind kind;
    AstPosition position;
    union {
#define TYPE_PARAM(KIND, Name, member, fields) Ast##Name member;
#include "compiler/ast_nodes.def"
    };
};

typedef struct AstModule {
    AstModuleKind kind;
    AstStatements body;        // of AST_MODULE and AST_INTERACTIVE
    AstExpression *expression; // of AST_EXPRESSION
} AstModule;

// What a compilation allocates from. It lives in a local variable of the function that compiles,
// where the collector finds `keep`: a list of all heap values in the tree (VALUE_ABSENT until the
// first one).
typedef struct AstContext {
    struct Thread *thread;
    Arena *arena;
    Value keep;
} AstContext;

// Keeps `value` alive as long as the context. False with the thread's exception set when there is
// no memory.
bool ast_keep(AstContext *context, Value value);

// Zeroed memory from the context's arena; NULL with MemoryError set when there is none.
void *ast_fail_allocation(AstContext *context); // raises
static inline void *ast_allocate(AstContext *context, size_t size) {
    void *block = arena_allocate_zeroed(context->arena, size);
    return LIKELY(block != NULL) ? block : ast_fail_allocation(context);
}

// A fresh node, zeroed but for kind and position; NULL with MemoryError set when there is no
// memory.
static inline AstExpression *ast_expression_new(AstContext *context, AstExpressionKind kind,
                                                AstPosition position) {
    AstExpression *node = ast_allocate(context, sizeof *node);
    if (UNLIKELY(node == NULL)) return NULL;
    node->kind = kind;
    node->position = position;
    return node;
}
AstStatement *ast_statement_new(AstContext *context, AstStatementKind kind, AstPosition position);
AstPattern *ast_pattern_new(AstContext *context, AstPatternKind kind, AstPosition position);
AstTypeParam *ast_type_param_new(AstContext *context, AstTypeParamKind kind, AstPosition position);

// The docstring of a body as CPython defines it: the Constant node when the first statement is an
// expression statement of a str constant, else NULL.
AstExpression *ast_docstring_find(AstStatements body);
