// symbols_expressions.c — the first pass of the symbol table over expressions.
//
// The left spine of operators, calls, attributes and subscripts is walked in a loop, because it can
// be as long as the source; every other nesting was bounded by the parser's stack.

#include "compiler/symbols_internal.h"

#include "runtime/errors.h"

bool symbols_visit_expressions(SymbolTable *table, AstExpressions expressions) {
    for (size_t i = 0; i < expressions.count; i++) {
        if (expressions.items[i] != NULL && !symbols_visit_expression(table, expressions.items[i]))
            return false;
    }
    return true;
}

static bool visit_optional(SymbolTable *table, AstExpression *expression) {
    return expression == NULL || symbols_visit_expression(table, expression);
}

// Named expressions, yield and await have no place in annotations and type parameters.
static bool check_block_allows(SymbolTable *table, const char *what, AstExpression *expression) {
    const char *place;
    switch (table->current->kind) {
    case BLOCK_ANNOTATION: place = "an annotation"; break;
    case BLOCK_TYPE_VAR_BOUND: place = "a TypeVar bound"; break;
    case BLOCK_TYPE_ALIAS: place = "a type alias"; break;
    case BLOCK_TYPE_PARAMS: place = "the definition of a generic"; break;
    default: return true;
    }
    return compilation_raise(table->compilation, expression->position,
                             "%s cannot be used within %s", what, place);
}

static const char *describe_forbidden_block(SymbolBlockKind kind) {
    switch (kind) {
    case BLOCK_CLASS: return "in a class body";
    case BLOCK_TYPE_PARAMS: return "within the definition of a generic";
    case BLOCK_TYPE_ALIAS: return "in a type alias";
    default: return "in a TypeVar bound";
    }
}

// The target of a named expression inside a comprehension is bound in the block around it.
static bool bind_named_target(SymbolTable *table, AstExpression *target) {
    Compilation *compilation = table->compilation;
    Value name = target->name.id;
    AstPosition position = target->position;
    for (size_t i = table->stack.count; i-- > 0;) {
        SymbolBlock *block = table->stack.items[i];
        Value mangled = symbols_mangle(compilation, block, table->private_name, name);
        if (value_is_error(mangled)) return false;
        uint32_t symbol = name_map_get(&block->symbols, mangled);
        if (block->comprehension != COMPREHENSION_NONE) {
            if ((symbol & SYMBOL_ITERATION) && (symbol & SYMBOL_LOCAL))
                return compilation_raise(compilation, position,
                                         "assignment expression cannot rebind comprehension "
                                         "iteration variable '%U'",
                                         name);
            continue;
        }
        if (block->kind == BLOCK_FUNCTION || block->kind == BLOCK_MODULE) {
            bool is_global = block->kind == BLOCK_MODULE || (symbol & SYMBOL_GLOBAL);
            return symbols_add(table, name, is_global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL,
                               position) &&
                   symbols_add_directive(table, name, position) &&
                   symbols_add_to(table, block, name,
                                  block->kind == BLOCK_MODULE ? SYMBOL_GLOBAL : SYMBOL_LOCAL,
                                  position);
        }
        if (block->kind == BLOCK_ANNOTATION) continue;
        return compilation_raise(compilation, position,
                                 "assignment expression within a comprehension cannot be used %s",
                                 describe_forbidden_block(block->kind));
    }
    UNREACHABLE();
}

static bool visit_named(SymbolTable *table, AstExpression *expression) {
    if (!check_block_allows(table, "named expression", expression)) return false;
    if (table->current->iteration_expression_depth > 0)
        return compilation_raise(
            table->compilation, expression->position,
            "assignment expression cannot be used in a comprehension iterable expression");
    if (table->current->comprehension != COMPREHENSION_NONE &&
        !bind_named_target(table, expression->named_expr.target))
        return false;
    return symbols_visit_expression(table, expression->named_expr.value) &&
           symbols_visit_expression(table, expression->named_expr.target);
}

static bool visit_lambda(SymbolTable *table, AstExpression *expression) {
    if (table->current->sees_class_scope)
        return compilation_raise(table->compilation, expression->position,
                                 "Cannot use lambda in annotation scope within class scope");
    AstArguments *arguments = expression->lambda.args;
    Value name = compilation_intern_c(table->compilation, "lambda");
    if (value_is_error(name) || !symbols_visit_expressions(table, arguments->defaults) ||
        !symbols_visit_expressions(table, arguments->kw_defaults) ||
        !symbols_enter(table, BLOCK_FUNCTION, name, expression, expression->position) ||
        !symbols_visit_parameters(table, arguments) ||
        !symbols_visit_expression(table, expression->lambda.body))
        return false;
    symbols_exit(table);
    return true;
}

