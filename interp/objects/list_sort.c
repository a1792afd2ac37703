// list_sort.c — list.sort: a stable merge sort (base/sort.h) over the list's own item array.
//
// While it runs the list is empty, as in CPython, so that comparisons cannot see it half sorted;
// what they put into it meanwhile is lost and reported. One pass over the keys picks the cheapest
// comparison that is right for all of them: ints, floats and strs are compared without a call.
#include "base/sort.h"
#include "objects/containers.h"
#include "objects/float.h"
#include "objects/int.h"

static Value value_of(uint64_t word) { return (Value){word}; }

// Fixnums order as their words do.
static int less_fixnum(void *context, uint64_t a, uint64_t b) {
    (void)context;
    return (int64_t)a < (int64_t)b;
}
static int less_float(void *context, uint64_t a, uint64_t b) {
    (void)context;
    return value_as_double(value_of(a)) < value_as_double(value_of(b));
}
static int less_str(void *context, uint64_t a, uint64_t b) {
    (void)context;
    return str_compare((Str *)value_as_object(value_of(a)), (Str *)value_as_object(value_of(b))) <
           0;
}
static int less_any(void *context, uint64_t a, uint64_t b) {
    return object_compare_bool(context, value_of(a), value_of(b), COMPARE_LT);
}

// Tuples are often keys: the first items that differ decide, without a call when they are simple.
static int less_tuple(void *context, uint64_t a, uint64_t b) {
    Thread *thread = context;
    Tuple *left = value_as_tuple(value_of(a)), *right = value_as_tuple(value_of(b));
    size_t shared = left->length < right->length ? left->length : right->length;
    for (size_t i = 0; i < shared; i++) {
        Value x = left->items[i], y = right->items[i];
        int equal = items_equal(thread, x, y);
        if (equal < 0) return -1;
        if (equal) continue;
        if (value_is_fixnum(x) && value_is_fixnum(y)) return (int64_t)x.bits < (int64_t)y.bits;
        if (value_is_str_exact(x) && value_is_str_exact(y))
            return str_compare(value_as_str(x), value_as_str(y)) < 0;
        return object_compare_bool(thread, x, y, COMPARE_LT);
    }
    return left->length < right->length;
}

enum { KIND_FIXNUM = 1, KIND_FLOAT = 2, KIND_STR = 4, KIND_TUPLE = 8, KIND_ANY = 16 };

static unsigned kind_of(Value value) {
    if (value_is_fixnum(value)) return KIND_FIXNUM;
    if (value_is_float_exact(value)) return KIND_FLOAT;
    if (value_is_str_exact(value)) return KIND_STR;
    return value_is_tuple_exact(value) ? KIND_TUPLE : KIND_ANY;
}

static SortLess *choose_less(const Value *keys, size_t count) {
    unsigned kinds = 0;
    for (size_t i = 0; i < count && !(kinds & (kinds - 1) & 31); i++) kinds |= kind_of(keys[i]);
    switch (kinds) {
    case KIND_FIXNUM: return less_fixnum;
    case KIND_FLOAT: return less_float;
    case KIND_STR: return less_str;
    case KIND_TUPLE: return less_tuple;
    default: return less_any;
    }
}

// The keys in an array of their own; NULL with an exception pending.
static ValueArray *compute_keys(Thread *thread, const ValueArray *items, size_t count, Value key) {
    ValueArray *keys = value_array_new(thread, count);
    if (!keys) return NULL;
    for (size_t i = 0; i < count; i++) {
        Value result = object_call1(thread, key, items->items[i]);
        if (value_is_error(result) || !thread_poll_if_needed(thread)) return NULL;
        object_store(thread->heap, keys, &keys->items[i], result);
    }
    return keys;
}

static bool sort_items(Thread *thread, ValueArray *items, size_t count, Value key, bool reverse) {
    ValueArray *keys = items, *scratch = NULL;
    bool with_values = !value_is_none(key);
    if (with_values && !(keys = compute_keys(thread, items, count, key))) return false;
    size_t words = sort_scratch_words(count, with_values);
    if (words && !(scratch = value_array_new(thread, words))) return false;
    SortTask task = {
        .keys = (uint64_t *)keys->items,
        .values = with_values ? (uint64_t *)items->items : NULL,
        .count = count,
        .scratch = scratch ? (uint64_t *)scratch->items : NULL,
        .less = choose_less(keys->items, count),
        .context = thread,
    };
    // Sorting backwards keeps the old order of equal keys.
    if (reverse) {
        sort_reverse(task.keys, count);
        if (task.values) sort_reverse(task.values, count);
    }
    bool sorted = sort_stable(&task);
    if (reverse) sort_reverse((uint64_t *)items->items, count);
    return sorted;
}

bool list_sort(Thread *thread, List *list, Value key, bool reverse) {
    ValueArray *items = list->items;
    size_t count = list->length;
    if (count == 0) return true;
    list->items = NULL;
    list->length = 0;
    bool sorted = sort_items(thread, items, count, key, reverse);
    bool modified = list->items != NULL || list->length != 0;
    object_store_pointer(thread->heap, list, &list->items, items);
    list->length = count;
    if (!sorted || !modified) return sorted;
    raise_value_error(thread, "list modified during sort");
    return false;
}
