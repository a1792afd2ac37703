// set_type.c — the types set and frozenset: what Python sees of the table in set.c.
//
// Operators take sets only, methods any iterable; results are plain sets, or frozensets when the
// left operand is one.
#include "base/hash.h"
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/generic_alias.h"
#include "objects/native.h"
#include "objects/set.h"

static uint32_t shape_like(Value set) {
    return value_has_flag(set, TYPE_FROZENSET_SUBCLASS) ? SHAPE_frozenset : SHAPE_set;
}

static Value empty_like(Thread *thread, Value set) {
    return shape_like(set) == SHAPE_set ? set_new(thread) : frozenset_new(thread, NULL, 0);
}

static void trace(Marker *marker, Object *object) { mark_object(marker, ((Set *)object)->table); }

static void trace_entries(Marker *marker, Object *object) {
    SetEntries *table = (SetEntries *)object;
    for (size_t i = 0; i < table->capacity; i++) mark_value(marker, table->entries[i].item);
}

static Value make_set(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args, (void)count, (void)names;
    if (type == &set_type) return set_new(thread);
    Object *set = type_allocate(thread, type, 0);
    return set ? value_from_object(set) : VALUE_ERROR;
}

static bool initialize_set(Thread *thread, Value self, Value *args, int count, Value names) {
    Value iterable;
    if (!arguments_bind(thread, "set", "iterable=(), /", args, count, names, &iterable))
        return false;
    set_clear(value_as_set(self));
    return value_is_absent(iterable) || set_update(thread, value_as_set(self), iterable);
}

static Value make_frozenset(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value iterable = VALUE_ABSENT;
    if (type == &frozenset_type || type->initialize == frozenset_type.initialize) {
        if (!arguments_bind(thread, "frozenset", "iterable=(), /", args, count, names, &iterable))
            return VALUE_ERROR;
    } else if (count) {
        iterable = args[0];
    }
    if (type == &frozenset_type && value_has_shape(iterable, SHAPE_frozenset)) return iterable;
    Object *object = type == &frozenset_type
                         ? heap_allocate(thread->heap, sizeof(Set), SHAPE_frozenset)
                         : type_allocate(thread, type, 0);
    if (!object) return type == &frozenset_type ? raise_memory_error(thread) : VALUE_ERROR;
    if (!value_is_absent(iterable) && !set_update(thread, (Set *)object, iterable))
        return VALUE_ERROR;
    return value_from_object(object);
}

static Value repr(Thread *thread, Value self) {
    Type *type = type_of(self);
    if (value_as_set(self)->length == 0) return str_format(thread, "%N()", type);
    int running = repr_enter(thread, self);
    if (running) return running < 0 ? VALUE_ERROR : str_format(thread, "%N(...)", type);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    bool plain = type == &set_type;
    Value list = object_to_list(thread, self);
    bool whole = !value_is_error(list);
    if (whole && !plain) {
        Value prefix = str_format(thread, "%N(", type);
        whole = !value_is_error(prefix) && str_builder_append(&builder, prefix);
    }
    whole = whole && str_builder_append_c(&builder, "{") && sequence_append_repr(&builder, list) &&
            str_builder_append_c(&builder, plain ? "}" : "})");
    repr_leave(thread, self);
    return whole ? str_builder_finish(&builder) : VALUE_ERROR;
}

static bool hash_frozenset(Thread *thread, Value self, int64_t *result) {
    (void)thread;
    Set *set = value_as_set(self);
    if (!set->hash) {
        uint64_t state = 0;
        const SetEntry *entry;
        for (size_t position = 0; set_next_entry(set, &position, &entry);)
            state = hash_set_add(state, entry->hash);
        set->hash = hash_set_finish(state, set->length);
    }
    *result = set->hash;
    return true;
}

// Look-ups by a set find an equal frozenset (Python: {frozenset()} contains set()).
static Value as_key(Thread *thread, Value item) {
    if (!value_has_flag(item, TYPE_SET_SUBCLASS) || type_of(item)->hash) return item;
    return set_copy(thread, value_as_set(item), SHAPE_frozenset);
}

static int contains(Thread *thread, Value self, Value item) {
    Value key = as_key(thread, item);
    return value_is_error(key) ? -1 : set_contains(thread, value_as_set(self), key);
}

