// suggestions.c — "Did you mean: 'x'?": the nearest of the names that were in reach.
//
// The distance is Levenshtein's with costs (CPython's Python/suggestions.c): a change of case costs
// 1, an insertion, deletion or other substitution 2; at most a third of the letters may change.
#include "modules/print_internal.h"
#include "modules/sys_internal.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { CANDIDATE_LIMIT = 750, NAME_LIMIT = 40, MOVE_COST = 2, CASE_COST = 1 };

static int substitution_cost(char a, char b) {
    if (a == b) return 0;
    char lower_a = a >= 'A' && a <= 'Z' ? (char)(a + 32) : a;
    char lower_b = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
    return lower_a == lower_b ? CASE_COST : MOVE_COST;
}

// The distance of two texts of at most NAME_LIMIT bytes, or something above `limit`.
static int distance(const char *a, int a_size, const char *b, int b_size, int limit) {
    for (; a_size && b_size && *a == *b; a++, b++, a_size--, b_size--) {
    }
    for (; a_size && b_size && a[a_size - 1] == b[b_size - 1]; a_size--, b_size--) {
    }
    if (a_size == 0 || b_size == 0) return (a_size + b_size) * MOVE_COST;
    if (a_size > NAME_LIMIT || b_size > NAME_LIMIT) return limit + 1;
    if ((a_size > b_size ? a_size - b_size : b_size - a_size) * MOVE_COST > limit) return limit + 1;
    int row[NAME_LIMIT + 1];
    for (int i = 0; i <= a_size; i++) row[i] = i * MOVE_COST;
    for (int j = 1; j <= b_size; j++) {
        int diagonal = row[0], least = row[0] = j * MOVE_COST;
        for (int i = 1; i <= a_size; i++) {
            int substituted = diagonal + substitution_cost(a[i - 1], b[j - 1]);
            int moved = (row[i] < row[i - 1] ? row[i] : row[i - 1]) + MOVE_COST;
            diagonal = row[i];
            row[i] = substituted < moved ? substituted : moved;
            if (row[i] < least) least = row[i];
        }
        if (least > limit) return limit + 1;
    }
    return row[a_size];
}

// The best of a list of names; VALUE_ABSENT if none is near.
static Value nearest(Thread *thread, Value list, Value wrong) {
    size_t wrong_size, count = value_as_list(list)->length;
    const char *text = str_as_utf8_lossy(thread, wrong, &wrong_size);
    if (!text || count >= CANDIDATE_LIMIT || wrong_size > NAME_LIMIT) return VALUE_ABSENT;
    Value best = VALUE_ABSENT;
    int best_distance = INT32_MAX;
    for (size_t i = 0; i < count; i++) {
        Value name = value_as_list(list)->items->items[i];
        if (!value_is_str(name) || str_equal(value_as_str(name), value_as_str(wrong))) continue;
        size_t size;
        const char *candidate = str_as_utf8_lossy(thread, name, &size);
        if (!candidate) return VALUE_ABSENT;
        if (size > 2 * NAME_LIMIT) continue;
        int limit = (int)(wrong_size + size + 3) * MOVE_COST / 6;
        if (limit > best_distance - 1) limit = best_distance - 1;
        int found = distance(text, (int)wrong_size, candidate, (int)size, limit);
        if (found > limit || found >= best_distance) continue;
        best = name;
        best_distance = found;
    }
    return best;
}

static Value nearest_of(Thread *thread, Value names, Value wrong) {
    Value list = value_is_error(names) || value_is_absent(names) ? VALUE_ERROR
                                                                 : object_to_list(thread, names);
    return value_is_error(list) ? VALUE_ABSENT : nearest(thread, list, wrong);
}

static Value names_of(Thread *thread, Value object) {
    Value method = object_find_special(thread, object, NAMES(thread)->__dir__);
    if (value_is_absent(method) || value_is_error(method)) return VALUE_ERROR;
    Value names = object_call0(thread, method);
    if (value_is_error(names)) return names;
    Value list = object_to_list(thread, names);
    if (value_is_error(list) || !list_sort(thread, value_as_list(list), VALUE_NONE, false))
        return VALUE_ERROR;
    return list;
}

static Value did_you_mean(Thread *thread, Value suggestion) {
    return value_is_absent(suggestion) ? suggestion
                                       : str_format(thread, ". Did you mean: %R?", suggestion);
}

