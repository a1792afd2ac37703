// codegen_displays.c — list, tuple, set and dict displays, unpacking targets, f-strings.
//
// Small displays leave their parts on the stack and are built at once; large ones, and those with
// starred parts, are built piece by piece; those of three or more constants from a constant tuple.

#include "compiler/codegen_internal.h"

#include "objects/set.h"
#include "objects/tuple.h"

static bool are_constants(AstExpressions expressions, size_t start, size_t end) {
    for (size_t i = start; i < end; i++) {
        const AstExpression *item = expressions.items[i];
        if (item == NULL || item->kind != AST_CONSTANT) return false;
    }
    return true;
}

static bool has_starred(AstExpressions expressions) {
    for (size_t i = 0; i < expressions.count; i++) {
        if (expressions.items[i]->kind == AST_STARRED) return true;
    }
    return false;
}

// A tuple of constant nodes' values.
static Value gather_constants(CodeGenerator *generator, AstExpressions expressions, size_t start,
                              size_t end) {
    Value tuple = tuple_new(generator->thread, end - start);
    if (value_is_error(tuple)) return VALUE_ERROR;
    for (size_t i = start; i < end; i++)
        value_as_tuple(tuple)->items[i - start] = expressions.items[i]->constant.value;
    return tuple;
}

static bool emit_constant_display(CodeGenerator *generator, Location location,
                                  AstExpressions elements, int pushed, DisplayKind kind) {
    Value items = gather_constants(generator, elements, 0, elements.count);
    if (value_is_error(items)) return false;
    if (kind.to_tuple && pushed == 0) return emit_constant(generator, location, items);
    if (kind.append == OP_SET_ADD) {
        const Tuple *tuple = value_as_tuple(items);
        items = frozenset_new(generator->thread, tuple->items, tuple->length);
        if (value_is_error(items)) return false;
    }
    emit_arg(generator, location, kind.build, pushed);
    if (!emit_constant(generator, location, items)) return false;
    emit_arg(generator, location, kind.extend, 1);
    if (kind.to_tuple) emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE);
    return true;
}

bool emit_display(CodeGenerator *generator, Location location, AstExpressions elements, int pushed,
                  DisplayKind kind) {
    size_t count = elements.count;
    if (count > 2 && are_constants(elements, 0, count))
        return emit_constant_display(generator, location, elements, pushed, kind);
    bool is_big = count + (size_t)pushed > CODEGEN_STACK_GUIDELINE;
    if (!is_big && !has_starred(elements)) {
        if (!visit_expressions(generator, elements)) return false;
        emit_arg(generator, location, kind.to_tuple ? OP_BUILD_TUPLE : kind.build,
                 (int)count + pushed);
        return true;
    }
    bool is_built = is_big;
    if (is_big) emit_arg(generator, location, kind.build, pushed);
    for (size_t i = 0; i < count; i++) {
        AstExpression *element = elements.items[i];
        if (element->kind == AST_STARRED) {
            if (!is_built) emit_arg(generator, location, kind.build, (int)i + pushed);
            is_built = true;
            if (!visit_expression(generator, element->starred.value)) return false;
            emit_arg(generator, location, kind.extend, 1);
        } else {
            if (!visit_expression(generator, element)) return false;
            if (is_built) emit_arg(generator, location, kind.append, 1);
        }
    }
    if (kind.to_tuple) emit_arg(generator, location, OP_CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE);
    return true;
}

static bool emit_unpack(CodeGenerator *generator, Location location, AstExpressions targets) {
    bool seen_star = false;
    size_t count = targets.count;
    for (size_t i = 0; i < count; i++) {
        if (targets.items[i]->kind != AST_STARRED) continue;
        if (seen_star)
            return codegen_error(generator, location, "multiple starred expressions in assignment");
        if (i >= 1 << 8 || count - i - 1 >= INT32_MAX >> 8)
            return codegen_error(generator, location,
                                 "too many expressions in star-unpacking assignment");
        emit_arg(generator, location, OP_UNPACK_EX, (int)(i + ((count - i - 1) << 8)));
        seen_star = true;
    }
    if (!seen_star) emit_arg(generator, location, OP_UNPACK_SEQUENCE, (int)count);
    return true;
}

static bool visit_targets(CodeGenerator *generator, Location location, AstExpressions targets) {
    if (!emit_unpack(generator, location, targets)) return false;
    for (size_t i = 0; i < targets.count; i++) {
        AstExpression *target = targets.items[i];
        if (!visit_expression(generator,
                              target->kind == AST_STARRED ? target->starred.value : target))
            return false;
    }
    return true;
}

static bool visit_sequence(CodeGenerator *generator, const AstExpression *expression,
                           bool is_tuple) {
    // List and tuple nodes have one layout.
    const AstList *list = &expression->list;
    Location location = location_of(expression->position);
    switch (list->ctx) {
    case AST_STORE: return visit_targets(generator, location, list->elts);
    case AST_LOAD:
        return emit_display(generator, location, list->elts, 0,
                            (DisplayKind){OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, is_tuple});
    default: return visit_expressions(generator, list->elts);
    }
}

