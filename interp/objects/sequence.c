// sequence.c — what list and tuple share: comparing, searching, printing.
//
// Callbacks may change a list at any time, so every loop asks for items and length anew after one.
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/generic_alias.h"
#include "objects/iterators.h"
#include "objects/range.h"
#include "objects/set.h"
#include "objects/weak.h"

bool containers_initialize(Thread *thread) {
    Type *const types[] = {
        &value_array_type,
        &byte_buffer_type,
        &dict_table_type,
        &set_entries_type,
        &tuple_type,
        &list_type,
        &dict_type,
        &set_type,
        &frozenset_type,
        &range_type,
        &slice_type,
        &list_iterator_type,
        &list_reverse_iterator_type,
        &tuple_iterator_type,
        &str_iterator_type,
        &str_ascii_iterator_type,
        &bytes_iterator_type,
        &bytearray_iterator_type,
        &sequence_iterator_type,
        &callable_iterator_type,
        &enumerate_type,
        &zip_type,
        &map_type,
        &filter_type,
        &reversed_type,
        &range_iterator_type,
        &long_range_iterator_type,
        &set_iterator_type,
        &dict_keys_type,
        &dict_values_type,
        &dict_items_type,
        &dict_key_iterator_type,
        &dict_value_iterator_type,
        &dict_item_iterator_type,
        &dict_reverse_key_iterator_type,
        &dict_reverse_value_iterator_type,
        &dict_reverse_item_iterator_type,
        &generic_alias_type,
        &weak_reference_type,
    };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (!type_ready(thread, types[i])) return false;
    return weak_initialize(thread);
}

bool sequence_is_plain(Value value) {
    if (!value_is_object(value)) return false;
    uint32_t shape = value_as_object(value)->shape;
    if (shape == SHAPE_list || shape == SHAPE_tuple) return true;
    Type *type = type_of(value);
    if (type->flags & TYPE_LIST_SUBCLASS) return type->iterate == list_type.iterate;
    return (type->flags & TYPE_TUPLE_SUBCLASS) && type->iterate == tuple_type.iterate;
}

Value sequence_compare(Thread *thread, Value a, Value b, CompareOperator op) {
    size_t left_count, right_count;
    sequence_items(a, &left_count);
    sequence_items(b, &right_count);
    if (left_count != right_count && (op == COMPARE_EQ || op == COMPARE_NE))
        return value_from_bool(op == COMPARE_NE);
    for (size_t i = 0;; i++) {
        const Value *left = sequence_items(a, &left_count);
        const Value *right = sequence_items(b, &right_count);
        if (i >= left_count || i >= right_count) break;
        if (value_same(left[i], right[i])) continue;
        Value x = left[i], y = right[i];
        int equal = items_equal(thread, x, y);
        if (equal < 0) return VALUE_ERROR;
        if (equal) continue;
        if (op == COMPARE_EQ || op == COMPARE_NE) return value_from_bool(op == COMPARE_NE);
        return object_compare(thread, x, y, op);
    }
    switch (op) {
    case COMPARE_LT: return value_from_bool(left_count < right_count);
    case COMPARE_LE: return value_from_bool(left_count <= right_count);
    case COMPARE_EQ: return value_from_bool(left_count == right_count);
    case COMPARE_NE: return value_from_bool(left_count != right_count);
    case COMPARE_GT: return value_from_bool(left_count > right_count);
    case COMPARE_GE: return value_from_bool(left_count >= right_count);
    }
    UNREACHABLE();
}

int tuples_equal(Thread *thread, const Tuple *a, const Tuple *b) {
    if (a->length != b->length) return 0;
    if (!stack_has_room(thread)) return thread_check_stack(thread, " in comparison") ? 0 : -1;
    for (size_t i = 0; i < a->length; i++) {
        int equal = items_equal(thread, a->items[i], b->items[i]);
        if (equal <= 0) return equal;
    }
    return 1;
}

ssize_t sequence_find(Thread *thread, Value sequence, Value item, size_t start, size_t stop) {
    for (size_t i = start;; i++) {
        size_t count;
        const Value *items = sequence_items(sequence, &count);
        if (i >= count || i >= stop) return -1;
        int equal = items_equal(thread, items[i], item);
        if (equal) return equal < 0 ? -2 : (ssize_t)i;
    }
}

Value sequence_count(Thread *thread, Value sequence, Value item) {
    int64_t found = 0;
    for (size_t i = 0;; i++) {
        size_t count;
        const Value *items = sequence_items(sequence, &count);
        if (i >= count) return value_from_fixnum(found);
        int equal = items_equal(thread, items[i], item);
        if (equal < 0) return VALUE_ERROR;
        found += equal;
    }
}

static bool one_bound(Thread *thread, Value value, size_t length, size_t *bound) {
    if (value_is_absent(value)) return true;
    if (!object_has_index(value)) {
        raise_type_error(thread, "slice indices must be integers or have an __index__ method");
        return false;
    }
    ssize_t index;
    if (!object_as_clamped(thread, value, &index)) return false;
    if (index < 0) index = -(size_t)index > length ? 0 : index + (ssize_t)length;
    *bound = (size_t)index;
    return true;
}

bool sequence_bounds(Thread *thread, Value start, Value stop, size_t length, size_t *low,
                     size_t *high) {
    *low = 0;
    *high = PTRDIFF_MAX;
    return one_bound(thread, start, length, low) && one_bound(thread, stop, length, high);
}

bool str_builder_append_repr(StrBuilder *builder, Value value) {
    Value text = object_repr(builder->thread, value);
    return !value_is_error(text) && str_builder_append(builder, text);
}

bool str_builder_append_c(StrBuilder *builder, const char *text) {
    return str_builder_append_ascii(builder, text, strlen(text));
}

bool sequence_append_repr(StrBuilder *builder, Value sequence) {
    for (size_t i = 0;; i++) {
        size_t count;
        const Value *items = sequence_items(sequence, &count);
        if (i >= count) return true;
        Value item = items[i];
        if (i && !str_builder_append_ascii(builder, ", ", 2)) return false;
        if (!str_builder_append_repr(builder, item)) return false;
    }
}

bool sequence_index(Thread *thread, Value key, size_t length, const char *message, size_t *index) {
    ssize_t place;
    if (LIKELY(value_is_fixnum(key))) {
        place = (ssize_t)value_as_fixnum(key);
    } else if (!object_as_index(thread, key, &place)) {
        return false;
    }
    if (place < 0) place += (ssize_t)length;
    if (UNLIKELY(place < 0 || (size_t)place >= length)) {
        raise_error(thread, &exception_IndexError, "%s", message);
        return false;
    }
    *index = (size_t)place;
    return true;
}
