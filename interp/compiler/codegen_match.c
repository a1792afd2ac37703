// codegen_match.c — structural pattern matching (PEP 634).
//
// Each pattern consumes the subject on top of the stack, and jumps on failure to a block that pops
// what is on the stack at that moment: fail_pop[n] pops n values. Captured values stay on the
// stack, beneath the `on_top` values that the pattern is working on, until the whole pattern has
// matched; only then are the names stored.

#include "compiler/codegen_internal.h"

#include "objects/set.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"

ARENA_VECTOR_DEFINE(Captures, captures, Value)
ARENA_VECTOR_DEFINE(FailLabels, fail_labels, Label)

typedef struct {
    Captures stores; // names whose values are on the stack, the deepest first
    FailLabels fail_pop;
    size_t on_top;
    bool allow_irrefutable; // may the pattern match everything?
} Matcher;

static bool visit_pattern(CodeGenerator *generator, AstPattern *pattern, Matcher *matcher);

static Arena *arena_of(CodeGenerator *generator) { return generator->compilation->ast->arena; }

static bool raise_no_memory(CodeGenerator *generator) {
    (void)raise_memory_error(generator->thread);
    return false;
}

static bool is_wildcard(const AstPattern *pattern) {
    return pattern->kind == AST_MATCH_AS && value_is_absent(pattern->match_as.name);
}

static bool reserve_fail_labels(CodeGenerator *generator, Matcher *matcher, size_t pops) {
    while (matcher->fail_pop.count <= pops) {
        if (!fail_labels_push(arena_of(generator), &matcher->fail_pop, new_label(generator)))
            return raise_no_memory(generator);
    }
    return true;
}

static bool emit_fail_jump(CodeGenerator *generator, Location location, Matcher *matcher,
                           int opcode) {
    size_t pops = matcher->on_top + matcher->stores.count;
    if (!reserve_fail_labels(generator, matcher, pops)) return false;
    emit_jump(generator, location, opcode, matcher->fail_pop.items[pops]);
    return true;
}

// Each block falls through to the next: pop, pop, ..., nothing.
static void emit_fail_blocks(CodeGenerator *generator, Location location, Matcher *matcher) {
    for (size_t i = matcher->fail_pop.count; i-- > 0;) {
        place_label(generator, matcher->fail_pop.items[i]);
        if (i > 0) emit(generator, location, OP_POP_TOP);
    }
    matcher->fail_pop = (FailLabels){0};
}

// Moves the top beneath count - 1 others.
static void emit_rotate(CodeGenerator *generator, Location location, size_t count) {
    for (; count > 1; count--) emit_arg(generator, location, OP_SWAP, (int)count);
}

static ssize_t find_capture(const Captures *captures, Value name) {
    for (size_t i = 0; i < captures->count; i++) {
        if (value_same(captures->items[i], name)) return (ssize_t)i;
    }
    return -1;
}

static bool raise_duplicate_capture(CodeGenerator *generator, Location location, Value name) {
    return codegen_error(generator, location, "multiple assignments to name %R in pattern", name);
}

static bool capture(CodeGenerator *generator, Location location, Value name, Matcher *matcher) {
    if (value_is_absent(name)) {
        emit(generator, location, OP_POP_TOP);
        return true;
    }
    if (!codegen_check_name(generator, location, name, AST_STORE)) return false;
    if (find_capture(&matcher->stores, name) >= 0)
        return raise_duplicate_capture(generator, location, name);
    emit_rotate(generator, location, matcher->on_top + matcher->stores.count + 1);
    return captures_push(arena_of(generator), &matcher->stores, name) || raise_no_memory(generator);
}

// Inside another pattern everything may be irrefutable.
static bool visit_subpattern(CodeGenerator *generator, AstPattern *pattern, Matcher *matcher) {
    bool allow_irrefutable = matcher->allow_irrefutable;
    matcher->allow_irrefutable = true;
    if (!visit_pattern(generator, pattern, matcher)) return false;
    matcher->allow_irrefutable = allow_irrefutable;
    return true;
}

