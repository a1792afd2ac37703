// symbols_statements.c — the first pass of the symbol table over statements, patterns and type
// parameters. A chain of elif is walked in a loop.

#include "compiler/symbols_internal.h"

#include "runtime/errors.h"

static bool visit_statement(SymbolTable *table, AstStatement *statement);

static bool visit_optional(SymbolTable *table, AstExpression *expression) {
    return expression == NULL || symbols_visit_expression(table, expression);
}

bool symbols_visit_statements(SymbolTable *table, AstStatements statements) {
    for (size_t i = 0; i < statements.count; i++) {
        if (!visit_statement(table, statements.items[i])) return false;
    }
    return true;
}

static bool visit_keywords(SymbolTable *table, AstKeywords keywords) {
    for (size_t i = 0; i < keywords.count; i++) {
        if (!symbols_visit_expression(table, keywords.items[i]->value)) return false;
    }
    return true;
}

static bool add_parameters(SymbolTable *table, AstArgumentList arguments) {
    for (size_t i = 0; i < arguments.count; i++) {
        const AstArgument *argument = arguments.items[i];
        if (!symbols_add(table, argument->arg, SYMBOL_PARAMETER, argument->position)) return false;
    }
    return true;
}

bool symbols_visit_parameters(SymbolTable *table, const AstArguments *arguments) {
    if (!add_parameters(table, arguments->posonlyargs) || !add_parameters(table, arguments->args) ||
        !add_parameters(table, arguments->kwonlyargs))
        return false;
    const AstArgument *vararg = arguments->vararg;
    if (vararg != NULL) {
        if (!symbols_add(table, vararg->arg, SYMBOL_PARAMETER, vararg->position)) return false;
        table->current->has_varargs = true;
    }
    const AstArgument *kwarg = arguments->kwarg;
    if (kwarg != NULL) {
        if (!symbols_add(table, kwarg->arg, SYMBOL_PARAMETER, kwarg->position)) return false;
        table->current->has_varkeywords = true;
    }
    return true;
}

static bool visit_annotation_list(SymbolTable *table, AstArgumentList arguments) {
    for (size_t i = 0; i < arguments.count; i++) {
        if (!visit_optional(table, arguments.items[i]->annotation)) return false;
    }
    return true;
}

static bool enter_annotations(SymbolTable *table, AstPosition position) {
    Value name = compilation_intern_c(table->compilation, "_annotation");
    return !value_is_error(name) && symbols_enter(table, BLOCK_ANNOTATION, name, NULL, position);
}

static bool visit_annotation(SymbolTable *table, AstExpression *annotation) {
    if (!symbols_in_annotations_mode(table)) return symbols_visit_expression(table, annotation);
    if (!enter_annotations(table, annotation->position) ||
        !symbols_visit_expression(table, annotation))
        return false;
    symbols_exit(table);
    return true;
}

static bool visit_signature_annotations(SymbolTable *table, AstStatement *statement) {
    const AstFunctionDef *function = &statement->function_def;
    const AstArguments *arguments = function->args;
    bool own_block = symbols_in_annotations_mode(table);
    if (own_block && !enter_annotations(table, statement->position)) return false;
    if (!visit_annotation_list(table, arguments->posonlyargs) ||
        !visit_annotation_list(table, arguments->args) ||
        (arguments->vararg != NULL && !visit_optional(table, arguments->vararg->annotation)) ||
        (arguments->kwarg != NULL && !visit_optional(table, arguments->kwarg->annotation)) ||
        !visit_annotation_list(table, arguments->kwonlyargs))
        return false;
    if (own_block) symbols_exit(table);
    return function->returns == NULL || visit_annotation(table, function->returns);
}