bool visit_list(CodeGenerator *generator, const AstExpression *expression) {
    return visit_sequence(generator, expression, false);
}

bool visit_tuple(CodeGenerator *generator, const AstExpression *expression) {
    return visit_sequence(generator, expression, true);
}

bool visit_set(CodeGenerator *generator, const AstExpression *expression) {
    return emit_display(generator, location_of(expression->position), expression->set.elts, 0,
                        (DisplayKind){OP_BUILD_SET, OP_SET_ADD, OP_SET_UPDATE, false});
}

// Items [start, end) of a dict display, none of them `**`.
static bool emit_dict_part(CodeGenerator *generator, const AstExpression *expression, size_t start,
                           size_t end) {
    const AstDict *dict = &expression->dict;
    Location location = location_of(expression->position);
    size_t count = end - start;
    bool is_big = count * 2 > CODEGEN_STACK_GUIDELINE;
    if (count > 1 && !is_big && are_constants(dict->keys, start, end)) {
        for (size_t i = start; i < end; i++) {
            if (!visit_expression(generator, dict->values.items[i])) return false;
        }
        Value keys = gather_constants(generator, dict->keys, start, end);
        if (value_is_error(keys) || !emit_constant(generator, location, keys)) return false;
        emit_arg(generator, location, OP_BUILD_CONST_KEY_MAP, (int)count);
        return true;
    }
    if (is_big) emit_arg(generator, location, OP_BUILD_MAP, 0);
    for (size_t i = start; i < end; i++) {
        if (!visit_expression(generator, dict->keys.items[i]) ||
            !visit_expression(generator, dict->values.items[i]))
            return false;
        if (is_big) emit_arg(generator, location, OP_MAP_ADD, 1);
    }
    if (!is_big) emit_arg(generator, location, OP_BUILD_MAP, (int)count);
    return true;
}

// A part of a dict display, merged into the dict that was begun before.
static bool add_dict_part(CodeGenerator *generator, const AstExpression *expression, size_t start,
                          size_t end, bool *has_dict) {
    if (!emit_dict_part(generator, expression, start, end)) return false;
    if (*has_dict) emit_arg(generator, location_of(expression->position), OP_DICT_UPDATE, 1);
    *has_dict = true;
    return true;
}

bool visit_dict(CodeGenerator *generator, const AstExpression *expression) {
    const AstDict *dict = &expression->dict;
    Location location = location_of(expression->position);
    size_t count = dict->values.count, waiting = 0;
    bool has_dict = false;
    for (size_t i = 0; i < count; i++) {
        if (dict->keys.items[i] == NULL) {
            if (waiting > 0 && !add_dict_part(generator, expression, i - waiting, i, &has_dict))
                return false;
            waiting = 0;
            if (!has_dict) emit_arg(generator, location, OP_BUILD_MAP, 0);
            has_dict = true;
            if (!visit_expression(generator, dict->values.items[i])) return false;
            emit_arg(generator, location, OP_DICT_UPDATE, 1);
        } else if (waiting * 2 > CODEGEN_STACK_GUIDELINE) {
            if (!add_dict_part(generator, expression, i - waiting, i + 1, &has_dict)) return false;
            waiting = 0;
        } else {
            waiting++;
        }
    }
    if (waiting > 0) return add_dict_part(generator, expression, count - waiting, count, &has_dict);
    if (!has_dict) emit_arg(generator, location, OP_BUILD_MAP, 0);
    return true;
}

bool visit_joined_str(CodeGenerator *generator, const AstExpression *expression) {
    AstExpressions values = expression->joined_str.values;
    Location location = location_of(expression->position);
    if (values.count <= CODEGEN_STACK_GUIDELINE) {
        if (!visit_expressions(generator, values)) return false;
        if (values.count != 1) emit_arg(generator, location, OP_BUILD_STRING, (int)values.count);
        return true;
    }
    const Names *names = NAMES(generator->thread);
    if (!emit_constant(generator, location, names->empty) ||
        !emit_name(generator, location, OP_LOAD_METHOD, names->join))
        return false;
    emit_arg(generator, location, OP_BUILD_LIST, 0);
    for (size_t i = 0; i < values.count; i++) {
        if (!visit_expression(generator, values.items[i])) return false;
        emit_arg(generator, location, OP_LIST_APPEND, 1);
    }
    emit_arg(generator, location, OP_CALL, 1);
    return true;
}

bool visit_formatted_value(CodeGenerator *generator, const AstExpression *expression) {
    const AstFormattedValue *value = &expression->formatted_value;
    enum { HAS_FORMAT = 4 };
    if (!visit_expression(generator, value->value)) return false;
    int oparg = value->conversion == 's'   ? 1
                : value->conversion == 'r' ? 2
                : value->conversion == 'a' ? 3
                                           : 0;
    if (value->format_spec != NULL) {
        if (!visit_expression(generator, value->format_spec)) return false;
        oparg |= HAS_FORMAT;
    }
    emit_arg(generator, location_of(expression->position), OP_FORMAT_VALUE, oparg);
    return true;
}