static bool visit_generator(SymbolTable *table, const AstComprehension *generator) {
    SymbolBlock *block = table->current;
    block->in_iteration_target = true;
    if (!symbols_visit_expression(table, generator->target)) return false;
    block->in_iteration_target = false;
    block->iteration_expression_depth++;
    if (!symbols_visit_expression(table, generator->iter)) return false;
    block->iteration_expression_depth--;
    if (!symbols_visit_expressions(table, generator->ifs)) return false;
    if (generator->is_async) block->is_coroutine = true;
    return true;
}

// The outermost iterable belongs to the enclosing block, all the rest to the comprehension's own.
static bool visit_comprehension(SymbolTable *table, AstExpression *expression,
                                ComprehensionKind kind, const char *name,
                                AstComprehensions generators, AstExpression *element,
                                AstExpression *value) {
    Compilation *compilation = table->compilation;
    if (table->current->sees_class_scope)
        return compilation_raise(compilation, expression->position,
                                 "Cannot use comprehension in annotation scope within class scope");
    AstComprehension *outermost = generators.items[0];
    table->current->iteration_expression_depth++;
    if (!symbols_visit_expression(table, outermost->iter)) return false;
    table->current->iteration_expression_depth--;
    Value scope_name = compilation_intern_c(compilation, name);
    if (value_is_error(scope_name) ||
        !symbols_enter(table, BLOCK_FUNCTION, scope_name, expression, expression->position))
        return false;
    SymbolBlock *block = table->current;
    block->comprehension = kind;
    if (outermost->is_async) block->is_coroutine = true;
    if (!symbols_add(table, NAMES(compilation->thread)->dot_zero, SYMBOL_PARAMETER,
                     block->position))
        return false;
    block->in_iteration_target = true;
    if (!symbols_visit_expression(table, outermost->target)) return false;
    block->in_iteration_target = false;
    if (!symbols_visit_expressions(table, outermost->ifs)) return false;
    for (size_t i = 1; i < generators.count; i++) {
        if (!visit_generator(table, generators.items[i])) return false;
    }
    if (!visit_optional(table, value) || !symbols_visit_expression(table, element)) return false;
    bool is_generator = kind == COMPREHENSION_GENERATOR;
    block->is_generator = is_generator;
    symbols_exit(table);
    if (block->is_coroutine && !is_generator) table->current->is_coroutine = true;
    return true;
}

static bool visit_yield(SymbolTable *table, AstExpression *expression, AstExpression *value) {
    if (!check_block_allows(table, "yield expression", expression) || !visit_optional(table, value))
        return false;
    SymbolBlock *block = table->current;
    block->is_generator = true;
    const char *message;
    switch (block->comprehension) {
    case COMPREHENSION_NONE: return true;
    case COMPREHENSION_LIST: message = "'yield' inside list comprehension"; break;
    case COMPREHENSION_SET: message = "'yield' inside set comprehension"; break;
    case COMPREHENSION_DICT: message = "'yield' inside dict comprehension"; break;
    default: message = "'yield' inside generator expression"; break;
    }
    return compilation_raise(table->compilation, expression->position, "%s", message);
}

static bool visit_name(SymbolTable *table, AstExpression *expression) {
    const AstName *name = &expression->name;
    if (!symbols_add(table, name->id, name->ctx == AST_LOAD ? SYMBOL_USE : SYMBOL_LOCAL,
                     expression->position))
        return false;
    const Names *names = NAMES(table->compilation->thread);
    // super() without arguments needs the cell of __class__.
    if (name->ctx == AST_LOAD && value_same(name->id, names->super) &&
        block_is_function_like(table->current))
        return symbols_add(table, names->__class__, SYMBOL_USE, expression->position);
    return true;
}

