// codegen_calls.c — calls, method calls, attributes and super().
//
// A call of an attribute uses the method form of LOAD_ATTR unless the object is a module imported
// at module level, the arguments need unpacking, or there are too many of them. super() without a
// visible rebinding of the name becomes LOAD_SUPER_ATTR.

#include "compiler/codegen_internal.h"

#include "objects/str.h"
#include "objects/tuple.h"

static bool has_starred(AstExpressions args) {
    for (size_t i = 0; i < args.count; i++) {
        if (args.items[i]->kind == AST_STARRED) return true;
    }
    return false;
}

static bool has_unpacking(AstKeywords keywords) {
    for (size_t i = 0; i < keywords.count; i++) {
        if (value_is_absent(keywords.items[i]->arg)) return true;
    }
    return false;
}

static bool is_imported(CodeGenerator *generator, const AstExpression *expression) {
    return expression->kind == AST_NAME &&
           (name_map_get(&generator->symbols->top->symbols, expression->name.id) & SYMBOL_IMPORT);
}

// Is `attribute` of the form super().x or super(A, b).x, with the builtin super?
static bool is_super_attribute(CodeGenerator *generator, const AstExpression *attribute) {
    const Names *names = NAMES(generator->thread);
    const AstExpression *value = attribute->attribute.value;
    if (value->kind != AST_CALL || value->call.func->kind != AST_NAME ||
        !value_same(value->call.func->name.id, names->super) ||
        value_same(attribute->attribute.attr, names->__class__) || value->call.keywords.count > 0)
        return false;
    const Unit *unit = generator->unit;
    if (block_scope(unit->block, names->super) != SCOPE_GLOBAL_IMPLICIT ||
        block_scope(generator->symbols->top, names->super) != SCOPE_NONE)
        return false;
    AstExpressions args = value->call.args;
    if (args.count == 2) return !has_starred(args);
    return args.count == 0 && unit->code.argument_count > 0 && unit->kind != UNIT_CLASS &&
           block_scope(unit->block, names->__class__) == SCOPE_FREE;
}

static bool emit_super_parts(CodeGenerator *generator, const AstExpression *super_call) {
    const AstCall *call = &super_call->call;
    Location location = location_of(super_call->position);
    const Names *names = NAMES(generator->thread);
    if (!emit_variable(generator, location_of(call->func->position), names->super, AST_LOAD))
        return false;
    if (call->args.count == 2) return visit_expressions(generator, call->args);
    return emit_variable(generator, location, names->__class__, AST_LOAD) &&
           emit_variable(generator, location, generator->unit->code.varnames.names[0], AST_LOAD);
}

Location attribute_location(Location location, const AstExpression *attribute) {
    AstPosition position = attribute->position;
    if (location.line == position.end_lineno) return location;
    location.line = position.end_lineno;
    int length = (int)value_as_str(attribute->attribute.attr)->length;
    if (length <= position.end_col_offset) {
        location.column = position.end_col_offset - length;
    } else {
        location.column = -1;
        location.end_column = -1;
    }
    if (location.end_line < location.line) location.end_line = location.line;
    if (location.line == location.end_line && location.end_column < location.column)
        location.end_column = location.column;
    return location;
}

// super().x, or with `is_method` the function and self of super().x(...).
static bool emit_super_attribute(CodeGenerator *generator, const AstExpression *attribute,
                                 bool is_method) {
    Location location = location_of(attribute->position);
    const AstExpression *super_call = attribute->attribute.value;
    bool has_args = super_call->call.args.count > 0;
    int opcode = is_method  ? has_args ? OP_LOAD_SUPER_METHOD : OP_LOAD_ZERO_SUPER_METHOD
                 : has_args ? OP_LOAD_SUPER_ATTR
                            : OP_LOAD_ZERO_SUPER_ATTR;
    if (!emit_super_parts(generator, super_call) ||
        !emit_name(generator, location, opcode, attribute->attribute.attr))
        return false;
    emit(generator, attribute_location(location, attribute), OP_NOP);
    return true;
}

bool attribute_begin(CodeGenerator *generator, const AstExpression *attribute,
                     AstExpression **next) {
    if (attribute->attribute.ctx == AST_LOAD && is_super_attribute(generator, attribute)) {
        *next = NULL;
        return emit_super_attribute(generator, attribute, false);
    }
    *next = attribute->attribute.value;
    return true;
}

