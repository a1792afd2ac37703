// ast_dump.c — prints any node from the field descriptors that ast_nodes.def expands to.
#include "compiler/ast_dump.h"

#include "objects/str.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"

typedef enum {
    FIELD_INT,
    FIELD_IDENTIFIER,
    FIELD_CONSTANT,
    FIELD_IDENTIFIERS,
    FIELD_BOOL_OPERATOR,
    FIELD_BINARY_OPERATOR,
    FIELD_UNARY_OPERATOR,
    FIELD_COMPARE_OPERATORS,
    FIELD_CONTEXT,
    FIELD_EXPRESSION,
    FIELD_EXPRESSIONS,
    FIELD_STATEMENTS,
    FIELD_PATTERN,
    FIELD_PATTERNS,
    FIELD_TYPE_PARAMS,
    FIELD_COMPREHENSIONS,
    FIELD_ARGUMENTS,
    FIELD_ARGUMENT,
    FIELD_ARGUMENT_LIST,
    FIELD_KEYWORDS,
    FIELD_ALIASES,
    FIELD_WITH_ITEMS,
    FIELD_MATCH_CASES,
    FIELD_EXCEPT_HANDLERS,
} FieldType;

typedef struct {
    const char *name; // NULL ends a list
    FieldType type;
    size_t offset;
} Field;

// fields_BinOp and so on. The local type gives FIELD the struct that it stands in.
#define FIELD(TYPE, name) {#name, FIELD_##TYPE, offsetof(Node, name)},
#define FIELD_LIST(Name, ...)                                                                      \
    static const Field *fields_##Name(void) {                                                      \
        typedef Ast##Name Node UNUSED;                                                             \
        static const Field list[] = {__VA_ARGS__{NULL, FIELD_INT, 0}};                             \
        return list;                                                                               \
    }
#define STATEMENT(KIND, Name, member, fields)         FIELD_LIST(Name, fields)
#define EXPRESSION(KIND, Name, member, fields)        FIELD_LIST(Name, fields)
#define PATTERN(KIND, Name, member, fields)           FIELD_LIST(Name, fields)
#define TYPE_PARAM(KIND, Name, member, fields)        FIELD_LIST(Name, fields)
#define PRODUCT(Name, python_name, fields)            FIELD_LIST(Name, fields)
#define POSITIONED_PRODUCT(Name, python_name, fields) FIELD_LIST(Name, fields)
#include "compiler/ast_nodes.def"
#undef FIELD
#undef FIELD_LIST

static const char *const bool_operators[] = {
#define BOOL_OPERATOR(KIND, Name) #Name,
#include "compiler/ast_nodes.def"
};
static const char *const binary_operators[] = {
#define BINARY_OPERATOR(KIND, Name) #Name,
#include "compiler/ast_nodes.def"
};
static const char *const unary_operators[] = {
#define UNARY_OPERATOR(KIND, Name) #Name,
#include "compiler/ast_nodes.def"
};
static const char *const compare_operators[] = {
#define COMPARE_OPERATOR(KIND, Name) #Name,
#include "compiler/ast_nodes.def"
};
static const char *const contexts[] = {
#define CONTEXT(KIND, Name) #Name,
#include "compiler/ast_nodes.def"
};

typedef struct {
    Thread *thread;
    TextBuffer *out;
    bool with_positions;
} Dumper;

static bool dump_node(Dumper *dumper, const char *name, const Field *fields, const void *node,
                      const AstPosition *position);

static bool put(Dumper *dumper, const char *text) {
    return text_buffer_append_text(dumper->out, text);
}

static bool dump_value(Dumper *dumper, Value value) {
    Value text = object_repr(dumper->thread, value);
    if (value_is_error(text)) return false;
    size_t size;
    const char *bytes = str_as_utf8_lossy(dumper->thread, text, &size);
    return bytes != NULL && text_buffer_append(dumper->out, bytes, size);
}

