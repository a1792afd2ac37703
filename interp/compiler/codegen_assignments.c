// codegen_assignments.c — augmented and annotated assignments.

#include "compiler/codegen_internal.h"

#include "compiler/ast_unparse.h"
#include "objects/str.h"

// Pushes what the target's store needs again, and the target's value.
static bool load_target(CodeGenerator *generator, AstExpression *target) {
    Location location = location_of(target->position);
    switch (target->kind) {
    case AST_ATTRIBUTE:
        if (!visit_expression(generator, target->attribute.value)) return false;
        emit_arg(generator, location, OP_COPY, 1);
        return emit_name(generator, attribute_location(location, target), OP_LOAD_ATTR,
                         target->attribute.attr);
    case AST_SUBSCRIPT:
        if (!visit_expression(generator, target->subscript.value)) return false;
        if (is_plain_slice(target->subscript.slice)) {
            if (visit_slice_parts(generator, target->subscript.slice) < 0) return false;
            for (int i = 0; i < 3; i++) emit_arg(generator, location, OP_COPY, 3);
            emit(generator, location, OP_BINARY_SLICE);
            return true;
        }
        if (!visit_expression(generator, target->subscript.slice)) return false;
        emit_arg(generator, location, OP_COPY, 2);
        emit_arg(generator, location, OP_COPY, 2);
        emit(generator, location, OP_BINARY_SUBSCR);
        return true;
    default: return emit_variable(generator, location, target->name.id, AST_LOAD);
    }
}

static bool store_target(CodeGenerator *generator, AstExpression *target) {
    Location location = location_of(target->position);
    switch (target->kind) {
    case AST_ATTRIBUTE:
        location = attribute_location(location, target);
        emit_arg(generator, location, OP_SWAP, 2);
        return emit_name(generator, location, OP_STORE_ATTR, target->attribute.attr);
    case AST_SUBSCRIPT: {
        bool is_slice = is_plain_slice(target->subscript.slice);
        for (int i = is_slice ? 4 : 3; i > 1; i--) emit_arg(generator, location, OP_SWAP, i);
        emit(generator, location, is_slice ? OP_STORE_SLICE : OP_STORE_SUBSCR);
        return true;
    }
    default: return emit_variable(generator, location, target->name.id, AST_STORE);
    }
}

bool visit_augmented_assignment(CodeGenerator *generator, const AstStatement *statement) {
    const AstAugAssign *assign = &statement->aug_assign;
    if (!load_target(generator, assign->target) || !visit_expression(generator, assign->value))
        return false;
    emit_binary(generator, location_of(statement->position), assign->op, true);
    return store_target(generator, assign->target);
}

bool emit_annotation_text(CodeGenerator *generator, AstExpression *annotation) {
    Value text = ast_unparse(generator->compilation, annotation);
    return !value_is_error(text) &&
           emit_constant(generator, location_of(annotation->position), text);
}

// Evaluates and drops: an annotation whose target is no simple name, and a target without a value.
static bool evaluate(CodeGenerator *generator, AstExpression *expression) {
    if (!visit_expression(generator, expression)) return false;
    emit(generator, location_of(expression->position), OP_POP_TOP);
    return true;
}

static bool evaluate_subscript(CodeGenerator *generator, AstExpression *expression) {
    if (!compilation_check_stack(generator->compilation)) return false;
    if (expression->kind == AST_SLICE) {
        const AstSlice *slice = &expression->slice;
        return (slice->lower == NULL || evaluate(generator, slice->lower)) &&
               (slice->upper == NULL || evaluate(generator, slice->upper)) &&
               (slice->step == NULL || evaluate(generator, slice->step));
    }
    if (expression->kind != AST_TUPLE) return evaluate(generator, expression);
    for (size_t i = 0; i < expression->tuple.elts.count; i++) {
        if (!evaluate_subscript(generator, expression->tuple.elts.items[i])) return false;
    }
    return true;
}

static bool stores_annotations(const CodeGenerator *generator) {
    return generator->unit->kind == UNIT_MODULE || generator->unit->kind == UNIT_CLASS;
}

// __annotations__['name'] = annotation
static bool store_annotation(CodeGenerator *generator, const AstStatement *statement) {
    const AstAnnAssign *assign = &statement->ann_assign;
    Location location = location_of(statement->position);
    bool as_text = generator->compilation->flags & CO_FUTURE_ANNOTATIONS;
    if (!(as_text ? emit_annotation_text : visit_expression)(generator, assign->annotation) ||
        !emit_name(generator, location, OP_LOAD_NAME, NAMES(generator->thread)->__annotations__))
        return false;
    Value name = codegen_mangle(generator, assign->target->name.id);
    if (value_is_error(name) || !emit_constant(generator, location, name)) return false;
    emit(generator, location, OP_STORE_SUBSCR);
    return true;
}

bool visit_annotated_assignment(CodeGenerator *generator, const AstStatement *statement) {
    const AstAnnAssign *assign = &statement->ann_assign;
    Location location = location_of(statement->position);
    AstExpression *target = assign->target;
    bool has_value = assign->value != NULL;
    if (has_value &&
        (!visit_expression(generator, assign->value) || !visit_expression(generator, target)))
        return false;
    switch (target->kind) {
    case AST_NAME:
        if (!codegen_check_name(generator, location, target->name.id, AST_STORE)) return false;
        if (assign->simple && stores_annotations(generator) &&
            !store_annotation(generator, statement))
            return false;
        break;
    case AST_ATTRIBUTE:
        if (!codegen_check_name(generator, location, target->attribute.attr, AST_STORE) ||
            (!has_value && !evaluate(generator, target->attribute.value)))
            return false;
        break;
    default:
        if (!has_value && (!evaluate(generator, target->subscript.value) ||
                           !evaluate_subscript(generator, target->subscript.slice)))
            return false;
        break;
    }
    bool evaluates = !assign->simple && stores_annotations(generator) &&
                     !(generator->compilation->flags & CO_FUTURE_ANNOTATIONS);
    return !evaluates || evaluate(generator, assign->annotation);
}
