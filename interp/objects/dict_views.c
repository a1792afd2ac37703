// dict_views.c — keys(), values(), items() of a dict, and the iterators over them.
//
// A view holds the dict alone. Three shapes of iterators run forwards and three backwards; they
// differ in what they yield. An iterator whose dict has changed its size says so at every further
// step.
#include "objects/dict_views.h"
#include "objects/builtin_types.h"
#include "objects/containers.h"
#include "objects/native.h"
#include "objects/set.h"

Value dict_view_new(Thread *thread, uint32_t shape, Value dict) {
    DictView *view = (DictView *)heap_allocate(thread->heap, sizeof(DictView), shape);
    if (!view) return raise_memory_error(thread);
    view->dict = dict;
    return value_from_object(view);
}

Value dict_iterator_new(Thread *thread, uint32_t shape, Value dict) {
    DictIterator *iterator =
        (DictIterator *)heap_allocate(thread->heap, sizeof(DictIterator), shape);
    if (!iterator) return raise_memory_error(thread);
    iterator->dict = dict;
    iterator->length = iterator->remaining = value_as_dict(dict)->length;
    if (shape >= SHAPE_dict_reverse_key_iterator && shape <= SHAPE_dict_reverse_item_iterator)
        iterator->position = value_as_dict(dict)->used;
    return value_from_object(iterator);
}

static DictView *as_view(Value value) { return (DictView *)value_as_object(value); }
static Dict *dict_of(Value view) { return value_as_dict(as_view(view)->dict); }
static DictIterator *as_iterator(Value value) { return (DictIterator *)value_as_object(value); }

static void trace_view(Marker *marker, Object *object) {
    mark_value(marker, ((DictView *)object)->dict);
}
static void trace_iterator(Marker *marker, Object *object) {
    mark_value(marker, ((DictIterator *)object)->dict);
}

// Iterators

// The next entry in either direction; NULL at the end, or with an exception pending.
static const DictEntry *advance(Thread *thread, DictIterator *iterator, bool backwards) {
    if (value_is_absent(iterator->dict)) return NULL;
    Dict *dict = value_as_dict(iterator->dict);
    if (dict->length != iterator->length) {
        iterator->length = UINT64_MAX;
        raise_error(thread, &exception_RuntimeError, "dictionary changed size during iteration");
        return NULL;
    }
    const DictEntry *entry = NULL;
    if (backwards) {
        size_t position = iterator->position < dict->used ? iterator->position : dict->used;
        while (position > 0 && !entry) {
            entry = &dict->table->entries[--position];
            if (value_is_absent(entry->key)) entry = NULL;
        }
        iterator->position = position;
    } else {
        size_t position = iterator->position;
        if (!dict_next_entry(dict, &position, &entry)) entry = NULL;
        iterator->position = position;
    }
    if (!entry) {
        iterator->dict = VALUE_ABSENT;
    } else if (iterator->remaining-- == 0) {
        iterator->dict = VALUE_ABSENT;
        raise_error(thread, &exception_RuntimeError, "dictionary keys changed during iteration");
        return NULL;
    }
    return entry;
}

static Value end_or_error(Thread *thread) {
    return error_is_pending(thread) ? VALUE_ERROR : VALUE_ABSENT;
}

static Value next_key(Thread *thread, Value self) {
    const DictEntry *entry = advance(thread, as_iterator(self), false);
    return entry ? entry->key : end_or_error(thread);
}
static Value next_value(Thread *thread, Value self) {
    const DictEntry *entry = advance(thread, as_iterator(self), false);
    return entry ? entry->value : end_or_error(thread);
}
static Value pair_of(Thread *thread, const DictEntry *entry) {
    Value key = entry->key, value = entry->value;
    Value pair = tuple_new(thread, 2);
    if (value_is_error(pair)) return pair;
    value_as_tuple(pair)->items[0] = key;
    value_as_tuple(pair)->items[1] = value;
    return pair;
}
static Value next_item(Thread *thread, Value self) {
    const DictEntry *entry = advance(thread, as_iterator(self), false);
    return entry ? pair_of(thread, entry) : end_or_error(thread);
}
static PairStep next_item_pair(Thread *thread, Value self, Value *pair) {
    const DictEntry *entry = advance(thread, as_iterator(self), false);
    if (UNLIKELY(!entry)) return error_is_pending(thread) ? PAIR_ERROR : PAIR_END;
    pair[1] = entry->key;
    pair[0] = entry->value;
    return PAIR_TAKEN;
}
static Value previous_key(Thread *thread, Value self) {
    const DictEntry *entry = advance(thread, as_iterator(self), true);
    return entry ? entry->key : end_or_error(thread);
}
static Value previous_value(Thread *thread, Value self) {
    const DictEntry *entry = advance(thread, as_iterator(self), true);
    return entry ? entry->value : end_or_error(thread);
}
static Value previous_item(Thread *thread, Value self) {
    const DictEntry *entry = advance(thread, as_iterator(self), true);
    return entry ? pair_of(thread, entry) : end_or_error(thread);
}