static bool dump_expression(Dumper *dumper, const AstExpression *node) {
    if (node == NULL) return put(dumper, "None");
    switch (node->kind) {
#define EXPRESSION(KIND, Name, member, fields)                                                     \
    case AST_##KIND:                                                                               \
        return dump_node(dumper, #Name, fields_##Name(), &node->member, &node->position);
#include "compiler/ast_nodes.def"
    }
    return false;
}

static bool dump_statement(Dumper *dumper, const AstStatement *node) {
    switch (node->kind) {
#define STATEMENT(KIND, Name, member, fields)                                                      \
    case AST_##KIND:                                                                               \
        return dump_node(dumper, #Name, fields_##Name(), &node->member, &node->position);
#include "compiler/ast_nodes.def"
    }
    return false;
}

static bool dump_pattern(Dumper *dumper, const AstPattern *node) {
    switch (node->kind) {
#define PATTERN(KIND, Name, member, fields)                                                        \
    case AST_##KIND:                                                                               \
        return dump_node(dumper, #Name, fields_##Name(), &node->member, &node->position);
#include "compiler/ast_nodes.def"
    }
    return false;
}

static bool dump_type_param(Dumper *dumper, const AstTypeParam *node) {
    switch (node->kind) {
#define TYPE_PARAM(KIND, Name, member, fields)                                                     \
    case AST_##KIND:                                                                               \
        return dump_node(dumper, #Name, fields_##Name(), &node->member, &node->position);
#include "compiler/ast_nodes.def"
    }
    return false;
}

// dump_Comprehension and so on.
#define PRODUCT(Name, python_name, fields)                                                         \
    static bool dump_##Name(Dumper *dumper, const Ast##Name *node) {                               \
        return dump_node(dumper, #python_name, fields_##Name(), node, NULL);                       \
    }
#define POSITIONED_PRODUCT(Name, python_name, fields)                                              \
    static bool dump_##Name(Dumper *dumper, const Ast##Name *node) {                               \
        return dump_node(dumper, #python_name, fields_##Name(), node, &node->position);            \
    }
#include "compiler/ast_nodes.def"

// Prints a sequence; `print` is called with each item.
#define DUMP_SEQUENCE(Type, print)                                                                 \
    do {                                                                                           \
        const Type *sequence = field;                                                              \
        bool ok = put(dumper, "[");                                                                \
        for (size_t i = 0; ok && i < sequence->count; i++)                                         \
            ok = (i == 0 || put(dumper, ", ")) && print(dumper, sequence->items[i]);               \
        return ok && put(dumper, "]");                                                             \
    } while (0)

static bool dump_operator(Dumper *dumper, const char *name) {
    return put(dumper, name) && put(dumper, "()");
}

static bool dump_compare_operator(Dumper *dumper, AstCompareOperator op) {
    return dump_operator(dumper, compare_operators[op]);
}

static bool dump_field(Dumper *dumper, FieldType type, const void *field) {
    switch (type) {
    case FIELD_INT: return text_buffer_append_format(dumper->out, "%d", *(const int *)field);
    case FIELD_IDENTIFIER:
    case FIELD_CONSTANT: return dump_value(dumper, *(const Value *)field);
    case FIELD_IDENTIFIERS: DUMP_SEQUENCE(AstIdentifiers, dump_value);
    case FIELD_BOOL_OPERATOR:
        return dump_operator(dumper, bool_operators[*(const AstBoolOperator *)field]);
    case FIELD_BINARY_OPERATOR:
        return dump_operator(dumper, binary_operators[*(const AstBinaryOperator *)field]);
    case FIELD_UNARY_OPERATOR:
        return dump_operator(dumper, unary_operators[*(const AstUnaryOperator *)field]);
    case FIELD_COMPARE_OPERATORS: DUMP_SEQUENCE(AstCompareOperators, dump_compare_operator);
    case FIELD_CONTEXT: return dump_operator(dumper, contexts[*(const AstContextKind *)field]);
    case FIELD_EXPRESSION: return dump_expression(dumper, *(AstExpression *const *)field);
    case FIELD_EXPRESSIONS: DUMP_SEQUENCE(AstExpressions, dump_expression);
    case FIELD_STATEMENTS: DUMP_SEQUENCE(AstStatements, dump_statement);
    case FIELD_PATTERN: return dump_pattern(dumper, *(AstPattern *const *)field);
    case FIELD_PATTERNS: DUMP_SEQUENCE(AstPatterns, dump_pattern);
    case FIELD_TYPE_PARAMS: DUMP_SEQUENCE(AstTypeParams, dump_type_param);
    case FIELD_COMPREHENSIONS: DUMP_SEQUENCE(AstComprehensions, dump_Comprehension);
    case FIELD_ARGUMENTS: return dump_Arguments(dumper, *(AstArguments *const *)field);
    case FIELD_ARGUMENT: return dump_Argument(dumper, *(AstArgument *const *)field);
    case FIELD_ARGUMENT_LIST: DUMP_SEQUENCE(AstArgumentList, dump_Argument);
    case FIELD_KEYWORDS: DUMP_SEQUENCE(AstKeywords, dump_Keyword);
    case FIELD_ALIASES: DUMP_SEQUENCE(AstAliases, dump_Alias);
    case FIELD_WITH_ITEMS: DUMP_SEQUENCE(AstWithItems, dump_WithItem);
    case FIELD_MATCH_CASES: DUMP_SEQUENCE(AstMatchCases, dump_MatchCase);
    case FIELD_EXCEPT_HANDLERS: DUMP_SEQUENCE(AstExceptHandlers, dump_ExceptHandler);
    }
    return false;
}

// Optional fields that are not there are not printed.
static bool field_is_missing(FieldType type, const void *field) {
    switch (type) {
    case FIELD_IDENTIFIER:
    case FIELD_CONSTANT: return value_is_absent(*(const Value *)field);
    case FIELD_EXPRESSION:
    case FIELD_PATTERN:
    case FIELD_ARGUMENT: return *(void *const *)field == NULL;
    default: return false;
    }
}

static bool dump_node(Dumper *dumper, const char *name, const Field *fields, const void *node,
                      const AstPosition *position) {
    if (!thread_check_stack(dumper->thread, " during ast construction")) return false;
    bool ok = put(dumper, name) && put(dumper, "(");
    const char *separator = "";
    for (; ok && fields->name != NULL; fields++) {
        const void *field = (const char *)node + fields->offset;
        if (field_is_missing(fields->type, field)) continue;
        ok = put(dumper, separator) && put(dumper, fields->name) && put(dumper, "=") &&
             dump_field(dumper, fields->type, field);
        separator = ", ";
    }
    if (ok && position != NULL && dumper->with_positions)
        ok = text_buffer_append_format(dumper->out,
                                       "%slineno=%d, col_offset=%d, end_lineno=%d, "
                                       "end_col_offset=%d",
                                       separator, position->lineno, position->col_offset,
                                       position->end_lineno, position->end_col_offset);
    return ok && put(dumper, ")");
}

static bool dump_statements(Dumper *dumper, const void *field) {
    DUMP_SEQUENCE(AstStatements, dump_statement);
}

static bool dump_module(Dumper *dumper, const AstModule *module) {
    switch (module->kind) {
    case AST_MODULE:
        return put(dumper, "Module(body=") && dump_statements(dumper, &module->body) &&
               put(dumper, ", type_ignores=[])");
    case AST_INTERACTIVE:
        return put(dumper, "Interactive(body=") && dump_statements(dumper, &module->body) &&
               put(dumper, ")");
    case AST_EXPRESSION:
        return put(dumper, "Expression(body=") && dump_expression(dumper, module->expression) &&
               put(dumper, ")");
    }
    return false;
}

bool ast_dump(struct Thread *thread, const AstModule *module, bool with_positions,
              TextBuffer *out) {
    Dumper dumper = {thread, out, with_positions};
    if (dump_module(&dumper, module)) return true;
    if (!error_is_pending(thread)) raise_memory_error(thread);
    return false;
}