static bool emit_pattern_unpack(CodeGenerator *generator, Location location, AstPatterns patterns) {
    size_t count = patterns.count;
    for (size_t i = 0; i < count; i++) {
        if (patterns.items[i]->kind != AST_MATCH_STAR) continue;
        if (i >= 1 << 8 || count - i - 1 >= INT32_MAX >> 8)
            return codegen_error(generator, location,
                                 "too many expressions in star-unpacking sequence pattern");
        emit_arg(generator, location, OP_UNPACK_EX, (int)(i + ((count - i - 1) << 8)));
        return true;
    }
    emit_arg(generator, location, OP_UNPACK_SEQUENCE, (int)count);
    return true;
}

static bool match_by_unpacking(CodeGenerator *generator, Location location, AstPatterns patterns,
                               Matcher *matcher) {
    if (!emit_pattern_unpack(generator, location, patterns)) return false;
    matcher->on_top += patterns.count;
    for (size_t i = 0; i < patterns.count; i++) {
        matcher->on_top--;
        if (!visit_subpattern(generator, patterns.items[i], matcher)) return false;
    }
    return true;
}

// For [first, *_] and the like: fetches the wanted items by index.
static bool match_by_index(CodeGenerator *generator, Location location, AstPatterns patterns,
                           size_t star, Matcher *matcher) {
    matcher->on_top++;
    for (size_t i = 0; i < patterns.count; i++) {
        AstPattern *pattern = patterns.items[i];
        if (is_wildcard(pattern) || i == star) continue;
        emit_arg(generator, location, OP_COPY, 1);
        if (i < star) {
            if (!emit_int(generator, location, (int64_t)i)) return false;
        } else {
            // The subject may not know negative indices.
            emit(generator, location, OP_GET_LEN);
            if (!emit_int(generator, location, (int64_t)(patterns.count - i))) return false;
            emit_binary(generator, location, AST_SUB, false);
        }
        emit(generator, location, OP_BINARY_SUBSCR);
        if (!visit_subpattern(generator, pattern, matcher)) return false;
    }
    matcher->on_top--;
    emit(generator, location, OP_POP_TOP);
    return true;
}

static bool emit_length_check(CodeGenerator *generator, Location location, size_t length,
                              AstCompareOperator op, Matcher *matcher) {
    emit(generator, location, OP_GET_LEN);
    if (!emit_int(generator, location, (int64_t)length)) return false;
    emit_compare(generator, location, op);
    return emit_fail_jump(generator, location, matcher, OP_POP_JUMP_IF_FALSE);
}

static bool visit_sequence(CodeGenerator *generator, const AstPattern *node, Matcher *matcher) {
    AstPatterns patterns = node->match_sequence.patterns;
    Location location = location_of(node->position);
    bool has_star = false, only_wildcards = true, star_is_wildcard = false;
    size_t star = 0;
    for (size_t i = 0; i < patterns.count; i++) {
        const AstPattern *pattern = patterns.items[i];
        if (pattern->kind != AST_MATCH_STAR) {
            only_wildcards &= is_wildcard(pattern);
            continue;
        }
        if (has_star)
            return codegen_error(generator, location, "multiple starred names in sequence pattern");
        has_star = true;
        star = i;
        star_is_wildcard = value_is_absent(pattern->match_star.name);
        only_wildcards &= star_is_wildcard;
    }
    matcher->on_top++;
    emit(generator, location, OP_MATCH_SEQUENCE);
    if (!emit_fail_jump(generator, location, matcher, OP_POP_JUMP_IF_FALSE)) return false;
    if (!has_star) {
        if (!emit_length_check(generator, location, patterns.count, AST_EQ, matcher)) return false;
    } else if (patterns.count > 1) {
        if (!emit_length_check(generator, location, patterns.count - 1, AST_GT_E, matcher))
            return false;
    }
    matcher->on_top--;
    if (only_wildcards) {
        emit(generator, location, OP_POP_TOP);
        return true;
    }
    return star_is_wildcard ? match_by_index(generator, location, patterns, star, matcher)
                            : match_by_unpacking(generator, location, patterns, matcher);
}

// Jumps on failure if the top is None.
static bool emit_none_check(CodeGenerator *generator, Location location, Matcher *matcher) {
    emit_arg(generator, location, OP_COPY, 1);
    if (!emit_none(generator, location)) return false;
    emit_arg(generator, location, OP_IS_OP, 1);
    return emit_fail_jump(generator, location, matcher, OP_POP_JUMP_IF_FALSE);
}