bool attribute_end(CodeGenerator *generator, const AstExpression *attribute) {
    const AstAttribute *node = &attribute->attribute;
    Location location = attribute_location(location_of(attribute->position), attribute);
    switch (node->ctx) {
    case AST_LOAD:
        if (is_super_attribute(generator, attribute)) return true;
        return emit_name(generator, location, OP_LOAD_ATTR, node->attr);
    case AST_STORE:
        return codegen_check_name(generator, location, node->attr, AST_STORE) &&
               emit_name(generator, location, OP_STORE_ATTR, node->attr);
    case AST_DEL: return emit_name(generator, location, OP_DELETE_ATTR, node->attr);
    }
    UNREACHABLE();
}

static bool check_keywords(CodeGenerator *generator, AstKeywords keywords) {
    for (size_t i = 0; i < keywords.count; i++) {
        const AstKeyword *keyword = keywords.items[i];
        if (value_is_absent(keyword->arg)) continue;
        if (!codegen_check_name(generator, location_of(keyword->position), keyword->arg, AST_STORE))
            return false;
        for (size_t j = i + 1; j < keywords.count; j++) {
            const AstKeyword *other = keywords.items[j];
            if (value_same(keyword->arg, other->arg))
                return codegen_error(generator, location_of(other->position),
                                     "keyword argument repeated: %U", keyword->arg);
        }
    }
    return true;
}

static bool is_method_call(CodeGenerator *generator, const AstCall *call) {
    const AstExpression *func = call->func;
    size_t keywords = call->keywords.count;
    return func->kind == AST_ATTRIBUTE && func->attribute.ctx == AST_LOAD &&
           !is_imported(generator, func->attribute.value) &&
           call->args.count + keywords + (keywords > 0) < CODEGEN_STACK_GUIDELINE &&
           !has_starred(call->args) && !has_unpacking(call->keywords);
}

bool call_begin(CodeGenerator *generator, const AstExpression *expression, AstExpression **next) {
    const AstCall *call = &expression->call;
    if (!check_keywords(generator, call->keywords)) return false;
    if (is_method_call(generator, call)) {
        if (is_super_attribute(generator, call->func)) {
            *next = NULL;
            return emit_super_attribute(generator, call->func, true);
        }
        *next = call->func->attribute.value;
        return true;
    }
    if (!check_callee(generator, call->func)) return false;
    emit(generator, location_of(call->func->position), OP_PUSH_NULL);
    *next = call->func;
    return true;
}

static bool visit_keywords(CodeGenerator *generator, AstKeywords keywords) {
    for (size_t i = 0; i < keywords.count; i++) {
        if (!visit_expression(generator, keywords.items[i]->value)) return false;
    }
    return true;
}

static Value gather_names(CodeGenerator *generator, AstKeywords keywords, size_t start,
                          size_t end) {
    Value names = tuple_new(generator->thread, end - start);
    if (value_is_error(names)) return VALUE_ERROR;
    for (size_t i = start; i < end; i++)
        value_as_tuple(names)->items[i - start] = keywords.items[i]->arg;
    return names;
}

static bool emit_keyword_names(CodeGenerator *generator, Location location, AstKeywords keywords) {
    Value names = gather_names(generator, keywords, 0, keywords.count);
    if (value_is_error(names)) return false;
    int index = codegen_add_constant(generator, names);
    if (index < 0) return false;
    emit_arg(generator, location, OP_KW_NAMES, index);
    return true;
}

static bool end_method_call(CodeGenerator *generator, const AstExpression *expression) {
    const AstCall *call = &expression->call;
    const AstExpression *func = call->func;
    Location location = attribute_location(location_of(func->position), func);
    if (!is_super_attribute(generator, func) &&
        !emit_name(generator, location, OP_LOAD_METHOD, func->attribute.attr))
        return false;
    if (!visit_expressions(generator, call->args) || !visit_keywords(generator, call->keywords) ||
        (call->keywords.count > 0 && !emit_keyword_names(generator, location, call->keywords)))
        return false;
    emit_arg(generator, attribute_location(location_of(expression->position), func), OP_CALL,
             (int)(call->args.count + call->keywords.count));
    return true;
}

