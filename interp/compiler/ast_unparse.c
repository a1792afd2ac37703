// ast_unparse.c — writes an expression with the fewest parentheses: a node puts itself in
// parentheses when the level wanted by its surroundings binds tighter than the node does.

#include "compiler/ast_unparse.h"

#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

typedef enum {
    LEVEL_NAMED,
    LEVEL_TUPLE,
    LEVEL_TEST, // if-else, lambda
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE,
    LEVEL_BIT_OR,
    LEVEL_BIT_XOR,
    LEVEL_BIT_AND,
    LEVEL_SHIFT,
    LEVEL_SUM,
    LEVEL_TERM,
    LEVEL_FACTOR,
    LEVEL_POWER,
    LEVEL_AWAIT,
    LEVEL_ATOM,
} Level;

typedef struct {
    Compilation *compilation;
    StrBuilder builder;
} Writer;

static bool write_expression(Writer *writer, const AstExpression *expression, Level level);

static bool write_text(Writer *writer, const char *text) {
    return str_builder_append_ascii(&writer->builder, text, strlen(text));
}

static bool write_if(Writer *writer, bool condition, const char *text) {
    return !condition || write_text(writer, text);
}

static bool write_value(Writer *writer, Value text) {
    return !value_is_error(text) && str_builder_append(&writer->builder, text);
}

static bool write_list(Writer *writer, AstExpressions expressions) {
    for (size_t i = 0; i < expressions.count; i++) {
        if (!write_if(writer, i > 0, ", ") ||
            !write_expression(writer, expressions.items[i], LEVEL_TEST))
            return false;
    }
    return true;
}

static bool write_bool_op(Writer *writer, const AstBoolOp *node, Level level) {
    Level own = node->op == AST_AND ? LEVEL_AND : LEVEL_OR;
    if (!write_if(writer, level > own, "(")) return false;
    for (size_t i = 0; i < node->values.count; i++) {
        if (!write_if(writer, i > 0, node->op == AST_AND ? " and " : " or ") ||
            !write_expression(writer, node->values.items[i], own + 1))
            return false;
    }
    return write_if(writer, level > own, ")");
}

static bool write_bin_op(Writer *writer, const AstBinOp *node, Level level) {
    static const struct {
        const char *text;
        Level level;
    } operators[] = {
        [AST_ADD] = {" + ", LEVEL_SUM},         [AST_SUB] = {" - ", LEVEL_SUM},
        [AST_MULT] = {" * ", LEVEL_TERM},       [AST_MAT_MULT] = {" @ ", LEVEL_TERM},
        [AST_DIV] = {" / ", LEVEL_TERM},        [AST_MOD] = {" % ", LEVEL_TERM},
        [AST_POW] = {" ** ", LEVEL_POWER},      [AST_L_SHIFT] = {" << ", LEVEL_SHIFT},
        [AST_R_SHIFT] = {" >> ", LEVEL_SHIFT},  [AST_BIT_OR] = {" | ", LEVEL_BIT_OR},
        [AST_BIT_XOR] = {" ^ ", LEVEL_BIT_XOR}, [AST_BIT_AND] = {" & ", LEVEL_BIT_AND},
        [AST_FLOOR_DIV] = {" // ", LEVEL_TERM},
    };
    Level own = operators[node->op].level;
    bool to_the_right = node->op == AST_POW;
    return write_if(writer, level > own, "(") &&
           write_expression(writer, node->left, own + to_the_right) &&
           write_text(writer, operators[node->op].text) &&
           write_expression(writer, node->right, own + !to_the_right) &&
           write_if(writer, level > own, ")");
}

static bool write_unary_op(Writer *writer, const AstUnaryOp *node, Level level) {
    static const char *const texts[] = {
        [AST_INVERT] = "~", [AST_NOT] = "not ", [AST_U_ADD] = "+", [AST_U_SUB] = "-"};
    Level own = node->op == AST_NOT ? LEVEL_NOT : LEVEL_FACTOR;
    return write_if(writer, level > own, "(") && write_text(writer, texts[node->op]) &&
           write_expression(writer, node->operand, own) && write_if(writer, level > own, ")");
}

