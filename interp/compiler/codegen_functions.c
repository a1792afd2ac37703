// codegen_functions.c — functions, lambdas, classes, type parameters and type aliases.
//
// A generic function or class is made inside a scope of its own that holds the type parameters and
// is called at once (PEP 695). Bounds and alias values are functions, evaluated when asked for.

#include "compiler/codegen_internal.h"

#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

// Bits of MAKE_FUNCTION's argument.
enum { HAS_DEFAULTS = 1, HAS_KEYWORD_DEFAULTS = 2, HAS_ANNOTATIONS = 4 };

static bool check_parameter(CodeGenerator *generator, const AstArgument *argument) {
    return argument == NULL ||
           codegen_check_name(generator, location_of(argument->position), argument->arg, AST_STORE);
}

static bool check_parameter_list(CodeGenerator *generator, AstArgumentList arguments) {
    for (size_t i = 0; i < arguments.count; i++) {
        if (!check_parameter(generator, arguments.items[i])) return false;
    }
    return true;
}

static bool check_parameters(CodeGenerator *generator, const AstArguments *arguments) {
    return check_parameter_list(generator, arguments->posonlyargs) &&
           check_parameter_list(generator, arguments->args) &&
           check_parameter(generator, arguments->vararg) &&
           check_parameter_list(generator, arguments->kwonlyargs) &&
           check_parameter(generator, arguments->kwarg);
}

// Pushes a dict of the defaults of keyword-only parameters. 1 if there are any, 0, or -1.
static int emit_keyword_defaults(CodeGenerator *generator, Location location,
                                 const AstArguments *arguments) {
    Value names = VALUE_ABSENT;
    for (size_t i = 0; i < arguments->kwonlyargs.count; i++) {
        AstExpression *value = arguments->kw_defaults.items[i];
        if (value == NULL) continue;
        Value name = codegen_mangle(generator, arguments->kwonlyargs.items[i]->arg);
        if (value_is_error(name)) return -1;
        if (value_is_absent(names)) names = list_new(generator->thread, 4);
        if (value_is_error(names) || !list_append(generator->thread, value_as_list(names), name) ||
            !visit_expression(generator, value))
            return -1;
    }
    if (value_is_absent(names)) return 0;
    Value tuple = list_as_tuple(generator->thread, value_as_list(names));
    if (value_is_error(tuple) || !emit_constant(generator, location, tuple)) return -1;
    emit_arg(generator, location, OP_BUILD_CONST_KEY_MAP, (int)value_as_tuple(tuple)->length);
    return 1;
}

// Pushes the defaults. Result: bits for MAKE_FUNCTION, or -1.
static int emit_defaults(CodeGenerator *generator, Location location,
                         const AstArguments *arguments) {
    int flags = 0;
    if (arguments->defaults.count > 0) {
        if (!visit_expressions(generator, arguments->defaults)) return -1;
        emit_arg(generator, location, OP_BUILD_TUPLE, (int)arguments->defaults.count);
        flags |= HAS_DEFAULTS;
    }
    int result = emit_keyword_defaults(generator, location, arguments);
    if (result < 0) return -1;
    return result > 0 ? flags | HAS_KEYWORD_DEFAULTS : flags;
}

static bool emit_annotation(CodeGenerator *generator, Location location, Value name,
                            AstExpression *annotation, int *count) {
    if (annotation == NULL) return true;
    Value mangled = codegen_mangle(generator, name);
    if (value_is_error(mangled) || !emit_constant(generator, location, mangled)) return false;
    *count += 2;
    if (generator->compilation->flags & CO_FUTURE_ANNOTATIONS)
        return emit_annotation_text(generator, annotation);
    if (annotation->kind != AST_STARRED) return visit_expression(generator, annotation);
    // *args: *Ts takes the one item of [*Ts].
    if (!visit_expression(generator, annotation->starred.value)) return false;
    emit_arg(generator, location, OP_UNPACK_SEQUENCE, 1);
    return true;
}

static bool emit_annotation_list(CodeGenerator *generator, Location location,
                                 AstArgumentList arguments, int *count) {
    for (size_t i = 0; i < arguments.count; i++) {
        const AstArgument *argument = arguments.items[i];
        if (!emit_annotation(generator, location, argument->arg, argument->annotation, count))
            return false;
    }
    return true;
}