static Value for_attribute(Thread *thread, const Exception *error) {
    Value name = error->fields[0], object = error->fields[1];
    if (!value_is_str(name) || value_is_absent(object)) return VALUE_ABSENT;
    return did_you_mean(thread, nearest_of(thread, names_of(thread, object), name));
}

static Value for_import(Thread *thread, const Exception *error) {
    Value module_name = error->fields[1], name = error->fields[3];
    if (!value_is_str(name) || !value_is_str(module_name)) return VALUE_ABSENT;
    Value module = dict_find_str(thread, value_as_dict(thread->runtime->modules), module_name);
    if (value_is_absent(module)) return VALUE_ABSENT;
    return did_you_mean(thread, nearest_of(thread, names_of(thread, module), name));
}

// The frame that raised: the last of the traceback.
static Value innermost_frame(Thread *thread, const Exception *error) {
    Value traceback = error->traceback;
    if (!value_has_shape(traceback, SHAPE_traceback)) return VALUE_ABSENT;
    for (;;) {
        Value next = ((const Traceback *)value_as_object(traceback))->next;
        if (!value_has_shape(next, SHAPE_traceback)) break;
        traceback = next;
    }
    Value name = str_intern_c(thread, "tb_frame");
    return value_is_error(name) ? name : object_get_attribute(thread, traceback, name);
}

static Value frame_namespace(Thread *thread, Value frame, const char *attribute) {
    Value name = str_intern_c(thread, attribute);
    return value_is_error(name) ? name : object_get_attribute(thread, frame, name);
}

// self.NAME, when the name is missing inside a method whose instance has it.
static Value for_method(Thread *thread, Value locals, Value name) {
    if (!value_is_dict(locals)) return VALUE_ABSENT;
    Value self = dict_find_str(thread, value_as_dict(locals), NAMES(thread)->self);
    if (value_is_absent(self)) return VALUE_ABSENT;
    Value attribute = object_find_attribute(thread, self, name);
    if (value_is_absent(attribute) || value_is_error(attribute)) return VALUE_ABSENT;
    return str_format(thread, "self.%U", name);
}

static Value nearest_in_frame(Thread *thread, Value frame, Value name) {
    Value locals = frame_namespace(thread, frame, "f_locals");
    if (value_is_error(locals)) return VALUE_ABSENT;
    Value found = for_method(thread, locals, name);
    // Of the locals the function's own count, bound or not, none from around it.
    Value code = frame_namespace(thread, frame, "f_code");
    if (value_is_absent(found) && !value_is_error(code))
        found = nearest_of(thread, frame_namespace(thread, code, "co_varnames"), name);
    static const char *const namespaces[] = {"f_globals", "f_builtins"};
    for (size_t i = 0; i < COUNT_OF(namespaces) && value_is_absent(found); i++)
        found = nearest_of(thread, frame_namespace(thread, frame, namespaces[i]), name);
    return found;
}

static bool is_stdlib_name(Value name) {
    for (size_t i = 0; stdlib_names[i]; i++)
        if (str_equals_c(value_as_str(name), stdlib_names[i])) return true;
    return false;
}

static Value for_name(Thread *thread, const Exception *error) {
    Value name = error->fields[0];
    if (!value_is_str(name)) return VALUE_ABSENT;
    Value frame = innermost_frame(thread, error);
    if (value_is_error(frame) || value_is_absent(frame)) return VALUE_ABSENT;
    Value suggestion = did_you_mean(thread, nearest_in_frame(thread, frame, name));
    if (value_is_error(suggestion) || !is_stdlib_name(name)) return suggestion;
    if (value_is_absent(suggestion))
        return str_format(thread, ". Did you forget to import %R?", name);
    return str_format(thread, "%U Or did you forget to import %R?", suggestion, name);
}

Value suggestion_find(Thread *thread, Value exception) {
    const Exception *error = value_as_exception(exception);
    const Type *type = type_of(exception);
    Value found = VALUE_ABSENT;
    if (type == &exception_AttributeError)
        found = for_attribute(thread, error);
    else if (type == &exception_NameError)
        found = for_name(thread, error);
    else if (type == &exception_ImportError)
        found = for_import(thread, error);
    error_clear(thread);
    return value_is_error(found) ? VALUE_ABSENT : found;
}