static bool write_parameter(Writer *writer, const AstArgument *argument, bool *first) {
    bool separates = !*first;
    *first = false;
    return write_if(writer, separates, ", ") && write_value(writer, argument->arg) &&
           (argument->annotation == NULL ||
            (write_text(writer, ": ") &&
             write_expression(writer, argument->annotation, LEVEL_TEST)));
}

static bool write_default(Writer *writer, const AstExpression *value) {
    return value == NULL ||
           (write_text(writer, "=") && write_expression(writer, value, LEVEL_TEST));
}

static bool write_positional(Writer *writer, const AstArguments *arguments, bool *first) {
    size_t positional_only = arguments->posonlyargs.count;
    size_t total = positional_only + arguments->args.count;
    for (size_t i = 0; i < total; i++) {
        const AstArgument *argument = i < positional_only
                                          ? arguments->posonlyargs.items[i]
                                          : arguments->args.items[i - positional_only];
        if (!write_parameter(writer, argument, first)) return false;
        if (i + arguments->defaults.count >= total &&
            !write_default(writer,
                           arguments->defaults.items[i + arguments->defaults.count - total]))
            return false;
        if (!write_if(writer, i + 1 == positional_only, ", /")) return false;
    }
    return true;
}

static bool write_parameters(Writer *writer, const AstArguments *arguments) {
    bool first = true;
    if (!write_positional(writer, arguments, &first)) return false;
    if (arguments->vararg != NULL || arguments->kwonlyargs.count > 0) {
        if (!write_if(writer, !first, ", ") || !write_text(writer, "*")) return false;
        first = true;
        if (arguments->vararg != NULL && !write_parameter(writer, arguments->vararg, &first))
            return false;
        first = false;
    }
    for (size_t i = 0; i < arguments->kwonlyargs.count; i++) {
        if (!write_parameter(writer, arguments->kwonlyargs.items[i], &first) ||
            !write_default(writer, arguments->kw_defaults.items[i]))
            return false;
    }
    if (arguments->kwarg == NULL) return true;
    if (!write_if(writer, !first, ", ") || !write_text(writer, "**")) return false;
    first = true;
    return write_parameter(writer, arguments->kwarg, &first);
}

static bool write_lambda(Writer *writer, const AstLambda *node, Level level) {
    bool has_positional = node->args->args.count + node->args->posonlyargs.count > 0;
    return write_if(writer, level > LEVEL_TEST, "(") &&
           write_text(writer, has_positional ? "lambda " : "lambda") &&
           write_parameters(writer, node->args) && write_text(writer, ": ") &&
           write_expression(writer, node->body, LEVEL_TEST) &&
           write_if(writer, level > LEVEL_TEST, ")");
}

static bool write_if_exp(Writer *writer, const AstIfExp *node, Level level) {
    return write_if(writer, level > LEVEL_TEST, "(") &&
           write_expression(writer, node->body, LEVEL_TEST + 1) && write_text(writer, " if ") &&
           write_expression(writer, node->test, LEVEL_TEST + 1) && write_text(writer, " else ") &&
           write_expression(writer, node->orelse, LEVEL_TEST) &&
           write_if(writer, level > LEVEL_TEST, ")");
}

static bool write_dict(Writer *writer, const AstDict *node) {
    if (!write_text(writer, "{")) return false;
    for (size_t i = 0; i < node->values.count; i++) {
        const AstExpression *key = node->keys.items[i];
        bool written =
            write_if(writer, i > 0, ", ") &&
            (key == NULL ? write_text(writer, "**")
                         : write_expression(writer, key, LEVEL_TEST) && write_text(writer, ": "));
        if (!written || !write_expression(writer, node->values.items[i],
                                          key == NULL ? LEVEL_BIT_OR : LEVEL_TEST))
            return false;
    }
    return write_text(writer, "}");
}