static bool emit_optional_annotation(CodeGenerator *generator, Location location,
                                     const AstArgument *argument, int *count) {
    return argument == NULL ||
           emit_annotation(generator, location, argument->arg, argument->annotation, count);
}

// Pushes a tuple of names and annotations. 1 if there are any, 0, or -1.
static int emit_annotations(CodeGenerator *generator, Location location,
                            const AstFunctionDef *function) {
    const AstArguments *arguments = function->args;
    int count = 0;
    Value return_name = compilation_intern_c(generator->compilation, "return");
    if (value_is_error(return_name) ||
        !emit_annotation_list(generator, location, arguments->args, &count) ||
        !emit_annotation_list(generator, location, arguments->posonlyargs, &count) ||
        !emit_optional_annotation(generator, location, arguments->vararg, &count) ||
        !emit_annotation_list(generator, location, arguments->kwonlyargs, &count) ||
        !emit_optional_annotation(generator, location, arguments->kwarg, &count) ||
        !emit_annotation(generator, location, return_name, function->returns, &count))
        return -1;
    if (count == 0) return 0;
    emit_arg(generator, location, OP_BUILD_TUPLE, count);
    return 1;
}

static void set_argument_counts(CodeGenerator *generator, const AstArguments *arguments) {
    CodeUnit *code = &generator->unit->code;
    code->argument_count = (int)(arguments->args.count + arguments->posonlyargs.count);
    code->positional_only_count = (int)arguments->posonlyargs.count;
    code->keyword_only_count = (int)arguments->kwonlyargs.count;
}

static bool enter_type_params(CodeGenerator *generator, AstTypeParams params, Value name,
                              int first_line) {
    Value text = str_format(generator->thread, "<generic parameters of %U>", name);
    return !value_is_error(text) && ast_keep(generator->compilation->ast, text) &&
           codegen_enter(generator, UNIT_TYPE_PARAMS, text, params.items, first_line);
}

// The lazily called function of a bound or of constraints.
static bool emit_bound(CodeGenerator *generator, const AstTypeParam *param) {
    Location location = location_of(param->position);
    AstExpression *bound = param->type_var.bound;
    if (!codegen_enter(generator, UNIT_TYPE_PARAMS, param->type_var.name, param,
                       bound->position.lineno) ||
        !visit_expression(generator, bound))
        return false;
    emit(generator, location, OP_RETURN_VALUE);
    Value code = codegen_finish(generator, true);
    if (value_is_error(code) || !emit_closure(generator, location, code, 0)) return false;
    emit_arg(generator, location, OP_CALL_INTRINSIC_2,
             bound->kind == AST_TUPLE ? INTRINSIC_TYPEVAR_WITH_CONSTRAINTS
                                      : INTRINSIC_TYPEVAR_WITH_BOUND);
    return true;
}

// Makes and stores the parameters and leaves a tuple of them.
static bool emit_type_params(CodeGenerator *generator, AstTypeParams params) {
    for (size_t i = 0; i < params.count; i++) {
        const AstTypeParam *param = params.items[i];
        Location location = location_of(param->position);
        Value name = param->type_var.name; // the three kinds begin with the same field
        if (!emit_constant(generator, location, name)) return false;
        if (param->kind == AST_TYPE_VAR && param->type_var.bound != NULL) {
            if (!emit_bound(generator, param)) return false;
        } else {
            emit_arg(generator, location, OP_CALL_INTRINSIC_1,
                     param->kind == AST_TYPE_VAR         ? INTRINSIC_TYPEVAR
                     : param->kind == AST_TYPE_VAR_TUPLE ? INTRINSIC_TYPEVARTUPLE
                                                         : INTRINSIC_PARAMSPEC);
        }
        emit_arg(generator, location, OP_COPY, 1);
        if (!emit_variable(generator, location, name, AST_STORE)) return false;
    }
    emit_arg(generator, location_of(params.items[0]->position), OP_BUILD_TUPLE, (int)params.count);
    return true;
}

static int first_line_of(AstExpressions decorators, AstPosition position) {
    return decorators.count > 0 ? decorators.items[0]->position.lineno : position.lineno;
}

static void emit_decorator_calls(CodeGenerator *generator, AstExpressions decorators) {
    for (size_t i = decorators.count; i-- > 0;)
        emit_arg(generator, location_of(decorators.items[i]->position), OP_CALL, 0);
}