static bool visit_type_param(SymbolTable *table, AstTypeParam *param) {
    Compilation *compilation = table->compilation;
    AstPosition position = param->position;
    // The three kinds begin with the same field.
    if (!symbols_add(table, param->type_var.name, SYMBOL_TYPE_PARAM | SYMBOL_LOCAL, position))
        return false;
    if (param->kind != AST_TYPE_VAR || param->type_var.bound == NULL) return true;
    AstExpression *bound = param->type_var.bound;
    bool in_class = table->current->sees_class_scope;
    if (!symbols_enter(table, BLOCK_TYPE_VAR_BOUND, param->type_var.name, param, position))
        return false;
    table->current->sees_class_scope = in_class;
    if (in_class &&
        !symbols_add(table, NAMES(compilation->thread)->__classdict__, SYMBOL_USE, bound->position))
        return false;
    if (!symbols_visit_expression(table, bound)) return false;
    symbols_exit(table);
    return true;
}

static bool add_named(SymbolTable *table, const char *text, uint32_t flags, AstPosition position) {
    Value name = compilation_intern_c(table->compilation, text);
    return !value_is_error(name) && symbols_add(table, name, flags, position);
}

// Opens the block of a list of type parameters and visits them. The caller closes it.
static bool enter_type_params(SymbolTable *table, AstTypeParams params, Value name,
                              AstStatement *statement) {
    Compilation *compilation = table->compilation;
    AstPosition position = statement->position;
    bool in_class = table->current->kind == BLOCK_CLASS;
    if (!symbols_enter(table, BLOCK_TYPE_PARAMS, name, params.items, position)) return false;
    SymbolBlock *block = table->current;
    if (in_class) {
        block->sees_class_scope = true;
        if (!symbols_add(table, NAMES(compilation->thread)->__classdict__, SYMBOL_USE, position))
            return false;
    }
    if (statement->kind == AST_CLASS_DEF) {
        if (!add_named(table, ".type_params", SYMBOL_LOCAL | SYMBOL_USE, position) ||
            !add_named(table, ".generic_base", SYMBOL_LOCAL | SYMBOL_USE, position))
            return false;
        table->private_name = name;
        block->mangled_names = compilation_allocate(compilation, sizeof *block->mangled_names);
        if (block->mangled_names == NULL) return false;
    } else if (statement->kind != AST_TYPE_ALIAS) {
        // CPython's parser never leaves the defaults NULL, so `.defaults` is always a parameter.
        if (!add_named(table, ".defaults", SYMBOL_PARAMETER, position)) return false;
        AstExpressions kw_defaults = statement->function_def.args->kw_defaults;
        for (size_t i = 0; i < kw_defaults.count; i++) {
            if (kw_defaults.items[i] == NULL) continue;
            if (!add_named(table, ".kwdefaults", SYMBOL_PARAMETER, position)) return false;
            break;
        }
    }
    for (size_t i = 0; i < params.count; i++) {
        if (!visit_type_param(table, params.items[i])) return false;
    }
    return true;
}

static bool visit_function(SymbolTable *table, AstStatement *statement) {
    const AstFunctionDef *function = &statement->function_def;
    bool is_generic = function->type_params.count > 0;
    if (!symbols_add(table, function->name, SYMBOL_LOCAL, statement->position) ||
        !symbols_visit_expressions(table, function->args->defaults) ||
        !symbols_visit_expressions(table, function->args->kw_defaults) ||
        !symbols_visit_expressions(table, function->decorator_list) ||
        (is_generic &&
         !enter_type_params(table, function->type_params, function->name, statement)) ||
        !visit_signature_annotations(table, statement) ||
        !symbols_enter(table, BLOCK_FUNCTION, function->name, statement, statement->position))
        return false;
    table->current->is_coroutine = statement->kind == AST_ASYNC_FUNCTION_DEF;
    if (!symbols_visit_parameters(table, function->args) ||
        !symbols_visit_statements(table, function->body))
        return false;
    symbols_exit(table);
    if (is_generic) symbols_exit(table);
    return true;
}