// The parts of a spine node that are not on the spine.
static bool visit_beside_spine(SymbolTable *table, AstExpression *expression) {
    switch (expression->kind) {
    case AST_BIN_OP: return symbols_visit_expression(table, expression->bin_op.right);
    case AST_SUBSCRIPT: return symbols_visit_expression(table, expression->subscript.slice);
    case AST_CALL: {
        if (!symbols_visit_expressions(table, expression->call.args)) return false;
        AstKeywords keywords = expression->call.keywords;
        for (size_t i = 0; i < keywords.count; i++) {
            if (!symbols_visit_expression(table, keywords.items[i]->value)) return false;
        }
        return true;
    }
    default: return true;
    }
}

static bool visit_spine(SymbolTable *table, AstExpression *expression) {
    AstSpine *spine = &table->compilation->spine;
    size_t height = spine->count;
    AstExpression *bottom = compilation_push_spine(table->compilation, expression);
    if (bottom == NULL || !symbols_visit_expression(table, bottom)) return false;
    while (spine->count > height) {
        if (!visit_beside_spine(table, ast_spine_pop(spine))) return false;
    }
    return true;
}

static bool visit_await(SymbolTable *table, AstExpression *expression) {
    if (!check_block_allows(table, "await expression", expression) ||
        !symbols_visit_expression(table, expression->await.value))
        return false;
    table->current->is_coroutine = true;
    return true;
}

bool symbols_visit_expression(SymbolTable *table, AstExpression *expression) {
    if (!compilation_check_stack(table->compilation)) return false;
    switch (expression->kind) {
    case AST_NAMED_EXPR: return visit_named(table, expression);
    case AST_BOOL_OP: return symbols_visit_expressions(table, expression->bool_op.values);
    case AST_BIN_OP:
    case AST_CALL:
    case AST_ATTRIBUTE:
    case AST_SUBSCRIPT: return visit_spine(table, expression);
    case AST_UNARY_OP: return symbols_visit_expression(table, expression->unary_op.operand);
    case AST_LAMBDA: return visit_lambda(table, expression);
    case AST_IF_EXP:
        return symbols_visit_expression(table, expression->if_exp.test) &&
               symbols_visit_expression(table, expression->if_exp.body) &&
               symbols_visit_expression(table, expression->if_exp.orelse);
    case AST_DICT:
        return symbols_visit_expressions(table, expression->dict.keys) &&
               symbols_visit_expressions(table, expression->dict.values);
    case AST_SET: return symbols_visit_expressions(table, expression->set.elts);
    case AST_LIST_COMP:
        return visit_comprehension(table, expression, COMPREHENSION_LIST, "listcomp",
                                   expression->list_comp.generators, expression->list_comp.elt,
                                   NULL);
    case AST_SET_COMP:
        return visit_comprehension(table, expression, COMPREHENSION_SET, "setcomp",
                                   expression->set_comp.generators, expression->set_comp.elt, NULL);
    case AST_DICT_COMP:
        return visit_comprehension(table, expression, COMPREHENSION_DICT, "dictcomp",
                                   expression->dict_comp.generators, expression->dict_comp.key,
                                   expression->dict_comp.value);
    case AST_GENERATOR_EXP:
        return visit_comprehension(table, expression, COMPREHENSION_GENERATOR, "genexpr",
                                   expression->generator_exp.generators,
                                   expression->generator_exp.elt, NULL);
    case AST_AWAIT: return visit_await(table, expression);
    case AST_YIELD: return visit_yield(table, expression, expression->yield.value);
    case AST_YIELD_FROM: return visit_yield(table, expression, expression->yield_from.value);
    case AST_COMPARE:
        return symbols_visit_expression(table, expression->compare.left) &&
               symbols_visit_expressions(table, expression->compare.comparators);
    case AST_FORMATTED_VALUE:
        return symbols_visit_expression(table, expression->formatted_value.value) &&
               visit_optional(table, expression->formatted_value.format_spec);
    case AST_JOINED_STR: return symbols_visit_expressions(table, expression->joined_str.values);
    case AST_CONSTANT: return true;
    case AST_STARRED: return symbols_visit_expression(table, expression->starred.value);
    case AST_NAME: return visit_name(table, expression);
    case AST_LIST: return symbols_visit_expressions(table, expression->list.elts);
    case AST_TUPLE: return symbols_visit_expressions(table, expression->tuple.elts);
    case AST_SLICE:
        return visit_optional(table, expression->slice.lower) &&
               visit_optional(table, expression->slice.upper) &&
               visit_optional(table, expression->slice.step);
    }
    UNREACHABLE();
}