static bool write_generators(Writer *writer, AstComprehensions generators) {
    for (size_t i = 0; i < generators.count; i++) {
        const AstComprehension *generator = generators.items[i];
        if (!write_text(writer, generator->is_async ? " async for " : " for ") ||
            !write_expression(writer, generator->target, LEVEL_TUPLE) ||
            !write_text(writer, " in ") ||
            !write_expression(writer, generator->iter, LEVEL_TEST + 1))
            return false;
        for (size_t j = 0; j < generator->ifs.count; j++) {
            if (!write_text(writer, " if ") ||
                !write_expression(writer, generator->ifs.items[j], LEVEL_TEST + 1))
                return false;
        }
    }
    return true;
}

// List, set and generator nodes have one layout.
static bool write_comprehension(Writer *writer, const AstListComp *node, const char *open,
                                const char *close) {
    return write_text(writer, open) && write_expression(writer, node->elt, LEVEL_TEST) &&
           write_generators(writer, node->generators) && write_text(writer, close);
}

static bool write_dict_comp(Writer *writer, const AstDictComp *node) {
    return write_text(writer, "{") && write_expression(writer, node->key, LEVEL_TEST) &&
           write_text(writer, ": ") && write_expression(writer, node->value, LEVEL_TEST) &&
           write_generators(writer, node->generators) && write_text(writer, "}");
}

static bool write_compare(Writer *writer, const AstCompare *node, Level level) {
    static const char *const texts[] = {
        [AST_EQ] = " == ", [AST_NOT_EQ] = " != ",    [AST_LT] = " < ",  [AST_LT_E] = " <= ",
        [AST_GT] = " > ",  [AST_GT_E] = " >= ",      [AST_IS] = " is ", [AST_IS_NOT] = " is not ",
        [AST_IN] = " in ", [AST_NOT_IN] = " not in "};
    if (!write_if(writer, level > LEVEL_COMPARE, "(") ||
        !write_expression(writer, node->left, LEVEL_COMPARE + 1))
        return false;
    for (size_t i = 0; i < node->ops.count; i++) {
        if (!write_text(writer, texts[node->ops.items[i]]) ||
            !write_expression(writer, node->comparators.items[i], LEVEL_COMPARE + 1))
            return false;
    }
    return write_if(writer, level > LEVEL_COMPARE, ")");
}

static bool write_call(Writer *writer, const AstCall *node) {
    if (!write_expression(writer, node->func, LEVEL_ATOM)) return false;
    // A lone generator expression brings its parentheses.
    if (node->args.count == 1 && node->keywords.count == 0 &&
        node->args.items[0]->kind == AST_GENERATOR_EXP)
        return write_expression(writer, node->args.items[0], LEVEL_ATOM);
    if (!write_text(writer, "(") || !write_list(writer, node->args)) return false;
    for (size_t i = 0; i < node->keywords.count; i++) {
        const AstKeyword *keyword = node->keywords.items[i];
        bool written = write_if(writer, i > 0 || node->args.count > 0, ", ") &&
                       (value_is_absent(keyword->arg)
                            ? write_text(writer, "**")
                            : write_value(writer, keyword->arg) && write_text(writer, "="));
        if (!written || !write_expression(writer, keyword->value, LEVEL_TEST)) return false;
    }
    return write_text(writer, ")");
}

static bool write_string_part(Writer *writer, const AstExpression *part);

// Text of an f-string with braces doubled.
static bool write_literal(Writer *writer, Value text) {
    const Str *str = value_as_str(text);
    for (uint64_t i = 0; i < str->length; i++) {
        uint32_t character = str_at(str, i);
        if ((character == '{' || character == '}') &&
            !str_builder_append_character(&writer->builder, character))
            return false;
        if (!str_builder_append_character(&writer->builder, character)) return false;
    }
    return true;
}