static bool visit_class(SymbolTable *table, AstStatement *statement) {
    const AstClassDef *class_def = &statement->class_def;
    AstPosition position = statement->position;
    Value outer_private_name = table->private_name;
    bool is_generic = class_def->type_params.count > 0;
    if (!symbols_add(table, class_def->name, SYMBOL_LOCAL, position) ||
        !symbols_visit_expressions(table, class_def->decorator_list) ||
        (is_generic &&
         !enter_type_params(table, class_def->type_params, class_def->name, statement)) ||
        !symbols_visit_expressions(table, class_def->bases) ||
        !visit_keywords(table, class_def->keywords) ||
        !symbols_enter(table, BLOCK_CLASS, class_def->name, statement, position))
        return false;
    table->private_name = class_def->name;
    if (is_generic && (!symbols_add(table, NAMES(table->compilation->thread)->__type_params__,
                                    SYMBOL_LOCAL, position) ||
                       !add_named(table, ".type_params", SYMBOL_USE, position)))
        return false;
    if (!symbols_visit_statements(table, class_def->body)) return false;
    symbols_exit(table);
    if (is_generic) symbols_exit(table);
    table->private_name = outer_private_name;
    return true;
}

static bool visit_type_alias(SymbolTable *table, AstStatement *statement) {
    const AstTypeAlias *alias = &statement->type_alias;
    if (!symbols_visit_expression(table, alias->name)) return false;
    Value name = alias->name->name.id;
    bool in_class = table->current->kind == BLOCK_CLASS;
    bool is_generic = alias->type_params.count > 0;
    if ((is_generic && !enter_type_params(table, alias->type_params, name, statement)) ||
        !symbols_enter(table, BLOCK_TYPE_ALIAS, name, statement, statement->position))
        return false;
    table->current->sees_class_scope = in_class;
    if (in_class && !symbols_add(table, NAMES(table->compilation->thread)->__classdict__,
                                 SYMBOL_USE, alias->value->position))
        return false;
    if (!symbols_visit_expression(table, alias->value)) return false;
    symbols_exit(table);
    if (is_generic) symbols_exit(table);
    return true;
}

static bool visit_annotated_assignment(SymbolTable *table, AstStatement *statement) {
    const AstAnnAssign *assignment = &statement->ann_assign;
    AstExpression *target = assignment->target;
    if (target->kind == AST_NAME) {
        Compilation *compilation = table->compilation;
        Value name = target->name.id;
        Value mangled = symbols_mangle(compilation, table->current, table->private_name, name);
        if (value_is_error(mangled)) return false;
        uint32_t symbol = name_map_get(&table->current->symbols, mangled);
        if ((symbol & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL)) && table->current != table->top &&
            assignment->simple)
            return compilation_raise(compilation, statement->position,
                                     "annotated name '%U' can't be %s", name,
                                     symbol & SYMBOL_GLOBAL ? "global" : "nonlocal");
        uint32_t flags = assignment->simple          ? SYMBOL_ANNOTATED | SYMBOL_LOCAL
                         : assignment->value != NULL ? SYMBOL_LOCAL
                                                     : 0;
        if (flags != 0 && !symbols_add(table, name, flags, target->position)) return false;
    } else if (!symbols_visit_expression(table, target)) {
        return false;
    }
    return visit_annotation(table, assignment->annotation) &&
           visit_optional(table, assignment->value);
}

static bool visit_declaration(SymbolTable *table, AstStatement *statement) {
    Compilation *compilation = table->compilation;
    bool is_global = statement->kind == AST_GLOBAL;
    const char *word = is_global ? "global" : "nonlocal";
    AstIdentifiers names = is_global ? statement->global.names : statement->nonlocal.names;
    AstPosition position = statement->position;
    for (size_t i = 0; i < names.count; i++) {
        Value name = names.items[i];
        Value mangled = symbols_mangle(compilation, table->current, table->private_name, name);
        if (value_is_error(mangled)) return false;
        uint32_t symbol = name_map_get(&table->current->symbols, mangled);
        if (symbol & SYMBOL_PARAMETER)
            return compilation_raise(compilation, position, "name '%U' is parameter and %s", name,
                                     word);
        if (symbol & SYMBOL_USE)
            return compilation_raise(compilation, position,
                                     "name '%U' is used prior to %s declaration", name, word);
        if (symbol & SYMBOL_ANNOTATED)
            return compilation_raise(compilation, position, "annotated name '%U' can't be %s", name,
                                     word);
        if (symbol & SYMBOL_LOCAL)
            return compilation_raise(compilation, position,
                                     "name '%U' is assigned to before %s declaration", name, word);
        if (!symbols_add(table, name, is_global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL, position) ||
            !symbols_add_directive(table, name, position))
            return false;
    }
    return true;
}