static ssize_t length(Thread *thread, Value self) {
    (void)thread;
    return (ssize_t)value_as_set(self)->length;
}

// Iteration

typedef struct {
    Object header;
    Value set; // absent: exhausted
    uint64_t position;
    uint64_t length; // of the set when the iterator was made
    uint64_t remaining;
} SetIterator;

static void trace_iterator(Marker *marker, Object *object) {
    mark_value(marker, ((SetIterator *)object)->set);
}

static Value iterate(Thread *thread, Value self) {
    SetIterator *iterator =
        (SetIterator *)heap_allocate(thread->heap, sizeof(SetIterator), SHAPE_set_iterator);
    if (!iterator) return raise_memory_error(thread);
    iterator->set = self;
    iterator->length = iterator->remaining = value_as_set(self)->length;
    return value_from_object(iterator);
}

static Value iterate_iterator(Thread *thread, Value self) {
    (void)thread;
    return self;
}

static Value next(Thread *thread, Value self) {
    SetIterator *iterator = (SetIterator *)value_as_object(self);
    if (value_is_absent(iterator->set)) return VALUE_ABSENT;
    Set *set = value_as_set(iterator->set);
    if (set->length != iterator->length) {
        iterator->length = UINT64_MAX;
        return raise_error(thread, &exception_RuntimeError, "Set changed size during iteration");
    }
    Value item;
    size_t position = iterator->position;
    if (!set_next(set, &position, &item)) {
        iterator->set = VALUE_ABSENT;
        return VALUE_ABSENT;
    }
    iterator->position = position;
    if (iterator->remaining) iterator->remaining--;
    return item;
}

static Value iterator_py_length_hint(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    SetIterator *iterator = (SetIterator *)value_as_object(args[0]);
    bool live =
        !value_is_absent(iterator->set) && value_as_set(iterator->set)->length == iterator->length;
    return value_from_fixnum(live ? (int64_t)iterator->remaining : 0);
}

// Comparing

// 1 if every item of `a` is in `b`, -1 with an exception pending.
static int is_subset(Thread *thread, Set *a, Set *b) {
    if (a->length > b->length) return 0;
    const SetEntry *entry;
    for (size_t position = 0; set_next_entry(a, &position, &entry);) {
        int contained = set_contains_hashed(thread, b, entry->item, entry->hash);
        if (contained <= 0) return contained;
    }
    return 1;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!value_is_any_set(self) || !value_is_any_set(other)) return VALUE_NOT_IMPLEMENTED;
    Set *a = value_as_set(self), *b = value_as_set(other);
    int holds = 0;
    switch (op) {
    case COMPARE_EQ:
    case COMPARE_NE:
        holds = a->length == b->length ? is_subset(thread, a, b) : 0;
        if (op == COMPARE_NE && holds >= 0) holds = !holds;
        break;
    case COMPARE_LT: holds = a->length < b->length ? is_subset(thread, a, b) : 0; break;
    case COMPARE_LE: holds = is_subset(thread, a, b); break;
    case COMPARE_GT: holds = b->length < a->length ? is_subset(thread, b, a) : 0; break;
    case COMPARE_GE: holds = is_subset(thread, b, a); break;
    }
    return holds < 0 ? VALUE_ERROR : value_from_bool(holds);
}

// Set algebra. Each function works in place on `set` or makes a set shaped like its left operand;
// `other` is any iterable.

static Value set_of(Thread *thread, Value iterable) {
    if (value_is_any_set(iterable)) return iterable;
    Value set = set_new(thread);
    if (value_is_error(set) || !set_update(thread, value_as_set(set), iterable)) return VALUE_ERROR;
    return set;
}

