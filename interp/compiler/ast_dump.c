// ast_dump.c — prints any node from the field descriptors that ast_nodes.def expands to.
#include "compiler/ast_dump.h"

#include "compiler/parser.h"
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
    int indent; // spaces a level; -1: everything on one line
    int level;
} Dumper;

static bool dump_node(Dumper *dumper, const char *name, const Field *fields, const void *node,
                      const AstPosition *position);

static bool put(Dumper *dumper, const char *text) {
    return text_buffer_append_text(dumper->out, text);
}

// The start of an item that has a line of its own, or what separates it from the one before.
static bool put_break(Dumper *dumper, bool first) {
    if (dumper->indent < 0) return first || put(dumper, ", ");
    return put(dumper, first ? "\n" : ",\n") &&
           text_buffer_append_fill(dumper->out, ' ', (size_t)(dumper->indent * dumper->level));
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
        dumper->level++;                                                                           \
        for (size_t i = 0; ok && i < sequence->count; i++)                                         \
            ok = put_break(dumper, i == 0) && print(dumper, sequence->items[i]);                   \
        dumper->level--;                                                                           \
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

// A node without any field to print.
static bool is_bare(const Field *fields, const void *node) {
    for (; fields->name != NULL; fields++)
        if (!field_is_missing(fields->type, (const char *)node + fields->offset)) return false;
    return true;
}

static bool expression_is_bare(const AstExpression *node) {
    switch (node->kind) {
#define EXPRESSION(KIND, Name, member, fields)                                                     \
    case AST_##KIND:                                                                               \
        return is_bare(fields_##Name(), &node->member);
#include "compiler/ast_nodes.def"
    }
    return false;
}

static bool pattern_is_bare(const AstPattern *node) {
    switch (node->kind) {
#define PATTERN(KIND, Name, member, fields)                                                        \
    case AST_##KIND:                                                                               \
        return is_bare(fields_##Name(), &node->member);
#include "compiler/ast_nodes.def"
    }
    return false;
}

// Is the field's text one word, so that the node may stand on one line?
static bool field_is_simple(FieldType type, const void *field) {
    switch (type) {
    case FIELD_INT:
    case FIELD_IDENTIFIER:
    case FIELD_CONSTANT:
    case FIELD_BOOL_OPERATOR:
    case FIELD_BINARY_OPERATOR:
    case FIELD_UNARY_OPERATOR:
    case FIELD_CONTEXT: return true;
    case FIELD_EXPRESSION: return expression_is_bare(*(AstExpression *const *)field);
    case FIELD_PATTERN: return pattern_is_bare(*(AstPattern *const *)field);
    case FIELD_ARGUMENTS:
    case FIELD_ARGUMENT: return false;
    default: return ((const AstExpressions *)field)->count == 0; // all sequences are alike
    }
}

enum { MAX_FIELDS_ON_A_LINE = 3 };

static bool fits_on_a_line(const Field *fields, const void *node) {
    int count = 0;
    for (; fields->name != NULL; fields++) {
        const void *field = (const char *)node + fields->offset;
        if (field_is_missing(fields->type, field)) continue;
        if (!field_is_simple(fields->type, field)) return false;
        count++;
    }
    return count <= MAX_FIELDS_ON_A_LINE;
}

static bool dump_node(Dumper *dumper, const char *name, const Field *fields, const void *node,
                      const AstPosition *position) {
    if (!thread_check_stack(dumper->thread, " during ast construction")) return false;
    bool ok = put(dumper, name) && put(dumper, "(");
    bool on_a_line = dumper->indent < 0 || fits_on_a_line(fields, node);
    const char *separator = "";
    dumper->level++;
    for (; ok && fields->name != NULL; fields++) {
        const void *field = (const char *)node + fields->offset;
        if (field_is_missing(fields->type, field)) continue;
        ok = (on_a_line ? put(dumper, separator) : put_break(dumper, *separator == '\0')) &&
             put(dumper, fields->name) && put(dumper, "=") &&
             dump_field(dumper, fields->type, field);
        separator = ", ";
    }
    dumper->level--;
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

static bool dump_body(Dumper *dumper, const AstModule *module, const char *name) {
    bool on_a_line = module->body.count == 0;
    dumper->level++;
    bool ok = put(dumper, name) && put(dumper, "(") && (on_a_line || put_break(dumper, true)) &&
              put(dumper, "body=") && dump_statements(dumper, &module->body);
    if (ok && module->kind == AST_MODULE)
        ok = (on_a_line ? put(dumper, ", ") : put_break(dumper, false)) &&
             put(dumper, "type_ignores=[]");
    dumper->level--;
    return ok && put(dumper, ")");
}

static bool dump_module(Dumper *dumper, const AstModule *module) {
    switch (module->kind) {
    case AST_MODULE: return dump_body(dumper, module, "Module");
    case AST_INTERACTIVE: return dump_body(dumper, module, "Interactive");
    case AST_EXPRESSION: {
        dumper->level++;
        bool ok = put(dumper, "Expression(") && put_break(dumper, true) && put(dumper, "body=") &&
                  dump_expression(dumper, module->expression);
        dumper->level--;
        return ok && put(dumper, ")");
    }
    }
    return false;
}

bool ast_dump(struct Thread *thread, const AstModule *module, bool with_positions, int indent,
              TextBuffer *out) {
    Dumper dumper = {thread, out, with_positions, indent, 0};
    if (dump_module(&dumper, module)) return true;
    if (!error_is_pending(thread)) raise_memory_error(thread);
    return false;
}

bool ast_dump_source(struct Thread *thread, const char *bytes, size_t size, const char *filename,
                     TextBuffer *out) {
    Arena arena = {0};
    AstContext context = {.thread = thread, .arena = &arena, .keep = VALUE_ABSENT};
    AstModule *module = parse_source(&context, bytes, size, filename, PARSE_EXEC, PARSE_FROM_FILE);
    bool done = module != NULL && ast_dump(thread, module, false, 2, out);
    arena_free_all(&arena);
    if (done && !text_buffer_append_byte(out, '\n')) {
        raise_memory_error(thread);
        done = false;
    }
    return done;
}