static bool visit_aliases(SymbolTable *table, AstAliases aliases) {
    Compilation *compilation = table->compilation;
    for (size_t i = 0; i < aliases.count; i++) {
        const AstAlias *alias = aliases.items[i];
        Value name = value_is_absent(alias->asname) ? alias->name : alias->asname;
        const Str *text = value_as_str(name);
        if (str_equals_c(text, "*")) {
            if (table->current->kind == BLOCK_MODULE) continue;
            return compilation_raise(compilation, alias->position,
                                     "import * only allowed at module level");
        }
        size_t dot = 0;
        while (dot < text->length && str_at(text, dot) != '.') dot++;
        if (dot < text->length) {
            Value first = str_substring(compilation->thread, name, 0, dot);
            if (value_is_error(first)) return false;
            name = compilation_intern(compilation, first);
            if (value_is_error(name)) return false;
        }
        if (!symbols_add(table, name, SYMBOL_IMPORT, alias->position)) return false;
    }
    return true;
}

static bool visit_pattern(SymbolTable *table, AstPattern *pattern);

static bool visit_patterns(SymbolTable *table, AstPatterns patterns) {
    for (size_t i = 0; i < patterns.count; i++) {
        if (!visit_pattern(table, patterns.items[i])) return false;
    }
    return true;
}

static bool bind_capture(SymbolTable *table, Value name, AstPattern *pattern) {
    return value_is_absent(name) || symbols_add(table, name, SYMBOL_LOCAL, pattern->position);
}

static bool visit_pattern(SymbolTable *table, AstPattern *pattern) {
    if (!compilation_check_stack(table->compilation)) return false;
    switch (pattern->kind) {
    case AST_MATCH_VALUE: return symbols_visit_expression(table, pattern->match_value.value);
    case AST_MATCH_SINGLETON: return true;
    case AST_MATCH_SEQUENCE: return visit_patterns(table, pattern->match_sequence.patterns);
    case AST_MATCH_STAR: return bind_capture(table, pattern->match_star.name, pattern);
    case AST_MATCH_MAPPING:
        return symbols_visit_expressions(table, pattern->match_mapping.keys) &&
               visit_patterns(table, pattern->match_mapping.patterns) &&
               bind_capture(table, pattern->match_mapping.rest, pattern);
    case AST_MATCH_CLASS:
        return symbols_visit_expression(table, pattern->match_class.cls) &&
               visit_patterns(table, pattern->match_class.patterns) &&
               visit_patterns(table, pattern->match_class.kwd_patterns);
    case AST_MATCH_AS:
        if (pattern->match_as.pattern != NULL && !visit_pattern(table, pattern->match_as.pattern))
            return false;
        return bind_capture(table, pattern->match_as.name, pattern);
    case AST_MATCH_OR: return visit_patterns(table, pattern->match_or.patterns);
    }
    UNREACHABLE();
}

static bool visit_match(SymbolTable *table, const AstMatch *match) {
    if (!symbols_visit_expression(table, match->subject)) return false;
    for (size_t i = 0; i < match->cases.count; i++) {
        const AstMatchCase *match_case = match->cases.items[i];
        if (!visit_pattern(table, match_case->pattern) ||
            !visit_optional(table, match_case->guard) ||
            !symbols_visit_statements(table, match_case->body))
            return false;
    }
    return true;
}