static bool check_attributes(CodeGenerator *generator, const AstMatchClass *node) {
    for (size_t i = 0; i < node->kwd_attrs.count; i++) {
        Value name = node->kwd_attrs.items[i];
        Location location = location_of(node->kwd_patterns.items[i]->position);
        if (!codegen_check_name(generator, location, name, AST_STORE)) return false;
        for (size_t j = i + 1; j < node->kwd_attrs.count; j++) {
            if (value_same(name, node->kwd_attrs.items[j]))
                return codegen_error(generator, location_of(node->kwd_patterns.items[j]->position),
                                     "attribute name repeated in class pattern: %U", name);
        }
    }
    return true;
}

static bool visit_class_pattern(CodeGenerator *generator, const AstPattern *pattern,
                                Matcher *matcher) {
    const AstMatchClass *node = &pattern->match_class;
    Location location = location_of(pattern->position);
    size_t positional = node->patterns.count, named = node->kwd_attrs.count;
    if (!check_attributes(generator, node) || !visit_expression(generator, node->cls)) return false;
    Value names = tuple_from_values(generator->thread, node->kwd_attrs.items, named);
    if (value_is_error(names) || !emit_constant(generator, location, names)) return false;
    emit_arg(generator, location, OP_MATCH_CLASS, (int)positional);
    emit_arg(generator, location, OP_COPY, 1);
    if (!emit_none(generator, location)) return false;
    emit_arg(generator, location, OP_IS_OP, 1);
    // The top is a tuple of attributes now.
    matcher->on_top++;
    if (!emit_fail_jump(generator, location, matcher, OP_POP_JUMP_IF_FALSE)) return false;
    emit_arg(generator, location, OP_UNPACK_SEQUENCE, (int)(positional + named));
    matcher->on_top += positional + named - 1;
    for (size_t i = 0; i < positional + named; i++) {
        matcher->on_top--;
        AstPattern *part =
            i < positional ? node->patterns.items[i] : node->kwd_patterns.items[i - positional];
        if (is_wildcard(part))
            emit(generator, location, OP_POP_TOP);
        else if (!visit_subpattern(generator, part, matcher))
            return false;
    }
    return true;
}

static bool visit_keys(CodeGenerator *generator, const AstPattern *pattern) {
    Location location = location_of(pattern->position);
    AstExpressions keys = pattern->match_mapping.keys;
    Value seen = set_new(generator->thread);
    if (value_is_error(seen)) return false;
    for (size_t i = 0; i < keys.count; i++) {
        AstExpression *key = keys.items[i];
        if (key->kind == AST_CONSTANT) {
            Value value = key->constant.value;
            int found = set_contains(generator->thread, value_as_set(seen), value);
            if (found < 0) return false;
            if (found)
                return codegen_error(generator, location,
                                     "mapping pattern checks duplicate key (%R)", value);
            if (!set_add(generator->thread, value_as_set(seen), value)) return false;
        } else if (key->kind != AST_ATTRIBUTE) {
            return codegen_error(
                generator, location,
                "mapping pattern keys may only match literals and attribute lookups");
        }
        if (!visit_expression(generator, key)) return false;
    }
    return true;
}

// Subject and keys are on the stack: the rest is a copy of the subject without the keys.
static bool emit_mapping_rest(CodeGenerator *generator, const AstPattern *pattern,
                              Matcher *matcher) {
    Location location = location_of(pattern->position);
    int count = (int)pattern->match_mapping.keys.count;
    emit_arg(generator, location, OP_BUILD_MAP, 0);
    emit_arg(generator, location, OP_SWAP, 3);
    emit_arg(generator, location, OP_DICT_UPDATE, 2);
    emit_arg(generator, location, OP_UNPACK_SEQUENCE, count);
    for (int i = count; i > 0; i--) {
        emit_arg(generator, location, OP_COPY, 1 + i);
        emit_arg(generator, location, OP_SWAP, 2);
        emit(generator, location, OP_DELETE_SUBSCR);
    }
    return capture(generator, location, pattern->match_mapping.rest, matcher);
}