static Value intersection(Thread *thread, Value self, Value other) {
    Value result = empty_like(thread, self);
    if (value_is_error(result)) return result;
    Set *to = value_as_set(result);
    if (value_is_any_set(other)) {
        Set *small = value_as_set(other), *large = value_as_set(self);
        if (small->length > large->length) {
            small = large;
            large = value_as_set(other);
        }
        const SetEntry *entry;
        for (size_t position = 0; set_next_entry(small, &position, &entry);) {
            SetEntry copy = *entry;
            int both = set_contains_hashed(thread, large, copy.item, copy.hash);
            if (both < 0 || (both && !set_add_hashed(thread, to, copy.item, copy.hash)))
                return VALUE_ERROR;
        }
        return result;
    }
    Value iterator = object_iterate(thread, other);
    if (value_is_error(iterator)) return iterator;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return item;
        if (value_is_absent(item)) return result;
        int64_t hash;
        if (!key_hash(thread, item, &hash)) return VALUE_ERROR;
        int both = set_contains_hashed(thread, value_as_set(self), item, hash);
        if (both < 0 || (both && !set_add_hashed(thread, to, item, hash))) return VALUE_ERROR;
        if (!thread_poll_if_needed(thread)) return VALUE_ERROR;
    }
}

static bool subtract_from(Thread *thread, Set *set, Value other) {
    if (value_is_any_set(other)) {
        if (value_as_set(other) == set) {
            set_clear(set);
            return true;
        }
        const SetEntry *entry;
        for (size_t position = 0; set_next_entry(value_as_set(other), &position, &entry);)
            if (set_discard_hashed(thread, set, entry->item, entry->hash) < 0) return false;
        return true;
    }
    Value iterator = object_iterate(thread, other);
    if (value_is_error(iterator)) return false;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return false;
        if (value_is_absent(item)) return true;
        if (set_discard(thread, set, item) < 0 || !thread_poll_if_needed(thread)) return false;
    }
}

// Is the item in a set or dict?
static int in_table(Thread *thread, Value table, Value item, int64_t hash) {
    if (value_is_any_set(table))
        return set_contains_hashed(thread, value_as_set(table), item, hash);
    return dict_contains(thread, value_as_dict(table), item);
}

static Value difference(Thread *thread, Value self, Value other) {
    Set *from = value_as_set(self);
    bool has_table = value_is_any_set(other) || value_is_dict_exact(other);
    ssize_t others = has_table ? object_length(thread, other) : 0;
    if (others < 0) return VALUE_ERROR;
    if (!has_table || (from->length >> 2) > (uint64_t)others) {
        Value result = set_copy(thread, from, shape_like(self));
        if (value_is_error(result) || !subtract_from(thread, value_as_set(result), other))
            return VALUE_ERROR;
        return result;
    }
    Value result = empty_like(thread, self);
    if (value_is_error(result)) return result;
    const SetEntry *entry;
    for (size_t position = 0; set_next_entry(from, &position, &entry);) {
        SetEntry copy = *entry;
        int both = in_table(thread, other, copy.item, copy.hash);
        if (both < 0) return VALUE_ERROR;
        if (!both && !set_add_hashed(thread, value_as_set(result), copy.item, copy.hash))
            return VALUE_ERROR;
    }
    return result;
}

// Takes out what is in both, adds what is in `other` only.
static bool toggle(Thread *thread, Set *set, Value other) {
    if (value_is_any_set(other) && value_as_set(other) == set) {
        set_clear(set);
        return true;
    }
    Value operand = set_of(thread, other);
    if (value_is_error(operand)) return false;
    const SetEntry *entry;
    for (size_t position = 0; set_next_entry(value_as_set(operand), &position, &entry);) {
        SetEntry copy = *entry;
        int removed = set_discard_hashed(thread, set, copy.item, copy.hash);
        if (removed < 0) return false;
        if (!removed && !set_add_hashed(thread, set, copy.item, copy.hash)) return false;
    }
    return true;
}

static Value symmetric_difference(Thread *thread, Value self, Value other) {
    // CPython's order: a copy of the other operand is toggled by this one's items.
    Value operand = set_of(thread, other);
    if (value_is_error(operand)) return operand;
    Value result = set_copy(thread, value_as_set(operand), shape_like(self));
    if (value_is_error(result) || !toggle(thread, value_as_set(result), self)) return VALUE_ERROR;
    return result;
}

// The items of `from` become those of `set`.
static void replace(Thread *thread, Set *set, const Set *from) {
    object_store_pointer(thread->heap, set, &set->table, from->table);
    set->length = from->length;
    set->used = from->used;
    set->mask = from->mask;
}

// Operators

static bool are_sets(Value a, Value b) { return value_is_any_set(a) && value_is_any_set(b); }