// The else clause comes before the handlers, as in CPython: it shows in which error is found first.
static bool visit_try(SymbolTable *table, const AstTry *try_) {
    if (!symbols_visit_statements(table, try_->body) ||
        !symbols_visit_statements(table, try_->orelse))
        return false;
    for (size_t i = 0; i < try_->handlers.count; i++) {
        const AstExceptHandler *handler = try_->handlers.items[i];
        if (!visit_optional(table, handler->type) ||
            (!value_is_absent(handler->name) &&
             !symbols_add(table, handler->name, SYMBOL_LOCAL, handler->position)) ||
            !symbols_visit_statements(table, handler->body))
            return false;
    }
    return symbols_visit_statements(table, try_->finalbody);
}

static bool visit_with(SymbolTable *table, const AstWith *with) {
    for (size_t i = 0; i < with->items.count; i++) {
        if (!symbols_visit_expression(table, with->items.items[i]->context_expr) ||
            !visit_optional(table, with->items.items[i]->optional_vars))
            return false;
    }
    return symbols_visit_statements(table, with->body);
}

static bool visit_if(SymbolTable *table, AstStatement *statement) {
    for (;;) {
        const AstIf *if_ = &statement->if_;
        if (!symbols_visit_expression(table, if_->test) ||
            !symbols_visit_statements(table, if_->body))
            return false;
        if (if_->orelse.count != 1 || if_->orelse.items[0]->kind != AST_IF)
            return symbols_visit_statements(table, if_->orelse);
        statement = if_->orelse.items[0];
    }
}

static bool visit_for(SymbolTable *table, const AstFor *for_) {
    return symbols_visit_expression(table, for_->target) &&
           symbols_visit_expression(table, for_->iter) &&
           symbols_visit_statements(table, for_->body) &&
           symbols_visit_statements(table, for_->orelse);
}

static bool visit_statement(SymbolTable *table, AstStatement *statement) {
    if (!compilation_check_stack(table->compilation)) return false;
    switch (statement->kind) {
    case AST_FUNCTION_DEF:
    case AST_ASYNC_FUNCTION_DEF: return visit_function(table, statement);
    case AST_CLASS_DEF: return visit_class(table, statement);
    case AST_TYPE_ALIAS: return visit_type_alias(table, statement);
    case AST_RETURN:
        if (statement->return_.value == NULL) return true;
        table->current->returns_value = true;
        return symbols_visit_expression(table, statement->return_.value);
    case AST_DELETE: return symbols_visit_expressions(table, statement->delete.targets);
    case AST_ASSIGN:
        return symbols_visit_expressions(table, statement->assign.targets) &&
               symbols_visit_expression(table, statement->assign.value);
    case AST_ANN_ASSIGN: return visit_annotated_assignment(table, statement);
    case AST_AUG_ASSIGN:
        return symbols_visit_expression(table, statement->aug_assign.target) &&
               symbols_visit_expression(table, statement->aug_assign.value);
    case AST_FOR:
    case AST_ASYNC_FOR: return visit_for(table, &statement->for_);
    case AST_WHILE:
        return symbols_visit_expression(table, statement->while_.test) &&
               symbols_visit_statements(table, statement->while_.body) &&
               symbols_visit_statements(table, statement->while_.orelse);
    case AST_IF: return visit_if(table, statement);
    case AST_MATCH: return visit_match(table, &statement->match);
    case AST_RAISE:
        return visit_optional(table, statement->raise.exc) &&
               visit_optional(table, statement->raise.cause);
    case AST_TRY:
    case AST_TRY_STAR: return visit_try(table, &statement->try_);
    case AST_ASSERT:
        return symbols_visit_expression(table, statement->assert_.test) &&
               visit_optional(table, statement->assert_.msg);
    case AST_IMPORT: return visit_aliases(table, statement->import.names);
    case AST_IMPORT_FROM: return visit_aliases(table, statement->import_from.names);
    case AST_GLOBAL:
    case AST_NONLOCAL: return visit_declaration(table, statement);
    case AST_EXPR: return symbols_visit_expression(table, statement->expr.value);
    case AST_WITH:
    case AST_ASYNC_WITH: return visit_with(table, &statement->with);
    case AST_PASS:
    case AST_BREAK:
    case AST_CONTINUE: return true;
    }
    UNREACHABLE();
}
