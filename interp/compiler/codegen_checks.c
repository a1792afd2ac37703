// codegen_checks.c — SyntaxWarnings for code that is legal but cannot be meant.

#include "compiler/codegen_internal.h"

#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

static bool give_warning(CodeGenerator *generator, const AstExpression *expression,
                         const char *format, const char *first, const char *second) {
    return compilation_warn(generator->compilation, expression->position, format, first, second);
}

// The name of the type that a display or constant has; NULL when it is not known.
static const char *infer_type(const AstExpression *expression) {
    switch (expression->kind) {
    case AST_TUPLE: return "tuple";
    case AST_LIST:
    case AST_LIST_COMP: return "list";
    case AST_DICT:
    case AST_DICT_COMP: return "dict";
    case AST_SET:
    case AST_SET_COMP: return "set";
    case AST_GENERATOR_EXP: return "generator";
    case AST_LAMBDA: return "function";
    case AST_JOINED_STR:
    case AST_FORMATTED_VALUE: return "str";
    case AST_CONSTANT: return type_of(expression->constant.value)->name;
    default: return NULL;
    }
}

// Constants are not compared by identity, but for the singletons.
static bool is_plain_constant(const AstExpression *expression) {
    if (expression->kind != AST_CONSTANT) return false;
    Value value = expression->constant.value;
    return !value_is_none(value) && !value_is_bool(value) && !value_same(value, VALUE_ELLIPSIS);
}

bool check_compare(CodeGenerator *generator, const AstExpression *expression) {
    const AstCompare *compare = &expression->compare;
    const AstExpression *left = compare->left;
    for (size_t i = 0; i < compare->ops.count; i++) {
        AstCompareOperator op = compare->ops.items[i];
        const AstExpression *right = compare->comparators.items[i];
        if ((op == AST_IS || op == AST_IS_NOT) &&
            (is_plain_constant(left) || is_plain_constant(right))) {
            const AstExpression *literal = is_plain_constant(left) ? left : right;
            return give_warning(generator, expression,
                                op == AST_IS
                                    ? "\"is\" with '%.200s' literal. Did you mean \"==\"?"
                                    : "\"is not\" with '%.200s' literal. Did you mean \"!=\"?",
                                infer_type(literal), NULL);
        }
        left = right;
    }
    return true;
}

bool check_callee(CodeGenerator *generator, const AstExpression *callee) {
    const char *type = infer_type(callee);
    if (type == NULL || callee->kind == AST_LAMBDA) return true;
    return give_warning(generator, callee,
                        "'%.200s' object is not callable; perhaps you missed a comma?", type, NULL);
}

static bool check_subscriptable(CodeGenerator *generator, const AstExpression *value) {
    switch (value->kind) {
    case AST_CONSTANT: {
        Value constant = value->constant.value;
        if (value_is_str(constant) || value_is_bytes(constant) || value_is_tuple(constant))
            return true;
        break;
    }
    case AST_SET:
    case AST_SET_COMP:
    case AST_GENERATOR_EXP:
    case AST_LAMBDA: break;
    default: return true;
    }
    return give_warning(generator, value,
                        "'%.200s' object is not subscriptable; perhaps you missed a comma?",
                        infer_type(value), NULL);
}

static bool check_index(CodeGenerator *generator, const AstExpression *value,
                        const AstExpression *index) {
    const char *index_type = infer_type(index);
    if (index_type == NULL || (index->kind == AST_CONSTANT && value_is_int(index->constant.value)))
        return true;
    switch (value->kind) {
    case AST_CONSTANT: {
        Value constant = value->constant.value;
        if (!value_is_str(constant) && !value_is_bytes(constant) && !value_is_tuple(constant))
            return true;
        break;
    }
    case AST_TUPLE:
    case AST_LIST:
    case AST_LIST_COMP:
    case AST_JOINED_STR:
    case AST_FORMATTED_VALUE: break;
    default: return true;
    }
    return give_warning(generator, value,
                        "%.200s indices must be integers or slices, not %.200s; perhaps you "
                        "missed a comma?",
                        infer_type(value), index_type);
}

bool check_subscript(CodeGenerator *generator, const AstExpression *subscript) {
    const AstSubscript *node = &subscript->subscript;
    return check_subscriptable(generator, node->value) &&
           check_index(generator, node->value, node->slice);
}

bool check_assert(CodeGenerator *generator, const AstStatement *statement) {
    const AstExpression *test = statement->assert_.test;
    bool is_tuple = (test->kind == AST_TUPLE && test->tuple.elts.count > 0) ||
                    (test->kind == AST_CONSTANT && value_is_tuple_exact(test->constant.value) &&
                     value_as_tuple(test->constant.value)->length > 0);
    return !is_tuple || compilation_warn(generator->compilation, statement->position,
                                         "assertion is always true, perhaps remove parentheses?");
}