// The label makes the body a block of its own, so that a line that starts it keeps its NOP.
static bool visit_function_statements(CodeGenerator *generator, AstStatements body) {
    const SymbolBlock *block = generator->unit->block;
    bool is_wrapped = block->is_coroutine || block->is_generator;
    Label start = new_label(generator);
    place_label(generator, start);
    if (is_wrapped && !nest_push(generator, NO_LOCATION,
                                 (Nest){.kind = NEST_GENERATOR, .start = start, .exit = NO_LABEL}))
        return false;
    if (!visit_statements(generator, body)) return false;
    if (!is_wrapped) return true;
    nest_pop(generator);
    return codegen_wrap_generator(generator);
}

static bool emit_function_body(CodeGenerator *generator, const AstStatement *statement, int flags,
                               int first_line) {
    const AstFunctionDef *function = &statement->function_def;
    bool is_async = statement->kind == AST_ASYNC_FUNCTION_DEF;
    if (!codegen_enter(generator, is_async ? UNIT_ASYNC_FUNCTION : UNIT_FUNCTION, function->name,
                       statement, first_line))
        return false;
    AstStatements body = function->body;
    const AstExpression *docstring =
        generator->compilation->optimize < 2 ? ast_docstring_find(body) : NULL;
    if (codegen_add_constant(generator,
                             docstring != NULL ? docstring->constant.value : VALUE_NONE) < 0)
        return false;
    if (docstring != NULL) {
        body.items++;
        body.count--;
    }
    set_argument_counts(generator, function->args);
    if (!visit_function_statements(generator, body)) return false;
    Value code = codegen_finish(generator, true);
    return !value_is_error(code) &&
           emit_closure(generator, location_of(statement->position), code, flags);
}

// The function made of the type parameters' scope is called with the defaults as arguments.
static bool call_type_params(CodeGenerator *generator, Location location, int arguments) {
    generator->unit->code.argument_count = arguments;
    Value code = codegen_finish(generator, false);
    if (value_is_error(code) || !emit_closure(generator, location, code, 0)) return false;
    if (arguments > 0) emit_arg(generator, location, OP_SWAP, arguments + 1);
    emit_arg(generator, location, OP_CALL, arguments);
    return true;
}

static bool begin_generic_function(CodeGenerator *generator, const AstStatement *statement,
                                   int flags, int first_line, int *arguments) {
    const AstFunctionDef *function = &statement->function_def;
    Location location = location_of(statement->position);
    *arguments = ((flags & HAS_DEFAULTS) != 0) + ((flags & HAS_KEYWORD_DEFAULTS) != 0);
    if (*arguments == 2) emit_arg(generator, location, OP_SWAP, 2);
    if (!enter_type_params(generator, function->type_params, function->name, first_line) ||
        !emit_type_params(generator, function->type_params))
        return false;
    for (int i = 0; i < *arguments; i++) emit_arg(generator, location, OP_LOAD_FAST, i);
    return true;
}

bool visit_function(CodeGenerator *generator, const AstStatement *statement) {
    const AstFunctionDef *function = &statement->function_def;
    Location location = location_of(statement->position);
    if (!check_parameters(generator, function->args) ||
        !visit_expressions(generator, function->decorator_list))
        return false;
    int first_line = first_line_of(function->decorator_list, statement->position);
    bool is_generic = function->type_params.count > 0;
    if (is_generic) emit(generator, location, OP_PUSH_NULL);
    int flags = emit_defaults(generator, location, function->args);
    if (flags < 0) return false;
    int arguments = 0;
    if (is_generic && !begin_generic_function(generator, statement, flags, first_line, &arguments))
        return false;
    int annotations = emit_annotations(generator, location, function);
    if (annotations < 0) return false;
    if (annotations > 0) flags |= HAS_ANNOTATIONS;
    if (!emit_function_body(generator, statement, flags, first_line)) return false;
    if (is_generic) {
        emit_arg(generator, location, OP_SWAP, 2);
        emit_arg(generator, location, OP_CALL_INTRINSIC_2, INTRINSIC_SET_FUNCTION_TYPE_PARAMS);
        if (!call_type_params(generator, location, arguments)) return false;
    }
    emit_decorator_calls(generator, function->decorator_list);
    return emit_variable(generator, location, function->name, AST_STORE);
}