static bool visit_mapping(CodeGenerator *generator, const AstPattern *pattern, Matcher *matcher) {
    const AstMatchMapping *node = &pattern->match_mapping;
    Location location = location_of(pattern->position);
    size_t count = node->keys.count;
    bool has_rest = !value_is_absent(node->rest);
    matcher->on_top++;
    emit(generator, location, OP_MATCH_MAPPING);
    if (!emit_fail_jump(generator, location, matcher, OP_POP_JUMP_IF_FALSE)) return false;
    if (count == 0 && !has_rest) {
        matcher->on_top--;
        emit(generator, location, OP_POP_TOP);
        return true;
    }
    if (count > 0 && !emit_length_check(generator, location, count, AST_GT_E, matcher))
        return false;
    if (!visit_keys(generator, pattern)) return false;
    emit_arg(generator, location, OP_BUILD_TUPLE, (int)count);
    emit(generator, location, OP_MATCH_KEYS);
    // Above the subject: a tuple of keys and a tuple of values.
    matcher->on_top += 2;
    if (!emit_none_check(generator, location, matcher)) return false;
    emit_arg(generator, location, OP_UNPACK_SEQUENCE, (int)count);
    matcher->on_top += count - 1;
    for (size_t i = 0; i < count; i++) {
        matcher->on_top--;
        if (!visit_subpattern(generator, node->patterns.items[i], matcher)) return false;
    }
    matcher->on_top -= 2;
    if (has_rest) return emit_mapping_rest(generator, pattern, matcher);
    emit(generator, location, OP_POP_TOP);
    emit(generator, location, OP_POP_TOP);
    return true;
}

// Brings the captures of a later alternative into the order of the first. False without an
// exception when the names differ.
static bool reorder_captures(CodeGenerator *generator, Location location, const Captures *control,
                             Captures *stores) {
    for (size_t wanted = control->count; wanted-- > 0;) {
        ssize_t found = find_capture(stores, control->items[wanted]);
        if (found < 0) return false;
        if ((size_t)found == wanted) continue;
        size_t rotations = (size_t)found + 1;
        // The first `rotations` names move up behind those that stay below `wanted`.
        for (size_t i = 0; i < rotations; i++) {
            Value first = stores->items[0];
            memmove(stores->items, stores->items + 1, wanted * sizeof *stores->items);
            stores->items[wanted] = first;
            emit_rotate(generator, location, wanted + 1);
        }
    }
    return true;
}

static bool visit_alternative(CodeGenerator *generator, const AstPattern *pattern, size_t index,
                              Captures *control, Label end, bool allow_irrefutable) {
    AstPattern *alternative = pattern->match_or.patterns.items[index];
    Location location = location_of(alternative->position);
    Matcher inner = {.allow_irrefutable = allow_irrefutable};
    emit_arg(generator, location, OP_COPY, 1);
    if (!visit_pattern(generator, alternative, &inner)) return false;
    if (index == 0) {
        *control = inner.stores;
    } else if (inner.stores.count != control->count ||
               !reorder_captures(generator, location, control, &inner.stores)) {
        return codegen_error(generator, location_of(pattern->position),
                             "alternative patterns bind different names");
    }
    emit_jump(generator, location, OP_JUMP, end);
    emit_fail_blocks(generator, location, &inner);
    return true;
}

static bool visit_or(CodeGenerator *generator, const AstPattern *pattern, Matcher *matcher) {
    Location location = location_of(pattern->position);
    Label end = new_label(generator);
    size_t count = pattern->match_or.patterns.count;
    Captures control = {0};
    for (size_t i = 0; i < count; i++) {
        if (!visit_alternative(generator, pattern, i, &control, end,
                               i + 1 == count && matcher->allow_irrefutable))
            return false;
    }
    // None matched: the copy of the subject goes.
    emit(generator, location, OP_POP_TOP);
    if (!emit_fail_jump(generator, location, matcher, OP_JUMP)) return false;
    place_label(generator, end);
    size_t rotations = control.count + 1 + matcher->on_top + matcher->stores.count;
    for (size_t i = 0; i < control.count; i++) {
        emit_rotate(generator, location, rotations);
        Value name = control.items[i];
        if (find_capture(&matcher->stores, name) >= 0)
            return raise_duplicate_capture(generator, location, name);
        if (!captures_push(arena_of(generator), &matcher->stores, name))
            return raise_no_memory(generator);
    }
    emit(generator, location, OP_POP_TOP);
    return true;
}