bool call_end(CodeGenerator *generator, const AstExpression *expression) {
    const AstCall *call = &expression->call;
    if (is_method_call(generator, call)) return end_method_call(generator, expression);
    return emit_call(generator, location_of(expression->position), 0, call->args, call->keywords);
}

// Keywords [start, end), none of them `**`, as a dict.
static bool emit_keyword_part(CodeGenerator *generator, Location location, AstKeywords keywords,
                              size_t start, size_t end) {
    size_t count = end - start;
    bool is_big = count * 2 > CODEGEN_STACK_GUIDELINE;
    if (count > 1 && !is_big) {
        for (size_t i = start; i < end; i++) {
            if (!visit_expression(generator, keywords.items[i]->value)) return false;
        }
        Value names = gather_names(generator, keywords, start, end);
        if (value_is_error(names) || !emit_constant(generator, location, names)) return false;
        emit_arg(generator, location, OP_BUILD_CONST_KEY_MAP, (int)count);
        return true;
    }
    if (is_big) emit_arg(generator, NO_LOCATION, OP_BUILD_MAP, 0);
    for (size_t i = start; i < end; i++) {
        const AstKeyword *keyword = keywords.items[i];
        if (!emit_constant(generator, location, keyword->arg) ||
            !visit_expression(generator, keyword->value))
            return false;
        if (is_big) emit_arg(generator, NO_LOCATION, OP_MAP_ADD, 1);
    }
    if (!is_big) emit_arg(generator, location, OP_BUILD_MAP, (int)count);
    return true;
}

static bool add_keyword_part(CodeGenerator *generator, Location location, AstKeywords keywords,
                             size_t start, size_t end, bool *has_dict) {
    if (!emit_keyword_part(generator, location, keywords, start, end)) return false;
    if (*has_dict) emit_arg(generator, location, OP_DICT_MERGE, 1);
    *has_dict = true;
    return true;
}

// All keyword arguments as one dict, for CALL_FUNCTION_EX.
static bool emit_keyword_dict(CodeGenerator *generator, Location location, AstKeywords keywords) {
    bool has_dict = false;
    size_t waiting = 0;
    for (size_t i = 0; i < keywords.count; i++) {
        const AstKeyword *keyword = keywords.items[i];
        if (!value_is_absent(keyword->arg)) {
            waiting++;
            continue;
        }
        if (waiting > 0 &&
            !add_keyword_part(generator, location, keywords, i - waiting, i, &has_dict))
            return false;
        waiting = 0;
        if (!has_dict) emit_arg(generator, location, OP_BUILD_MAP, 0);
        has_dict = true;
        if (!visit_expression(generator, keyword->value)) return false;
        emit_arg(generator, location, OP_DICT_MERGE, 1);
    }
    return waiting == 0 || add_keyword_part(generator, location, keywords, keywords.count - waiting,
                                            keywords.count, &has_dict);
}

bool emit_call(CodeGenerator *generator, Location location, int pushed, AstExpressions args,
               AstKeywords keywords) {
    if (!check_keywords(generator, keywords)) return false;
    bool is_plain = args.count + keywords.count * 2 <= CODEGEN_STACK_GUIDELINE &&
                    !has_starred(args) && !has_unpacking(keywords);
    if (is_plain) {
        if (!visit_expressions(generator, args) || !visit_keywords(generator, keywords) ||
            (keywords.count > 0 && !emit_keyword_names(generator, location, keywords)))
            return false;
        emit_arg(generator, location, OP_CALL, pushed + (int)(args.count + keywords.count));
        return true;
    }
    bool visited;
    if (pushed == 0 && args.count == 1 && args.items[0]->kind == AST_STARRED)
        visited = visit_expression(generator, args.items[0]->starred.value);
    else
        visited = emit_display(generator, location, args, pushed,
                               (DisplayKind){OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, true});
    if (!visited || (keywords.count > 0 && !emit_keyword_dict(generator, location, keywords)))
        return false;
    emit_arg(generator, location, OP_CALL_FUNCTION_EX, keywords.count > 0);
    return true;
}