static Value unite(Thread *thread, Value left, Value right) {
    if (!are_sets(left, right)) return VALUE_NOT_IMPLEMENTED;
    Value result = set_copy(thread, value_as_set(left), shape_like(left));
    if (value_is_error(result) || !set_update(thread, value_as_set(result), right))
        return VALUE_ERROR;
    return result;
}
static Value intersect(Thread *thread, Value left, Value right) {
    return are_sets(left, right) ? intersection(thread, left, right) : VALUE_NOT_IMPLEMENTED;
}
static Value subtract(Thread *thread, Value left, Value right) {
    return are_sets(left, right) ? difference(thread, left, right) : VALUE_NOT_IMPLEMENTED;
}
static Value exclusive(Thread *thread, Value left, Value right) {
    return are_sets(left, right) ? symmetric_difference(thread, left, right)
                                 : VALUE_NOT_IMPLEMENTED;
}
static Value unite_inplace(Thread *thread, Value self, Value other) {
    if (!value_is_any_set(other)) return VALUE_NOT_IMPLEMENTED;
    return set_update(thread, value_as_set(self), other) ? self : VALUE_ERROR;
}
static Value intersect_inplace(Thread *thread, Value self, Value other) {
    if (!value_is_any_set(other)) return VALUE_NOT_IMPLEMENTED;
    Value result = intersection(thread, self, other);
    if (value_is_error(result)) return result;
    replace(thread, value_as_set(self), value_as_set(result));
    return self;
}
static Value subtract_inplace(Thread *thread, Value self, Value other) {
    if (!value_is_any_set(other)) return VALUE_NOT_IMPLEMENTED;
    return subtract_from(thread, value_as_set(self), other) ? self : VALUE_ERROR;
}
static Value exclusive_inplace(Thread *thread, Value self, Value other) {
    if (!value_is_any_set(other)) return VALUE_NOT_IMPLEMENTED;
    return toggle(thread, value_as_set(self), other) ? self : VALUE_ERROR;
}

// Methods; those with "*others" get the raw positionals.

static Value none_if(bool done) { return done ? VALUE_NONE : VALUE_ERROR; }

static Value set_py_add(Thread *thread, Value *args, int count) {
    (void)count;
    return none_if(set_add(thread, value_as_set(args[0]), args[1]));
}

static Value set_py_discard(Thread *thread, Value *args, int count) {
    (void)count;
    Value key = as_key(thread, args[1]);
    if (value_is_error(key)) return key;
    return none_if(set_discard(thread, value_as_set(args[0]), key) >= 0);
}

static Value set_py_remove(Thread *thread, Value *args, int count) {
    (void)count;
    Value key = as_key(thread, args[1]);
    if (value_is_error(key)) return key;
    int removed = set_discard(thread, value_as_set(args[0]), key);
    if (removed == 0) return raise_key_error(thread, args[1]);
    return none_if(removed > 0);
}

static Value set_py_pop(Thread *thread, Value *args, int count) {
    (void)count;
    Value item = set_pop(value_as_set(args[0]));
    if (!value_is_absent(item)) return item;
    return raise_error(thread, &exception_KeyError, "pop from an empty set");
}

static Value set_py_clear(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    set_clear(value_as_set(args[0]));
    return VALUE_NONE;
}

static Value set_py_copy(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_has_shape(args[0], SHAPE_frozenset)) return args[0];
    return set_copy(thread, value_as_set(args[0]), shape_like(args[0]));
}

static Value set_py_update(Thread *thread, Value *args, int count) {
    for (int i = 1; i < count; i++)
        if (!set_update(thread, value_as_set(args[0]), args[i])) return VALUE_ERROR;
    return VALUE_NONE;
}

static Value set_py_union(Thread *thread, Value *args, int count) {
    Value result = set_copy(thread, value_as_set(args[0]), shape_like(args[0]));
    for (int i = 1; i < count && !value_is_error(result); i++)
        if (!set_update(thread, value_as_set(result), args[i])) return VALUE_ERROR;
    return result;
}

static Value set_py_intersection(Thread *thread, Value *args, int count) {
    if (count == 1) return set_copy(thread, value_as_set(args[0]), shape_like(args[0]));
    Value result = args[0];
    for (int i = 1; i < count && !value_is_error(result); i++)
        result = intersection(thread, result, args[i]);
    return result;
}