static bool visit_as(CodeGenerator *generator, const AstPattern *pattern, Matcher *matcher) {
    const AstMatchAs *node = &pattern->match_as;
    Location location = location_of(pattern->position);
    if (node->pattern == NULL) {
        if (matcher->allow_irrefutable) return capture(generator, location, node->name, matcher);
        if (value_is_absent(node->name))
            return codegen_error(generator, location,
                                 "wildcard makes remaining patterns unreachable");
        return codegen_error(generator, location,
                             "name capture %R makes remaining patterns unreachable", node->name);
    }
    matcher->on_top++;
    emit_arg(generator, location, OP_COPY, 1);
    if (!visit_pattern(generator, node->pattern, matcher)) return false;
    matcher->on_top--;
    return capture(generator, location, node->name, matcher);
}

static bool visit_pattern(CodeGenerator *generator, AstPattern *pattern, Matcher *matcher) {
    if (!compilation_check_stack(generator->compilation)) return false;
    Location location = location_of(pattern->position);
    switch (pattern->kind) {
    case AST_MATCH_VALUE: {
        AstExpression *value = pattern->match_value.value;
        if (value->kind != AST_CONSTANT && value->kind != AST_ATTRIBUTE)
            return codegen_error(generator, location,
                                 "patterns may only match literals and attribute lookups");
        if (!visit_expression(generator, value)) return false;
        emit_compare(generator, location, AST_EQ);
        return emit_fail_jump(generator, location, matcher, OP_POP_JUMP_IF_FALSE);
    }
    case AST_MATCH_SINGLETON:
        if (!emit_constant(generator, location, pattern->match_singleton.value)) return false;
        emit_compare(generator, location, AST_IS);
        return emit_fail_jump(generator, location, matcher, OP_POP_JUMP_IF_FALSE);
    case AST_MATCH_SEQUENCE: return visit_sequence(generator, pattern, matcher);
    case AST_MATCH_MAPPING: return visit_mapping(generator, pattern, matcher);
    case AST_MATCH_CLASS: return visit_class_pattern(generator, pattern, matcher);
    case AST_MATCH_STAR: return capture(generator, location, pattern->match_star.name, matcher);
    case AST_MATCH_AS: return visit_as(generator, pattern, matcher);
    case AST_MATCH_OR: return visit_or(generator, pattern, matcher);
    }
    UNREACHABLE();
}

// A case with its own copy of the subject, unless it is the last one.
static bool visit_case(CodeGenerator *generator, const AstMatchCase *match_case, bool is_last,
                       bool allow_irrefutable, Label end) {
    Location location = location_of(match_case->pattern->position);
    Matcher matcher = {.allow_irrefutable = allow_irrefutable};
    if (!is_last) emit_arg(generator, location, OP_COPY, 1);
    if (!visit_pattern(generator, match_case->pattern, &matcher)) return false;
    for (size_t i = 0; i < matcher.stores.count; i++) {
        if (!emit_variable(generator, location, matcher.stores.items[i], AST_STORE)) return false;
    }
    if (match_case->guard != NULL) {
        if (!reserve_fail_labels(generator, &matcher, 0) ||
            !visit_condition(generator, location, match_case->guard, matcher.fail_pop.items[0],
                             false))
            return false;
    }
    if (!is_last) emit(generator, location, OP_POP_TOP);
    if (!visit_statements(generator, match_case->body)) return false;
    emit_jump(generator, NO_LOCATION, OP_JUMP, end);
    // Failing belongs to the pattern's line, not to the end of the body.
    emit_fail_blocks(generator, location, &matcher);
    return true;
}

bool visit_match(CodeGenerator *generator, const AstStatement *statement) {
    const AstMatch *match = &statement->match;
    if (!visit_expression(generator, match->subject)) return false;
    Label end = new_label(generator);
    size_t count = match->cases.count;
    const AstMatchCase *last = match->cases.items[count - 1];
    bool has_default = count > 1 && is_wildcard(last->pattern);
    size_t tested = count - has_default;
    for (size_t i = 0; i < tested; i++) {
        const AstMatchCase *match_case = match->cases.items[i];
        if (!visit_case(generator, match_case, i + 1 == tested,
                        match_case->guard != NULL || i + 1 == count, end))
            return false;
    }
    if (has_default) {
        // `case _` needs neither a copy nor a test; the NOP shows its line.
        Location location = location_of(last->pattern->position);
        emit(generator, location, OP_NOP);
        if (last->guard != NULL && !visit_condition(generator, location, last->guard, end, false))
            return false;
        if (!visit_statements(generator, last->body)) return false;
    }
    place_label(generator, end);
    return true;
}