static Value iterate_iterator(Thread *thread, Value self) {
    (void)thread;
    return self;
}

static Value iterator_py_length_hint(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    DictIterator *iterator = as_iterator(args[0]);
    bool live = !value_is_absent(iterator->dict) &&
                value_as_dict(iterator->dict)->length == iterator->length;
    return value_from_fixnum(live ? (int64_t)iterator->remaining : 0);
}

static const MethodRow iterator_methods[] = {
    {"__length_hint__", iterator_py_length_hint, "self, /",
     "Private method returning an estimate of len(list(it)).", METHOD_INSTANCE},
    {0},
};

#define DICT_ITERATOR_TYPE(type_name, python_name, next_function, pair_function)                   \
    Type dict_##type_name##_type = {                                                               \
        TYPE_STATIC_HEADER(dict_##type_name),                                                      \
        .name = python_name,                                                                       \
        .basic_size = sizeof(DictIterator),                                                        \
        .methods = iterator_methods,                                                               \
        .trace = trace_iterator,                                                                   \
        .iterate = iterate_iterator,                                                               \
        .next = next_function,                                                                     \
        .next_pair = pair_function,                                                                \
    }
DICT_ITERATOR_TYPE(key_iterator, "dict_keyiterator", next_key, NULL);
DICT_ITERATOR_TYPE(value_iterator, "dict_valueiterator", next_value, NULL);
DICT_ITERATOR_TYPE(item_iterator, "dict_itemiterator", next_item, next_item_pair);
DICT_ITERATOR_TYPE(reverse_key_iterator, "dict_reversekeyiterator", previous_key, NULL);
DICT_ITERATOR_TYPE(reverse_value_iterator, "dict_reversevalueiterator", previous_value, NULL);
DICT_ITERATOR_TYPE(reverse_item_iterator, "dict_reverseitemiterator", previous_item, NULL);

// Views

static Value iterate_keys(Thread *thread, Value self) {
    return dict_iterator_new(thread, SHAPE_dict_key_iterator, as_view(self)->dict);
}
static Value iterate_values(Thread *thread, Value self) {
    return dict_iterator_new(thread, SHAPE_dict_value_iterator, as_view(self)->dict);
}
static Value iterate_items(Thread *thread, Value self) {
    return dict_iterator_new(thread, SHAPE_dict_item_iterator, as_view(self)->dict);
}

static ssize_t view_length(Thread *thread, Value self) {
    (void)thread;
    return (ssize_t)dict_of(self)->length;
}

static int keys_contain(Thread *thread, Value self, Value key) {
    return dict_contains(thread, dict_of(self), key);
}

static int items_contain(Thread *thread, Value self, Value item) {
    if (!value_is_tuple(item) || value_as_tuple(item)->length != 2) return 0;
    Value *pair = value_as_tuple(item)->items;
    Value value = dict_find(thread, dict_of(self), pair[0]);
    if (value_is_error(value)) return -1;
    return value_is_absent(value) ? 0 : items_equal(thread, value, pair[1]);
}

static Value view_repr(Thread *thread, Value self) {
    int running = repr_enter(thread, self);
    if (running) return running < 0 ? VALUE_ERROR : str_from_c(thread, "...");
    Value list = object_to_list(thread, self);
    Value text = value_is_error(list) ? list : str_format(thread, "%T(%R)", self, list);
    repr_leave(thread, self);
    return text;
}

static bool is_set_like(Value value) {
    return value_is_any_set(value) || value_has_shape(value, SHAPE_dict_keys) ||
           value_has_shape(value, SHAPE_dict_items);
}

// 1 if every item of `a` is in `b`.
static int all_contained(Thread *thread, Value a, Value b) {
    Value iterator = object_iterate(thread, a);
    if (value_is_error(iterator)) return -1;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return -1;
        if (value_is_absent(item)) return 1;
        int contained = object_contains(thread, b, item);
        if (contained <= 0) return contained;
    }
}

static Value view_compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!is_set_like(self) || !is_set_like(other)) return VALUE_NOT_IMPLEMENTED;
    ssize_t own = object_length(thread, self), others = object_length(thread, other);
    if (own < 0 || others < 0) return VALUE_ERROR;
    int holds = 0;
    switch (op) {
    case COMPARE_EQ:
    case COMPARE_NE:
        if (own == others) holds = all_contained(thread, self, other);
        if (op == COMPARE_NE && holds >= 0) holds = !holds;
        break;
    case COMPARE_LT:
        if (own < others) holds = all_contained(thread, self, other);
        break;
    case COMPARE_LE:
        if (own <= others) holds = all_contained(thread, self, other);
        break;
    case COMPARE_GT:
        if (own > others) holds = all_contained(thread, other, self);
        break;
    case COMPARE_GE:
        if (own >= others) holds = all_contained(thread, other, self);
        break;
    }
    return holds < 0 ? VALUE_ERROR : value_from_bool(holds);
}