static Value set_py_intersection_update(Thread *thread, Value *args, int count) {
    Value result = set_py_intersection(thread, args, count);
    if (value_is_error(result)) return result;
    replace(thread, value_as_set(args[0]), value_as_set(result));
    return VALUE_NONE;
}

static Value set_py_difference(Thread *thread, Value *args, int count) {
    if (count == 1) return set_copy(thread, value_as_set(args[0]), shape_like(args[0]));
    Value result = difference(thread, args[0], args[1]);
    for (int i = 2; i < count && !value_is_error(result); i++)
        if (!subtract_from(thread, value_as_set(result), args[i])) return VALUE_ERROR;
    return result;
}

static Value set_py_difference_update(Thread *thread, Value *args, int count) {
    for (int i = 1; i < count; i++)
        if (!subtract_from(thread, value_as_set(args[0]), args[i])) return VALUE_ERROR;
    return VALUE_NONE;
}

static Value set_py_symmetric_difference(Thread *thread, Value *args, int count) {
    (void)count;
    return symmetric_difference(thread, args[0], args[1]);
}

static Value set_py_symmetric_difference_update(Thread *thread, Value *args, int count) {
    (void)count;
    return none_if(toggle(thread, value_as_set(args[0]), args[1]));
}

static Value set_py_isdisjoint(Thread *thread, Value *args, int count) {
    (void)count;
    Value other = set_of(thread, args[1]);
    if (value_is_error(other)) return other;
    Set *small = value_as_set(other), *large = value_as_set(args[0]);
    if (small->length > large->length) {
        small = large;
        large = value_as_set(other);
    }
    const SetEntry *entry;
    for (size_t position = 0; set_next_entry(small, &position, &entry);) {
        int both = set_contains_hashed(thread, large, entry->item, entry->hash);
        if (both) return both < 0 ? VALUE_ERROR : VALUE_FALSE;
    }
    return VALUE_TRUE;
}

static Value set_py_issubset(Thread *thread, Value *args, int count) {
    (void)count;
    Value other = set_of(thread, args[1]);
    if (value_is_error(other)) return other;
    int holds = is_subset(thread, value_as_set(args[0]), value_as_set(other));
    return holds < 0 ? VALUE_ERROR : value_from_bool(holds);
}

static Value set_py_issuperset(Thread *thread, Value *args, int count) {
    (void)count;
    Value other = set_of(thread, args[1]);
    if (value_is_error(other)) return other;
    int holds = is_subset(thread, value_as_set(other), value_as_set(args[0]));
    return holds < 0 ? VALUE_ERROR : value_from_bool(holds);
}

static Value set_py_sizeof(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    Set *set = value_as_set(args[0]);
    size_t size = type_of(args[0])->basic_size;
    if (set->table) size += sizeof(SetEntries) + set->table->capacity * sizeof(SetEntry);
    return value_from_fixnum((int64_t)size);
}

#define COMMON_ROWS                                                                                \
    {"copy", set_py_copy, "self, /", "Return a shallow copy of a set.", METHOD_INSTANCE},          \
        {"difference", set_py_difference, "self, *others",                                         \
         "Return the difference of two or more sets as a new set.", METHOD_INSTANCE},              \
        {"intersection", set_py_intersection, "self, *others",                                     \
         "Return the intersection of two sets as a new set.", METHOD_INSTANCE},                    \
        {"isdisjoint", set_py_isdisjoint, "self, other, /",                                        \
         "Return True if two sets have a null intersection.", METHOD_INSTANCE},                    \
        {"issubset", set_py_issubset, "self, other, /",                                            \
         "Report whether another set contains this set.", METHOD_INSTANCE},                        \
        {"issuperset", set_py_issuperset, "self, other, /",                                        \
         "Report whether this set contains another set.", METHOD_INSTANCE},                        \
        {"symmetric_difference", set_py_symmetric_difference, "self, other, /",                    \
         "Return the symmetric difference of two sets as a new set.", METHOD_INSTANCE},            \
        {"union", set_py_union, "self, *others", "Return the union of sets as a new set.",         \
         METHOD_INSTANCE},                                                                         \
        {"__sizeof__", set_py_sizeof, "self, /",                                                   \
         "S.__sizeof__() -> size of S in memory, in bytes.", METHOD_INSTANCE},                     \
    {                                                                                              \
        "__class_getitem__", generic_alias_py_class_getitem, "cls, item, /", "See PEP 585",        \
            METHOD_CLASS                                                                           \
    }