bool visit_lambda(CodeGenerator *generator, AstExpression *expression) {
    const AstLambda *lambda = &expression->lambda;
    Location location = location_of(expression->position);
    if (!check_parameters(generator, lambda->args)) return false;
    int flags = emit_defaults(generator, location, lambda->args);
    if (flags < 0 || !codegen_enter(generator, UNIT_LAMBDA, NAMES(generator->thread)->angle_lambda,
                                    expression, location.line))
        return false;
    // None comes first, so that no constant is taken for a docstring.
    if (codegen_add_constant(generator, VALUE_NONE) < 0) return false;
    set_argument_counts(generator, lambda->args);
    if (!visit_expression(generator, lambda->body)) return false;
    bool is_generator = generator->unit->block->is_generator;
    if (!is_generator) emit(generator, location_of(lambda->body->position), OP_RETURN_VALUE);
    Value code = codegen_finish(generator, !is_generator);
    return !value_is_error(code) && emit_closure(generator, location, code, flags);
}

static Value intern_type_params_name(CodeGenerator *generator) {
    return compilation_intern_c(generator->compilation, ".type_params");
}

static bool emit_class_prologue(CodeGenerator *generator, const AstClassDef *class_def,
                                Location location) {
    const Names *names = NAMES(generator->thread);
    Unit *unit = generator->unit;
    if (!emit_variable(generator, location, names->__name__, AST_LOAD) ||
        !emit_variable(generator, location, names->__module__, AST_STORE) ||
        !emit_constant(generator, location, unit->code.qualname) ||
        !emit_variable(generator, location, names->__qualname__, AST_STORE))
        return false;
    if (class_def->type_params.count > 0) {
        Value name = intern_type_params_name(generator);
        if (value_is_error(name) || !emit_variable(generator, location, name, AST_LOAD) ||
            !emit_variable(generator, location, names->__type_params__, AST_STORE))
            return false;
    }
    if (unit->block->needs_class_dict) {
        emit(generator, location, OP_LOAD_LOCALS);
        emit_arg(generator, location, OP_STORE_DEREF,
                 name_table_find(&unit->code.cellvars, names->__classdict__));
    }
    return true;
}

// Stores the cells that type() wants in the namespace and returns __class__'s, or None.
static bool emit_class_epilogue(CodeGenerator *generator) {
    const Names *names = NAMES(generator->thread);
    const Unit *unit = generator->unit;
    if (unit->block->needs_class_dict) {
        Value name = compilation_intern_c(generator->compilation, "__classdictcell__");
        emit_arg(generator, NO_LOCATION, OP_LOAD_CLOSURE,
                 name_table_find(&unit->code.cellvars, names->__classdict__));
        if (value_is_error(name) || !emit_variable(generator, NO_LOCATION, name, AST_STORE))
            return false;
    }
    if (unit->block->needs_class_closure) {
        emit_arg(generator, NO_LOCATION, OP_LOAD_CLOSURE,
                 name_table_find(&unit->code.cellvars, names->__class__));
        emit_arg(generator, NO_LOCATION, OP_COPY, 1);
        if (!emit_variable(generator, NO_LOCATION, names->__classcell__, AST_STORE)) return false;
    } else if (!emit_none(generator, NO_LOCATION)) {
        return false;
    }
    emit(generator, NO_LOCATION, OP_RETURN_VALUE);
    return true;
}

// Pushes NULL, __build_class__, the class body's function and the name.
static bool emit_class_body(CodeGenerator *generator, const AstStatement *statement,
                            int first_line) {
    const AstClassDef *class_def = &statement->class_def;
    if (!codegen_enter(generator, UNIT_CLASS, class_def->name, statement, first_line)) return false;
    Location location = {first_line, first_line, 0, 0};
    generator->unit->private_name = class_def->name;
    if (!emit_class_prologue(generator, class_def, location) ||
        !codegen_body(generator, location, class_def->body) || !emit_class_epilogue(generator))
        return false;
    Value code = codegen_finish(generator, true);
    if (value_is_error(code)) return false;
    // These belong to the class line, not to that of a decorator.
    location = location_of(statement->position);
    emit(generator, location, OP_PUSH_NULL);
    emit(generator, location, OP_LOAD_BUILD_CLASS);
    return emit_closure(generator, location, code, 0) &&
           emit_constant(generator, location, class_def->name);
}