// Set operations: the result is a set; the other operand may be any iterable.

static Value set_of(Thread *thread, Value iterable) {
    Value set = set_new(thread);
    if (value_is_error(set) || !set_update(thread, value_as_set(set), iterable)) return VALUE_ERROR;
    return set;
}

static bool is_view(Value value) {
    return value_has_shape(value, SHAPE_dict_keys) || value_has_shape(value, SHAPE_dict_items);
}

static Value combine(Thread *thread, Value left, Value right, BinaryOperator op) {
    if (!is_view(left) && !is_view(right)) return VALUE_NOT_IMPLEMENTED;
    Value result = set_of(thread, left);
    if (value_is_error(result)) return result;
    Value operand = set_of(thread, right);
    if (value_is_error(operand)) return operand;
    return object_binary_op(thread, BINARY_INPLACE + (int)op, result, operand);
}

static Value view_and(Thread *thread, Value left, Value right) {
    return combine(thread, left, right, BINARY_AND);
}
static Value view_or(Thread *thread, Value left, Value right) {
    return combine(thread, left, right, BINARY_OR);
}
static Value view_subtract(Thread *thread, Value left, Value right) {
    return combine(thread, left, right, BINARY_SUBTRACT);
}
static Value view_xor(Thread *thread, Value left, Value right) {
    return combine(thread, left, right, BINARY_XOR);
}

static Value view_py_isdisjoint(Thread *thread, Value *args, int count) {
    (void)count;
    Value iterator = object_iterate(thread, args[1]);
    if (value_is_error(iterator)) return iterator;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return item;
        if (value_is_absent(item)) return VALUE_TRUE;
        int contained = object_contains(thread, args[0], item);
        if (contained) return contained < 0 ? VALUE_ERROR : VALUE_FALSE;
    }
}

static Value keys_py_reversed(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_iterator_new(thread, SHAPE_dict_reverse_key_iterator, as_view(args[0])->dict);
}
static Value values_py_reversed(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_iterator_new(thread, SHAPE_dict_reverse_value_iterator, as_view(args[0])->dict);
}
static Value items_py_reversed(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_iterator_new(thread, SHAPE_dict_reverse_item_iterator, as_view(args[0])->dict);
}

static Value get_mapping(Thread *thread, Value self) {
    return mapping_proxy_new(thread, as_view(self)->dict);
}

static const GetSetRow view_getsets[] = {
    {"mapping", get_mapping, NULL, "dictionary that this view refers to"},
    {0},
};

#define ISDISJOINT_ROW                                                                             \
    {                                                                                              \
        "isdisjoint", view_py_isdisjoint, "self, other, /",                                        \
            "Return True if the view and the given iterable have a null intersection.",            \
            METHOD_INSTANCE                                                                        \
    }
static const MethodRow keys_methods[] = {
    ISDISJOINT_ROW,
    {"__reversed__", keys_py_reversed, "self, /", "Return a reverse iterator over the dict keys.",
     METHOD_INSTANCE},
    {0},
};
static const MethodRow values_methods[] = {
    {"__reversed__", values_py_reversed, "self, /",
     "Return a reverse iterator over the dict values.", METHOD_INSTANCE},
    {0},
};
static const MethodRow items_methods[] = {
    ISDISJOINT_ROW,
    {"__reversed__", items_py_reversed, "self, /", "Return a reverse iterator over the dict items.",
     METHOD_INSTANCE},
    {0},
};

Type dict_keys_type = {
    TYPE_STATIC_HEADER(dict_keys),
    .name = "dict_keys",
    .basic_size = sizeof(DictView),
    .methods = keys_methods,
    .getsets = view_getsets,
    .trace = trace_view,
    .repr = view_repr,
    .compare = view_compare,
    .iterate = iterate_keys,
    .length = view_length,
    .contains = keys_contain,
    .binary[BINARY_AND] = view_and,
    .binary[BINARY_OR] = view_or,
    .binary[BINARY_SUBTRACT] = view_subtract,
    .binary[BINARY_XOR] = view_xor,
};

Type dict_values_type = {
    TYPE_STATIC_HEADER(dict_values),
    .name = "dict_values",
    .basic_size = sizeof(DictView),
    .methods = values_methods,
    .getsets = view_getsets,
    .trace = trace_view,
    .repr = view_repr,
    .iterate = iterate_values,
    .length = view_length,
};

Type dict_items_type = {
    TYPE_STATIC_HEADER(dict_items),
    .name = "dict_items",
    .basic_size = sizeof(DictView),
    .methods = items_methods,
    .getsets = view_getsets,
    .trace = trace_view,
    .repr = view_repr,
    .compare = view_compare,
    .iterate = iterate_items,
    .length = view_length,
    .contains = items_contain,
    .binary[BINARY_AND] = view_and,
    .binary[BINARY_OR] = view_or,
    .binary[BINARY_SUBTRACT] = view_subtract,
    .binary[BINARY_XOR] = view_xor,
};