static const MethodRow set_methods[] = {
    COMMON_ROWS,
    {"add", set_py_add, "self, object, /",
     "Add an element to a set.\n\nThis has no effect if the element is already present.",
     METHOD_INSTANCE},
    {"clear", set_py_clear, "self, /", "Remove all elements from this set.", METHOD_INSTANCE},
    {"discard", set_py_discard, "self, object, /",
     "Remove an element from a set if it is a member.\n\n"
     "Unlike set.remove(), the discard() method does not raise\n"
     "an exception when an element is missing from the set.",
     METHOD_INSTANCE},
    {"difference_update", set_py_difference_update, "self, *others",
     "Remove all elements of another set from this set.", METHOD_INSTANCE},
    {"intersection_update", set_py_intersection_update, "self, *others",
     "Update a set with the intersection of itself and another.", METHOD_INSTANCE},
    {"pop", set_py_pop, "self, /",
     "Remove and return an arbitrary set element.\nRaises KeyError if the set is empty.",
     METHOD_INSTANCE},
    {"remove", set_py_remove, "self, object, /",
     "Remove an element from a set; it must be a member.\n\n"
     "If the element is not a member, raise a KeyError.",
     METHOD_INSTANCE},
    {"symmetric_difference_update", set_py_symmetric_difference_update, "self, other, /",
     "Update a set with the symmetric difference of itself and another.", METHOD_INSTANCE},
    {"update", set_py_update, "self, *others", "Update a set with the union of itself and others.",
     METHOD_INSTANCE},
    {0},
};

static const MethodRow frozenset_methods[] = {COMMON_ROWS, {0}};

static const MethodRow iterator_methods[] = {
    {"__length_hint__", iterator_py_length_hint, "self, /",
     "Private method returning an estimate of len(list(it)).", METHOD_INSTANCE},
    {0},
};

Type set_entries_type = {
    TYPE_STATIC_HEADER(set_entries),  .name = "set_entries",
    .basic_size = sizeof(SetEntries), .flags = TYPE_NO_NEW,
    .trace = trace_entries,
};

Type set_iterator_type = {
    TYPE_STATIC_HEADER(set_iterator),
    .name = "set_iterator",
    .basic_size = sizeof(SetIterator),
    .methods = iterator_methods,
    .trace = trace_iterator,
    .iterate = iterate_iterator,
    .next = next,
};

#define COMMON_SLOTS                                                                               \
    .basic_size = sizeof(Set), .flags = TYPE_BASE | TYPE_HAS_WEAK_REFERENCES, .trace = trace,      \
    .repr = repr, .compare = compare, .iterate = iterate, .length = length, .contains = contains,  \
    .binary[BINARY_OR] = unite, .binary[BINARY_AND] = intersect,                                   \
    .binary[BINARY_SUBTRACT] = subtract, .binary[BINARY_XOR] = exclusive

Type set_type = {
    TYPE_STATIC_HEADER(set),
    .name = "set",
    .documentation = "set() -> new empty set object\n"
                     "set(iterable) -> new set object\n\n"
                     "Build an unordered collection of unique elements.",
    .methods = set_methods,
    .make = make_set,
    .initialize = initialize_set,
    COMMON_SLOTS,
    .inplace[BINARY_OR] = unite_inplace,
    .inplace[BINARY_AND] = intersect_inplace,
    .inplace[BINARY_SUBTRACT] = subtract_inplace,
    .inplace[BINARY_XOR] = exclusive_inplace,
};

Type frozenset_type = {
    TYPE_STATIC_HEADER(frozenset),
    .name = "frozenset",
    .documentation = "frozenset() -> empty frozenset object\n"
                     "frozenset(iterable) -> frozenset object\n\n"
                     "Build an immutable unordered collection of unique elements.",
    .methods = frozenset_methods,
    .make = make_frozenset,
    .hash = hash_frozenset,
    COMMON_SLOTS,
};