// The bases of a generic class with Generic[...] behind them, which `.generic_base` holds.
static bool append_generic_base(CodeGenerator *generator, const AstStatement *statement,
                                AstExpressions *bases) {
    Compilation *compilation = generator->compilation;
    *bases = statement->class_def.bases;
    AstExpression **items =
        compilation_allocate(compilation, (bases->count + 1) * sizeof(AstExpression *));
    Value name = compilation_intern_c(compilation, ".generic_base");
    if (items == NULL || value_is_error(name)) return false;
    if (bases->count > 0) memcpy(items, bases->items, bases->count * sizeof *items);
    AstExpression *base = ast_expression_new(compilation->ast, AST_NAME, statement->position);
    if (base == NULL) return false;
    base->name = (AstName){name, AST_LOAD};
    items[bases->count++] = base;
    bases->items = items;
    return true;
}

static bool begin_generic_class(CodeGenerator *generator, const AstStatement *statement,
                                int first_line) {
    const AstClassDef *class_def = &statement->class_def;
    Location location = location_of(statement->position);
    emit(generator, location, OP_PUSH_NULL);
    if (!enter_type_params(generator, class_def->type_params, class_def->name, first_line))
        return false;
    generator->unit->private_name = class_def->name;
    Value name = intern_type_params_name(generator);
    return !value_is_error(name) && emit_type_params(generator, class_def->type_params) &&
           emit_variable(generator, location, name, AST_STORE);
}

static bool end_generic_class(CodeGenerator *generator, const AstStatement *statement) {
    Location location = location_of(statement->position);
    Value params = intern_type_params_name(generator);
    if (value_is_error(params) || !emit_variable(generator, location, params, AST_LOAD))
        return false;
    emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_SUBSCRIPT_GENERIC);
    AstExpressions bases;
    if (!append_generic_base(generator, statement, &bases)) return false;
    Value base_name = bases.items[bases.count - 1]->name.id;
    return emit_variable(generator, location, base_name, AST_STORE) &&
           emit_call(generator, location, 2, bases, statement->class_def.keywords) &&
           call_type_params(generator, location, 0);
}

bool visit_class(CodeGenerator *generator, const AstStatement *statement) {
    const AstClassDef *class_def = &statement->class_def;
    Location location = location_of(statement->position);
    if (!visit_expressions(generator, class_def->decorator_list)) return false;
    int first_line = first_line_of(class_def->decorator_list, statement->position);
    bool is_generic = class_def->type_params.count > 0;
    if ((is_generic && !begin_generic_class(generator, statement, first_line)) ||
        !emit_class_body(generator, statement, first_line))
        return false;
    bool called = is_generic
                      ? end_generic_class(generator, statement)
                      : emit_call(generator, location, 2, class_def->bases, class_def->keywords);
    if (!called) return false;
    emit_decorator_calls(generator, class_def->decorator_list);
    return emit_variable(generator, location, class_def->name, AST_STORE);
}

static bool emit_alias_value(CodeGenerator *generator, const AstStatement *statement) {
    const AstTypeAlias *alias = &statement->type_alias;
    Location location = location_of(statement->position);
    if (!codegen_enter(generator, UNIT_FUNCTION, alias->name->name.id, statement, location.line) ||
        codegen_add_constant(generator, VALUE_NONE) < 0 ||
        !visit_expression(generator, alias->value))
        return false;
    emit(generator, location, OP_RETURN_VALUE);
    Value code = codegen_finish(generator, false);
    if (value_is_error(code) || !emit_closure(generator, location, code, 0)) return false;
    emit_arg(generator, location, OP_BUILD_TUPLE, 3);
    emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_TYPEALIAS);
    return true;
}

bool visit_type_alias(CodeGenerator *generator, const AstStatement *statement) {
    const AstTypeAlias *alias = &statement->type_alias;
    Location location = location_of(statement->position);
    Value name = alias->name->name.id;
    bool is_generic = alias->type_params.count > 0;
    if (is_generic) {
        emit(generator, location, OP_PUSH_NULL);
        if (!enter_type_params(generator, alias->type_params, name, location.line) ||
            !emit_constant(generator, location, name) ||
            !emit_type_params(generator, alias->type_params))
            return false;
    } else if (!emit_constant(generator, location, name) || !emit_none(generator, location)) {
        return false;
    }
    if (!emit_alias_value(generator, statement)) return false;
    if (is_generic && !call_type_params(generator, location, 0)) return false;
    return emit_variable(generator, location, name, AST_STORE);
}