static bool write_field(Writer *writer, const AstFormattedValue *node) {
    Writer inner = {.compilation = writer->compilation};
    str_builder_start(&inner.builder, writer->compilation->thread);
    if (!write_expression(&inner, node->value, LEVEL_TEST + 1)) return false;
    Value text = str_builder_finish(&inner.builder);
    if (value_is_error(text)) return false;
    const Str *str = value_as_str(text);
    bool starts_with_brace = str->length > 0 && str_at(str, 0) == '{';
    if (!write_text(writer, starts_with_brace ? "{ " : "{") || !write_value(writer, text))
        return false;
    if (node->conversion > 0) {
        const char conversion[] = {'!', (char)node->conversion, 0};
        if (!write_text(writer, conversion)) return false;
    }
    if (node->format_spec != NULL &&
        (!write_text(writer, ":") || !write_string_part(writer, node->format_spec)))
        return false;
    return write_text(writer, "}");
}

static bool write_string_part(Writer *writer, const AstExpression *part) {
    switch (part->kind) {
    case AST_CONSTANT: return write_literal(writer, part->constant.value);
    case AST_FORMATTED_VALUE: return write_field(writer, &part->formatted_value);
    default:
        for (size_t i = 0; i < part->joined_str.values.count; i++) {
            if (!write_string_part(writer, part->joined_str.values.items[i])) return false;
        }
        return true;
    }
}

static bool write_f_string(Writer *writer, const AstExpression *expression) {
    Writer body = {.compilation = writer->compilation};
    str_builder_start(&body.builder, writer->compilation->thread);
    if (!write_string_part(&body, expression)) return false;
    Value text = str_builder_finish(&body.builder);
    if (value_is_error(text)) return false;
    return write_text(writer, "f") &&
           write_value(writer, object_repr(writer->compilation->thread, text));
}

// An infinite number is written as a literal that overflows.
static bool write_number(Writer *writer, Value number) {
    Value text = object_repr(writer->compilation->thread, number);
    if (value_is_error(text)) return false;
    const Str *str = value_as_str(text);
    for (uint64_t i = 0; i < str->length; i++) {
        if (str_at(str, i) == 'i' && i + 3 <= str->length && str_at(str, i + 1) == 'n' &&
            str_at(str, i + 2) == 'f') {
            if (!write_text(writer, "1e309")) return false;
            i += 2;
        } else if (!str_builder_append_character(&writer->builder, str_at(str, i))) {
            return false;
        }
    }
    return true;
}

static bool write_constant(Writer *writer, Value constant) {
    if (value_is_tuple_exact(constant)) {
        const Tuple *tuple = value_as_tuple(constant);
        if (!write_text(writer, "(")) return false;
        for (uint64_t i = 0; i < tuple->length; i++) {
            if (!write_if(writer, i > 0, ", ") || !write_constant(writer, tuple->items[i]))
                return false;
        }
        return write_text(writer, tuple->length == 1 ? ",)" : ")");
    }
    if (value_same(constant, VALUE_ELLIPSIS)) return write_text(writer, "...");
    if (value_is_float_exact(constant) || value_has_shape(constant, SHAPE_complex))
        return write_number(writer, constant);
    return write_value(writer, object_repr(writer->compilation->thread, constant));
}

static bool write_attribute(Writer *writer, const AstAttribute *node) {
    const AstExpression *value = node->value;
    bool is_int = value->kind == AST_CONSTANT && value_is_int_exact(value->constant.value);
    return write_expression(writer, value, LEVEL_ATOM) && write_text(writer, is_int ? " ." : ".") &&
           write_value(writer, node->attr);
}

static bool write_slice(Writer *writer, const AstSlice *node) {
    return (node->lower == NULL || write_expression(writer, node->lower, LEVEL_TEST)) &&
           write_text(writer, ":") &&
           (node->upper == NULL || write_expression(writer, node->upper, LEVEL_TEST)) &&
           (node->step == NULL ||
            (write_text(writer, ":") && write_expression(writer, node->step, LEVEL_TEST)));
}

static bool write_tuple(Writer *writer, AstExpressions elements, Level level) {
    if (elements.count == 0) return write_text(writer, "()");
    return write_if(writer, level > LEVEL_TUPLE, "(") && write_list(writer, elements) &&
           write_if(writer, elements.count == 1, ",") && write_if(writer, level > LEVEL_TUPLE, ")");
}

static bool write_yield(Writer *writer, const char *word, const AstExpression *value) {
    return write_text(writer, word) &&
           (value == NULL ||
            (write_text(writer, " ") && write_expression(writer, value, LEVEL_TEST))) &&
           write_text(writer, ")");
}

static bool write_expression(Writer *writer, const AstExpression *expression, Level level) {
    if (!compilation_check_stack(writer->compilation)) return false;
    switch (expression->kind) {
    case AST_BOOL_OP: return write_bool_op(writer, &expression->bool_op, level);
    case AST_BIN_OP: return write_bin_op(writer, &expression->bin_op, level);
    case AST_UNARY_OP: return write_unary_op(writer, &expression->unary_op, level);
    case AST_LAMBDA: return write_lambda(writer, &expression->lambda, level);
    case AST_IF_EXP: return write_if_exp(writer, &expression->if_exp, level);
    case AST_DICT: return write_dict(writer, &expression->dict);
    case AST_SET:
        return write_text(writer, "{") && write_list(writer, expression->set.elts) &&
               write_text(writer, "}");
    case AST_GENERATOR_EXP: return write_comprehension(writer, &expression->list_comp, "(", ")");
    case AST_LIST_COMP: return write_comprehension(writer, &expression->list_comp, "[", "]");
    case AST_SET_COMP: return write_comprehension(writer, &expression->list_comp, "{", "}");
    case AST_DICT_COMP: return write_dict_comp(writer, &expression->dict_comp);
    case AST_YIELD: return write_yield(writer, "(yield", expression->yield.value);
    case AST_YIELD_FROM: return write_yield(writer, "(yield from", expression->yield_from.value);
    case AST_AWAIT:
        return write_if(writer, level > LEVEL_AWAIT, "(") && write_text(writer, "await ") &&
               write_expression(writer, expression->await.value, LEVEL_ATOM) &&
               write_if(writer, level > LEVEL_AWAIT, ")");
    case AST_COMPARE: return write_compare(writer, &expression->compare, level);
    case AST_CALL: return write_call(writer, &expression->call);
    case AST_CONSTANT:
        if (!value_is_absent(expression->constant.kind) &&
            !write_value(writer, expression->constant.kind))
            return false;
        return write_constant(writer, expression->constant.value);
    case AST_JOINED_STR:
    case AST_FORMATTED_VALUE: return write_f_string(writer, expression);
    case AST_ATTRIBUTE: return write_attribute(writer, &expression->attribute);
    case AST_STARRED:
        return write_text(writer, "*") &&
               write_expression(writer, expression->starred.value, LEVEL_BIT_OR);
    case AST_NAME: return write_value(writer, expression->name.id);
    case AST_SLICE: return write_slice(writer, &expression->slice);
    case AST_SUBSCRIPT:
        return write_expression(writer, expression->subscript.value, LEVEL_ATOM) &&
               write_text(writer, "[") &&
               write_expression(writer, expression->subscript.slice, LEVEL_TUPLE) &&
               write_text(writer, "]");
    case AST_LIST:
        return write_text(writer, "[") && write_list(writer, expression->list.elts) &&
               write_text(writer, "]");
    case AST_TUPLE: return write_tuple(writer, expression->tuple.elts, level);
    case AST_NAMED_EXPR:
        return write_if(writer, level > LEVEL_NAMED, "(") &&
               write_expression(writer, expression->named_expr.target, LEVEL_ATOM) &&
               write_text(writer, " := ") &&
               write_expression(writer, expression->named_expr.value, LEVEL_ATOM) &&
               write_if(writer, level > LEVEL_NAMED, ")");
    }
    UNREACHABLE();
}

Value ast_unparse(Compilation *compilation, const AstExpression *expression) {
    Writer writer = {.compilation = compilation};
    str_builder_start(&writer.builder, compilation->thread);
    if (!write_expression(&writer, expression, LEVEL_TEST)) return VALUE_ERROR;
    return str_builder_finish(&writer.builder);
}
